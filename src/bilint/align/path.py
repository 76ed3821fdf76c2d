"""The best way through a window: dynamic programming over moves, in a band around the diagonal.

The band is narrow at first and is widened only where the best way comes near its edge. Memory: one byte per cell of the
band, and the totals of as many rows as the longest move spans.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

_BAND = 32
_WIDEST_BAND = 300
"""How far from the diagonal of a window the search looks: `_BAND` at first, in the end up to this."""
_MOST_CELLS = 28_000
"""A band of more cells is not widened, so that time grows with the text: those of 1,361 articles have fewer."""
_SMALL = 64
"""A window of so many rows and columns is looked at as a whole: twice in a band would cost more."""
_LEAP = 4
"""A band that may become so many times as wide is widened at once: a search in between costs more than it saves."""
_MARGIN = 0.5
"""A way that keeps to this share of its band would be no other in a wider one: so it is in 1,300 articles."""
_NONE = 255
_FAR = float("-inf")

Value = Callable[[int, int, int, int], float]
Values = Callable[[int, int, int, int, int], Sequence[float]]


class Move(NamedTuple):
    """Source items `i0` to `i1` go with target items `j0` to `j1`, half-open."""

    i0: int
    i1: int
    j0: int
    j1: int
    score: float


def cell_by_cell(value: Value) -> Values:
    """Return what `best_path` asks for, of a function that knows the value of one move."""
    return lambda i, di, dj, first, end: [value(i, j, di, dj) for j in range(first, end)]


def best_path(window: tuple[int, int, int, int], steps: Sequence[tuple[int, int]], values: Values) -> list[Move]:
    """Return the moves through `window` (i0, i1, j0, j1) whose values have the largest sum, in ascending order.

    `steps` are how many source and target items a move may take, (1, 0) and (0, 1) among them; `values(i, di, dj,
    first, end)` are those of the moves that end before source item i and target items `first` to `end`, or none where
    no move is possible, the same for every item that is left out. Of equal paths, the earlier step wins.
    """
    i0, i1, j0, j1 = window
    affordable = max(_MOST_CELLS // (2 * (i1 - i0) or 1), _BAND)
    full = min(max(i1 - i0, j1 - j0), _WIDEST_BAND, affordable)
    width = full if full <= _SMALL else _BAND
    while True:
        band = _Band(window, steps, values, width)
        path = band.path()
        if width == full or band.offset(path) <= width * _MARGIN:
            return path
        width = full if full <= _LEAP * width else 2 * width


class _Band:
    """The cells of a window that are looked at: per row the first column, the totals and the steps that lead there."""

    def __init__(
        self, window: tuple[int, int, int, int], steps: Sequence[tuple[int, int]], values: Values, width: int
    ) -> None:
        self._i0, self._i1, self._j0, self._j1 = window
        self._steps = steps
        self._values = values
        rows, columns = self._i1 - self._i0, self._j1 - self._j0
        self._slope = columns / rows if rows else 0.0
        # Where a row is several columns, the steps must reach from one row to the next.
        self._width = width + int(self._slope)
        self._totals: list[tuple[int, list[float]]] = []
        self._chosen: list[tuple[int, bytearray]] = []

    def path(self) -> list[Move]:
        reach = max(di for di, _ in self._steps)
        for row in range(self._i1 - self._i0 + 1):
            middle = self._middle(row)
            low, high = max(self._j0, middle - self._width), min(self._j1, middle + self._width)
            self._totals.append((low, [_FAR] * (high - low + 1)))
            self._chosen.append((low, bytearray([_NONE]) * (high - low + 1)))
            self._fill(row)
            if row >= reach:
                self._totals[row - reach] = (0, [])
        return self._trace()

    def offset(self, path: Sequence[Move]) -> float:
        """Return how far from the diagonal the path comes, in columns."""
        return max((abs(move.j0 - self._middle(move.i0 - self._i0)) for move in path), default=0)

    def _middle(self, row: int) -> int:
        return self._j0 + int(row * self._slope)

    def _fill(self, row: int) -> None:
        """Compute one row of totals, and which step leads to each of its cells: of equal ones the first."""
        low, line = self._totals[row]
        back, i = self._chosen[row][1], self._i0 + row
        if not row:
            line[0] = 0.0
        for number, (di, dj) in enumerate(self._steps):
            if not 0 < di <= row:
                continue
            start, before = self._totals[row - di]
            first, end = max(low, start + dj), min(low + len(line), start + dj + len(before))
            if first >= end:
                continue
            values = self._values(i, di, dj, first, end)
            ways = zip(before[first - dj - start : end - dj - start], values, strict=False)
            for at, (so_far, value) in enumerate(ways, first - low):
                total = so_far + value
                if total > line[at]:
                    line[at], back[at] = total, number
        self._skip_along(line, back, self._steps.index((0, 1)), self._values(i, 0, 1, low, low + 1)[0])

    def _skip_along(self, line: list[float], back: bytearray, number: int, cost: float) -> None:
        """Let target items of a row be left out, from left to right."""
        for at in range(1, len(line)):
            total = line[at - 1] + cost
            if total > line[at] or (total == line[at] > _FAR and number < back[at]):
                line[at], back[at] = total, number

    def _trace(self) -> list[Move]:
        moves: list[Move] = []
        i, j = self._i1, self._j1
        while True:
            low, back = self._chosen[i - self._i0]
            if back[j - low] == _NONE:
                return moves[::-1]
            di, dj = self._steps[back[j - low]]
            moves.append(Move(i - di, i, j - dj, j, self._values(i, di, dj, j, j + 1)[0]))
            i, j = i - di, j - dj
