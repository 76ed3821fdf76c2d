"""JSON Lines, for programs that read one finding at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bilint.model import Placed
from bilint.report._summary import counts
from bilint.report.json import finding_object, problem_object
from bilint.text.escapes import in_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilint.model import Report
    from bilint.report._style import Style

WORDS = "english"
ENDINGS = (".jsonl", ".ndjson")


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield an object in each line, as in the JSON report with its `type`: findings, problems, then the summary."""
    return (f"{in_json(json.dumps(each, ensure_ascii=False))}\n" for each in _objects(report))


def _objects(report: Report) -> Iterator[dict[str, object]]:
    for finding in sorted(report.findings, key=Placed.order):
        yield {"type": "finding", **finding_object(finding)}
    for problem in sorted(report.problems, key=lambda each: (each.path, each.message)):
        yield {"type": "problem", **problem_object(problem)}
    yield {"type": "summary", **counts(report), "signature": report.signature}
