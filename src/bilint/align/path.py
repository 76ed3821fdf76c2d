"""The best way through a window: dynamic programming over moves, in a band around the diagonal.

Memory: one byte per cell of the band, and the totals of as many rows as the longest move spans.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

_BAND = 60
_WIDEST_BAND = 300
"""How far from the diagonal of a window the search looks: `_BAND` and the difference of the lengths, up to this."""
_NONE = 255
_FAR = float("-inf")

Value = Callable[[int, int, int, int], float]


class Move(NamedTuple):
    """Source items `i0` to `i1` go with target items `j0` to `j1`, half-open."""

    i0: int
    i1: int
    j0: int
    j1: int
    score: float


def best_path(window: tuple[int, int, int, int], steps: Sequence[tuple[int, int]], value: Value) -> list[Move]:
    """Return the moves through `window` (i0, i1, j0, j1) whose values have the largest sum, in ascending order.

    `steps` are how many source and target items a move may take, (1, 0) and (0, 1) among them; `value(i, j, di, dj)`
    is that of the move that ends before source item i and target item j. Of equal paths, the earlier step wins.
    """
    return _Band(window, steps, value).path()


class _Band:
    """The cells of a window that are looked at: per row the first column, the totals and the steps that lead there."""

    def __init__(self, window: tuple[int, int, int, int], steps: Sequence[tuple[int, int]], value: Value) -> None:
        self._i0, self._i1, self._j0, self._j1 = window
        self._steps = steps
        self._value = value
        rows, columns = self._i1 - self._i0, self._j1 - self._j0
        self._slope = columns / rows if rows else 0.0
        self._width = min(_BAND + abs(rows - columns), _WIDEST_BAND)
        self._totals: list[tuple[int, list[float]]] = []
        self._chosen: list[tuple[int, bytearray]] = []

    def path(self) -> list[Move]:
        reach = max(di for di, _ in self._steps)
        for row in range(self._i1 - self._i0 + 1):
            middle = self._j0 + int(row * self._slope)
            low, high = max(self._j0, middle - self._width), min(self._j1, middle + self._width)
            self._totals.append((low, [_FAR] * (high - low + 1)))
            self._chosen.append((low, bytearray([_NONE]) * (high - low + 1)))
            self._fill(row)
            if row >= reach:
                self._totals[row - reach] = (0, [])
        return self._trace()

    def _fill(self, row: int) -> None:
        """Compute one row of totals, and which step leads to each of its cells."""
        low, line = self._totals[row]
        back, value, i = self._chosen[row][1], self._value, self._i0 + row
        if not row:
            line[0] = 0.0
        usable = [(n, di, dj, *self._totals[row - di]) for n, (di, dj) in enumerate(self._steps) if di <= row]
        for at, top in enumerate(line):
            j = low + at
            for number, di, dj, start, before in usable:
                column = j - dj - start
                if 0 <= column < len(before) and before[column] > _FAR:
                    total = before[column] + value(i, j, di, dj)
                    if total > top:
                        top, back[at] = total, number  # noqa: PLW2901
            line[at] = top

    def _trace(self) -> list[Move]:
        moves: list[Move] = []
        i, j = self._i1, self._j1
        while True:
            low, back = self._chosen[i - self._i0]
            if back[j - low] == _NONE:
                return moves[::-1]
            di, dj = self._steps[back[j - low]]
            moves.append(Move(i - di, i, j - dj, j, self._value(i, j, di, dj)))
            i, j = i - di, j - dj
