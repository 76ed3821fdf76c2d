"""Fit the constants of `bilint.align.confidence` to planted gold, and check them on articles they were not fitted to.

    python benchmarks/calibrate.py                    # data in ../shared

Every second article is fitted to, with seeds that `alignment.py` does not use; the others give the calibration error.
Prints the lines to put into `src/bilint/align/confidence.py`.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import alignment_gold as gold
from alignment import (
    BLOCKS,
    HERE,
    SENTENCES,
    calibration_error,
    faults,
    joined_sentences,
    joints,
    planted_blocks,
    planted_sentences,
)
from alignment_gold import Article, Bead
from bilint.align.blocks import block_moves
from bilint.align.confidence import Calibration, confidences, is_aligned, signals
from bilint.align.path import Move
from bilint.align.sentences import segment_moves

SEEDS = (11,)
WORSE = (faults(0.4, 0.4), faults(0.4, 0.4, bare=True), joints(0.3, 0.3))
"""How much goes wrong in practice is not known; fitted to far more faults than usual, scores are on the safe side."""
WORSE_SENTENCES = (joined_sentences(0.3, 0.15),)
"""Twice as many merged and three times as many dropped as usual; with more dropped, merged pairs scored too low."""
ROUNDS = 12
T = TypeVar("T")
Case = tuple[list[Move], list[bool]]


def main() -> None:
    """Print the fitted constants and the calibration error on the other articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    articles = gold.articles(parser.parse_args().shared / "corpus")
    for name, cases in (("BLOCKS", block_cases), ("SENTENCES", sentence_cases)):
        weights = fit(list(cases(articles[::2])))
        scores = [
            (score, right)
            for moves, truth in cases(articles[1::2])
            for score, move, right in zip(confidences(moves, weights), moves, truth, strict=True)
            if is_aligned(move)
        ]
        print(f"{name} = Calibration({', '.join(f'{weight:.2f}' for weight in weights)})")
        print(f"# ECE on other articles: {calibration_error(scores):.4f} over {len(scores)} pairs")


def block_cases(articles: Sequence[Article]) -> Iterator[Case]:
    """Yield the moves of every article of every scenario, and whether they are right."""
    for plan in (*(plan for _, plan, _ in BLOCKS), *WORSE):
        for _, planted in planted_blocks(articles, plan, SEEDS):
            yield _case(planted.beads, planted.source, planted.target, block_moves)


def sentence_cases(articles: Sequence[Article]) -> Iterator[Case]:
    """Yield the moves of every paragraph of every scenario, and whether they are right."""
    for plan in (*(plan for _, plan, _ in SENTENCES), *WORSE_SENTENCES):
        for _, beads, source, target in planted_sentences(articles, plan, SEEDS):
            if source and target:
                yield _case(beads, source, target, segment_moves)


def _case(
    beads: Iterable[Bead[T]], source: list[T], target: list[T], align: Callable[[list[T], list[T]], list[Move]]
) -> Case:
    moves = align(source, target)
    truth = {(tuple(map(id, b.source)), tuple(map(id, b.target))) for b in beads}
    return moves, [(tuple(map(id, source[m.i0 : m.i1])), tuple(map(id, target[m.j0 : m.j1]))) in truth for m in moves]


def fit(cases: Sequence[Case]) -> Calibration:
    """Return the weights that maximise the likelihood of what is right (Newton's method, with a slight prior)."""
    rows = [
        ((1.0, *known), right)
        for moves, truth in cases
        for known, move, right in zip(signals(moves), moves, truth, strict=True)
        if is_aligned(move)
    ]
    size = len(Calibration._fields)
    weights = [0.0] * size
    for _ in range(ROUNDS):
        gradient = [-0.1 * weight for weight in weights]
        curvature = [[0.1 if a == b else 0.0 for b in range(size)] for a in range(size)]
        for row, right in rows:
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(map(float.__mul__, weights, row))))))
            for a in range(size):
                gradient[a] += (right - p) * row[a]
                for b in range(a + 1):
                    curvature[a][b] += p * (1 - p) * row[a] * row[b]
        for a in range(size):
            for b in range(a):
                curvature[b][a] = curvature[a][b]
        weights = [weight + step for weight, step in zip(weights, _solve(curvature, gradient), strict=True)]
    return Calibration(*weights)


def _solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """The solution of a small system of linear equations (Gauss; the matrix is positive definite)."""
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for at, pivot in enumerate(rows):
        for other in rows[:at] + rows[at + 1 :]:
            factor = other[at] / pivot[at]
            other[:] = [a - factor * b for a, b in zip(other, pivot, strict=True)]
    return [row[-1] / row[at] for at, row in enumerate(rows)]


if __name__ == "__main__":
    main()
