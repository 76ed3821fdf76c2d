"""Whether characters that look like a mistyped word belong to two words, as 叠代 does in 折叠代码."""

from __future__ import annotations

from bilint.lexicon import table
from bilint.lexicon.table import GRAMMAR

_LONGEST = 4
"""Characters of the words that are tried."""
_USUAL = 20
"""In so many sentences of the shipped translations a word stands that is one, and no accident of their alignment."""


def is_parted(text: str, start: int, end: int) -> bool:
    """Return whether one word ends between `start` and `end` and another begins there: 简介|与, 初始|画面."""
    return any(_is_border(text, start, cut, end) for cut in range(start + 1, end))


def _is_border(text: str, start: int, cut: int, end: int) -> bool:
    reaches_back = any(_is_word(text[at:cut]) for at in range(max(cut - _LONGEST, 0), min(start, cut - 1)))
    reaches_on = any(_is_word(text[cut:to]) for to in range(end + 1, min(cut + _LONGEST, len(text)) + 1))
    before, behind = text[start:cut], text[cut:end]
    if reaches_back:
        return reaches_on or behind in GRAMMAR
    return reaches_on and len(before) > 1 and len(behind) == 1 and _is_word(before)


def _is_word(word: str) -> bool:
    return table().sentences(word) >= _USUAL
