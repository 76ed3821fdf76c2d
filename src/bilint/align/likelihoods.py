"""How well runs of one block or two go together, computed when asked for: blocks that look alike score alike.

What a block has to itself, on its side, says something of the few blocks that have it too; to all others it is so many
tokens more. So a text of a thousand paragraphs that differ in a name or a number has a handful of pairs to score, and
a thousand for the names.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from functools import cached_property, partial
from itertools import pairwise

from bilint.align.anchors import unique_tokens
from bilint.align.features import Features, merged
from bilint.align.scores import IMPOSSIBLE, Scorer, usual_lengths

MERGE = -3.75
"""Cost of aligning two blocks with one: dearer than leaving one out, as neighbours have words in common."""
RECUT = -6.0
"""Cost of aligning two blocks with two: text went from one to the other."""
_MERGED_LENGTH = 1.2
"""Blocks that were merged or split add up to the length expected, or nearly (the square of a normal deviate)."""
_NOTHING_FITS = (0.0, -1.0)
_MANY = 2_000
"""So many pairs are scored one by one; what blocks look like is worth finding out when there are more."""
_THERE, _HERE = "\0s", "\0t"
"""Before the tokens that a block of the source, or of the target, has to itself: then they equal none."""


class Likelihoods:
    """Log-likelihood ratios of runs of blocks, each run by the number of the block behind it and how many they are."""

    def __init__(self, source: Sequence[Features], target: Sequence[Features]) -> None:
        self._score = Scorer(source)
        self._source, self._target = _Side(source, _THERE), _Side(target, _HERE)
        self._ones: dict[tuple[int, int], float] = {}
        self._merged: dict[tuple[int, int, int, int], float] = {}
        self._rows: dict[int, _Row] = {}

    def one(self, i: int, j: int) -> float:
        """Return the score of two blocks by themselves; anchors, diagonals and searches ask for the same ones."""
        score = self._ones.get((i, j))
        if score is None:
            score = self._ones[i, j] = self._score(self._source.blocks[i], self._target.blocks[j])
        return score

    def row(self, i: int, di: int, dj: int, first: int, end: int) -> list[float]:
        """Return the scores of the `di` source blocks before number i with `dj` before numbers `first` to `end`.

        The list is empty when the lengths of blocks to be merged fit nowhere.
        """
        if di == dj == 1:
            columns: Sequence[int] = range(first, end)
        else:
            shortest, longest = self._source.fitting[di - 1][i]
            lengths = enumerate(self._target.lengths[dj - 1][first:end], first)
            columns = [j for j, length in lengths if shortest <= length <= longest]
        if len(self._ones) + len(self._merged) < _MANY:
            scores = [self._exact(i, di, j, dj) for j in columns]
        else:
            scores = self._by_looks(i, di, dj, columns)
        if len(scores) in (0, end - first):
            return scores
        values = [IMPOSSIBLE] * (end - first)
        for j, score in zip(columns, scores, strict=True):
            values[j - first] = score
        return values

    def _exact(self, i: int, di: int, j: int, dj: int) -> float:
        if di == dj == 1:
            return self.one(i - 1, j - 1)
        score = self._merged.get((i, di, j, dj))
        if score is None:
            score = self._score(self._source.run(i, di), self._target.run(j, dj)) + _cost(di, dj)
            self._merged[i, di, j, dj] = score
        return score

    def _by_looks(self, i: int, di: int, dj: int, columns: Sequence[int]) -> list[float]:
        known, looks, kin = self._known(i, di), self._target.looks[dj - 1], self._related(i, di, dj)
        return [self._exact(i, di, j, dj) if j in kin else known[looks[j]] for j in columns]

    def _known(self, i: int, di: int) -> _Row:
        """The scores of the `di` source blocks before number i with all looks of the target."""
        look = self._source.looks[di - 1][i]
        row = self._rows.get(look)
        if row is None:
            run = self._source.detached.run(i, di)
            row = self._rows[look] = _Row(partial(_of_strangers, self._score, run, di, self._target))
        return row

    def _related(self, i: int, di: int, dj: int) -> Set[int]:
        """The numbers of the runs of target blocks that share a token which one of the blocks has to itself."""
        kin = self._kinship
        return {block + after for at in range(i - di, i) for block in kin[at] for after in range(1, dj + 1)}

    @cached_property
    def _kinship(self) -> list[set[int]]:
        """Per source block the target blocks with a token that one of the two has to itself."""
        kin: list[set[int]] = [set() for _ in self._source.blocks]
        for j, tokens in enumerate(self._target.tokens):
            for token in tokens & self._source.own.keys():
                kin[self._source.own[token]].add(j)
        for tokens, found in zip(self._source.tokens, kin, strict=True):
            found.update(self._target.own[token] for token in tokens & self._target.own.keys())
        return kin


def _of_strangers(score: Scorer, run: Features, blocks: int, target: _Side, look: int) -> float:
    """The score of a run of source blocks with one of the target that has this look (no method: rows would hold us)."""
    j, dj = target.first_of[look]
    return score(run, target.detached.run(j, dj)) + _cost(blocks, dj)


class _Row(dict[int, float]):
    """Looks of target blocks → how well a run of source blocks goes with them, computed when asked for."""

    def __init__(self, scored: Callable[[int], float]) -> None:
        super().__init__()
        self._scored = scored

    def __missing__(self, look: int) -> float:
        self[look] = score = self._scored(look)
        return score


class _Runs:
    """Blocks of one side, one alone and two as one, by the number of the block behind them."""

    def __init__(self, blocks: Sequence[Features]) -> None:
        self.blocks = blocks
        self._two: dict[int, Features] = {}

    def run(self, end: int, count: int) -> Features:
        if count == 1:
            return self.blocks[end - 1]
        two = self._two.get(end)
        if two is None:
            two = self._two[end] = merged(self.blocks[end - 2 : end])
        return two


class _Side(_Runs):
    """What the blocks of one side are to the scorer, computed when a search asks for it."""

    def __init__(self, blocks: Sequence[Features], mark: str) -> None:
        super().__init__(blocks)
        self._mark = mark

    @cached_property
    def tokens(self) -> list[Set[str]]:
        return [block.exact | block.kept | block.lexical for block in self.blocks]

    @cached_property
    def own(self) -> dict[str, int]:
        """The tokens that one block has to itself, with its number."""
        return unique_tokens(self.tokens)

    @cached_property
    def detached(self) -> _Runs:
        """The blocks as they are to those which share none of their own tokens."""
        own = {token: self._mark + token for token in self.own}
        return _Runs([_renamed(block, own) for block in self.blocks])

    @cached_property
    def looks(self) -> tuple[list[int], list[int]]:
        """What one block and two look like to strangers, as numbers, by the number of the next block."""
        known: dict[Hashable, int] = {}
        own = self.own.keys()
        looks = (_look(block, own & tokens) for block, tokens in zip(self.blocks, self.tokens, strict=True))
        one = [-1, *(known.setdefault(look, len(known)) for look in looks)]
        two = [known.setdefault(pair, len(known)) for pair in pairwise(one)]
        return one, [-1, *two]

    @cached_property
    def first_of(self) -> dict[int, tuple[int, int]]:
        """The first run of each look: the number of the block behind it, and how many they are."""
        found: dict[int, tuple[int, int]] = {}
        for count, seen in enumerate(self.looks, 1):
            for number, look in enumerate(seen):
                found.setdefault(look, (number, count))
        return found

    @cached_property
    def lengths(self) -> tuple[list[float], list[float]]:
        """The lengths of one block and of two, by the number of the next block; -1 where one stays alone."""
        one = [-1.0, *(block.length if block.mergeable else -1.0 for block in self.blocks)]
        two = [a + b if min(a, b) >= 0 else -1.0 for a, b in pairwise(one)]
        return one, [-1.0, *two]

    @cached_property
    def fitting(self) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
        """The lengths that one block and two may be merged with, by the number of the next block."""
        one, two = self.lengths
        return list(map(_fitting, one)), list(map(_fitting, two))


def _cost(di: int, dj: int) -> float:
    return 0.0 if di == dj == 1 else RECUT if di == dj else MERGE


def _fitting(length: float) -> tuple[float, float]:
    """Return the shortest and the longest length that one block, or two, may be merged with."""
    return usual_lengths(length, _MERGED_LENGTH) if length >= 0 else _NOTHING_FITS


def _look(block: Features, own: Set[str]) -> Hashable:
    """Return what is the same of blocks that score alike with all that have none of their own tokens."""
    if not own:
        return block.look(), 0, 0, 0
    rest = block._replace(exact=block.exact - own, kept=block.kept - own, lexical=block.lexical - own)
    counts = (len(every & own) for every in (block.exact, block.kept, block.lexical))
    return rest.look(), *counts


def _renamed(block: Features, names: Mapping[str, str]) -> Features:
    exact, kept, lexical = ({names.get(t, t) for t in tokens} for tokens in (block.exact, block.kept, block.lexical))
    return block._replace(exact=exact, kept=kept, lexical=lexical)
