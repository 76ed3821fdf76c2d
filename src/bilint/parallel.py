"""A step done over many items, on one core or several.

A step keeps nothing that a result depends on, so where it is done makes no difference. A worker that dies takes nothing
with it: its items are done again, the one it died on alone.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")
_DEATHS = 2
"""A worker may be killed for what another does (memory); an item that kills twice, the second time alone, is lost."""
_OURS: set[Connection] = set()
"""Our ends of the workers' pipes: a forked worker closes its copies, else nobody would see that we are gone."""


class Step(Struct, Generic[T, R], frozen=True):
    """Item → its result; an item that kills → the result that says so."""

    do: Callable[[T], R]
    lost: Callable[[T], R]
    takes_long: bool = False
    """Whether an item is many articles: then it goes anywhere by itself."""


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Engine(Protocol):
    """What does steps elsewhere than in processes of this machine."""

    def spread(self, items: Sequence[T], step: Step[T, R]) -> Iterator[tuple[int, R]]:
        """Yield the results of a step as they come, each with the number of its item."""
        ...


def spread(items: Sequence[T], step: Step[T, R], jobs: int | Engine) -> Iterator[tuple[int, R]]:
    """Yield the results of a step as they come, each with the number of its item.

    At most `jobs` processes work, one for each core and item, or an engine does it all.
    """
    if not isinstance(jobs, int):
        yield from jobs.spread(items, step)
        return
    jobs = min(jobs, cores(), len(items))
    if jobs > 1:
        yield from _Spread(items, step).run(jobs)
    else:
        yield from ((number, step.do(item)) for number, item in enumerate(items))


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

    def __init__(self, items: Sequence[T], step: Step[T, R]) -> None:
        self._items, self._step = items, step
        self._workers: list[_Worker[T, R]] = []
        self._deaths: Counter[int] = Counter()

    def run(self, jobs: int) -> Iterator[tuple[int, R]]:
        from multiprocessing.connection import wait

        try:
            for number in range(jobs):
                self._start(range(number, len(self._items), jobs))
            while self._workers:
                waiting = {worker.pipe: worker for worker in self._workers}
                for pipe in wait(list(waiting)):
                    yield from self._listen(waiting[pipe])  # type: ignore[index]
        finally:
            # Also when the user interrupts: at once, whatever they are at.
            for worker in self._workers:
                worker.end()

    def _start(self, numbers: Sequence[int]) -> None:
        if numbers:
            self._workers.append(_Worker(numbers, self._items, self._step))

    def _listen(self, worker: _Worker[T, R]) -> Iterator[tuple[int, R]]:
        """Yield what a worker reports; it is sent home when it has done its items."""
        try:
            result: R = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._bury(worker)
            return
        number = worker.current
        worker.done += 1
        if worker.is_finished:
            self._workers.remove(worker)
            worker.end()
        yield number, result

    def _bury(self, worker: _Worker[T, R]) -> Iterator[tuple[int, R]]:
        """Have what a dead worker left done by others, the item it died on alone; one that kills again is lost."""
        self._workers.remove(worker)
        worker.end()
        suspect = worker.current
        self._deaths[suspect] += 1
        self._start(worker.numbers[worker.done + 1 :])
        if self._deaths[suspect] < _DEATHS or len(worker.numbers) > 1:
            self._start([suspect])
        else:
            yield suspect, self._step.lost(self._items[suspect])


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
