"""Why a command found no article where it was pointed, and what to point it at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bilint import settings
from bilint.discover import discover
from bilint.messages import phrase, phrases
from bilint.misfits import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilint.settings import Loaded, Settings

_ASKED = 20
"""So many of the files that are left out tell their language."""


def why_unchecked(sources: int, paths: Sequence[str], loaded: Loaded) -> tuple[str, str]:
    """Return why a report without articles, but with so many `sources`, has none, and a hint, which may be empty."""
    if sources:
        return phrase("these are the originals of other files"), phrase(
            "name the translations: their originals are found"
        )
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
        what = phrases(
            "{number} Markdown file in {where} is named by .gitignore",
            "{number} Markdown files in {where} are named by .gitignore",
            len(ignored),
            where=where,
        )
        return what, phrase("name the files themselves, or set `respect-gitignore = false`")
    if where:
        return phrase("no Markdown files found in {where}", where=where), ""
    return phrase("no Markdown files found"), ""


def _files(paths: Sequence[str], given: Settings, loaded: Loaded) -> list[str]:
    return [target.path for target in discover(paths, given, loaded.root) if not target.problem]


def _left_out(where: str, files: Sequence[str], loaded: Loaded) -> tuple[str, str]:
    from bilint.survey import is_chinese

    what = phrases(
        "{number} Markdown file in {where} is left out by `include` and `exclude` in {settings}",
        "{number} Markdown files in {where} are left out by `include` and `exclude` in {settings}",
        len(files),
        where=where,
        settings=place(loaded.file),
    )
    asked = files[:: max(len(files) // _ASKED, 1)]
    if any(map(is_chinese, asked)):
        return what, phrase("`bilint show settings` prints the patterns; a file that is named itself is always checked")
    hint = phrase(
        "translations are checked, and their originals found by bilint: name the folder of the translations, or `.`"
    )
    return phrase("{what}, and not in Chinese", what=what), hint
