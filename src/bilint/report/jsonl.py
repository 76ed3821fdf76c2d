"""JSON Lines, for programs that read one finding at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bilint.model import Placed
from bilint.report._summary import counts
from bilint.report.json import finding_object, problem_object
from bilint.text.escapes import in_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bilint.model import Problem, Report
    from bilint.report._style import Style

WORDS = "english"
ENDINGS = (".jsonl", ".ndjson")


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield an object in each line, as in the JSON report with its `type`: findings, problems, then the summary."""
    yield from finding_lines(report.findings)
    yield from last_lines(report.problems, counts(report), report.signature)


def finding_lines(findings: Iterable[Placed]) -> Iterator[str]:
    """Yield a line for each finding, sorted."""
    for finding in sorted(findings, key=Placed.order):
        yield _line("finding", finding_object(finding))


def last_lines(problems: Iterable[Problem], numbers: Mapping[str, int], signature: str) -> Iterator[str]:
    """Yield what stands below the findings: a line for each problem, and the summary with its numbers."""
    for problem in sorted(problems, key=lambda each: (each.path, each.message)):
        yield _line("problem", problem_object(problem))
    yield _line("summary", {**numbers, "signature": signature})


def _line(type_: str, fields: Mapping[str, object]) -> str:
    return f"{in_json(json.dumps({'type': type_, **fields}, ensure_ascii=False))}\n"
