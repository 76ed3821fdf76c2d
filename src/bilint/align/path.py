"""The best way through a window: dynamic programming over moves, in a band around the diagonal.

Memory: one byte per cell of the band, and the totals of a few rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

_BAND = 60
_WIDEST_BAND = 300
"""How far from the diagonal of a window the search looks: `_BAND` and the difference of the lengths, up to this."""
_NONE = 255
_FAR = float("-inf")


class Move(NamedTuple):
    """Source items `i0` to `i1` go with target items `j0` to `j1`."""

    i0: int
    i1: int
    j0: int
    j1: int
    score: float


def best_path(
    window: tuple[int, int, int, int],
    steps: Sequence[tuple[int, int]],
    value: Callable[[int, int, int, int], float],
) -> list[Move]:
    """Return the moves through `window` (i0, i1, j0, j1) whose values have the largest sum, in ascending order.

    `steps` are how many source and target items a move may take, (1, 0) and (0, 1) among them; `value(i, j, di, dj)`
    is that of the move that ends before source item i and target item j.
    """
    i0, i1, j0, j1 = window
    rows, reach = i1 - i0, max(di for di, _ in steps)
    band = min(_BAND + abs(rows - (j1 - j0)), _WIDEST_BAND)
    slope = (j1 - j0) / rows if rows else 0.0
    totals: list[tuple[int, list[float]]] = []
    chosen: list[tuple[int, bytearray]] = []
    for row in range(rows + 1):
        middle = j0 + int(row * slope)
        # The first and the last row reach their corners, whatever the slope.
        low, high = max(j0, middle - band), min(j1, middle + band)
        line, back = [_FAR] * (high - low + 1), bytearray([_NONE]) * (high - low + 1)
        totals.append((low, line))
        chosen.append((low, back))
        if not row:
            line[0] = 0.0
        if row > reach:
            totals[row - reach - 1] = (0, [])
        _fill(i0, row, totals, back, steps, value)
    return _trace(i0, i1, j1, chosen, steps, value)


def _fill(
    i0: int,
    row: int,
    totals: list[tuple[int, list[float]]],
    back: bytearray,
    steps: Sequence[tuple[int, int]],
    value: Callable[[int, int, int, int], float],
) -> None:
    """Compute one row of totals and which step leads to each cell."""
    low, line = totals[row]
    usable = [(n, di, dj, *totals[row - di]) for n, (di, dj) in enumerate(steps) if di <= row]
    for at in range(len(line)):
        top, j = line[at], low + at
        for number, di, dj, start, before in usable:
            column = j - dj - start
            if 0 <= column < len(before) and before[column] > _FAR:
                total = before[column] + value(i0 + row, j, di, dj)
                if total > top:
                    top, back[at] = total, number
        line[at] = top


def _trace(
    i0: int,
    i: int,
    j: int,
    chosen: list[tuple[int, bytearray]],
    steps: Sequence[tuple[int, int]],
    value: Callable[[int, int, int, int], float],
) -> list[Move]:
    moves: list[Move] = []
    while True:
        low, back = chosen[i - i0]
        if back[j - low] == _NONE:
            return moves[::-1]
        di, dj = steps[back[j - low]]
        moves.append(Move(i - di, i, j - dj, j, value(i, j, di, dj)))
        i, j = i - di, j - dj
