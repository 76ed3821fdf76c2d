"""Map → merge → map over items, on one core or several.

Every worker keeps what it prepared in memory and only evidence and results travel, so the second map sees the same
objects. A worker that dies takes nothing with it: its items are done again, the one it died on alone.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
S = TypeVar("S")
E = TypeVar("E")
R = TypeVar("R")
Tick = Callable[[], None]
_DEATHS = 2
"""A worker may be killed for what another does (memory); an item that kills twice, the second time alone, is lost."""
_OURS: set[Connection] = set()
"""Our ends of the workers' pipes: a forked worker closes its copies, else nobody would see that we are gone."""


class Steps(Struct, Generic[T, S, E, R], frozen=True):
    """Item → its state and evidence; all evidence → their sum; state and sum → result; an item that kills → result."""

    prepare: Callable[[T], tuple[S, E]]
    merge: Callable[[Sequence[E]], E]
    judge: Callable[[S, E], R]
    lost: Callable[[T], R]


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_merge_map(items: Sequence[T], steps: Steps[T, S, E, R], jobs: int, tick: Tick) -> list[R]:
    """Return what is judged of each prepared item with the merged evidence of all, in the order of the items.

    At most `jobs` processes work, one for each core and item. `tick` is called once per item prepared and once per item
    judged.
    """
    jobs = min(jobs, cores(), len(items))
    if jobs > 1:
        return _Spread(items, steps, tick).run(jobs)
    prepared = [_ticked(tick, steps.prepare(item)) for item in items]
    total = steps.merge([evidence for _, evidence in prepared])
    return [_ticked(tick, steps.judge(state, total)) for state, _ in prepared]


def _ticked(tick: Tick, value: R) -> R:
    tick()
    return value


class _Worker(Generic[T, S, E, R]):
    """A process that prepares some items and then, when it is told the sum, judges them; it reports each."""

    def __init__(self, numbers: Sequence[int], items: Sequence[T], steps: Steps[T, S, E, R]) -> None:
        import multiprocessing

        self.numbers = numbers
        self.done = 0
        self.is_told = False
        self.pipe, theirs = multiprocessing.Pipe()
        _OURS.add(self.pipe)
        mine = [items[number] for number in numbers]
        self.process: BaseProcess = multiprocessing.Process(target=_work, args=(mine, steps, theirs), daemon=True)
        with _uninterrupted():
            self.process.start()
        theirs.close()

    @property
    def current(self) -> int:
        """The number of the item that it is at."""
        return self.numbers[self.done % len(self.numbers)]

    @property
    def is_prepared(self) -> bool:
        return self.done >= len(self.numbers)

    @property
    def is_finished(self) -> bool:
        return self.done >= 2 * len(self.numbers)

    def tell(self, total: E) -> None:
        """Send it the sum, for judging."""
        self.is_told = True
        with suppress(OSError):  # a dead one is noticed when it is listened to
            self.pipe.send(total)

    def end(self) -> None:
        """End the process, whatever it is at."""
        _OURS.discard(self.pipe)
        self.pipe.close()
        self.process.kill()
        self.process.join()


class _Spread(Generic[T, S, E, R]):
    """One run over several processes."""

    def __init__(self, items: Sequence[T], steps: Steps[T, S, E, R], tick: Tick) -> None:
        self._items, self._steps, self._tick = items, steps, tick
        self._workers: list[_Worker[T, S, E, R]] = []
        self._deaths: Counter[int] = Counter()
        self._evidence: dict[int, E] = {}
        self._results: dict[int, R] = {}

    def run(self, jobs: int) -> list[R]:
        try:
            for number in range(jobs):
                self._start(range(number, len(self._items), jobs))
            self._listen(lambda worker: worker.is_prepared)
            total = self._steps.merge([self._evidence[number] for number in sorted(self._evidence)])
            while self._workers:
                for worker in self._workers:
                    if worker.is_prepared:
                        worker.tell(total)
                self._listen(lambda worker: worker.is_finished or (worker.is_prepared and not worker.is_told))
                self._drop_finished()
            return [self._results[number] for number in range(len(self._items))]
        finally:
            # Also when the user interrupts: at once, whatever they are at.
            for worker in self._workers:
                worker.end()

    def _start(self, numbers: Sequence[int]) -> None:
        if numbers:
            self._workers.append(_Worker(numbers, self._items, self._steps))

    def _drop_finished(self) -> None:
        for worker in [worker for worker in self._workers if worker.is_finished]:
            self._workers.remove(worker)
            worker.end()

    def _listen(self, is_ready: Callable[[_Worker[T, S, E, R]], bool]) -> None:
        """Take what the workers report until all are ready."""
        from multiprocessing.connection import wait

        while waiting := {worker.pipe: worker for worker in self._workers if not is_ready(worker)}:
            for pipe in wait(list(waiting)):
                worker = waiting[pipe]  # type: ignore[index]
                try:
                    self._take(worker, worker.pipe.recv())
                except (EOFError, OSError):
                    self._bury(worker)

    def _take(self, worker: _Worker[T, S, E, R], value: Any) -> None:
        kept: dict[int, Any] = self._results if worker.is_prepared else self._evidence
        if worker.current not in kept:
            self._tick()
        kept[worker.current] = value
        worker.done += 1

    def _bury(self, worker: _Worker[T, S, E, R]) -> None:
        """Have the items of a dead worker done again, the one it died on alone, or not when it killed before."""
        self._workers.remove(worker)
        worker.end()
        suspect = worker.current
        self._deaths[suspect] += 1
        others = [number for number in worker.numbers if number != suspect and number not in self._results]
        self._start(others)
        if self._deaths[suspect] < _DEATHS or len(worker.numbers) > 1:
            self._start([suspect])
        else:
            self._results[suspect] = self._steps.lost(self._items[suspect])


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """A worker starts with interrupts held back, until it ignores them: the parent decides what they mean."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(items: Sequence[T], steps: Steps[T, S, E, R], pipe: Connection) -> None:
    """Run in a worker: ends when the items are judged, or when nobody listens any more."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for inherited in _OURS:
        inherited.close()
    try:
        states: list[S] = []
        for item in items:
            state, evidence = steps.prepare(item)
            states.append(state)
            pipe.send(evidence)
        total = pipe.recv()
        for state in states:
            pipe.send(steps.judge(state, total))
    except (EOFError, OSError):
        os._exit(1)
