"""The lines of prose of a document, and those that repeat others."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bilint.model import Block, Document, InlineKind, Kind, Span
from bilint.text.scripts import han_count

_PROSE = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM})


class Line(NamedTuple):
    """One line of prose: its text with the code in it after a NUL, and where it stands in its block."""

    text: str
    block: Block
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The place in the file; the first line of a block begins with the block's marks."""
        span = self.block.prose.span(self.start, self.end)
        return span if self.start else Span(min(self.block.start, span.start), span.end)

    @property
    def han(self) -> int:
        """How many Chinese characters the prose has; code says nothing of its language."""
        return han_count(self.text.partition("\0")[0])


def lines_of(document: Document, least: int) -> list[Line]:
    """Return the lines of prose in file order; none when the repeated ones have fewer than `least` Han characters."""
    prose = [block for block in document.blocks if block.kind in _PROSE]
    every = list(map(str.strip, "\n".join([block.prose.text for block in prose]).split("\n")))
    if len(every) == len(set(every)):
        return []
    texts = Counter(every)
    if sum((count - 1) * han_count(text) for text, count in texts.items() if count > 1) < least:
        return []
    return [line for block in prose for line in _block_lines(block)]


def _block_lines(block: Block) -> Iterator[Line]:
    start = 0
    codes = [i for i in block.inlines if i.kind is InlineKind.CODE]
    places = [i.text.start for i in codes]
    for line in block.prose.text.split("\n"):
        end = start + len(line)
        if line.strip():
            # Two lines that differ in their code only say different things.
            held = codes[bisect_left(places, start) : bisect_left(places, end)]
            yield Line("\0".join((line.strip(), *(i.content for i in held))), block, start, end)
        start = end + 1


def repeats(lines: list[Line]) -> Iterator[tuple[int, int, int]]:
    """Yield (earlier, later, number of lines) of maximal runs that repeat an earlier run, in file order."""
    last_seen: dict[str, int] = {}
    number = 0
    while number < len(lines):
        earlier = last_seen.get(lines[number].text)
        length = 1
        if earlier is not None:
            while (
                number + length < len(lines)
                and earlier + length < number
                and lines[earlier + length].text == lines[number + length].text
            ):
                length += 1
            yield earlier, number, length
        for line in range(number, number + length):
            last_seen[lines[line].text] = line
        number += length
