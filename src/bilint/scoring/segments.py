"""Passages of several Chinese versions of one article side by side, as metrics of translation want them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bilint.export import AlignedArticle, Row

Segments = tuple[str, ...]
"""What each version says in one passage of the original, in one line; empty where it says nothing."""
_Start = tuple[int, int]
"""Line and column of a block of the original."""


def side_by_side(versions: Sequence[AlignedArticle]) -> list[Segments]:
    """Return the passages of an original as each version has them, in the order of the original.

    All versions are aligned block by block with the same original. A passage is the fewest of its blocks that no
    version ties to others. What a version says without a counterpart belongs to the passage before it.
    """
    passages = _Passages(versions)
    said = [passages.said(version) for version in versions]
    texts = (tuple(" ".join(" ".join(by[start]).split()) for by in said) for start in passages.starts)
    return [segments for segments in texts if any(segments)]


class _Passages:
    """The blocks of an original, by where they start, and which of them belong to one passage."""

    def __init__(self, versions: Sequence[AlignedArticle]) -> None:
        self._first: dict[_Start, _Start] = {}
        for version in versions:
            for row in version.rows:
                for start in _starts(row)[1:]:
                    self._tie(_starts(row)[0], start)
        everywhere = {start for version in versions for row in version.rows for start in _starts(row)}
        self.starts = sorted({self._of(start) for start in everywhere})

    def said(self, version: AlignedArticle) -> dict[_Start, list[str]]:
        """Return what a version says in each passage, in its own order."""
        by_passage: defaultdict[_Start, list[str]] = defaultdict(list)
        passage = self.starts[0] if self.starts else (1, 1)
        for row in version.rows:
            passage = self._of(_starts(row)[0]) if row.source else passage
            by_passage[passage].extend(piece.text for piece in row.target)
        return by_passage

    def _of(self, start: _Start) -> _Start:
        while (first := self._first.get(start, start)) != start:
            start = self._first[start] = self._first.get(first, first)
        return start

    def _tie(self, one: _Start, other: _Start) -> None:
        one, other = sorted((self._of(one), self._of(other)))
        self._first[other] = one


def _starts(row: Row) -> list[_Start]:
    return [(piece.excerpt.place.line, piece.excerpt.place.column) for piece in row.source]
