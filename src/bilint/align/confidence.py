"""How likely an aligned pair is right: the evidence for it and the gaps beside it, through a logistic function.

The weights are fitted by `benchmarks/calibrate.py` on strictly parallel human translations with planted faults; what
comes out is checked there on other articles, and by `benchmarks/alignment.py` (expected calibration error).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from bilint.align.path import Move

_LOWEST, _HIGHEST = -5.0, 6.0


class Calibration(NamedTuple):
    """Weights of what `signals` returns, after a constant."""

    constant: float
    for_it: float
    against_it: float
    merged: float
    gaps: float


BLOCKS = Calibration(5.45, 0.20, 1.72, -2.75, -1.35)
SENTENCES = Calibration(2.45, 0.57, 1.02, -3.39, -0.67)


def signals(moves: Sequence[Move]) -> list[tuple[float, ...]]:
    """Return per move its score above and below 0, within limits, whether it merges, and the gaps beside it."""
    aligned = [True, *map(is_aligned, moves), True]
    return [
        (
            min(max(move.score, 0.0), _HIGHEST),
            max(min(move.score, 0.0), _LOWEST),
            float(move.i1 - move.i0 + move.j1 - move.j0 > 2),
            2.0 - before - after,
        )
        for move, before, after in zip(moves, aligned, aligned[2:], strict=False)
    ]


def confidences(moves: Sequence[Move], weights: Calibration) -> list[float]:
    """Return per move the probability, 0 to 1, that it pairs what belongs together; 0 for what has no counterpart."""
    constant, for_it, against_it, merged, gaps = weights
    return [
        round(1 / (1 + math.exp(-constant - for_it * f - against_it * a - merged * m - gaps * g)), 4) if pair else 0.0
        for pair, (f, a, m, g) in zip(map(is_aligned, moves), signals(moves), strict=True)
    ]


def is_aligned(move: Move) -> bool:
    """Return whether the move takes items of both sides."""
    return move.i1 > move.i0 and move.j1 > move.j0
