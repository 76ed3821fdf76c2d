"""Chinese renderings as they are compared: whatever their width, case, and spaces beside Chinese."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache

_TABLE: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "‐‑–—−"), "-"),
    **dict.fromkeys(map(ord, "•・‧∙⋅"), "·"),
    **dict.fromkeys(map(ord, "\u3000\u00a0\n\r\t"), " "),
}
"""A character for each: what is found can be pointed at."""
_FIRST_HAN, _LAST_HAN = "\u3400", "\u9fff"
_IN_WORD = re.compile(r"[0-9a-z]{2}")
_LATIN = re.compile("[^\\W_\u2e80-\u9fff]+")
_PLURAL = re.compile(r"[a-z]s(?![0-9a-z])")


@cache
def _blank() -> re.Pattern[str]:
    """Blanks beside a character that is not ASCII, and characters of no width; takes long to compile."""
    return re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])|[\u200b-\u200d\u2060\ufeff]+|(?<=\s)\s+")


def normal(text: str) -> str:
    """Return how a rendering or a text is compared: half-width, in small letters, no blanks beside Chinese."""
    if text and min(text) >= _FIRST_HAN and max(text) <= _LAST_HAN:
        return text  # as most renderings are
    return _blank().sub("", _folded(text)).strip()


def _folded(text: str) -> str:
    wide = text.translate(_TABLE)
    lower = wide.lower()
    if len(lower) == len(wide):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in wide)  # İ becomes two characters


class Normal:
    """A Chinese text as it is compared, with the way back."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        folded = _folded(text)
        self._cuts: list[tuple[int, int]] = []
        pieces: list[str] = []
        done = taken = 0
        for blank in _blank().finditer(folded):
            start, end = blank.span()
            pieces.append(folded[done:start])
            taken += end - start
            self._cuts.append((end - taken, taken))
            done = end
        self.text = "".join((*pieces, folded[done:])) if pieces else folded

    def find(self, form: str) -> Iterator[tuple[int, int]]:
        """Yield where a normal form stands as start and end in the text as it was given; no word of Latin is cut."""
        at = self.text.find(form) if form else -1
        while at >= 0:
            end = at + len(form)
            if not cuts_word(self.text, at, end):
                yield self.place(at), self.place(end - 1) + 1
            at = self.text.find(form, at + 1)

    def has(self, form: str) -> bool:
        """Return whether a normal form stands in the text."""
        return form in self.text and any(True for _ in self.find(form))

    @cached_property
    def latin(self) -> frozenset[str]:
        """The words in letters and digits that are not Chinese."""
        return frozenset(_LATIN.findall(self.text))

    def has_beginning(self, letters: str) -> bool:
        """Return whether a word of the text that is not Chinese begins with these letters."""
        return any(word.startswith(letters) for word in self.latin)

    def place(self, at: int) -> int:
        """Return the offset in the text as it was given of what is at an offset of the normal one."""
        number = bisect_right(self._cuts, (at, self._length))
        return at + self._cuts[number - 1][1] if number else at


def cuts_word(text: str, start: int, end: int) -> bool:
    """Return whether a form starts or ends inside a word of Latin letters; a plural is no other word."""
    if start and _IN_WORD.match(text, start - 1):
        return True
    return _IN_WORD.match(text, end - 1) is not None and _PLURAL.match(text, end - 1) is None


@lru_cache(maxsize=64)
def normal_of(text: str) -> Normal:
    """Return a text as it is compared; the same text is asked for with every term in it."""
    return Normal(text)
