"""Showing what can be shown of a report: an article that breaks it is a problem, and the others are shown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bilint.guard import together

if TYPE_CHECKING:
    from bilint.model import Report

R = TypeVar("R")


def shown(report: Report, render: Callable[[Report], R]) -> tuple[R, Report]:
    """Return what `render` makes of a report, and the report with the articles as problems that it could not show."""

    def rendered(paths: Collection[str]) -> R:
        return render(_part(report, paths) if len(paths) < len(everything) else report)

    everything = sorted({*(a.path for a in report.articles), *(f.target.place.path for f in report.findings)})
    made, problems = together(everything, str, rendered)
    if not problems:
        return made, report
    sound = _part(report, {*everything} - {problem.path for problem in problems})
    report = replace(sound, problems=(*report.problems, *problems))
    return render(report), report


def _part(report: Report, paths: Collection[str]) -> Report:
    """What a report says of some articles."""
    return replace(
        report,
        articles=tuple(article for article in report.articles if article.path in paths),
        findings=tuple(finding for finding in report.findings if finding.target.place.path in paths),
        problems=(),
    )
