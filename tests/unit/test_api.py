"""The functions other Python programs call."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

import bilint
from bilint import lint_paths, lint_text
from bilint.model import UserError

ENGLISH = "# The kettle\n\nFill the kettle with cold water and wait until it boils.\n"
CHINESE = "# 水壶\n\n把水壶装满冷水，然后等水烧开。请看[](https://example.com/kettle)。\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("en").mkdir()
    Path("en/kettle.md").write_text(ENGLISH, encoding="utf-8")
    return tmp_path


def test_paths() -> None:
    Path("zh").mkdir()
    Path("zh/kettle.md").write_text(CHINESE, encoding="utf-8")
    report = lint_paths(["zh"])
    assert [finding.rule for finding in report.findings] == ["empty-link"]
    assert report.articles[0].original is not None
    assert report.articles[0].original.path == "en/kettle.md"


def test_text_that_is_in_no_file() -> None:
    report = lint_text(CHINESE, "draft.md", source="en/kettle.md")
    assert [finding.rule for finding in report.findings] == ["empty-link"]
    assert not Path("draft.md").exists()


def test_what_cannot_be_read_is_a_problem() -> None:
    assert [problem.message for problem in lint_paths(["none.md"]).problems] == ["none.md: no such file or folder"]


def test_wrong_settings_are_an_error() -> None:
    Path("bilint.toml").write_text("selekt = 1\n", encoding="utf-8")
    with pytest.raises(UserError, match="unknown key `selekt`"):
        lint_text(CHINESE, "draft.md")


def test_the_garbage_collector_is_left_as_it_was() -> None:
    gc.enable()  # a command that ran in this process before has switched it off
    lint_text(CHINESE, "draft.md")
    assert gc.isenabled()
    frozen = gc.get_freeze_count()
    gc.disable()
    try:
        lint_text(CHINESE, "draft.md")
        assert not gc.isenabled()
    finally:
        gc.enable()
    # Of what a command that ran before has frozen, caches let go of some.
    assert frozen // 2 <= gc.get_freeze_count() <= frozen


def test_half_a_character_is_said_with_its_line() -> None:
    (problem,) = lint_text(f"{CHINESE}\n半\ud800个\n", "draft.md").problems
    assert problem.message == "draft.md:5: has half a character (a lone surrogate)"


def test_the_names_that_are_promised_are_there_and_documented() -> None:
    page = (Path(bilint.__file__).parents[2] / "docs/api.md").read_text(encoding="utf-8")
    for name in bilint.__all__:
        assert getattr(bilint, name)
        assert f"`{name}" in page
    assert bilint.UserError is UserError
    assert isinstance(lint_text(CHINESE, "draft.md"), bilint.Report)
    assert not hasattr(bilint, "Finding")
