"""How a report is shown."""

from __future__ import annotations

from msgspec import Struct


class Style(Struct, frozen=True):
    """`color` allows ANSI colours; `width` is the terminal's, in cells.

    `is_quiet` leaves out the last lines, `has_statistics` shows counts instead of findings.
    """

    color: bool
    width: int
    is_quiet: bool = False
    has_statistics: bool = False
