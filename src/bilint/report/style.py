"""How a report is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """`color` allows ANSI colours; `width` is the terminal's, in cells."""

    color: bool
    width: int
