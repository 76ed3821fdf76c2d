"""Two documents → their aligned pairs."""

from __future__ import annotations

from bilint.align.blocks import align

__all__ = ["align"]
