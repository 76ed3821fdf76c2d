"""Counts instead of findings: by rule, file, severity and confidence, each with the number of articles."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bilint.messages import phrase, say
from bilint.model import Confidence, Severity
from bilint.text.width import cells, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bilint.model import Placed, Report


class Row(NamedTuple):
    """How many findings something has, and in how many articles they are."""

    name: str
    findings: int
    articles: int


def tables(report: Report) -> dict[str, list[Row]]:
    """Return the counts by what they count, the most frequent first; severities and confidences from the highest."""
    severities = [severity.value for severity in reversed(Severity)]
    confidences = [confidence.value for confidence in reversed(Confidence)]
    return {
        "severity": sorted(_rows(report, lambda f: f.severity.value), key=lambda row: severities.index(row.name)),
        "confidence": sorted(_rows(report, lambda f: f.confidence.value), key=lambda row: confidences.index(row.name)),
        "rule": sorted(_rows(report, lambda f: f.rule), key=_most_first),
        "file": sorted(_rows(report, lambda f: f.target.place.path), key=_most_first),
    }


def lines(report: Report) -> Iterator[str]:
    """Yield the tables for people; between two of them is an empty line."""
    for title, rows in tables(report).items():
        if not rows:
            continue
        yield f"{_right(say('findings'))}  {_right(say('articles'))}  {say(_TITLES[title])}"
        for row in rows:
            name = say(row.name) if title in ("severity", "confidence") else row.name
            yield f"{row.findings:8}  {row.articles:8}  {one_line(name)}"
        yield ""


_TITLES = {
    "severity": phrase("by severity"),
    "confidence": phrase("by confidence"),
    "rule": phrase("by rule"),
    "file": phrase("by file"),
}
_WIDTH = 8
"""Cells of a column of numbers."""


def _right(word: str) -> str:
    return " " * (_WIDTH - cells(word)) + word


def _rows(report: Report, name: Callable[[Placed], str]) -> Iterator[Row]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for finding in report.findings:
        found[name(finding)].append(finding.target.place.path)
    return (Row(each, len(paths), len(set(paths))) for each, paths in found.items())


def _most_first(row: Row) -> tuple[int, str]:
    return -row.findings, row.name
