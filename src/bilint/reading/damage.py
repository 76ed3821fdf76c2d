"""Whether code that differs from the original's was damaged on its way, or is another code on purpose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from enum import StrEnum
from typing import NamedTuple

from bilint.model import AlignedPair, Bitext
from bilint.reading.code import Code, CodeDifference, OriginalCode, code_differences
from bilint.text.links import link_key
from bilint.text.listings import Change, change, changed_words, is_escaped

_MOST = 3
"""With more changed lines than this, a listing was revised rather than damaged."""
_AGAIN = 3
"""A name that is changed in so many places was renamed: another edition, or the translator's choice."""
_HIDDEN = "[email"
"""Converters save `[email protected]` for whatever looks like an address."""
_DETAILS = re.compile(r"\"[^\"]*\"|'[^']*'|[\d\"']+")
"""What is revised in a listing."""
_REVISED = frozenset({Change.LOST, Change.DIGIT, Change.REVISED})
_REWRITTEN = _REVISED | {Change.SLIP}
_COMMAND = ("/", "-", "$", "@")
"""What a command, an option or a variable begins with, of which there is no plural."""
_MARK = re.compile(r"[^\w\s]")
_QUOTES = str.maketrans("'`", '""')
_MARKS = re.compile(r"[\d\"'().,;:/\[\]{}]+")
"""What differs between ways to write a name."""


class Cause(StrEnum):
    """Why code differs."""

    DAMAGE = "damage"
    """By its marks it is none that anybody would write."""
    SLIP = "slip"
    """A small change that an edition of the original may have made as well."""
    REVISION = "revision"
    """Too much differs for a slip, or what differs is often changed on purpose."""


class ChangedCode(NamedTuple):
    """Code that differs from the original's, why, and the words that differ, each with the other in its stead."""

    there: Code
    here: Code
    cause: Cause
    words: Set[tuple[str, str]]


def changed_code(pairs: Iterable[AlignedPair], bitext: Bitext) -> Iterator[ChangedCode]:
    """Yield the code of pairs that says something else than the original's, in the order of the translation.

    Not what the original's code says elsewhere: there its slip was mended.
    """
    found = [each for pair in pairs for each in code_differences(pair, bitext)]
    if not found:
        return
    page = _Page(found, bitext)
    for each in found:
        cause = page.cause(each)
        if cause is not None:
            yield ChangedCode(each.there, each.here, cause, changed_words(each.there.plain, each.here.plain))


class _Page:
    """All that differs in the code of a page, and what there is to compare one difference with."""

    def __init__(self, found: list[CodeDifference], bitext: Bitext) -> None:
        self._original = OriginalCode(bitext.source)
        self._bitext = bitext
        changed = (words for each in found for words in changed_words(each.there.plain, each.here.plain))
        self._renamed = Counter(changed)
        self._kinds = Counter(each.here.is_inline for each in found)

    def cause(self, found: CodeDifference) -> Cause | None:
        """Why code differs; None where it says the same, or a slip of the original was mended."""
        there, here, original = found.there, found.here, self._original
        if there.plain == here.plain:
            return Cause.DAMAGE if is_escaped(here.text) and not is_escaped(there.text) else None
        what = change(there.plain, here.plain, lambda: original.words)
        likely = Cause.SLIP if what in _REVISED else Cause.DAMAGE
        if what is not Change.NONE and self._is_small(what, found):
            return likely
        is_said = what is not Change.OPEN and original.says(here.plain)
        if what is Change.NONE or original.is_torn(there, here) or is_said:
            return None
        words = changed_words(there.plain, here.plain)
        is_meant = what in _REWRITTEN and _is_meant(there, here)
        if is_meant and here.is_inline:
            return None
        is_revised = is_meant or (not _is_capitalised(words) and self._is_revised(what, found, words))
        return Cause.REVISION if is_revised else likely

    def _is_revised(self, what: Change, found: CodeDifference, words: Set[tuple[str, str]]) -> bool:
        """Whether too much differs for a slip, or one name again and again."""
        if what in _REVISED or found.lines > _MOST:
            return True
        return any(self._renamed[pair] >= _AGAIN or self._is_known(pair, found.here) for pair in words)

    def _is_known(self, words: tuple[str, str], here: Code) -> bool:
        """Whether a word of a listing is another one the original has: an inline may still take one for the other."""
        return not here.is_inline and words[0].lower() != words[1].lower() and words[1] in self._original.words

    def _is_small(self, what: Change, found: CodeDifference) -> bool:
        """Whether it is one small slip in a page whose other code is the original's: an option, a digit, a letter."""
        there, here = found.there, found.here
        words = changed_words(there.plain, here.plain)
        if here.is_inline and not words and _is_written_alike(there.plain, here.plain):
            return here.text not in self._bitext.source.text
        if self._kinds[here.is_inline] > 1:
            return False
        if what is Change.LOST:
            return not here.is_inline
        if what is Change.DIGIT:
            return all(self._is_swapped(*numbers) for numbers in words)
        is_command = here.is_inline and here.plain.startswith(_COMMAND) and there.plain[:-1] == here.plain
        return is_command and self._is_swapped(f"`{there.text}`", f"`{here.text}`")

    def _is_swapped(self, there: str, here: str) -> bool:
        """Whether the translation has the one nowhere, and the original the other nowhere: neither was meant."""
        return there not in self._bitext.target.text and here not in self._bitext.source.text


def _is_capitalised(words: Set[tuple[str, str]]) -> bool:
    """Whether all that differs is that words of the code got capitals: a name was written as in prose."""
    return bool(words) and all(there.islower() and here.lower() == there for there, here in words)


def _is_written_alike(there: str, here: str) -> bool:
    """Whether the same words have as many marks between them, of which some differ: `2^^51` for `2**51`."""
    return (
        len(there) == len(here)
        and len(_MARK.findall(there)) > 1
        and there.translate(_QUOTES) != here.translate(_QUOTES)
    )


def _is_meant(there: Code, here: Code) -> bool:
    """Whether code may differ on purpose: revised strings and digits, a shorter name, another capital or language."""
    if _HIDDEN in there.plain:
        return True
    if here.plain.startswith(("/", "http")) and link_key(here.plain) == link_key(there.plain):
        return True
    ignored = _MARKS if here.is_inline else _DETAILS
    one, other = (ignored.sub("", code.plain) for code in (there, here))
    if one.lower().removesuffix("s") == other.lower().removesuffix("s") and len(one) != len(other):
        return True  # a plural
    return one.swapcase()[:1] + one[1:] == other or _is_part(one, other) or _is_part(other, one)


def _is_part(one: str, other: str) -> bool:
    """Whether one stands in the other, with no letter or digit before or behind it."""
    start = other.find(one)
    end = start + len(one)
    return start >= 0 and not other[max(start - 1, 0) : start].isalnum() and not other[end : end + 1].isalnum()
