"""Two documents → their aligned pairs; `align.sentences`, loaded when asked for: a pair → its aligned segments."""

from __future__ import annotations

from bilint.align.blocks import align

__all__ = ["align"]
