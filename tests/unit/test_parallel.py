"""A step gives the same on one core and on several."""

from __future__ import annotations

import pytest

from bilint import parallel
from bilint.parallel import Step, spread

JOBS = [1, 2, 3, 8]


@pytest.mark.parametrize("jobs", JOBS)
@pytest.mark.parametrize("count", [0, 1, 2, 4, 7])
def test_every_item_has_its_result_once(count: int, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: jobs)
    items = [10 * number + 1 for number in range(count)]
    results = list(spread(items, Step(lambda item: f"item {item}", str), jobs))
    assert sorted(results) == [(number, f"item {item}") for number, item in enumerate(items)]
