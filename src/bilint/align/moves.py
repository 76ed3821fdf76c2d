"""Sections that stand elsewhere in the translation: found among what the ordered alignment left over.

Runs of blocks without counterpart (or with a doubtful one) on both sides that share tokens found nowhere else among
them are aligned with each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from bilint.align.confidence import is_aligned
from bilint.align.path import Move

DOUBTFUL = 0.0
"""A pair below this score gives its blocks away to a move."""
_CERTAIN = 3.0
"""At least one pair of a moved run has to score above this; the others only above `_BEARABLE`."""
_BEARABLE = -2.0
_ENOUGH_VOTES = 6
_ROUNDS = 4
"""A run of which only a part was moved leaves shorter runs, which may have been moved elsewhere."""

Votes = Callable[[Sequence[int], Sequence[int]], Counter[tuple[int, int]]]
Window = tuple[int, int, int, int]


def with_moves(path: Sequence[Move], votes: Votes, align: Callable[[Window], Iterable[Move]]) -> list[Move]:
    """Return the moves of `path` with runs that were moved paired, in the order of the target.

    `votes` says which of the given source and target blocks share telling tokens; `align` aligns a window.
    """
    order = list(path)
    for _ in range(_ROUNDS):
        free = [move for move in order if move.score < DOUBTFUL or not is_aligned(move)]
        sources = sorted(i for move in free for i in range(move.i0, move.i1))
        targets = [j for move in free for j in range(move.j0, move.j1)]
        found = list(_moved(sources, targets, votes, align)) if sources and targets else []
        if not found:
            break
        order = list(_merged(order, found))
    return order


def _moved(
    sources: list[int], targets: list[int], votes: Votes, align: Callable[[Window], Iterable[Move]]
) -> Iterator[Move]:
    source_runs, target_runs = _runs(sources), _runs(targets)
    ballots: Counter[tuple[tuple[int, int], tuple[int, int]]] = Counter()
    for (i, j), count in votes(sources, targets).items():
        ballots[source_runs[i], target_runs[j]] += count
    used: set[tuple[int, int]] = set()
    for (source, target), count in sorted(ballots.items(), key=lambda item: (-item[1], item[0])):
        if count < _ENOUGH_VOTES or source in used or target in used:
            continue
        pairs = [move for move in align((*source, *target)) if is_aligned(move) and move.score > _BEARABLE]
        if any(move.score > _CERTAIN for move in pairs):
            used |= {source, target}
            yield from pairs


def _runs(numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Each number with the run of neighbours it belongs to, half-open."""
    runs: dict[int, tuple[int, int]] = {}
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            run = numbers[start], numbers[at - 1] + 1
            runs.update(dict.fromkeys(numbers[start:at], run))
            start = at
    return runs


def _merged(path: Iterable[Move], moved: Iterable[Move]) -> Iterator[Move]:
    by_target = {move.j0: move for move in moved}
    taken_sources = {i for move in by_target.values() for i in range(move.i0, move.i1)}
    taken_targets = {j for move in by_target.values() for j in range(move.j0, move.j1)}
    for move in path:
        sources, targets = range(move.i0, move.i1), range(move.j0, move.j1)
        if taken_sources.isdisjoint(sources) and taken_targets.isdisjoint(targets):
            yield move
            continue
        yield from (Move(i, i + 1, move.j0, move.j0, 0.0) for i in sources if i not in taken_sources)
        for j in targets:
            if j in by_target:
                yield by_target[j]
            elif j not in taken_targets:
                yield Move(move.i1, move.i1, j, j + 1, 0.0)
