"""How text stands in a terminal: cells, carets under a fault, and windows into long lines.

East Asian Wide and Fullwidth characters take 2 cells, combining and zero-width ones 0 (Unicode Standard Annex 11,
as measured by wcwidth).
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

ELLIPSIS = "…"
_TAB = "    "
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# A control character would act on the terminal, a direction mark would move the text away from its carets.
_SHOWN: dict[int, str] = {
    **dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " "),
    **{ord(mark): "" for mark in _BIDI},
    ord("\t"): _TAB,
}
_PLAIN = re.compile("[ -~·—‘’“”…\u3000-\u3020\u4e00-\u9fff\uff01-\uff60]*")
"""What most lines are made of: characters of one or two cells, whatever stands beside them."""
_LAST_NARROW = "…"
_ESCAPED = {**_SHOWN, ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}


class Snippet(Struct, frozen=True):
    """A line as shown, and the cells at which the fault in it starts and how many it takes (at least 1)."""

    text: str
    offset: int
    length: int


def shown(text: str) -> str:
    """Return `text` as a terminal shows it: tabs are 4 spaces, control characters 1, direction marks nothing."""
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    """Return `text` as `shown`, with its line ends and tabs written as escapes."""
    return text.translate(_ESCAPED)


def shortened(text: str, most: int) -> str:
    """Return `text`, or its beginning and an ellipsis, in at most so many code points."""
    return text if len(text) <= most else text[: most - 1] + ELLIPSIS


def cells(text: str) -> int:
    """Return how many terminal cells `text` takes when shown."""
    line = shown(text)
    if _PLAIN.fullmatch(line):
        return len(line) + sum(map(_LAST_NARROW.__lt__, line))
    # Loading this takes as long as linting an article.
    from wcwidth import wcswidth

    return max(0, wcswidth(line))


def padded(text: str, width: int) -> str:
    """Return `text` with blanks behind it, in at least so many cells."""
    return text + " " * (width - cells(text))


_cells_of_line = lru_cache(maxsize=16)(cells)
"""As `cells`: findings come line by line, and a line may be long and have many."""


def snippet(line: str, start: int, end: int, *, width: int) -> Snippet:
    """Return the part of `line` around the code points `start` to `end` that fits into `width` cells.

    A side that is cut off shows an ellipsis; a fault wider than the window loses its end.
    """
    start = min(start, len(line))
    low, high = _window(line, start, width)
    end = max(start, min(end, high))
    head = (ELLIPSIS if low else "") + shown(line[low:start])
    fault, tail = shown(line[start:end]), shown(line[end:high])
    offset = cells(head)
    # Measured with what stands before it: a joiner at the border belongs to both sides.
    length = cells(head + fault) - offset
    return Snippet(head + fault + tail + (ELLIPSIS if high < len(line) else ""), offset, max(1, length))


def _window(line: str, start: int, width: int) -> tuple[int, int]:
    """Return the part of `line` to show: a quarter of the width before `start`, then as much as fits."""
    if _cells_of_line(line) <= width:
        return 0, len(line)
    room = width - 2 * cells(ELLIPSIS)
    low = _shrink(line, start, room // 4)
    high = _grow(line, start, room - cells(line[low:start]))
    low = _shrink(line, start, room - cells(line[start:high]))
    # A cluster (emoji with a style, spacing marks) may be a cell wider than the sum of its characters.
    while low < start and (not cells(line[low]) or cells(line[low:high]) > room):
        low += 1
    while high > start and cells(line[low:high]) > room:
        high -= 1
    return low, high


def _grow(line: str, start: int, room: int) -> int:
    """Return how far after `start` the line fits into `room` cells."""
    end = start
    while end < len(line) and (room := room - cells(line[end])) >= 0:
        end += 1
    return end


def _shrink(line: str, start: int, room: int) -> int:
    """Return how far before `start` the line fits into `room` cells."""
    while start and (room := room - cells(line[start - 1])) >= 0:
        start -= 1
    return start
