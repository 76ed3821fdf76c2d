"""A step done over many items, on one core or several.

A step keeps nothing that a result depends on, so where it is done makes no difference. A worker that dies takes nothing
with it: its items are done again, the one it died on alone.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")
Tick = Callable[[], None]
_DEATHS = 2
"""A worker may be killed for what another does (memory); an item that kills twice, the second time alone, is lost."""
_OURS: set[Connection] = set()
"""Our ends of the workers' pipes: a forked worker closes its copies, else nobody would see that we are gone."""


class Step(Struct, Generic[T, R], frozen=True):
    """Item → its result; an item that kills → the result that says so."""

    do: Callable[[T], R]
    lost: Callable[[T], R]


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(items: Sequence[T], step: Step[T, R], jobs: int, tick: Tick) -> list[R]:
    """Return the results of a step in the order of the items.

    At most `jobs` processes work, one for each core and item. `tick` is called once per item.
    """
    jobs = min(jobs, cores(), len(items))
    if jobs > 1:
        return _Spread(items, step, tick).run(jobs)
    return [_ticked(tick, step.do(item)) for item in items]


def _ticked(tick: Tick, value: R) -> R:
    tick()
    return value


class _Worker(Generic[T, R]):
    """A process that does the step on some items and reports each."""

    def __init__(self, numbers: Sequence[int], items: Sequence[T], step: Step[T, R]) -> None:
        import multiprocessing

        self.numbers = numbers
        self.done = 0
        self.pipe, theirs = multiprocessing.Pipe()
        _OURS.add(self.pipe)
        mine = [items[number] for number in numbers]
        self.process: BaseProcess = multiprocessing.Process(target=_work, args=(mine, step, theirs), daemon=True)
        with _uninterrupted():
            self.process.start()
        theirs.close()

    @property
    def current(self) -> int:
        """The number of the item that it is at."""
        return self.numbers[self.done]

    @property
    def is_finished(self) -> bool:
        return self.done == len(self.numbers)

    def end(self) -> None:
        """End the process, whatever it is at."""
        _OURS.discard(self.pipe)
        self.pipe.close()
        self.process.kill()
        self.process.join()


class _Spread(Generic[T, R]):
    """One step over several processes."""

    def __init__(self, items: Sequence[T], step: Step[T, R], tick: Tick) -> None:
        self._items, self._step, self._tick = items, step, tick
        self._workers: list[_Worker[T, R]] = []
        self._deaths: Counter[int] = Counter()
        self._results: dict[int, R] = {}

    def run(self, jobs: int) -> list[R]:
        from multiprocessing.connection import wait

        try:
            for number in range(jobs):
                self._start(range(number, len(self._items), jobs))
            while self._workers:
                waiting = {worker.pipe: worker for worker in self._workers}
                for pipe in wait(list(waiting)):
                    self._listen(waiting[pipe])  # type: ignore[index]
            return [self._results[number] for number in range(len(self._items))]
        finally:
            # Also when the user interrupts: at once, whatever they are at.
            for worker in self._workers:
                worker.end()

    def _start(self, numbers: Sequence[int]) -> None:
        if numbers:
            self._workers.append(_Worker(numbers, self._items, self._step))

    def _listen(self, worker: _Worker[T, R]) -> None:
        """Take what a worker reports; it is sent home when it has done its items."""
        try:
            self._results[worker.current] = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        self._tick()
        worker.done += 1
        if worker.is_finished:
            self._workers.remove(worker)
            worker.end()

    def _bury(self, worker: _Worker[T, R]) -> None:
        """Have what a dead worker left done by others, the item it died on alone, or not when it killed before."""
        self._workers.remove(worker)
        worker.end()
        suspect = worker.current
        self._deaths[suspect] += 1
        self._start(worker.numbers[worker.done + 1 :])
        if self._deaths[suspect] < _DEATHS or len(worker.numbers) > 1:
            self._start([suspect])
        else:
            self._tick()
            self._results[suspect] = self._step.lost(self._items[suspect])


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


def _work(items: Sequence[T], step: Step[T, R], pipe: Connection) -> None:
    """Run in a worker: ends when the items are done, or when nobody listens any more."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for inherited in _OURS:
        inherited.close()
    try:
        for item in items:
            pipe.send(step.do(item))
    except (EOFError, OSError):
        os._exit(1)
