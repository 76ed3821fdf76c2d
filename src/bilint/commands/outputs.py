"""Where reports go, and in which format: `--output` and `--format`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from bilint.commands.printing import write_pieces

_FOR_PEOPLE = ("full", "concise", "github")
"""What says on standard output what went wrong."""
_DEFAULT = "full"
_WIDTH = 100
"""Cells of a line where there is no terminal."""


@dataclass(frozen=True, slots=True)
class Output:
    """A report to write: its format, and the file, None for standard output.

    `is_beside`: standard output is taken, and what would go there goes to standard error.
    """

    format: str
    file: str | None
    is_beside: bool = False


def outputs(format_: str | None, words: Sequence[str]) -> tuple[Output, ...]:
    """Return what `--format` and each `--output` ask for, standard output (`-`) last.

    A file says its format (`FORMAT:FILE`). Else `--format` does, unless it is taken by standard output; else the name.
    """
    from bilint.report import format_of

    taken = "-" in words
    wanted = []
    for word in words:
        before, colon, file = word.partition(":")
        if word == "-":
            continue
        if colon and before in _formats():
            wanted.append(Output(before, file))
        elif format_ and not taken:
            wanted.append(Output(format_, word))
        else:
            wanted.append(Output(format_of(word) or format_ or _DEFAULT, word))
    if taken or not words:
        wanted.append(Output(format_ or _DEFAULT, None))
    return tuple(wanted)


def _formats() -> Sequence[str]:
    from bilint.report import FORMATS

    return FORMATS


def says_problems(wanted: Sequence[Output]) -> bool:
    """Return whether one of the reports says on standard output what went wrong."""
    return any(each.file is None and each.format in _FOR_PEOPLE for each in wanted)


def color_and_width(output: Output) -> tuple[bool, int]:
    """Return whether colours are wanted there, which are never in a file, and how many cells a line has."""
    to_terminal = output.file is None and sys.stdout is not None and sys.stdout.isatty()
    is_wanted = to_terminal or (output.file is None and bool(os.environ.get("FORCE_COLOR")))
    color = is_wanted and not os.environ.get("NO_COLOR")
    return color, os.get_terminal_size().columns if to_terminal else _WIDTH


def write_all(wanted: Sequence[Output], texts: Sequence[Sequence[bytes]]) -> None:
    """Write each text, cleaned and in pieces, where it belongs.

    Raises UserError when one cannot be written; those before it are.
    """
    for output, text in zip(wanted, texts, strict=True):
        write_pieces(text, output.file, is_beside=output.is_beside)
