"""Align the blocks of two documents: anchors cut them into windows, dynamic programming decides inside.

Each candidate pair gets a log-likelihood ratio of being a translation (shared tokens, kind, length); an unaligned
block costs a constant. The idea of anchors plus length-based dynamic programming is that of Gale and Church (1993)
and Melamed (1999).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cached_property

from bilint.align.features import Features, alignable, merged, source_features, target_features
from bilint.align.path import Move, best_path
from bilint.align.scores import IMPOSSIBLE, Scorer, length_cost
from bilint.model import AlignedPair, Bitext, Document
from bilint.text.scripts import has_han

SKIP = -2.5
"""Cost of leaving one block unaligned: about one block in ten is added or dropped around a real fault."""
MERGE = -3.0
"""Cost of aligning two blocks with one."""
_TOLERABLE = -2.0
_SURE = 1.0
"""A window whose kinds agree needs no search when no pair scores under `_TOLERABLE`, and the mean is above `_SURE`."""
_MERGED_LENGTH = 0.9
"""Blocks that were merged or split add up to the length expected, or nearly."""

_STEPS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))


def align(source: Document, target: Document) -> Bitext:
    """Return the aligned pairs of two documents, in the order of the target; blocks that say nothing are in none."""
    source_blocks, target_blocks = alignable(source), alignable(target)
    features = [source_features(block) for block in source_blocks]
    # Character pairs that the original cannot account for say nothing; they are most of all there are.
    vocabulary: frozenset[str] = frozenset().union(*(f.exact for f in features), *(f.lexical for f in features))
    grid = _Grid(features, [target_features(block, vocabulary) for block in target_blocks])
    pairs = []
    for i0, i1, j0, j1, score in grid.moves():
        aligned = i1 > i0 and j1 > j0
        value = 1 / (1 + math.exp(-score)) if aligned else 0.0
        pairs.append(AlignedPair(tuple(source_blocks[i0:i1]), tuple(target_blocks[j0:j1]), round(value, 4)))
    return Bitext(source, target, tuple(pairs))


class _Grid:
    """Scores of all candidate pairs of one article, computed when asked for."""

    def __init__(self, source: list[Features], target: list[Features]) -> None:
        self.source = source
        self.target = target
        self.score = Scorer(source, target)
        self._two: tuple[dict[int, Features | None], dict[int, Features | None]] = ({}, {})

    @cached_property
    def _shared_tokens(self) -> tuple[list[Set[str]], list[Set[str]]]:
        """The tokens of each block, on both sides, less those of the source that the target has nowhere."""
        target = [f.exact | f.lexical for f in self.target]
        on_both: Set[str] = frozenset().union(*target)
        return [(on_both & f.exact) | (on_both & f.lexical) for f in self.source], target

    def moves(self) -> Iterator[Move]:
        yield from self._window(0, len(self.source), 0, len(self.target), frozenset())

    def _window(
        self, i0: int, i1: int, j0: int, j1: int, tried: frozenset[tuple[int, int, int, int]]
    ) -> Iterator[Move]:
        window = (i0, i1, j0, j1)
        if i0 == i1 or j0 == j1:
            yield from (Move(i, i + 1, j0, j0, 0.0) for i in range(i0, i1))
            yield from (Move(i1, i1, j, j + 1, 0.0) for j in range(j0, j1))
            return
        diagonal = self._diagonal(*window)
        if diagonal is not None:
            yield from diagonal
            return
        anchors = self._anchors(*window) if window not in tried and max(i1 - i0, j1 - j0) > 6 else []
        if not anchors:
            yield from self._best_path(*window)
            return
        seen = tried | {window}
        for i, j in anchors:
            yield from self._window(i0, i, j0, j, seen)
            i0, j0 = i, j
        yield from self._window(i0, i1, j0, j1, seen)

    def _diagonal(self, i0: int, i1: int, j0: int, j1: int) -> list[Move] | None:
        """One-to-one pairs when both sides have the same kinds in the same order and nothing speaks against it."""
        if i1 - i0 != j1 - j0:
            return None
        moves = []
        for i, j in zip(range(i0, i1), range(j0, j1), strict=True):
            if self.source[i].kind is not self.target[j].kind:
                return None
            score = self.score(self.source[i], self.target[j])
            if score < _TOLERABLE:
                return None
            moves.append(Move(i, i + 1, j, j + 1, score))
        return moves if sum(move.score for move in moves) > _SURE * len(moves) else None

    def _anchors(self, i0: int, i1: int, j0: int, j1: int) -> list[tuple[int, int]]:
        """Pairs of blocks that share tokens found nowhere else in the window, ascending on both sides."""
        source, target = self._shared_tokens
        where = _unique(source[i0:i1])
        votes: Counter[tuple[int, int]] = Counter()
        for token, j in _unique(target[j0:j1]).items():
            if token in where:
                votes[where[token] + i0, j + j0] += 1 if has_han(token) else 2
        strong = [(i, j) for (i, j), n in votes.items() if n >= 4 and self.score(self.source[i], self.target[j]) > 3]
        return _ascending(sorted(strong))

    def _best_path(self, i0: int, i1: int, j0: int, j1: int) -> list[Move]:
        return best_path((i0, i1, j0, j1), _STEPS, self._value)

    def _value(self, i: int, j: int, di: int, dj: int) -> float:
        """The value of the move that ends before source block i and target block j."""
        if not di or not dj:
            return SKIP
        if di == dj == 1:
            return self.score(self.source[i - 1], self.target[j - 1])
        source = self.source[i - 1] if di == 1 else self._last_two(i, of_target=False)
        target = self.target[j - 1] if dj == 1 else self._last_two(j, of_target=True)
        if source is None or target is None or not (source.mergeable and target.mergeable):
            return IMPOSSIBLE
        if length_cost(source.length, target.length) > _MERGED_LENGTH:
            return IMPOSSIBLE
        return self.score(source, target) + MERGE

    def _last_two(self, end: int, *, of_target: bool) -> Features | None:
        """Return the features of the two blocks before number `end` as one; None when one of them stays alone."""
        known = self._two[of_target]
        if end not in known:
            two = (self.target if of_target else self.source)[end - 2 : end]
            known[end] = merged(two) if two[0].mergeable and two[1].mergeable else None
        return known[end]


def _unique(blocks: Sequence[Set[str]]) -> dict[str, int]:
    """Tokens that stand in exactly one of the blocks, with the number of that block."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for tokens in blocks:
        repeated |= seen & tokens
        seen |= tokens
    return {token: number for number, tokens in enumerate(blocks) for token in tokens - repeated}


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that ascends strictly on both sides (patience sorting)."""
    tails: list[int] = []
    chain_end: list[int] = []
    back: list[int] = []
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    for number, (_, j) in enumerate(ordered):
        at = bisect_left(tails, j)
        back.append(chain_end[at - 1] if at else -1)
        tails[at : at + 1] = [j]
        chain_end[at : at + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = chain_end[-1] if chain_end else -1
    while number >= 0:
        chain.append(ordered[number])
        number = back[number]
    return chain[::-1]
