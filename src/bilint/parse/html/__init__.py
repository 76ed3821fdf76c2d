"""HTML → Document."""

from __future__ import annotations

from bilint.parse.html.page import parse

__all__ = ["parse"]
