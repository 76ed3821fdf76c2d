"""The one guard around every step of every command: what goes wrong in one article is that article's problem only."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, TypeVar

from bilint.messages import phrase
from bilint.messages.system import reason
from bilint.model import Problem, UserError

if TYPE_CHECKING:
    from types import FrameType

T = TypeVar("T")
R = TypeVar("R")
REPORT_IT = phrase("please report this bug")
_MEANT = (KeyboardInterrupt, SystemExit, GeneratorExit)


class OutOfTime(BaseException):
    """An article took more than its time; no `Exception`, so that nothing on the way takes it for its own fault."""


def attempt(path: str, step: Callable[[], T], *, seconds: float = 0) -> T | Problem:
    """Return what a step makes of the article `path`, or the problem that kept it from it.

    `seconds` of CPU time are allowed, 0 for any number.
    """
    try:
        with limited(seconds):
            return step()
    except OutOfTime:
        what = phrase("{path}: takes more than {seconds:g} s of CPU time and was left out", path=path, seconds=seconds)
        return Problem(path, what, "this may depend on the machine; raise `max-seconds` in the settings, or exclude it")
    except BaseException as error:
        return problem_of(fault(error), path)


def together(items: Sequence[T], name: Callable[[T], str], step: Callable[[Sequence[T]], R]) -> tuple[R, list[Problem]]:
    """Return what a step makes of all items; where that breaks, of those that it can take alone, and what is wrong.

    Raises what the step raises when it cannot take any of them, or these not together.
    """
    try:
        return step(items), []
    except BaseException as error:
        fault(error)
        tried = [(item, attempt(name(item), lambda item=item: step((item,)))) for item in items]  # type: ignore[misc]
        problems = [made for _, made in tried if isinstance(made, Problem)]
        if not problems:
            raise
        return step([item for item, made in tried if not isinstance(made, Problem)]), problems


def fault(error: BaseException) -> BaseException:
    """Return an error that is a fault; raise one that ends the program or an article on purpose.

    A panic in Rust (the Markdown parser) is no `Exception`: pyo3 derives it from `BaseException`.
    """
    if isinstance(error, (*_MEANT, OutOfTime)):
        raise error
    return error


def problem_of(error: BaseException, path: str = "") -> Problem:
    """Return an error in words: what the user or the system did is said, anything else is a bug of ours."""
    if isinstance(error, UserError):
        return Problem(path, error.message if path in error.message else _of(path, error.message), error.hint)
    if isinstance(error, OSError) and error.strerror:
        what = reason(error)
        return Problem(path, _of(path, what if error.filename in (None, path) else _of(str(error.filename), what)))
    if isinstance(error, ValueError) and str(error).startswith("embedded null"):
        return Problem(path, _of(path, phrase("names a path with a NUL character")))
    frames = extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    bug = phrase("internal error: {error}", error=f"{type(error).__name__}: {error}{where}")
    return Problem(path, _of(path, bug), REPORT_IT)


def _of(path: str, what: str) -> str:
    return phrase("{path}: {what}", path=path, what=what) if path else what


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block when it has used so much CPU time; 0 is no limit.

    The system's timer interrupts the main thread. Where there is none (Windows, another thread), the time is looked at
    when the block ends: the outcome is the same, but late.
    """
    if not seconds:
        yield
    elif hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        before = signal.signal(signal.SIGVTALRM, _out_of_time)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
    else:
        start = time.thread_time()
        yield
        if time.thread_time() - start > seconds:
            raise OutOfTime


def _out_of_time(number: int, frame: FrameType | None) -> None:
    raise OutOfTime
