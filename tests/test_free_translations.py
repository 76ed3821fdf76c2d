"""Good translations of all sorts of pages, made as freely as people do: nothing in them is worth a word."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from bilint import lint_paths

if TYPE_CHECKING:
    import pytest

FREE = Path(__file__).parent / "free"


def test_nothing_is_said_of_good_translations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Measures are converted, sentences moved, lists told as sentences, jokes remade, names and titles glossed."""
    shutil.copytree(FREE, tmp_path / "free")
    monkeypatch.chdir(tmp_path / "free")
    names = sorted(file.name for file in Path("en").iterdir())
    assert names == sorted(file.name for file in Path("zh").iterdir())
    report = lint_paths(["zh"], sources={f"zh/{name}": f"en/{name}" for name in names})
    assert not report.problems
    assert len(report.articles) == len(names) > 20
    assert [(each.rule, each.target.place.path, each.message) for each in report.findings] == []
