"""Align the blocks of two documents: anchors cut them into windows, dynamic programming decides inside.

Each candidate pair gets a log-likelihood ratio of being a translation (shared tokens, usual renderings, kind, length);
an unaligned block costs a constant. Doubtful stretches are aligned again with what the first round taught, and what is
left over is searched for moved sections. The idea of anchors plus length-based dynamic programming is that of Gale and
Church (1993) and Melamed (1999).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from functools import cached_property
from itertools import chain, groupby
from operator import itemgetter

from bilint.align.anchors import ascending, votes
from bilint.align.confidence import BLOCKS as BLOCK_CALIBRATION
from bilint.align.confidence import confidences, is_aligned
from bilint.align.features import Features, alignable, features
from bilint.align.likelihoods import Likelihoods
from bilint.align.memory import Memory, skip_cost
from bilint.align.moves import with_moves
from bilint.align.path import Move, best_path
from bilint.align.scores import deviation
from bilint.model import AlignedPair, Bitext, Block, Document, Kind

SKIP = -2.5
"""Cost of leaving one block unaligned: about one block in ten is added or dropped around a real fault."""
_TOLERABLE = -2.0
_SURE = 1.0
"""A window whose kinds agree needs no search when no pair scores under `_TOLERABLE`, and the mean is above `_SURE`."""
_ALIKE = 0.4
"""Blocks of the length expected of each other, or nearly (the square of a normal deviate): neither is part of one."""
_UNLIKELY = -1.0
"""A pair of blocks that stand out scores like an anchor, and under this with each other's neighbours."""
_ENOUGH_VOTES, _ONE_TOKEN = 4, 2
_ANCHOR = 3.0
"""An anchor is a pair of blocks with two unique tokens in common, or four unique pairs of Han, and this score."""
_SMALL = 6
"""A window of so many blocks on each side is searched as it is."""
_VAST, _DENSE = 16_000, 0.5
"""In a window of so many candidate pairs, pairs that share one token are anchors, if half of the shorter side is in
such a pair: a search takes as long as there are pairs. In 1,300 articles no window is like that."""
_FIRM = 2.0
"""A pair above this score stays as it is in the second round."""
_BELOW = 1.5
"""What the first blocks below two headings add when they go together, and take away when they do not."""

_STEPS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2))


def align(source: Document, target: Document) -> Bitext:
    """Return the aligned pairs of two documents, in the order of the target; blocks that say nothing are in none."""
    source_blocks, target_blocks = alignable(source), alignable(target)
    moves = block_moves(source_blocks, target_blocks)
    return Bitext(
        source,
        target,
        tuple(
            AlignedPair(tuple(source_blocks[i0:i1]), tuple(target_blocks[j0:j1]), score)
            for (i0, i1, j0, j1, _), score in zip(moves, confidences(moves, BLOCK_CALIBRATION), strict=True)
        ),
    )


def block_moves(source: Sequence[Block], target: Sequence[Block]) -> list[Move]:
    """Return which runs of blocks go together, in the order of the target; the scores are log-likelihood ratios."""
    grid = _Grid(*features(source, target))
    return grid.moves(Memory([b.prose.text for b in source], [b.prose.text for b in target], grid.first_path()))


class _Grid:
    """Scores of all candidate pairs of one article, computed when asked for."""

    def __init__(self, source: list[Features], target: list[Features]) -> None:
        self.source = source
        self.target = target
        self._likelihoods = Likelihoods(source, target)
        self._likelihood = self._likelihoods.one
        self._skips = (SKIP, SKIP)
        self._memory: Memory | None = None
        self._path: list[Move] = []

    @cached_property
    def _shared_tokens(self) -> tuple[list[Set[str]], list[Set[str]]]:
        """The tokens of each block, on both sides, less those of the source that the target has nowhere."""
        target = [_tokens(f) | f.lexical for f in self.target]
        on_both: Set[str] = frozenset().union(*target)
        return [(on_both & _tokens(f)) | (on_both & f.lexical) for f in self.source], target

    def first_path(self) -> list[Move]:
        """The moves that make up the article, each judged by itself."""
        if not self._path:
            self._path = list(self._window(0, len(self.source), 0, len(self.target), frozenset()))
        return self._path

    def moves(self, memory: Memory) -> list[Move]:
        """The moves of the first path with its doubtful stretches aligned anew, in the order of the target."""
        self._memory = memory
        gaps = [move for move in self.first_path() if not is_aligned(move)]
        missing = sum(move.i1 - move.i0 for move in gaps)
        self._skips = skip_cost(missing, len(self.source)), skip_cost(len(gaps) - missing, len(self.target))
        path = list(chain.from_iterable(map(self._again, _stretches(self._path))))
        return with_moves(path, self._votes_for_moves, lambda window: self._window(*window, frozenset()))

    def _again(self, stretch: list[Move]) -> list[Move]:
        if len(stretch) == 1 and not is_aligned(stretch[0]):
            return stretch
        if all(is_aligned(move) and move.score > _TOLERABLE for move in stretch):
            return stretch
        window = stretch[0].i0, stretch[-1].i1, stretch[0].j0, stretch[-1].j1
        if self._dense_anchors(*window):
            return list(self._window(*window, frozenset()))
        return self._best_path(*window)

    def _votes_for_moves(self, sources: Sequence[int], targets: Sequence[int]) -> Counter[tuple[int, int]]:
        """As `_votes`, of likely pairs; but a block that stands there twice was repeated rather than moved."""
        found = self._votes(sources, targets, 1, _ANCHOR)
        return Counter(
            {pair: count for pair, count in found.items() if self._uses[_likeness(self.target[pair[1]])] == 1}
        )

    @cached_property
    def _uses(self) -> Counter[Hashable]:
        return Counter(map(_likeness, self.target))

    def _votes(
        self, sources: Sequence[int], targets: Sequence[int], least: int, score: float
    ) -> Counter[tuple[int, int]]:
        """What tokens say that are unique among these blocks, of pairs with `least` votes and a higher score."""
        source, target = self._shared_tokens
        found = votes([source[i] for i in sources], [target[j] for j in targets])
        enough = (((sources[i], targets[j]), count) for (i, j), count in found.items() if count >= least)
        return Counter({pair: count for pair, count in enough if self._likelihood(*pair) > score})

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
        anchors = self._anchors(*window) if window not in tried and max(i1 - i0, j1 - j0) > _SMALL else []
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
            score = self._likelihood(i, j)
            if score < _TOLERABLE:
                return None
            moves.append(Move(i, i + 1, j, j + 1, score))
        return moves if sum(move.score for move in moves) > _SURE * len(moves) else None

    def _anchors(self, i0: int, i1: int, j0: int, j1: int) -> list[tuple[int, int]]:
        """Pairs of blocks that share tokens found nowhere else in the window, ascending on both sides."""
        sure = self._votes(range(i0, i1), range(j0, j1), _ENOUGH_VOTES, _ANCHOR)
        return ascending(list(sure)) or self._dense_anchors(i0, i1, j0, j1)

    def _dense_anchors(self, i0: int, i1: int, j0: int, j1: int) -> list[tuple[int, int]]:
        """Likely pairs of a vast window that share one token, when they ascend through most of it; else none."""
        sources, targets = range(i0, i1), range(j0, j1)
        if len(sources) * len(targets) < _VAST:
            return []
        anchors = ascending(list(self._votes(sources, targets, _ONE_TOKEN, 0.0)))
        return anchors if len(anchors) > _DENSE * min(len(sources), len(targets)) else []

    def _best_path(self, i0: int, i1: int, j0: int, j1: int) -> list[Move]:
        """The best path through a window; no search is needed where it begins and ends with pairs that stand out."""
        before, after = [], []
        while i0 + 1 < i1 and j0 + 1 < j1 and self._stands_out(i0, j0, ((i0 + 1, j0), (i0, j0 + 1))):
            before.append(self._pair(i0, j0))
            i0, j0 = i0 + 1, j0 + 1
        while i0 + 1 < i1 and j0 + 1 < j1 and self._stands_out(i1 - 1, j1 - 1, ((i1 - 2, j1 - 1), (i1 - 1, j1 - 2))):
            i1, j1 = i1 - 1, j1 - 1
            after.append(self._pair(i1, j1))
        return [*before, *best_path((i0, i1, j0, j1), _STEPS, self._values), *reversed(after)]

    def _stands_out(self, i: int, j: int, beside: Iterable[tuple[int, int]]) -> bool:
        """Whether two blocks go together much better than each does with the other's neighbour."""
        source, target = self.source[i], self.target[j]
        if source.kind is not target.kind or deviation(source.length, target.length) > _ALIKE:
            return False
        if source.kind is Kind.HEADING and self._first_below(i + 1, j + 1) <= 0:
            return False
        score = self._likelihood(i, j)
        return score > _ANCHOR and all(self._likelihood(*pair) < _UNLIKELY for pair in beside)

    def _pair(self, i: int, j: int) -> Move:
        return Move(i, i + 1, j, j + 1, self._values(i + 1, 1, 1, j + 1, j + 2)[0])

    def _values(self, i: int, di: int, dj: int, first: int, end: int) -> Sequence[float]:
        """The values of the moves that end before source block i and target blocks `first` to `end`."""
        if not di or not dj:
            return [self._skips[dj]] * (end - first)
        if di == dj == 1:
            return self._pair_values(i - 1, first - 1, end - 1)
        return self._likelihoods.row(i, di, dj, first, end)

    def _pair_values(self, i: int, first: int, end: int) -> list[float]:
        """The values of source block i with the target blocks from `first` to `end`."""
        values = self._likelihoods.row(i + 1, 1, 1, first + 1, end + 1)
        if self._memory:
            values = self._memory.added(values, i, first)
        if self.source[i].kind is not Kind.HEADING or i + 1 == len(self.source):
            return values
        # A heading belongs to what follows it: the score of the first blocks below the two.
        last = min(end + 1, len(self.target))
        below = self._likelihoods.row(i + 2, 1, 1, first + 2, last + 1)
        beside = zip(values, below, self.target[first:end], strict=False)
        added = [value + _below(score) if block.kind is Kind.HEADING else value for value, score, block in beside]
        return added + values[len(added) :]

    def _first_below(self, i: int, j: int) -> float:
        """What the first blocks below two headings say."""
        if i == len(self.source) or j == len(self.target):
            return 0.0
        return _below(self._likelihood(i, j))


def _below(score: float) -> float:
    """Return what first blocks of such a score say of the headings above them."""
    return _BELOW if score > _FIRM else -_BELOW if score < -_FIRM else 0.0


def _is_firm(move: Move) -> bool:
    return move.score > _FIRM and move.i1 - move.i0 == move.j1 - move.j0 == 1


def _stretches(path: Iterable[Move]) -> Iterator[list[Move]]:
    """The moves of a path, doubtful ones together with their neighbours, which may take them in; all others alone."""
    moves = list(path)
    doubtful = [False, *(not _is_firm(move) for move in moves), False]
    beside = [any(doubtful[n : n + 3]) for n in range(len(moves))]
    for open_, group in groupby(zip(moves, beside, strict=True), itemgetter(1)):
        stretch = [move for move, _ in group]
        yield from [stretch] if open_ else ([move] for move in stretch)


def _likeness(block: Features) -> Hashable:
    """What copies of a block have in common."""
    return block.kind, block.length, frozenset(block.exact), frozenset(block.kept), frozenset(block.lexical)


def _tokens(block: Features) -> Set[str]:
    return block.kept if block.kind is Kind.CODE else block.exact
