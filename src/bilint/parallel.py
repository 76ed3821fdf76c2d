"""Map → merge → map over items, on one core or several.

Every worker keeps what it prepared in memory and only evidence and results travel, so the second map sees the same
objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

from bilint.model import UserError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
S = TypeVar("S")
E = TypeVar("E")
R = TypeVar("R")
Tick = Callable[[], None]


class Steps(Struct, Generic[T, S, E, R], frozen=True):
    """Item → its state and evidence; all evidence → their sum; state and sum → result."""

    prepare: Callable[[T], tuple[S, E]]
    merge: Callable[[Iterable[E]], E]
    judge: Callable[[S, E], R]


def map_merge_map(items: Sequence[T], steps: Steps[T, S, E, R], jobs: int, tick: Tick) -> list[R]:
    """Return what is judged of each prepared item with the merged evidence of all, in the order of the items.

    `tick` is called once per item prepared and once per item judged. Raises UserError when a worker dies.
    """
    if jobs <= 1 or len(items) <= 1:
        prepared = [_ticked(tick, steps.prepare(item)) for item in items]
        total = steps.merge(evidence for _, evidence in prepared)
        return [_ticked(tick, steps.judge(state, total)) for state, _ in prepared]
    return _spread(items, steps, min(jobs, len(items)), tick)


def _ticked(tick: Tick, value: R) -> R:
    tick()
    return value


def _spread(items: Sequence[T], steps: Steps[T, S, E, R], jobs: int, tick: Tick) -> list[R]:
    import multiprocessing

    workers: list[tuple[Any, Connection]] = []
    for number in range(jobs):
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=_work, args=(items[number::jobs], steps, theirs), daemon=True)
        process.start()
        theirs.close()
        workers.append((process, ours))
    try:
        pipes = [pipe for _, pipe in workers]
        total = steps.merge(_gather(pipes, tick))
        for pipe in pipes:
            pipe.send(total)
        results: list[Any] = [None] * len(items)
        for number, part in enumerate(_gather(pipes, tick)):
            results[number::jobs] = part
        return results
    finally:
        for process, pipe in workers:
            pipe.close()
            process.join(timeout=5)


def _work(items: Sequence[T], steps: Steps[T, S, E, R], pipe: Connection) -> None:
    def tick() -> None:
        pipe.send(("tick", None))

    prepared = [_ticked(tick, steps.prepare(item)) for item in items]
    pipe.send(("done", steps.merge(evidence for _, evidence in prepared)))
    total = pipe.recv()
    pipe.send(("done", [_ticked(tick, steps.judge(state, total)) for state, _ in prepared]))


def _gather(pipes: Sequence[Connection], tick: Tick) -> list[Any]:
    """One result of every worker, in the order of the workers."""
    from multiprocessing.connection import wait

    results: dict[int, Any] = {}
    while len(results) < len(pipes):
        for pipe in wait([pipe for number, pipe in enumerate(pipes) if number not in results]):
            number = next(n for n, other in enumerate(pipes) if other is pipe)
            try:
                kind, value = pipes[number].recv()
            except EOFError:
                raise UserError("a worker process died", "try --jobs 1; was memory short?") from None
            if kind == "tick":
                tick()
            else:
                results[number] = value
    return [results[number] for number in sorted(results)]
