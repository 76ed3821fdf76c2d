"""What blocks look like to the scorer, one alone and two together: blocks that look alike score alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise

from bilint.align.features import Features
from bilint.align.scores import usual_lengths

_MERGED_LENGTH = 1.2
"""Blocks that were merged or split add up to the length expected, or nearly (the square of a normal deviate)."""
_NOTHING_FITS = (0.0, -1.0)


class Row(dict[int, float]):
    """Looks of target blocks → how well a run of source blocks goes with them, computed when asked for."""

    def __init__(self, scored: Callable[[int], float]) -> None:
        super().__init__()
        self._scored = scored

    def __missing__(self, look: int) -> float:
        self[look] = score = self._scored(look)
        return score


def lengths(blocks: Sequence[Features]) -> tuple[list[float], list[float]]:
    """Return the lengths of one block and of two, by the number of the next block; -1 where one stays alone."""
    one = [-1.0, *(block.length if block.mergeable else -1.0 for block in blocks)]
    two = [a + b if min(a, b) >= 0 else -1.0 for a, b in pairwise(one)]
    return one, [-1.0, *two]


def fitting(length: float) -> tuple[float, float]:
    """Return the shortest and the longest length that one block, or two, may be merged with."""
    return usual_lengths(length, _MERGED_LENGTH) if length >= 0 else _NOTHING_FITS


def looks(blocks: Sequence[Features]) -> tuple[list[int], list[int]]:
    """Return what one block and two look like, as numbers, by the number of the next block."""
    known: dict[Hashable, int] = {}
    one = [-1, *(known.setdefault(block.look(), len(known)) for block in blocks)]
    two = [known.setdefault(pair, len(known)) for pair in pairwise(one)]
    return one, [-1, *two]
