from __future__ import annotations

import re
from dataclasses import replace

import pytest
from report_samples import FULL, MIXED_TERM, PARAGRAPH, document, excerpt, finding, report

from bilint.model import Confidence, Problem, Report, Severity, Span
from bilint.report import Style, render
from bilint.report.github import summary_markdown


def lines(given: Report) -> list[str]:
    return render(given, "github", style=Style(color=True, width=80)).split("\n")[:-1]


def test_data_and_properties_are_escaped() -> None:
    odd = document("zh/a,b:100%.md", "坏字")
    line = lines(report(findings=(finding(target=excerpt("坏", odd), message="100% a::b, c"),)))[0]
    assert line == (
        "::warning file=zh/a%2Cb%3A100%25.md,line=1,col=1,endLine=1,endColumn=2,title=bilint%3A mixed-term"
        "::100%25 a::b, c%0Abilint rule mixed-term"
    )


def test_several_lines_have_no_columns() -> None:
    line = lines(report(findings=(PARAGRAPH,)))[0]
    assert line.startswith("::notice file=zh/bubble.md,line=7,endLine=9,title=")


def test_a_line_with_its_line_end_has_no_end_column() -> None:
    text = document("zh/a.md", "一行\n\n")
    line = lines(report(findings=(finding(target=text.excerpt(Span(0, 3))),)))[0]
    assert line.startswith("::warning file=zh/a.md,line=1,col=1,endLine=1,title=")


def test_worst_and_surest_first() -> None:
    given = [
        finding("a", severity=Severity.INFO),
        finding("b", severity=Severity.WARNING, confidence=Confidence.LOW),
        finding("c", severity=Severity.WARNING),
        finding("d", severity=Severity.ERROR, confidence=Confidence.LOW),
        finding("e", severity=Severity.WARNING, target=excerpt("uncertainty")),
    ]
    rules = [re.findall(r"bilint%3A (\w)::", line)[0] for line in lines(report(findings=tuple(given)))[:5]]
    assert rules == ["d", "c", "e", "b", "a"]


@pytest.mark.parametrize(("number", "note"), [(10, None), (11, "1 more is"), (30, "20 more are")])
def test_ten_of_a_kind_are_annotated_and_the_rest_is_counted(number: int, note: str | None) -> None:
    result = lines(report(findings=(MIXED_TERM,) * number))
    assert sum(line.startswith("::") for line in result) == 10
    assert len(result) == 11 + bool(note)
    if note:
        assert result[-1] == f"{note} not annotated: GitHub shows 10 errors, warnings and notices each per step"


def test_problems_are_errors_and_come_first() -> None:
    given = replace(FULL, problems=(Problem("", "no space left", "free some\nspace"),))
    assert lines(given)[0] == "::error title=bilint::no space left%0Afree some%0Aspace"


def test_nothing_but_commands_starts_with_colons() -> None:
    assert lines(report()) == ["1 article checked against its original: no findings"]


def test_the_summary_escapes_cells() -> None:
    given = report(findings=(finding(message="a|b `c`\n<img src=x> [d](e) *f*", suggestions=("\\",)),))
    row = summary_markdown(given).split("\n")[-2]
    assert row == (
        "| warning | mixed-term | zh/bubble.md:3:9 | "
        r"a\|b \`c\`\\n\<img src=x\> \[d\](e) \*f\* |  | use \`\\\` |"
    )


def test_the_summary_has_a_row_for_every_finding_and_problem() -> None:
    text = summary_markdown(FULL)
    rows = [line for line in text.split("\n") if line.startswith("| ")]
    assert len(rows) == 2 + len(FULL.findings) + len(FULL.problems)
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 7 for row in rows)


def test_a_summary_without_findings_has_no_table() -> None:
    assert summary_markdown(report()) == "## bilint\n\n1 article checked against its original: no findings\n\n"


def test_a_large_summary_stays_below_the_limit_and_says_what_is_cut() -> None:
    text = summary_markdown(report(findings=(finding(message="很" * 1000),) * 400))
    rows = text.count("\n| warning")
    assert 900_000 < len(text.encode()) < 1024 * 1024
    assert text.endswith(f"\n\n{400 - rows} rows left out: the table would be too large for GitHub.\n")
