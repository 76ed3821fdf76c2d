"""Several reports of one run: to files, whose names say the format, and to standard output."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from runs import CHINESE, FAULT, Done, Folder

Bilint = Callable[..., Done]


@pytest.fixture(autouse=True)
def fault(folder: Folder) -> None:
    folder.write("zh/kettle.md", f"{CHINESE}\n{FAULT}")


def test_several_reports(folder: Folder, bilint: Bilint) -> None:
    words = "check zh --format concise -o - -o out/r.sarif -o junit.xml -o rdjson:r.txt -o report.txt"
    done = bilint(*words.split())
    assert done.code == 1
    assert "\nzh/kettle.md:5:3: warning[empty-link]" in done.out
    read = {
        name: (folder.path / name).read_text("utf-8") for name in ("out/r.sarif", "junit.xml", "r.txt", "report.txt")
    }
    assert json.loads(read["out/r.sarif"])["runs"][0]["results"][1]["ruleId"] == "empty-link"
    assert "<testsuites" in read["junit.xml"]
    assert json.loads(read["r.txt"])["diagnostics"][1]["code"] == {"value": "empty-link"}
    assert read["report.txt"] == done.out


def test_colours_are_forced_upon_the_screen_not_upon_files(
    folder: Folder, bilint: Bilint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = bilint("check", "zh", "--format", "full", "-o", "-", "-o", "report.txt")
    assert "\x1b[" in done.out
    written = (folder.path / "report.txt").read_text("utf-8")
    assert "empty-link" in written
    assert "\x1b" not in written


def test_a_file_alone_is_written_as_its_name_says(folder: Folder, bilint: Bilint) -> None:
    assert bilint("check", "zh", "-o", "r.json").out == ""
    assert json.loads((folder.path / "r.json").read_text("utf-8"))["schema_version"] == 1


def test_the_format_that_is_asked_for_counts_more_than_a_name(folder: Folder, bilint: Bilint) -> None:
    assert bilint("check", "zh", "--format", "rdjson", "-o", "r.json").out == ""
    assert "diagnostics" in json.loads((folder.path / "r.json").read_text("utf-8"))


def test_problems_are_said_when_no_report_on_the_terminal_says_them(bilint: Bilint) -> None:
    assert "no such file" in bilint("check", "zh", "none.md", "-o", "r.json").err
    assert "no such file" in bilint("check", "zh", "none.md", "--format", "sarif").err
    beside = bilint("check", "zh", "none.md", "-o", "r.json", "-o", "-")
    assert beside.err == ""
    assert "no such file" in beside.out


def test_counts_cannot_be_shown_by_every_format(bilint: Bilint) -> None:
    done = bilint("check", "zh", "--statistics", "-o", "-", "-o", "r.sarif")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: --statistics cannot be shown as `sarif`")


def test_a_report_that_cannot_be_written_is_said(folder: Folder, bilint: Bilint) -> None:
    folder.write("file", "")
    done = bilint("check", "zh", "-o", "file/r.sarif")
    assert done.code == 2
    assert "file/r.sarif: cannot be written" in done.err


def test_the_table_goes_into_the_summary_of_the_step(
    folder: Folder, bilint: Bilint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder.path / "summary.md"))
    bilint("check", "zh", "--format", "github", "-o", "-", "-o", "r.sarif")
    assert "| warning | empty-link |" in (folder.path / "summary.md").read_text("utf-8")
