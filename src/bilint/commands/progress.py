"""A progress bar for long runs that somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import click


def progress(label: str, steps: int, shortest: int = 2) -> AbstractContextManager[Callable[[], None]]:
    """Return a progress bar on stderr for runs of at least `shortest` steps on a terminal."""
    if steps < shortest or sys.stderr is None or not sys.stderr.isatty():
        return nullcontext(lambda: None)
    return _bar(label, steps)


@contextmanager
def _bar(label: str, steps: int) -> Iterator[Callable[[], None]]:
    with click.progressbar(length=steps, label=label, file=sys.stderr) as shown:
        yield lambda: shown.update(1)
