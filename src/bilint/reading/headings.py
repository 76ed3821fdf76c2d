"""The headings of both sides, and their levels."""

from __future__ import annotations

from collections import Counter

from bilint.model import AlignedPair, Block, Kind

_SEVERAL = 3
_MOSTLY = 0.75
"""So many headings of a level, and this share of them, show which level theirs have here; two may both be slips."""


def are_two_headings(pair: AlignedPair) -> bool:
    """Return whether a pair is one heading and its translation."""
    return len(pair.source) == len(pair.target) == 1 and pair.source[0].kind is pair.target[0].kind is Kind.HEADING


def usual_level(headings: list[tuple[Block, Block]], level: int) -> int | None:
    """Return the level that headings of the original's `level` mostly have; None without a clear majority."""
    found = Counter(target.level for source, target in headings if source.level == level)
    usual, count = found.most_common(1)[0]
    return usual if count >= _SEVERAL and count >= _MOSTLY * found.total() else None
