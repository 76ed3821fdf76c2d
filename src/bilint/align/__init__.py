"""Two documents → their aligned pairs; an aligned pair → the aligned segments in it (in `align.sentences`)."""

from __future__ import annotations

from bilint.align.blocks import align

__all__ = ["align"]
