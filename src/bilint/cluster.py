"""Steps on the machines of a Dask cluster, in place of processes on this one.

A cluster is the user's own: its workers run what they are sent, and read the articles from where they lie here (a
shared file system). Articles go there in parts; what all need (the plan, and what the project is known to be) is sent
to each worker once.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Iterator, Sequence
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bilint.model import UserError
from bilint.parallel import Step
from bilint.version import __version__

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")
R = TypeVar("R")
_TASK = 32
"""Articles of one task: 30 ms each take a second, against which the way there and back is nothing."""
_AHEAD = 4
"""Tasks that are on the way for each thread of a worker: what waits longer waits here, not in the scheduler."""
_PATIENCE = 30.0
"""Seconds that a scheduler may take to answer, and the first worker."""
_TRIES = 2
"""Of an item alone: the first worker may have been killed for what another program did."""
_NAMES = count()
_AT_HAND = threading.local()
"""On a worker: the step that a thread does, with its name. What it learns on the way (`_First`) is the thread's own."""


class Cluster:
    """Does steps through the scheduler at an address (`tcp://host:8786`).

    Raises UserError when Dask is not installed, nobody answers, or a worker has another version of bilint.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise UserError(
                "--cluster needs Dask", "install it here and on the workers: pip install 'bilint[cluster]'"
            ) from error
        try:
            self._client: Client = Client(address, timeout=_PATIENCE, set_as_default=False)
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, ValueError) as error:  # TimeoutError is one
            raise UserError(
                "{address}: no workers of Dask answer: {why}",
                "`dask scheduler` and `dask worker` start them",
                address=address,
                why=str(error),
            ) from error
        _refuse_others(set(self._client.run(_version).values()))

    def spread(self, items: Sequence[T], step: Step[T, R]) -> Iterator[tuple[int, R]]:
        """Yield the results of a step as they come, each with the number of its item."""
        from distributed import as_completed

        work = _Work(self._client, items, step)
        size = 1 if step.takes_long else _TASK
        waiting = (range(at, min(at + size, len(items))) for at in range(0, len(items), size))
        tasks = {work.submit(numbers): numbers for numbers in islice(waiting, self._room(0))}
        suspects: list[int] = []
        for future in (done := as_completed(list(tasks), loop=self._client.loop)):
            numbers = tasks.pop(future)
            for more in islice(waiting, self._room(len(tasks))):
                done.add(task := work.submit(more))
                tasks[task] = more
            try:
                yield from zip(numbers, future.result(), strict=True)
            except _deaths():
                suspects += numbers
        # A death is blamed on all that a worker was at: alone it shows which one kills.
        for number in sorted(suspects):
            yield number, work.alone(number)

    def _room(self, on_the_way: int) -> int:
        """How many more tasks may be sent: at least one, which waits where all workers are just being started again."""
        threads: int = sum(self._client.nthreads().values())
        return max(1, _AHEAD * threads - on_the_way)

    def close(self) -> None:
        """Leave the cluster as it is."""
        self._client.close()


class _Work(Generic[T, R]):
    """A step on its way to the workers of a cluster."""

    def __init__(self, client: Client, items: Sequence[T], step: Step[T, R]) -> None:
        self._client, self._items, self._step = client, items, step
        self._name = f"{client.id}.{next(_NAMES)}"
        self._folder = os.getcwd()
        self._share()

    def _share(self) -> None:
        """Send every worker what all need."""
        self._shared = self._client.scatter(pickle.dumps(self._step), broadcast=True, hash=False)

    def submit(self, numbers: range) -> Future[Any]:
        mine = [self._items[number] for number in numbers]
        return self._client.submit(_done, self._name, self._shared, mine, self._folder, pure=False)

    def alone(self, number: int) -> R:
        """Return the result of one item, with nothing beside it; that it is lost when it kills again and again."""
        for _ in range(_TRIES):
            self._share()  # the workers that had it may be dead
            try:
                results: list[R] = self.submit(range(number, number + 1)).result()
            except _deaths():
                continue
            return results[0]
        return self._step.lost(self._items[number])


def _deaths() -> tuple[type[Exception], ...]:
    """What the end of a worker looks like: its tasks failed, or what they needed is gone."""
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    return KilledWorker, FutureCancelledError


def _refuse_others(versions: set[str]) -> None:
    if others := sorted(versions - {__version__}):
        raise UserError(
            "workers of the cluster have bilint {others}, here it is {version}",
            "install the same everywhere",
            others=", ".join(others),
            version=__version__,
        )


def _version() -> str:
    return __version__


def _done(name: str, step: bytes, items: Sequence[T], folder: str) -> list[Any]:
    """Run on a worker, in the folder that paths are relative to."""
    os.chdir(folder)
    if getattr(_AT_HAND, "name", None) != name:
        _AT_HAND.name, _AT_HAND.step = name, pickle.loads(step)
    return [_AT_HAND.step.do(item) for item in items]
