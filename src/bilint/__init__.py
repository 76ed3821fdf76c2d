"""bilint: a linter and publishing gate for translated Markdown."""

from __future__ import annotations

__version__ = "0.1.0"
