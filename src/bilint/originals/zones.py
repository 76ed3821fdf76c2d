"""Where an article keeps its credits: the first and the last lines, front matter and code left out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilint.model import Block, Document, Kind
from bilint.reading.fences import closed_listings
from bilint.text.head import body_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HEAD_LINES = 40
FOOT_LINES = 60
LONGEST = 2000
LONG_TITLE = 40

_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S")
_APPARATUS = re.compile(r"\s*(?:$|[>#\[!<|]|[-*+_=~]{2}|[-*+]\s|\d+[.、)])")
_FIELD = re.compile(r"[^:：。！？]{1,24}[:：]")
_STOP = re.compile(r"[。！？](?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Zones:
    """An article's lines; `head` and `foot` are the indices of those that may name its original, ascending.

    `headings` leads from the first line of a heading to its last.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[str, ...]
    head: tuple[int, ...]
    foot: tuple[int, ...]
    body: int
    headings: Mapping[int, int]

    def after(self, index: int) -> Iterator[int]:
        """Yield the lines below `index` that say something: not blank, not a reference definition."""
        return (i for i in range(index + 1, len(self.lines)) if _speaks(self.lines[i]))

    def before(self, index: int) -> Iterator[int]:
        """Yield the lines above `index` that say something, upwards."""
        return (i for i in range(index - 1, -1, -1) if _speaks(self.lines[i]))

    def under_title(self) -> int | None:
        """Return the line right under the article's title; its first line when it has no title; None when empty."""
        for i in self.head:
            if _speaks(self.lines[i]) and not self.lines[i].lstrip().startswith("<!--"):
                return next(self.after(self.headings[i]), None) if i in self.headings else i
        return None


def zones(document: Document) -> Zones:
    """Return the head and foot of `document`. Reference definitions do not count as lines of the foot."""
    text = document.text
    starts = document.line_starts
    lines = tuple(line.rstrip("\r")[:LONGEST] for line in text.split("\n"))
    first = text.count("\n", 0, body_start(text))
    code = {i for listing in closed_listings(document) for i in _lines_of(listing, starts)}
    head = tuple(i for i in range(first, min(first + HEAD_LINES, len(lines))) if i not in code)
    foot: list[int] = []
    for i in range(len(lines) - 1, first - 1, -1):
        if len(foot) == FOOT_LINES:
            break
        if i not in code and _speaks(lines[i]):
            foot.append(i)
    body = next((i for i in head if _is_prose(lines[i])), first + HEAD_LINES)
    spans = (_lines_of(block, starts) for block in document.blocks if block.kind is Kind.HEADING)
    headings = {heading[0]: heading[-1] for heading in spans}
    return Zones(text, starts, lines, head, tuple(reversed(foot)), body, headings)


def _lines_of(block: Block, starts: Sequence[int]) -> range:
    """The indices of the lines that a block stands on."""
    return range(bisect_right(starts, block.span.start) - 1, bisect_left(starts, block.span.end))


def _speaks(line: str) -> bool:
    return bool(line.strip()) and not _DEFINITION.match(line)


def _is_prose(line: str) -> bool:
    """Whether the article's running text has begun; titles, quotes, lists and `name: value` lines come before it."""
    if _APPARATUS.match(line):
        return False
    return bool(_STOP.search(line)) or (not _FIELD.match(line) and len(line) > LONG_TITLE)
