"""Reporters: each turns a report into text and prints nothing."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Protocol, cast

from bilint.model import Report, UserError
from bilint.report._phrases import encodable
from bilint.report._style import Style

__all__ = ["FORMATS", "Style", "render"]

FORMATS = tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))
"""The formats: the modules of this package, each with `render(report, style)`; what they share begins with `_`."""

_PAGES = ("full", "concise", "json")
"""What can show counts instead of findings."""


class _Format(Protocol):
    def render(self, report: Report, style: Style) -> str: ...


def render(report: Report, format: str, *, style: Style) -> str:  # noqa: A002 - the option's name
    """Return the report in one of `FORMATS`, ending with a newline. Raises UserError for another format."""
    if format not in FORMATS:
        raise UserError(f"unknown format `{format}`", f"formats are {', '.join(FORMATS)}")
    module = cast("_Format", import_module(f"bilint.report.{format}"))
    if style.has_statistics and format not in _PAGES:
        raise UserError(f"--statistics cannot be shown as `{format}`", f"it goes with {', '.join(_PAGES)}")
    return encodable(module.render(report, style))
