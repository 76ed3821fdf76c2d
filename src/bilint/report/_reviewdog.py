"""Findings as reviewdog's diagnostics; its columns count bytes of UTF-8 from 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint.messages import say
from bilint.model import Excerpt, Placed, Problem, Report, Severity
from bilint.report._phrases import advice, evidence, further, last_line, message, use
from bilint.report._positions import Position, edited, in_bytes
from bilint.text.width import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_Object = dict[str, object]

SOURCE: _Object = {"name": "bilint"}
_MOST_RELATED = 100
"""A term may stand in hundreds of places."""
_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def diagnostics(report: Report) -> Iterator[_Object]:
    """Yield problems, then findings by place."""
    for problem in report.problems:
        yield _of_problem(problem)
    for finding in sorted(report.findings, key=Placed.order):
        yield _of_finding(finding)


def _of_finding(finding: Placed) -> _Object:
    suggested = _suggestion(finding)
    related = list(_related(finding))
    return {
        "message": _message(finding),
        "location": _location(finding.target),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
        **({"suggestions": suggested} if suggested else {}),
        **({"related_locations": related} if related else {}),
    }


def _related(finding: Placed) -> Iterator[_Object]:
    """Yield the original, then the further places by their lines: what stands there, and so its bytes, is not known."""
    if finding.source:
        yield {"message": say("the source"), "location": _location(finding.source)}
    for place in finding.more[:_MOST_RELATED]:
        lines = {"start": {"line": place.line}, "end": {"line": last_line(place)}}
        yield {"message": say("the same here"), "location": {"path": place.path, "range": lines}}


def _of_problem(problem: Problem) -> _Object:
    said = f"{say(problem.message)} ({say(problem.hint)})" if problem.hint else say(problem.message)
    return {
        "message": one_line(said),
        "location": {"path": problem.path},
        "severity": "ERROR",
        "code": {"value": "bilint"},
    }


def _message(finding: Placed) -> str:
    parts = (one_line(message(finding)), further(finding), evidence(finding), use(finding), advice(finding))
    return "\n".join(part for part in parts if part)


def _location(excerpt: Excerpt) -> _Object:
    return {"path": excerpt.place.path, "range": _range(*in_bytes(excerpt))}


def _range(start: Position, end: Position) -> _Object:
    return {"start": start._asdict(), "end": end._asdict()}


def _suggestion(finding: Placed) -> list[_Object]:
    """Return what mends the place that reviewdog shows; the further ones are shown in words only."""
    mended = edited(finding)
    return [{"range": _range(mended.start, mended.end), "text": mended.new}] if mended else []
