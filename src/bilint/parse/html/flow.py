"""The running text of an HTML page: white space as a browser shows it, cut into one prose per block."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilint.model import Inline, InlineKind, Prose, Span
from bilint.parse.prose import ProseBuilder

if TYPE_CHECKING:
    from collections.abc import Callable

_BLANKS = str.maketrans("\t\n\f\r", "    ")
_WIDE = re.compile(" {2,}")


@dataclass(slots=True)
class _Opened:
    """A link or emphasis not yet closed.

    `start` is -1 before it has prose in this block, `at` is -1 when it began in another block.
    """

    depth: int
    kind: InlineKind
    at: int
    destination: str
    title: str
    start: int = -1


class Flow:
    """Collects prose and inlines and hands each finished block's to `emit`, with the span from first to last character.

    A blank is kept back until a word follows it, so none is left at either end. A line break beside an image, and two
    line breaks in a row, end the block unless it is `whole`; open links and emphasis go on in the next.
    """

    def __init__(self, emit: Callable[[Prose, tuple[Inline, ...], Span], None]) -> None:
        self.whole = False
        self._emit = emit
        self._open: list[_Opened] = []
        self._prose = ProseBuilder()
        self._gap = ("", 0)  # the blank kept back and its place
        self._after_image = False
        self._start = self._end = 0

    def text(self, piece: str, at: int, end: int) -> None:
        """Append text that stands at `at` to `end` of the file."""
        piece = piece.translate(_BLANKS)
        first, last = len(piece) - len(piece.lstrip(" ")), len(piece.rstrip(" "))
        if first:
            self._blank(" ", at)
        if first >= last:
            return
        self._begin(at + first)
        for wide in _WIDE.finditer(piece, first, last):
            self._prose.add(piece[first : wide.start() + 1], at + first)
            first = wide.end()
        self._prose.add(piece[first:last], at + first)
        self._end = end - (len(piece) - last)
        if last < len(piece):
            self._blank(" ", at + last)

    def line_break(self, at: int) -> None:
        """Append a line break; in the prose, or one that ends the block."""
        self._blank("\n", at)

    def opaque(self, kind: InlineKind, span: Span, content: str, destination: str = "", title: str = "") -> None:
        """Append an inline that is not prose."""
        self._begin(span.start, image=kind is InlineKind.IMAGE)
        self._prose.opaque(kind, span, content, destination, title)
        self._end = span.end

    def named(self, kind: InlineKind, span: Span, content: str, name: str) -> None:
        """Append an inline that is not prose and has a name."""
        self._begin(span.start)
        self._prose.named(kind, span, content, name)
        self._end = span.end

    def open(self, depth: int, kind: InlineKind, at: int, destination: str = "", title: str = "") -> None:
        """Begin a link or emphasis, closed with the element at `depth`."""
        self._open.append(_Opened(depth, kind, at, destination, title))

    def close(self, depth: int, end: int) -> None:
        """End what was opened at `depth` or deeper; an empty link is kept, empty emphasis is not."""
        while self._open and self._open[-1].depth >= depth:
            opened = self._open.pop()
            if opened.start >= 0:
                self._record(opened, end)
            elif opened.kind is InlineKind.LINK and opened.at >= 0:
                opened.start = self._prose.length
                self._record(opened, end)

    def flush(self) -> None:
        """End the block; without prose there is none."""
        if self._prose.length:
            for opened in self._open:
                if opened.start >= 0:
                    self._record(opened, self._end)
                    opened.start = opened.at = -1
            self._emit(*self._prose.build(), Span(self._start, self._end))
        if self._prose.length or self._prose.inlines:
            self._prose = ProseBuilder()
        self._gap = ("", 0)
        self._after_image = False

    def _blank(self, blank: str, at: int) -> None:
        if not self._prose.length:
            return
        kept = self._gap[0]
        if blank == "\n":
            self._gap = ("\n\n" if "\n" in kept else "\n", at)
        elif not kept:
            self._gap = (" ", at)

    def _begin(self, at: int, *, image: bool = False) -> None:
        """Make ready for a character or inline at `at`: the blank kept back now counts, opened inlines start here."""
        gap, place = self._gap
        self._gap = ("", 0)
        if "\n" in gap and not self.whole and (gap == "\n\n" or image or self._after_image):
            self.flush()
        elif gap:
            self._prose.add(gap[0], place)
        if not self._prose.length:
            self._start = at
        for opened in self._open:
            if opened.start < 0:
                opened.start = self._prose.length
                opened.at = at if opened.at < 0 else opened.at
        self._after_image = image

    def _record(self, opened: _Opened, end: int) -> None:
        text = Span(opened.start, self._prose.length)
        inline = Inline(opened.kind, Span(opened.at, end), text, "", opened.destination, opened.title)
        self._prose.inlines.append(inline)
