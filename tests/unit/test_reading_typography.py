"""What an article has to do follows its project, and itself only where the project cannot tell."""

from __future__ import annotations

import pytest

from bilint.evidence import Evidence
from bilint.reading.typography import Habit, IsWanted


@pytest.mark.parametrize("own", [True, False, None])
@pytest.mark.parametrize("usage", ["always", "never", "mixed", "unknown"])
def test_a_project_that_can_tell_outweighs_the_article(
    monkeypatch: pytest.MonkeyPatch, usage: str, own: bool | None
) -> None:
    monkeypatch.setattr(Habit, "verdict", lambda _habit, _project: usage)
    expected = {"always": True, "never": False, "mixed": None, "unknown": own}[usage]
    assert IsWanted(Habit("letters", ("",)), own).verdict(Evidence()) is expected
