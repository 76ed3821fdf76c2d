"""How a report is shown."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from bilint.model import Article


def _unread(path: str) -> None:
    """No article is read again."""


class Style(Struct, frozen=True):
    """`color` allows ANSI colours; `width` is the terminal's, in cells.

    `is_quiet` leaves out the last lines, `has_statistics` shows counts instead of findings. A report has findings, but
    not the texts around them: a format that shows these asks `article` for one after the other, by path. None is what
    cannot be read again.
    """

    color: bool
    width: int
    is_quiet: bool = False
    has_statistics: bool = False
    article: Callable[[str], Article | None] = _unread
