"""Why a command found no article where it was pointed, and what to point it at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bilint import settings
from bilint.discover import discover

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilint.model import Report
    from bilint.settings import Loaded, Settings

_ASKED = 20
"""So many of the files that are left out tell their language."""


def why_unchecked(report: Report, paths: Sequence[str], loaded: Loaded) -> tuple[str, str]:
    """Return why a report without articles has none, and a hint; the hint may be empty."""
    if report.sources:
        return "these are the originals of other files", "name the translations: their originals are found"
    return why_nothing(paths, loaded)


def why_nothing(paths: Sequence[str], loaded: Loaded) -> tuple[str, str]:
    """Return why there is no article in `paths`, and a hint; the hint may be empty.

    The files are there and the settings leave them out, or Git ignores them, or there are none.
    """
    where = " ".join(paths)
    given = loaded.settings
    everything = replace(given, include=settings.Settings().include, exclude=())
    if left_out := _files(paths, everything, loaded):
        return _left_out(where, left_out, loaded)
    if ignored := _files(paths, replace(everything, respect_gitignore=False), loaded):
        what = f"{_number(ignored, where)} named by .gitignore"
        return what, "name the files themselves, or set `respect-gitignore = false`"
    return "no Markdown files found" + (f" in {where}" if where else ""), ""


def _files(paths: Sequence[str], given: Settings, loaded: Loaded) -> list[str]:
    return [target.path for target in discover(paths, given, loaded.root) if not target.problem]


def _left_out(where: str, files: Sequence[str], loaded: Loaded) -> tuple[str, str]:
    from bilint.survey import is_chinese

    what = f"{_number(files, where)} left out by `include` and `exclude` in {settings.place(loaded.file)}"
    asked = files[:: max(len(files) // _ASKED, 1)]
    if any(map(is_chinese, asked)):
        return what, "`bilint show settings` prints the patterns; a file that is named itself is always checked"
    hint = "translations are checked, and their originals found by bilint: name the folder of the translations, or `.`"
    return f"{what}, and not in Chinese", hint


def _number(files: Sequence[str], where: str) -> str:
    return f"1 Markdown file in {where} is" if len(files) == 1 else f"{len(files)} Markdown files in {where} are"
