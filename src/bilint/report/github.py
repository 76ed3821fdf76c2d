"""GitHub Actions: annotations beside the lines of a pull request, and a table for the step summary."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilint.messages import say, say_number
from bilint.model import Place, Placed, Problem, Report, Severity
from bilint.report._phrases import advice, further, last_line, message, use
from bilint.report._summary import statements, worst_first
from bilint.report._tables import cell, fitting, header, problem_row, row, source
from bilint.text.width import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilint.report._style import Style

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SHOWN = 10
"""Annotations of each kind that GitHub shows for a step."""
_SUMMARY_BYTES = 1024 * 1024 - 64 * 1024
"""GitHub drops a step's summary above 1 MiB; the rest is left to what else the step writes."""


@dataclass(frozen=True, slots=True)
class _Annotation:
    command: str
    properties: tuple[tuple[str, str | int], ...]
    message: str

    def __str__(self) -> str:
        properties = ",".join(f"{name}={_escape_property(str(value))}" for name, value in self.properties)
        return f"::{self.command} {properties}::{_escape(self.message)}"


def render(report: Report, style: Style) -> str:
    """Return workflow commands, worst first, at most ten of each kind, then plain lines that sum up."""
    return "".join(f"{line}\n" for line in _lines(report, style))


def _lines(report: Report, style: Style) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for annotation in _annotations(report):
        seen[annotation.command] += 1
        if seen[annotation.command] <= _SHOWN:
            yield str(annotation)
    if style.is_quiet:
        return
    yield from statements(report)
    left = sum(max(0, number - _SHOWN) for number in seen.values())
    if left:
        yield say_number(
            "{number} more is not annotated: GitHub shows {shown} errors, warnings and notices each per step",
            "{number} more are not annotated: GitHub shows {shown} errors, warnings and notices each per step",
            left,
            shown=_SHOWN,
        )


def _annotations(report: Report) -> Iterator[_Annotation]:
    for each in report.problems:
        yield _of_problem(each)
    for finding in worst_first(report):
        properties = (*_position(finding.target.place), ("title", f"bilint: {finding.rule}"))
        yield _Annotation(_COMMANDS[finding.severity], properties, _message(finding))


def _of_problem(each: Problem) -> _Annotation:
    file = (("file", each.path),) if each.path else ()
    return _Annotation("error", (*file, ("title", "bilint")), f"{say(each.message)}\n{say(each.hint)}".rstrip("\n"))


def _position(place: Place) -> tuple[tuple[str, str | int], ...]:
    """Return file, lines and, on one line, columns: GitHub takes no columns when the lines differ.

    GitHub's documentation says that columns start at 1 and not in what unit: they are code points here, as elsewhere.
    """
    last = last_line(place)
    lines: tuple[tuple[str, str | int], ...] = (("file", place.path), ("line", place.line))
    if last > place.line:
        return (*lines, ("endLine", last))
    if place.end_line > place.line:
        return (*lines, ("col", place.column), ("endLine", last))
    return (*lines, ("col", place.column), ("endLine", last), ("endColumn", place.end_column))


def _message(finding: Placed) -> str:
    more = say(" ({text})", text=further(finding)) if finding.more else ""
    source_line = say("source: {line}", line=source(finding.source)) if finding.source else ""
    parts = (
        one_line(message(finding)) + more,
        source_line,
        use(finding),
        advice(finding),
        f"bilint rule {finding.rule}",
    )
    return "\n".join(part for part in parts if part)


def _escape(data: str) -> str:
    return data.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(value: str) -> str:
    return _escape(value).replace(":", "%3A").replace(",", "%2C")


def summary_markdown(report: Report) -> str:
    """Return all problems and findings as a Markdown table, worst first, for the file `$GITHUB_STEP_SUMMARY` names.

    Stays below GitHub's limit of 1 MiB; what had to be left out is counted below the table.
    """
    head = "## bilint\n\n" + "".join(f"{cell(line)}\n\n" for line in statements(report))
    rows = [problem_row(each) for each in report.problems] + [row(each) for each in worst_first(report)]
    if not rows:
        return head
    number = fitting(rows, _SUMMARY_BYTES - len((head + header()).encode()))
    left = len(rows) - number
    note = say_number(
        "{number} row left out: the table would be too large for GitHub.",
        "{number} rows left out: the table would be too large for GitHub.",
        left,
    )
    return head + header() + "".join(rows[:number]) + (f"\n{note}\n" if left else "")
