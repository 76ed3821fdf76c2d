"""Reporters: each turns a report into text, whole or in pieces, and prints nothing."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from types import ModuleType
from typing import Protocol, cast

from bilint.messages import is_asked, speaking
from bilint.model import Report, UserError
from bilint.report._phrases import encodable
from bilint.report._style import Style
from bilint.report._summary import counts

__all__ = ["FORMATS", "Style", "counts", "format_of", "pieces", "render"]

FORMATS = tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))
"""The formats: the modules of this package, each with `render(report, style)` and, for files,
`ENDINGS` of their names; what they share begins with `_`. `WORDS` is "english" in one for programs, which knows no
language of people, and "asked" in one that a tool shows to people: the locale of a machine does not change it."""

_PAGES = ("full", "concise", "json")
"""What can show counts instead of findings."""


class _Format(Protocol):
    def render(self, report: Report, style: Style) -> str | Iterator[str]: ...


def format_of(file: str) -> str | None:
    """Return the format that the name of a file says, as in `report.sarif`: the one with the longest ending of it."""
    name = file.lower()
    endings = ((ending, each) for each in FORMATS for ending in _endings(each) if name.endswith(ending))
    return max(endings, key=lambda found: len(found[0]), default=("", None))[1]


def _endings(format: str) -> tuple[str, ...]:  # noqa: A002 - the option's name
    return getattr(import_module(f"bilint.report.{format}"), "ENDINGS", ())


def _speaking(module: ModuleType) -> AbstractContextManager[None]:
    """Speak what a format says of itself: English for programs, what was asked for where a tool shows it to people."""
    kind = getattr(module, "WORDS", "people")
    is_english = kind == "english" or (kind == "asked" and not is_asked())
    return speaking("en") if is_english else nullcontext()


def render(report: Report, format: str, *, style: Style) -> str:  # noqa: A002 - the option's name
    """Return the report in one of `FORMATS`, ending with a newline. Raises UserError for another format."""
    return "".join(pieces(report, format, style=style))


def pieces(report: Report, format: str, *, style: Style) -> Iterator[str]:  # noqa: A002 - the option's name
    """Yield what `render` returns, bit by bit where the format allows it: a long report need not lie in memory."""
    if format not in FORMATS:
        raise UserError("unknown format `{format}`", "formats are {names}", format=format, names=", ".join(FORMATS))
    module = cast("_Format", import_module(f"bilint.report.{format}"))
    if style.has_statistics and format not in _PAGES:
        raise UserError(
            "--statistics cannot be shown as `{format}`", "it goes with {names}", format=format, names=", ".join(_PAGES)
        )
    with _speaking(import_module(f"bilint.report.{format}")):
        made = module.render(report, style)
        yield from map(encodable, (made,) if isinstance(made, str) else made)
