from __future__ import annotations

from typing import TYPE_CHECKING

from report_samples import FULL, finding, report

from bilint.report import Style, render

if TYPE_CHECKING:
    from bilint.model import Report


def lines(given: Report) -> list[str]:
    return render(given, "concise", style=Style(color=True, width=20)).split("\n")[:-1]


def test_one_line_for_each_finding_and_problem_and_one_that_sums_up() -> None:
    assert len(lines(FULL)) == len(FULL.findings) + len(FULL.problems) + 1


def test_line_ends_in_messages_are_escaped() -> None:
    given = report(findings=(finding(message="a\nb\r\u2028c"),))
    assert lines(given)[0] == "zh/bubble.md:3:9: warning[mixed-term] a\\nb\\r c"


def test_without_findings_only_the_summary() -> None:
    assert lines(report()) == ["1 article checked against its original: no findings"]
