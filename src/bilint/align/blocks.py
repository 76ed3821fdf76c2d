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
from itertools import chain

from bilint.align.features import Features, alignable, length_ratio_score, merged, source_features, target_features
from bilint.model import AlignedPair, Bitext, Document, Kind

SKIP = -2.5
"""Cost of leaving one block unaligned: about one block in ten is added or dropped around a real fault."""
MERGE = -3.0
"""Cost of aligning two blocks with one."""
_TOLERABLE = -2.0
_SURE = 1.0
"""A window whose kinds agree needs no search when no pair scores under `_TOLERABLE`, and the mean is above `_SURE`."""
_BAND = 60
"""How far from the diagonal of a window the dynamic programming looks."""

_KIND_COST = {
    frozenset({Kind.PARAGRAPH, Kind.ITEM}): -1.0,
    frozenset({Kind.PARAGRAPH, Kind.HTML}): -1.0,
    frozenset({Kind.PARAGRAPH, Kind.TITLE}): -2.0,
    frozenset({Kind.HEADING, Kind.TITLE}): -1.0,
}

_STEPS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))
_IMPOSSIBLE = -99.0

Move = tuple[int, int, int, int, float]


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
        self._uses = Counter(chain.from_iterable(f.exact for f in source))
        self._weight = self._token_weights()
        self._two: tuple[dict[int, Features | None], dict[int, Features | None]] = ({}, {})

    def _token_weights(self) -> dict[str, float]:
        """Rarer tokens say more: weight 1 (not listed) for one use, falling with the logarithm of their number."""
        return {token: 1 / (1 + math.log(n)) for token, n in self._uses.items() if n > 1}

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
            yield from ((i, i + 1, j0, j0, 0.0) for i in range(i0, i1))
            yield from ((i1, i1, j, j + 1, 0.0) for j in range(j0, j1))
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
            moves.append((i, i + 1, j, j + 1, score))
        return moves if sum(move[4] for move in moves) > _SURE * len(moves) else None

    def _anchors(self, i0: int, i1: int, j0: int, j1: int) -> list[tuple[int, int]]:
        """Pairs of blocks that share tokens found nowhere else in the window, ascending on both sides."""
        source, target = self._shared_tokens
        where = _unique(source[i0:i1])
        votes: Counter[tuple[int, int]] = Counter()
        for token, j in _unique(target[j0:j1]).items():
            if token in where:
                votes[where[token] + i0, j + j0] += 2 if token in self._uses else 1
        strong = [(i, j) for (i, j), n in votes.items() if n >= 4 and self.score(self.source[i], self.target[j]) > 3]
        return _ascending(sorted(strong))

    def score(self, source: Features, target: Features) -> float:
        """Return the log-likelihood ratio that `target` translates `source`; above 0 speaks for it."""
        score = _kind_score(source, target)
        if score <= -8:
            return score
        score += length_ratio_score(source.length, target.length)
        shared = source.exact & target.exact
        if shared:
            weight = self._weight
            score += min(2.4 * sum(weight.get(token, 1.0) for token in shared), 8.0)
        foreign = len(target.exact) - len(shared)
        if foreign:
            score -= min(0.9 * foreign, 4.0)
        if source.kind is Kind.CODE:
            missing = len(source.exact) - len(shared)
            return score - min(3.0 * missing / (1 + len(source.exact)), 3.0)
        if source.expected and target.expected:
            hits = min(len(source.lexical & target.lexical), source.expected)
            score += max(min(1.7 * hits - 0.45 * (source.expected - hits), 8.0), -5.0)
        return score

    def _best_path(self, i0: int, i1: int, j0: int, j1: int) -> list[Move]:
        """The best sequence of one-to-one, one-to-two, two-to-one and unaligned moves through a window."""
        best: dict[tuple[int, int], tuple[float, Move | None]] = {(i0, j0): (0.0, None)}
        slope = (j1 - j0) / (i1 - i0)
        for i in range(i0, i1 + 1):
            middle = j0 + int((i - i0) * slope)
            for j in range(max(j0, middle - _BAND), min(j1, middle + _BAND) + 1):
                if (i, j) != (i0, j0):
                    self._relax(best, i, j)
        return self._trace(best, i1, j1)

    def _relax(self, best: dict[tuple[int, int], tuple[float, Move | None]], i: int, j: int) -> None:
        top, chosen = -math.inf, None
        for di, dj in _STEPS:
            before = best.get((i - di, j - dj))
            if before is None:
                continue
            score = before[0] + (self._move(i, j, di, dj) if di and dj else SKIP)
            if score > top:
                top, chosen = score, (i - di, i, j - dj, j, score - before[0])
        if chosen is not None:
            best[i, j] = (top, chosen)

    def _move(self, i: int, j: int, di: int, dj: int) -> float:
        if di == dj:
            return self.score(self.source[i - 1], self.target[j - 1])
        source = self.source[i - 1] if di == 1 else self._last_two(i, of_target=False)
        target = self.target[j - 1] if dj == 1 else self._last_two(j, of_target=True)
        if source is None or target is None or not (source.mergeable and target.mergeable):
            return _IMPOSSIBLE
        if length_ratio_score(source.length, target.length) < 0:
            return _IMPOSSIBLE
        return self.score(source, target) + MERGE

    def _last_two(self, end: int, *, of_target: bool) -> Features | None:
        """Return the features of the two blocks before number `end` as one; None when one of them stays alone."""
        known = self._two[of_target]
        if end not in known:
            two = (self.target if of_target else self.source)[end - 2 : end]
            known[end] = merged(two) if two[0].mergeable and two[1].mergeable else None
        return known[end]

    @staticmethod
    def _trace(best: dict[tuple[int, int], tuple[float, Move | None]], i: int, j: int) -> list[Move]:
        moves: list[Move] = []
        while True:
            move = best[i, j][1]
            if move is None:
                return moves[::-1]
            moves.append(move)
            i, j = move[0], move[2]


def _kind_score(source: Features, target: Features) -> float:
    if source.kind is target.kind:
        if source.kind is Kind.FIELD:
            return 5.0 if source.key == target.key else -9.0
        return 0.5
    if Kind.CODE in (source.kind, target.kind) or Kind.FIELD in (source.kind, target.kind):
        return -9.0
    return _KIND_COST.get(frozenset({source.kind, target.kind}), -3.0)


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
