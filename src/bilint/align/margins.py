"""How much rather the alignment of sentences would leave one of the original over than pair it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bilint.align.sentences import COSTS, Window
from bilint.model import Segment

_GAP, _LONGER, _LONGEST = -5.0, -1.5, 6
"""A run of sentences left over costs less than each of them alone: who leaves out one leaves out the next.

With single gaps 44 % of two sentences taken away in a row are told, with runs 88 %."""
_RUNS = {(count, 0): _GAP + _LONGER * (count - 1) for count in range(1, _LONGEST + 1)}
_ONE_SENTENCE = {(4, 1): -6.6, (5, 1): -8.4, (6, 1): -10.2}
"""Chinese may go on with commas where English ends sentences; each more costs as much as the third."""
_MOVES = COSTS | {(0, 1): _GAP} | _RUNS | _ONE_SENTENCE
_FAR = float("-inf")

_Cell = tuple[int, int]


class _Way(NamedTuple):
    """A move that ends before source item `i` and target item `j`, and its value."""

    i: int
    j: int
    di: int
    dj: int
    value: float


def margins(source: Sequence[Segment], target: Sequence[Segment]) -> list[float]:
    """Return for each source segment the best total with it left over minus the best with it in a pair.

    Log-likelihood ratios: above 0 it is likelier left out than said. Time grows with the product of both numbers.
    """
    ways = list(_ways(source, target))
    before, after = _from_start(ways), _to_end(ways, (len(source), len(target)))
    left, paired = ([_FAR] * len(source) for _ in range(2))
    for way in ways:
        total = before[way.i - way.di, way.j - way.dj] + way.value + after[way.i, way.j]
        side = paired if way.dj else left
        for number in range(way.i - way.di, way.i):
            side[number] = max(side[number], total)
    return [over - pair for over, pair in zip(left, paired, strict=True)]


def _ways(source: Sequence[Segment], target: Sequence[Segment]) -> Iterator[_Way]:
    """All moves, in the order in which their ends are reached."""
    window = Window(source, target, _MOVES)
    for i in range(len(source) + 1):
        for j in range(len(target) + 1):
            for di, dj in _MOVES:
                if di <= i and dj <= j:
                    yield _Way(i, j, di, dj, window.value(i, j, di, dj))


def _from_start(ways: Iterable[_Way]) -> Mapping[_Cell, float]:
    """The best total from the start to each cell."""
    totals = {(0, 0): 0.0}
    for i, j, di, dj, value in ways:
        total = totals[i - di, j - dj] + value
        if total > totals.get((i, j), _FAR):
            totals[i, j] = total
    return totals


def _to_end(ways: Sequence[_Way], end: _Cell) -> Mapping[_Cell, float]:
    """The best total from each cell to the end."""
    totals = {end: 0.0}
    for i, j, di, dj, value in reversed(ways):
        total = totals[i, j] + value
        if total > totals.get((i - di, j - dj), _FAR):
            totals[i - di, j - dj] = total
    return totals
