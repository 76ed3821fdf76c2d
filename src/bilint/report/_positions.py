"""Places in the units and notations of other programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from bilint.model import Excerpt, Placed

_FOLDER = re.compile(r"/|[A-Za-z]:[/\\]")
"""What paths begin with that do not depend on the working folder."""


class Position(NamedTuple):
    """A line, and a column in bytes of UTF-8, both from 1."""

    line: int
    column: int


def in_bytes(excerpt: Excerpt) -> tuple[Position, Position]:
    """Return where an excerpt starts and where it ends, exclusive, with columns in bytes of UTF-8."""
    place = excerpt.place
    start = _bytes(excerpt.line[: place.column - 1]) + 1
    if place.end_line == place.line:
        end = _bytes(excerpt.line[: place.end_column - 1]) + 1
    else:
        end = _bytes(excerpt.text.rsplit("\n", 1)[-1]) + 1
    return Position(place.line, start), Position(place.end_line, end)


class Replaced(NamedTuple):
    """A stretch of a file and what is written there."""

    start: Position
    end: Position
    new: str


def edited(finding: Placed) -> Replaced | None:
    """Return what mends the first place of a finding, as one stretch; None when its lines are not those shown."""
    target, fix = finding.target, finding.fix
    mending = fix.parts((finding.span, *finding.more_spans)).get(finding.span) if fix else None
    if mending is None:
        return None
    before = target.line[: target.place.column - 1]
    # What follows on the first line is known when the excerpt does not go on to the next.
    rest = target.line[target.place.end_column - 1 :] if "\n" not in target.text else ""
    known, offset = before + target.text + rest, finding.span.start - len(before)
    start, end = mending.edits[0].span.start - offset, max(edit.span.end for edit in mending.edits) - offset
    if not 0 <= start <= end <= len(known):
        return None
    new, at = "", start
    for edit in mending.edits:
        new += known[at : edit.span.start - offset] + edit.new
        at = edit.span.end - offset
    return Replaced(_position(known, start, target.place.line), _position(known, end, target.place.line), new)


def uri(path: str) -> str:
    """Return the path as a URI, relative where the path is; bytes that are not UTF-8 are kept."""
    escaped = quote(path.replace("\\", "/").encode("utf-8", "surrogateescape"))
    if not _FOLDER.match(path):
        return escaped
    return f"file://{escaped}" if escaped.startswith("/") else f"file:///{escaped.replace('%3A', ':', 1)}"


def _position(text: str, offset: int, line: int) -> Position:
    before = text[:offset]
    return Position(line + before.count("\n"), _bytes(before.rsplit("\n", 1)[-1]) + 1)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
