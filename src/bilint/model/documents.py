"""One parsed text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bilint.model.blocks import Block, Inline
from bilint.model.enums import plain_members
from bilint.model.fixes import Edit
from bilint.model.places import Excerpt, Place, Span

_LINE_END = re.compile("\n")


@plain_members
class Format(StrEnum):
    """The mark-up a document is written in."""

    MARKDOWN = "markdown"
    HTML = "html"


@dataclass(frozen=True, eq=False)
class Document:
    """One parsed text; `text` is exactly what stands in the file, decoded, with no normalisation.

    Compared by identity: hashing all of a book for a cache would cost more than the cache saves. Without slots, for the
    sake of `line_starts`: few originals are ever asked for a line. `marks` are, in file order, what stands in no block:
    fences of containers, template tags, macros and components on lines of their own, heading ids, footnotes' labels.
    """

    path: str
    text: str
    blocks: tuple[Block, ...]
    format: Format = Format.MARKDOWN
    uri: str = ""
    comments: tuple[tuple[int, str], ...] = ()
    marks: tuple[Inline, ...] = ()

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line starts; only a line feed ends a line."""
        return (0, *[end.end() for end in _LINE_END.finditer(self.text)])

    @cached_property
    def _lines(self) -> dict[int, str]:
        """The lines that were asked for: a thousand findings in a line of a megabyte must not copy it each time."""
        return {}

    def place(self, span: Span) -> Place:
        """Return the lines and columns of `span`."""
        line, column = self._line_column(span.start)
        end_line, end_column = self._line_column(span.end)
        return Place(self.path, line, column, end_line, end_column)

    def address(self, link: Inline) -> Span:
        """Return where the address of a link or an image stands; the whole link when it is defined elsewhere."""
        at = self.text.find(link.destination, link.span.start, link.span.end)
        return Span(at, at + len(link.destination)) if at >= 0 else link.span

    def edits(self, spans: Iterable[Span], old: str, new: str) -> Iterator[Edit]:
        """Yield edits that write `new` for `old` in each span that has it once, to the letter: no reference for it."""
        for span in spans:
            at = self.text.find(old, *span)
            if old != new and at >= 0 and self.text.find(old, at + 1, span.end) < 0:
                yield Edit(Span(at, at + len(old)), new)

    def excerpt(self, span: Span) -> Excerpt:
        """Return the place of `span`, its text, and its first line."""
        place = self.place(span)
        return Excerpt(place, self.text[span.start : span.end], self.line(place.line))

    def line(self, number: int) -> str:
        """Return line `number`, from 1, without its end; the same string for every finding in it."""
        if number not in self._lines:
            start = self.line_starts[number - 1]
            end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
            self._lines[number] = self.text[start:end].rstrip("\r\n")
        return self._lines[number]

    def _line_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1
