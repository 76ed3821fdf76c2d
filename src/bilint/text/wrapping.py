"""Breaking text into lines as wide as a terminal, in which Chinese has no blanks to break at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.text.width import cells

_OPENING = "“‘（《〈「『【"
_CLOSING = "，。；：、！？…—”’）》〉」』】"
_PIECE = re.compile(rf"[{_OPENING}]*(?:[\u2e80-\u9fff\uff01-\uffef]|[^\s\u2e80-\u9fff\uff01-\uffef]+)[{_CLOSING}]*|\s+")
"""What is not broken: a Chinese character, a word of another script, with the punctuation that clings to it."""


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield a paragraph in lines of at most `width` cells; a longer word has a line of its own."""
    line, taken = "", 0
    for piece in _PIECE.findall(" ".join(text.split())):
        room = cells(piece)
        if taken + room > width and line.strip():
            yield line.rstrip()
            line, taken = "", 0
        if line or piece.strip():
            line, taken = line + piece, taken + room
    if line.strip():
        yield line.rstrip()
