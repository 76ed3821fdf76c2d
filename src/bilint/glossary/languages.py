"""Which of the languages of a term base are English, and which Chinese is meant."""

from __future__ import annotations

from collections.abc import Iterable

_FIRST = ("zh-hans", "zh-cn", "zh-hans-cn", "zh", "zh-sg")
"""Of several Chinese languages, Simplified."""


def plain(code: str) -> str:
    """Return the code of a language in small letters with hyphens."""
    return code.strip().lower().replace("_", "-")


def is_english(code: str) -> bool:
    """Return whether a language is English of any country."""
    return plain(code).partition("-")[0] in ("en", "eng")


def preferred(codes: Iterable[str]) -> str:
    """Return the language that the renderings are taken from: Simplified Chinese, else any other; "" for none."""
    chinese = {plain(code): code for code in codes if plain(code).partition("-")[0] in ("zh", "zho", "chi")}
    known = next((code for code in _FIRST if code in chinese), None)
    return chinese[known] if known else next(iter(chinese.values()), "")
