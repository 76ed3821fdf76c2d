from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import click
import pytest
from report_samples import ALONE, CHECKED, FULL, MIXED_TERM, PARAGRAPH, PROBLEM, document, excerpt, finding, report

from bilint.model import Checked, Edit, Excerpt, Fix, Original, Place, Problem, Report, Severity, Span, UserError
from bilint.report import FORMATS, Style, render

GOLDEN = Path(__file__).parents[1] / "golden"
PLAIN = Style(color=False, width=80)
COLOR = Style(color=True, width=80)


def full(given: Report, style: Style = PLAIN) -> str:
    return render(given, "full", style=style)


@pytest.mark.parametrize("name", FORMATS)
def test_output_is_the_golden_file(name: str) -> None:
    """Other programs read these: a change of a letter is one for all who rely on it."""
    expected = (GOLDEN / f"report-{name}.txt").read_text(encoding="utf-8")
    written = render(FULL, name, style=PLAIN)
    assert _WITHOUT.get(name, str)(written) == expected


def _without_manuals(sarif: str) -> str:
    """The log without what the rules say of themselves, which has tests of its own."""
    log = json.loads(sarif)
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        for manual in ("shortDescription", "fullDescription", "help"):
            assert rule.pop(manual)
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _without_files(page: str) -> str:
    """The page without style and script, which are files of their own."""
    return re.sub(r"<style>.*?</style>|<script>.*?</script>|'sha256-[^']*'", "", page, flags=re.DOTALL)


_WITHOUT = {"sarif": _without_manuals, "html": _without_files}


def test_last_lines_say_what_was_not_looked_at() -> None:
    one = full(report(sources=1, expired=1, articles=(CHECKED, replace(ALONE, why="", language="ko"))))
    assert "1 file is the original of another: not checked" in one
    assert "1 file is not Chinese (ko): skipped" in one
    assert "1 place in the baseline is found no more (bilint baseline prune)" in one
    foreign = (replace(ALONE, language="ko"), replace(ALONE, language="ja"), replace(ALONE, language="ja"))
    several = full(report(sources=3, expired=2, articles=(CHECKED, *foreign)))
    assert "3 files are originals of others: not checked" in several
    assert "3 files are not Chinese (ja, ko): skipped" in several
    assert "2 places in the baseline are found no more (bilint baseline prune)" in several
    assert "not checked" not in full(report())


def test_articles_compared_with_todays_original() -> None:
    as_is = replace(CHECKED, original=Original(None, "en/a.md", "index", as_is="no commit of it is known"))
    text = "compared with its original of today: no commit of it is known (originals.as-translated)"
    assert f"1 article is {text}" in full(report(articles=(as_is,)))
    both = text.replace("its original", "their originals")
    assert f"2 articles are {both}" in full(report(articles=(as_is, replace(as_is, path="zh/b.md"))))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_text(name: str) -> None:
    assert render(FULL, name, style=PLAIN) == render(FULL, name, style=PLAIN)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("given", [FULL, report(), report(articles=())])
def test_every_format_ends_with_one_newline(name: str, given: Report) -> None:
    text = render(given, name, style=PLAIN)
    if name == "rdjsonl" and not given.findings:
        assert text == ""  # no diagnostic, no line
        return
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_name_that_is_not_utf8_can_be_written(name: str) -> None:
    text = render(report(problems=(Problem("zh/\udce9.md", "cannot be read"),)), name, style=PLAIN)
    written = {"markdown": r"zh/\\udce9.md", "sarif": "zh/%E9.md"}
    assert written.get(name, r"zh/\udce9.md") in text.encode().decode()


def test_an_unknown_format_is_a_user_error() -> None:
    with pytest.raises(UserError, match="unknown format `xml`") as caught:
        render(FULL, "xml", style=PLAIN)
    assert caught.value.hint == f"formats are {', '.join(FORMATS)}"


def test_colour_changes_nothing_but_colour() -> None:
    assert click.unstyle(full(FULL, COLOR)) == full(FULL)
    assert "\x1b" not in full(FULL)


@pytest.mark.parametrize(("severity", "code"), [("error", 31), ("warning", 33), ("info", 34)])
def test_severity_colours(severity: str, code: int) -> None:
    given = report(findings=(finding(severity=Severity(severity)),))
    assert f"\x1b[{code}m\x1b[1m{severity}[mixed-term]" in full(given, COLOR)


def test_escapes_in_an_article_do_not_reach_the_terminal() -> None:
    bad = document("zh/\x1b[2J.md", "坏\x1b[31m字\x07\u202e")
    given = report(findings=(finding(target=excerpt("字", bad), message="`\x1b[0m`", suggestions=("\x1b",)),))
    assert not {"\x1b", "\x07", "\u202e"} & set(full(given))


@pytest.mark.parametrize("width", [1, 20, 40, 60])
def test_snippets_fit_the_width(width: int) -> None:
    lines = full(FULL, Style(color=False, width=width)).split("\n")
    longest = max(len(line.partition("|")[2]) for line in lines if line.lstrip("0123456789 ").startswith("|"))
    assert longest <= max(width, 25)


def test_a_fault_at_the_end_of_a_line_has_one_caret() -> None:
    text = document("zh/a.md", "没有句号\n")
    given = report(findings=(finding(target=text.excerpt(Span(4, 4))),))
    assert "\n1 | 没有句号\n  |         ^\n" in full(given)


def test_a_line_that_ends_with_its_line_end_is_one_line() -> None:
    text = document("zh/a.md", "没有句号\n\n")
    given = report(findings=(finding(target=text.excerpt(Span(0, 5))),))
    assert "(to line" not in full(given)
    assert "\n  | ^^^^^^^^\n" in full(given)


def test_ten_further_places_are_all_named() -> None:
    given = report(findings=(replace(MIXED_TERM, more=MIXED_TERM.more[:10]),))
    assert "= note: 10 more: 33:5, 34:6, 35:7, 36:8, 37:9, 38:10, 39:11, 40:12, 41:13, 42:14\n" in full(given)


def test_removal_is_a_suggestion() -> None:
    assert "^^^^^^ remove it\n" in full(report(findings=(finding(suggestions=("",)),)))


def last(given: Report) -> list[str]:
    return full(given).rstrip("\n").split("\n\n")[-1].split("\n")


CHECKED_ALONE = "1 article has no original at hand: checked alone (bilint show originals)"


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (report(), ["1 article checked against its original: no findings"]),
        (report(articles=(CHECKED, CHECKED)), ["2 articles checked against their originals: no findings"]),
        (report(articles=(ALONE,)), ["1 article checked: no findings", CHECKED_ALONE]),
        (report(articles=(ALONE, CHECKED)), ["2 articles checked: no findings", CHECKED_ALONE]),
        (report(articles=()), ["nothing was checked"]),
        (
            report(articles=(), problems=(PROBLEM,)),
            [
                "nothing was checked; 1 problem",
                "error: zh/broken.md: cannot be read: it is not UTF-8 (byte 17)",
                "  = help: save it as UTF-8",
            ],
        ),
        (
            report(suppressed=3, hidden=1),
            ["1 article checked against its original: no findings; 3 suppressed, 1 below --min-confidence not shown"],
        ),
        (report(findings=(PARAGRAPH,)), ["1 finding (1 info) in 1 of 1 article"]),
        (
            report(articles=(Checked("zh/x.md", None, "none", 0, 0, 0),), findings=(PARAGRAPH,)),
            ["1 finding (1 info) in 1 file, 1 article checked", CHECKED_ALONE],
        ),
    ],
)
def test_the_last_lines_say_what_was_checked_and_what_not(given: Report, lines: list[str]) -> None:
    assert last(given) == lines


@pytest.mark.parametrize(
    ("safe", "clause"),
    [((True,), "1 can be fixed safely"), ((True, False), "2 can be fixed (1 safely)"), ((), "1 of 1 article")],
)
def test_the_last_line_counts_fixes(safe: tuple[bool, ...], clause: str) -> None:
    fixes: list[Fix | None] = [Fix((Edit(Span(0, 1), ""),), safe=each) for each in safe]
    given = report(findings=tuple(finding(fix=fix) for fix in fixes or [None]))
    assert last(given)[-1].endswith(clause)


def test_a_fetched_original_is_named_by_its_address() -> None:
    path = f".bilint/originals/ab/{'ab' * 32}.html"
    place = Place(path, 4, 1, 4, 5)
    fetched = replace(MIXED_TERM, source=Excerpt(place, "word", "word in a page"))
    checked = replace(CHECKED, original=Original("https://example.com/kettle", path, "link"))
    assert " = note: the original is https://example.com/kettle\n" in full(
        replace(FULL, articles=(checked,), findings=(fetched,))
    )
