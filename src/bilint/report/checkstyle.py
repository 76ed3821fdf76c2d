"""Checkstyle's XML, which many review tools and CI servers read."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from bilint.messages import say
from bilint.model import Placed, Problem, Report, Severity
from bilint.report._phrases import advice, encodable, further, message, use
from bilint.text.width import one_line
from bilint.text.xml import document, element

if TYPE_CHECKING:
    from lxml.etree import _Element

    from bilint.report._style import Style

WORDS = "asked"
ENDINGS = ("checkstyle.xml",)
_VERSION = "4.3"
"""Of Checkstyle whose elements these are; readers ask for the attribute."""
_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def render(report: Report, style: Style) -> str:
    """Return an XML document with a `file` for each article that has findings or problems; columns are code points."""
    errors = [(each.path, _of_problem(each)) for each in report.problems]
    errors += [(each.target.place.path, _error(each)) for each in sorted(report.findings, key=Placed.order)]
    files = groupby(sorted(errors, key=lambda each: each[0]), key=lambda each: each[0])
    made = (
        element("file", *(error for _, error in of_file), attributes={"name": encodable(path)})
        for path, of_file in files
    )
    return document(element("checkstyle", *made, attributes={"version": _VERSION}))


def _error(finding: Placed) -> _Element:
    place = finding.target.place
    more = f"({further(finding)})" if finding.more else ""
    what = " ".join(part for part in (message(finding), more) if part)
    said = say("; ").join(part for part in (what, use(finding), advice(finding)) if part)
    return element(
        "error",
        attributes={
            "line": str(place.line),
            "column": str(place.column),
            "severity": _SEVERITIES[finding.severity],
            "message": one_line(said),
            "source": f"bilint.{finding.rule}",
        },
    )


def _of_problem(each: Problem) -> _Element:
    said = f"{say(each.message)} ({say(each.hint)})" if each.hint else say(each.message)
    return element(
        "error", attributes={"line": "1", "severity": "error", "message": one_line(said), "source": "bilint"}
    )
