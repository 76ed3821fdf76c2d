"""Findings and problems as rows of a Markdown table, as GitHub and GitLab show it."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from bilint.messages import phrase, say
from bilint.report._phrases import encodable, further, message, use, where
from bilint.text.width import one_line, snippet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilint.model import Excerpt, Placed, Problem

_TEXT_CELLS = 200
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]")
_REFERENCE = re.compile(r"@|[#!](?=\d)|(?<=GH)-|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""Where GitHub and GitLab make a mention, a reference or a link of plain text, escaped or not: when it is shown."""
_APART = "<!-- -->"
"""Parts the two sides of a reference, and is not seen."""


_COLUMNS = (
    phrase("severity"),
    phrase("rule"),
    phrase("place"),
    phrase("message"),
    phrase("source"),
    phrase("advice"),
)


def header() -> str:
    """Return the head of the table."""
    return f"| {' | '.join(map(say, _COLUMNS))} |\n|{' --- |' * len(_COLUMNS)}\n"


def fitting(rows: Sequence[str], room: int) -> int:
    """Return how many of the first rows take no more than `room` bytes."""
    return sum(total <= room for total in accumulate(len(row.encode()) for row in rows))


def row(finding: Placed) -> str:
    """Return a finding as a row below `header`."""
    place = where(finding.target.place) + (say(" ({text})", text=further(finding)) if finding.more else "")
    said = source(finding.source) if finding.source else ""
    return _row(say(finding.severity.value), finding.rule, place, message(finding), said, use(finding))


def problem_row(each: Problem) -> str:
    """Return a problem as a row below `header`."""
    return _row(say("error"), "", each.path, say(each.message), "", say(each.hint))


def source(excerpt: Excerpt) -> str:
    """Return the English line from the excerpt on, cut to what a cell holds, and where it stands."""
    start = excerpt.place.column - 1
    return f"{snippet(excerpt.line, start, start, width=_TEXT_CELLS).text.strip()} ({where(excerpt.place)})"


def cell(text: str) -> str:
    """Return text that Markdown shows as it is, in one line; nobody is mentioned by it, and nothing linked."""
    return _REFERENCE.sub(rf"\g<0>{_APART}", _SPECIAL.sub(r"\\\g<0>", encodable(one_line(text))))


def _row(*texts: str) -> str:
    return f"| {' | '.join(map(cell, texts))} |\n"
