"""One line per finding, for reading many at once and for other programs that know `path:line:col:`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint.messages import say
from bilint.report._phrases import further, message, problem, where
from bilint.report._statistics import lines as statistics
from bilint.report._summary import statements, worst_first
from bilint.text.width import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilint.model import Placed, Report
    from bilint.report._style import Style


def render(report: Report, style: Style) -> str:
    """Return a line for each finding, worst first, one for each problem, and one that sums up."""
    return "".join(f"{line}\n" for line in _lines(report, style))


def _lines(report: Report, style: Style) -> Iterator[str]:
    for finding in () if style.has_statistics else worst_first(report):
        yield _finding(finding)
    if style.has_statistics:
        yield from statistics(report)
    for each in report.problems:
        hint = say(" ({text})", text=one_line(say(each.hint))) if each.hint else ""
        yield f"error: {problem(each)}{hint}"
    if not style.is_quiet:
        yield say("; ").join(statements(report))


def _finding(finding: Placed) -> str:
    more = say(" ({text})", text=further(finding)) if finding.more else ""
    label = f"{finding.severity}[{finding.rule}]"
    return f"{where(finding.target.place)}: {label} {one_line(message(finding))}{more}"
