"""Reporters: each turns a report into text and prints nothing."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from bilint.model import Report, UserError
from bilint.report.phrases import encodable
from bilint.report.style import Style

__all__ = ["FORMATS", "Style", "render"]

FORMATS = ("full", "concise", "json", "github")
"""The formats, each a module of this package with `render(report, style)`."""


class _Format(Protocol):
    def render(self, report: Report, style: Style) -> str: ...


def render(report: Report, format: str, *, style: Style) -> str:  # noqa: A002 - the option's name
    """Return the report in one of `FORMATS`, ending with a newline. Raises UserError for another format."""
    if format not in FORMATS:
        raise UserError(f"unknown format `{format}`", f"formats are {', '.join(FORMATS)}")
    module = cast("_Format", import_module(f"bilint.report.{format}"))
    return encodable(module.render(report, style))
