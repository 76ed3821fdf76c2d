"""Where an article keeps its credits: the first and the last lines, front matter and code left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilint.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD_LINES = 40
FOOT_LINES = 60
LONGEST = 2000
LONG_TITLE = 40

_FRONT_MATTER = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n.*?^(?:\1|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"^[ >]*(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S")
_APPARATUS = re.compile(r"\s*(?:$|[>#\[!<|]|[-*+_=~]{2}|[-*+]\s|\d+[.、)])")
_FIELD = re.compile(r"[^:：。！？]{1,24}[:：]")
_STOP = re.compile(r"[。！？](?![A-Za-z0-9])")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*$")
_ATX = re.compile(r" {0,3}#{1,6}\s+\S")


@dataclass(frozen=True, slots=True)
class Zones:
    """An article's lines; `head` and `foot` are the indices of those that may name its original, ascending."""

    text: str
    starts: tuple[int, ...]
    lines: tuple[str, ...]
    head: tuple[int, ...]
    foot: tuple[int, ...]
    body: int

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
                below = i + 1 < len(self.lines) and _UNDERLINE.match(self.lines[i + 1])
                if _ATX.match(self.lines[i]) or below:
                    return next(self.after(i + 1 if below else i), None)
                return i
        return None


def zones(document: Document) -> Zones:
    """Return the head and foot of `document`. Reference definitions do not count as lines of the foot."""
    text = document.text
    starts = document.line_starts
    lines = tuple(line.rstrip("\r")[:LONGEST] for line in text.split("\n"))
    front = _FRONT_MATTER.match(text)
    first = text.count("\n", 0, front.end()) + 1 if front else 0
    code = _code_lines(text)
    head = tuple(i for i in range(first, min(first + HEAD_LINES, len(lines))) if i not in code)
    foot: list[int] = []
    for i in range(len(lines) - 1, first - 1, -1):
        if len(foot) == FOOT_LINES:
            break
        if i not in code and _speaks(lines[i]):
            foot.append(i)
    body = next((i for i in head if _is_prose(lines[i])), first + HEAD_LINES)
    return Zones(text, starts, lines, head, tuple(reversed(foot)), body)


def _speaks(line: str) -> bool:
    return bool(line.strip()) and not _DEFINITION.match(line)


def _is_prose(line: str) -> bool:
    """Whether the article's running text has begun; titles, quotes, lists and `name: value` lines come before it."""
    if _APPARATUS.match(line):
        return False
    return bool(_STOP.search(line)) or (not _FIELD.match(line) and len(line) > LONG_TITLE)


def _code_lines(text: str) -> frozenset[int]:
    """Return the lines of closed code fences; one that is never closed must not hide the footer."""
    hidden: set[int] = set()
    opened: re.Match[str] | None = None
    number = at = first = 0
    for fence in _FENCE.finditer(text):
        number, at = number + text.count("\n", at, fence.start()), fence.start()
        if opened is None:
            if "`" not in fence[2] or fence[1][0] == "~":
                opened, first = fence, number
        elif fence[1].startswith(opened[1]) and not fence[2].strip():
            hidden.update(range(first, number + 1))
            opened = None
    return frozenset(hidden)
