"""Where something stands in a file; offsets are code points, half-open, lines and columns count from 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of code points; a named tuple, because a book has hundreds of thousands of them."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file: lines and columns from 1, in code points, end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A place, the characters that stand there, and the whole first line for showing them in context."""

    place: Place
    text: str
    line: str
