"""What `benchmarks/changes.py` says of two reports."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bilint.cli import main
from rule_cases import FOLDER

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture(scope="module")
def changes() -> ModuleType:
    spec = importlib.util.spec_from_file_location("changes", FOLDER.parents[1] / "benchmarks/changes.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["changes"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    (tmp_path / "zh.md").write_text("面包店的数字里有许多 uncertainty。\n\n作者是[](https://example.com/ada)。\n")
    (tmp_path / "en.md").write_text("The figures of the bakery hold much uncertainty.\n\nThe author is Ada.\n")
    with pytest.raises(SystemExit):
        main(["check", str(tmp_path / "zh.md"), "--source", str(tmp_path / "en.md"), "--format", "json"])
    made: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    assert [finding["rule"] for finding in made] == ["untranslated-words", "empty-link"]
    return made


def test_what_appears_and_disappears_is_shown_in_both_languages(
    changes: ModuleType, findings: list[dict[str, Any]], tmp_path: Path
) -> None:
    word, link = findings
    before, after = [word], [{**word, "confidence": "low"}, link]
    text = "\n".join(changes.as_text(list(changes.changes(before, after)), before, after))
    assert text.split("\n\n")[0] == (
        f"+ empty-link warning/high {tmp_path}/zh.md:3:4\n"
        "    link to `https://example.com/ada` has no text\n"
        "    zh 作者是〖[](https://example.com/ada)〗。\n"
        f"+ untranslated-words warning/low {tmp_path}/zh.md:1:12\n"
        "    `uncertainty` is left in English\n"
        "    zh 面包店的数字里有许多 〖uncertainty〗。\n"
        "    en The figures of the bakery hold much 〖uncertainty〗.\n"
        f"- untranslated-words warning/medium {tmp_path}/zh.md:1:12\n"
        "    `uncertainty` is left in English\n"
        "    zh 面包店的数字里有许多 〖uncertainty〗。\n"
        "    en The figures of the bakery hold much 〖uncertainty〗."
    )
    assert changes.counts(list(changes.changes(before, after)), before, after) == {
        "empty-link": {"before": 0, "after": 1, "-": 0, "+": 1},
        "untranslated-words": {"before": 1, "after": 1, "-": 1, "+": 1},
        "all": {"before": 1, "after": 2, "-": 1, "+": 2},
    }


def test_equal_findings_are_struck_out_one_for_one(changes: ModuleType, findings: list[dict[str, Any]]) -> None:
    word = findings[0]
    assert not list(changes.changes([word, word], [word, word]))
    assert [change.sign for change in changes.changes([word], [word, word])] == ["+"]
    listed = json.loads(changes.as_json(list(changes.changes([word, word], [word])), [word, word], [word]))
    assert [each["change"] for each in listed["changes"]] == ["-"]
