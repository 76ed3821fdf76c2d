"""Where the terms of a glossary may stand in English: one pass over a text, however many terms there are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import accumulate
from typing import TYPE_CHECKING

from bilint.glossary.words import LETTER, irregular_forms

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_GAP = re.compile(r"[\s\-\u2010\u2011]+")
"""What may stand between the words of a term, whatever the list has there."""
_IN_WORD = re.compile(rf"{LETTER}\.?\Z")
_ADDRESS = re.compile(rf"(?<!{LETTER})(?<!{LETTER}\.)https?://[!-~]+")

Sizes = Sequence[int]
"""Of how many words terms are, the most first."""


def beginnings(words: Sequence[str], gaps: Sequence[str], *, inflects: bool) -> Iterator[str]:
    """Yield how a term may begin in a folded text, at least with its first word; that one is inflected in verbs."""
    first, *others = (word if word.isalpha() and word.isascii() else _plain(word) for word in words)
    if not others or inflects:
        yield from _stems(first)
    else:
        for gap in (" ",) if gaps[0] in " -" else dict.fromkeys((" ", _plain(gaps[0]))):
            yield from (f"{first}{gap}{stem}" for stem in _stems(others[0]))


def _plain(text: str) -> str:
    return _Folded(text.replace("i\u0307", "i")).text


def _stems(word: str) -> Iterator[str]:
    """Yield what a lower-cased word and all that may be an inflection of it begin with."""
    yield word[:-2] if word.endswith("is") else word[:-1] if word.endswith(("e", "y")) else word
    yield from irregular_forms(word)


class Candidates:
    """Finds where words begin that some terms begin with; of each beginning, how many words its terms have."""

    def __init__(self, sizes: Mapping[str, Set[int]]) -> None:
        self._sizes = [tuple(each) if len(each) == 1 else sorted(each, reverse=True) for each in sizes.values()]
        self._patterns = _automaton(sizes)

    def __call__(self, text: str) -> Iterator[tuple[int, Sizes]]:
        """Yield the offsets of words in ascending order, each once, with how long the terms are that may begin there.

        They are more than what is a term, and no less.
        """
        folded = _Folded(text)
        found: dict[int, int] = {}
        more: dict[int, Sizes] = {}
        before = folded.text
        for number, start, _ in self._patterns.find_matches_as_indexes(before, overlapping=True):
            if start and before[start - 1] != " " and _IN_WORD.search(before, max(start - 2, 0), start):
                continue
            if found.setdefault(start, number) != number:
                sizes = more.get(start, self._sizes[found[start]])
                more[start] = sorted({*sizes, *self._sizes[number]}, reverse=True)
        addresses = [match.span() for match in _ADDRESS.finditer(text)] if "://" in text else []
        starts = [start for start, _ in addresses]
        for at in sorted(found):
            start = folded.offset(at)
            before_it = bisect_left(starts, start)
            if not before_it or start >= addresses[before_it - 1][1]:
                yield start, more.get(at) or self._sizes[found[at]]


def _automaton(beginnings: Mapping[str, object]) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick(beginnings, store_patterns=False)


class _Folded:
    """A text in small letters with one blank for each gap between words, with the way back."""

    def __init__(self, text: str) -> None:
        lower = text.replace("İ", "i").lower()  # it is the one letter that becomes two characters
        self.text = lower.replace("\n", " ").replace("-", " ")
        if not lower.isascii():
            self.text = self.text.replace("\u00a0", " ").replace("\u2010", " ").replace("\u2011", " ").replace("’", "'")
        self._taken: Sequence[int] = ()
        if "  " in self.text or not self.text.isprintable():  # blanks of other kinds are not
            runs = [match.span() for match in _GAP.finditer(lower)]
            self.text = _GAP.sub(" ", lower).replace("’", "'")
            self._taken = [0, *accumulate(end - start - 1 for start, end in runs)]
            self._behind = [start + 1 - taken for (start, _), taken in zip(runs, self._taken, strict=False)]

    def offset(self, at: int) -> int:
        """Return where in the text as it was given a character stands that is at an offset of this one."""
        return at + self._taken[bisect_right(self._behind, at)] if self._taken else at
