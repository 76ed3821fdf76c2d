"""Borders between Chinese and Latin letters, digits or code: with or without a blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Beside = Literal["letters", "digits"]
_HAN, _LATIN = "[\u3400-\u9fff]", "[A-Za-z0-9]"
_BORDER = re.compile(f"{_HAN} ?(?={_LATIN})|{_LATIN} ?(?={_HAN})")
_ONE_WORD = re.compile(
    "(?<![A-Za-z])(?:T[恤台]|K[线歌]|U[盘形]|X[光轴]|Y轴|Z轴|[ABH]股|B[超站]|V领|S形|"
    "[A-Z]字形|[A-Z]型|[A-Z]座|[A-Z]级片|AA制|I[CP]卡|卡拉OK|阿Q|维[A-K]|三K党)"
)
"""Words that are written with a letter: T恤, U盘, X光."""


_ANCHOR = re.compile(r"\[\[[^\[\]\n]*\]\]")
"""The anchor of a heading, as in `[[安装git]]`: an address, and not read as prose."""


class Border(NamedTuple):
    """One border: the offsets of the two characters, and whether a blank stands between them."""

    start: int
    end: int
    beside: Beside
    is_spaced: bool


def borders(text: str) -> Iterator[Border]:
    """Yield the borders between Chinese and Latin letters or digits, in order.

    Words that are written with a letter (T恤) and anchors in double brackets are left out.
    """
    if text.isascii():
        return
    if "[[" in text:
        text = _ANCHOR.sub(lambda anchor: "|" * len(anchor[0]), text)
    for found in _BORDER.finditer(text):
        start, end = found.span()
        first = text[start]
        latin = first if first.isascii() else text[end]
        if not latin.isupper() or not _is_one_word(text, start, end + 1):
            yield Border(start, end + 1, "digits" if latin.isdigit() else "letters", end - start > 1)


def _is_one_word(text: str, start: int, end: int) -> bool:
    found = _ONE_WORD.search(text, max(0, start - 2), end + 1)
    return found is not None and found.start() <= start and end <= found.end()
