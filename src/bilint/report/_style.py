"""How a report is shown."""

from __future__ import annotations

from msgspec import Struct


class Style(Struct, frozen=True):
    """`color` allows ANSI colours; `width` is the terminal's, in cells."""

    color: bool
    width: int
