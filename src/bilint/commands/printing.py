"""The sinks: standard output, standard error and files. What may act on a terminal is cleaned here, once."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.files import replace_file
from bilint.messages import say
from bilint.messages.system import reason
from bilint.model import Problem, UserError
from bilint.text.escapes import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOUND, FAILED, NOTHING, INTERRUPTED = 1, 2, 3, 130
"""Exit codes."""


def write(text: str, output: str | None = None, *, color: bool = False, is_beside: bool = False) -> None:
    """Write to the file `output`, by default (or for `-`) to standard output, or, `is_beside` it, to standard error.

    Raises UserError when that fails.
    """
    write_pieces(cleaned((text,), color=color), output, is_beside=is_beside)


def cleaned(pieces: Iterable[str], *, color: bool = False) -> list[bytes]:
    """Return text as it may be written: as bytes, of which Chinese takes half as many as in a string."""
    return [_bytes(clean(piece, color=color)) for piece in pieces]


def write_pieces(pieces: Sequence[bytes], output: str | None = None, *, is_beside: bool = False) -> None:
    """Write, as `write` does, what was cleaned. Raises UserError when that fails."""
    if output not in (None, "-"):
        _write_file(output, pieces)
    elif is_beside:
        _to_stderr(b"".join(pieces).decode())
    else:
        write_bytes(*pieces)


def write_bytes(*pieces: bytes) -> None:
    """Write to standard output what must stay as it is. Raises UserError when that fails."""
    if sys.stdout is None:
        raise UserError("standard output is closed", "write the report to a file with --output")
    try:
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.flush()
    except OSError as error:
        # Python flushes once more when it ends: that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # A reader that has seen enough (`| head`) is no fault: the exit code still says what was found.
        if not isinstance(error, BrokenPipeError):
            raise unwritten("standard output", error) from error


def write_file(path: str, text: str) -> None:
    """Write a file whole or not at all, also when the program is killed. Raises UserError when it cannot be written."""
    _write_file(path, cleaned((text,)))


def _write_file(path: str, pieces: Iterable[bytes]) -> None:
    place = os.path.realpath(path)
    try:
        Path(place).parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(place) and not os.path.isfile(place):
            with Path(place).open("wb") as file:  # a device or a pipe
                file.writelines(pieces)
        else:
            replace_file(place, pieces)
    except (OSError, ValueError) as error:
        raise unwritten(path, error) from error


def append(path: str, pieces: Iterable[bytes]) -> None:
    """Add what was cleaned to the end of a file. Raises UserError when it cannot be written."""
    try:
        with Path(path).open("ab") as file:
            file.writelines(pieces)
    except (OSError, ValueError) as error:
        raise unwritten(path, error) from error


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def unwritten(what: str, error: OSError | ValueError) -> UserError:
    """Return what the user is told of a file or a folder that cannot be written."""
    return UserError("{what}: cannot be written: {why}", what=what, why=reason(error))


def tell(problems: Iterable[Problem]) -> None:
    """Say on standard error what went wrong."""
    for problem in problems:
        tell_error(problem.message, problem.hint)


def tell_error(message: str, hint: str = "", *, kind: str = "error") -> None:
    """Say on standard error what went wrong, and what to do about it."""
    lines = f"{say(kind)}{say(': ')}{say(message)}\n" + (f"  {say('hint')}{say(': ')}{say(hint)}\n" if hint else "")
    _to_stderr(clean(lines))


def _to_stderr(text: str) -> None:
    if sys.stderr is None:
        return
    with suppress(OSError, ValueError):  # nobody listens: the exit code is left
        sys.stderr.write(_bytes(text).decode())
        sys.stderr.flush()
