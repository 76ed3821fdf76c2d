"""changed-code: code that differs from the original's in more than its comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from bilint.model import (
    EVERYTHING,
    AlignedPair,
    Bitext,
    Block,
    Confidence,
    Document,
    Finding,
    InlineKind,
    Kind,
    Severity,
    Span,
)
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import multiset_difference
from bilint.text.links import link_key
from bilint.text.listings import Change, as_typed, change, changed_words, plain_code, solid, without_comment
from bilint.text.scripts import has_han

_LIKE = 0.75
"""Similarity, 0 to 1, from which a line or a name is a damaged copy of the original's."""
_MOST = 3
"""With more changed lines than this, a listing was revised rather than damaged."""
_AGAIN = 3
"""A name that is changed in so many places was renamed: another edition, or the translator's choice."""
_TOO_MANY = 10_000
"""With more pairs of lines to compare, it is another listing, and comparing them would take seconds."""
_HIDDEN = "[email"
"""Converters save `[email protected]` for whatever looks like an address."""
_DETAILS = re.compile(r"\"[^\"]*\"|'[^']*'|[\d\"']+")
"""What is revised in a listing."""
_MARKS = re.compile(r"[\d\"'().,;:/\[\]{}]+")
"""What differs between ways to write a name."""
_WORD = re.compile(r"\w+")
_WORD_BEFORE = re.compile(r"\w+\Z")
_LONGEST = 40
"""No word has more letters."""
_CONTINUED = re.compile(r"[\\^`]?\s*\n")
"""The end of a line of a listing, with the mark that says that it goes on."""


class _Code(NamedTuple):
    """A line or an inline as it is written, and where it stands."""

    text: str
    span: Span
    is_inline: bool = False

    @property
    def plain(self) -> str:
        """What counts of it: no comments, no blanks beside brackets, nothing that converters left."""
        return plain_code(self.text if self.is_inline else without_comment(self.text))


class _Difference(NamedTuple):
    """Code of the translation, what it stands for, and how many lines of the listing differ."""

    there: _Code
    here: _Code
    lines: int


class _Original:
    """What the code of the original says."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def codes(self) -> str:
        """All code, a line for each inline and each line of a listing."""
        blocks = self._document.blocks
        listings = (line for block in blocks if block.kind is Kind.CODE for line in block.content.split("\n"))
        inlines = (i.content for block in blocks for i in block.inlines if i.kind is InlineKind.CODE)
        return "\n".join(plain_code(code) for code in (*listings, *inlines))

    @cached_property
    def words(self) -> Set[str]:
        """The words of all code."""
        return frozenset(_WORD.findall(self.codes))

    def says(self, code: str) -> bool:
        """Whether the code stands somewhere in the original, by itself or within a longer one."""
        return re.search(rf"(?<!\w){re.escape(code)}(?!\w)", self.codes) is not None

    def is_torn(self, there: _Code, here: _Code) -> bool:
        """Whether the original's marks stand inside of a word that the translation puts together: r`etrieve`."""
        if not there.is_inline:
            return False
        text, (start, end) = self._document.text, there.span
        before, behind = _WORD_BEFORE.search(text, max(start - _LONGEST, 0), start), _WORD.match(text, end)
        return f"{before[0] if before else ''}{there.text}{behind[0] if behind else ''}" == here.text


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="design-and-markup/code",
    roles=EVERYTHING,
    messages={
        "differs": "code differs from the original: `{original}`",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A command, a name or a line of code is not the one of the original.

    ## Why
    One letter lost in a command, a full-width colon in a name, and what readers copy does not work. Reported is what
    looks like damage: marks of prose in code, a blank that parts a name, a letter or two of one word, a bracket that is
    gone. Where other words or strings differ, more than three lines of a listing, or one name again and again, the code
    was revised: the confidence is low. Comments and strings are translated, so lines with Han are left alone; so are
    blanks beside brackets and operators, other line breaks, what converters leave in code, names that are shortened or
    written with other brackets, and what the original's code says elsewhere: there its slip was mended.

    ## Bad
    ```en
    Call `disconnect()` when the work is done.
    ```
    ```zh
    工作完成后调用 `disconnection()`。
    ```

    ## Good
    ```en
    Call `disconnect()` when the work is done.
    ```
    ```zh
    工作完成后调用 `disconnect()`。
    ```

    ## Source
    MQM 2.0, Design and markup.
    """
    found = [each for pair in context.pairs for each in _of_pair(pair, bitext)]
    if not found:
        return
    original = _Original(bitext.source)
    renamed = Counter(words for each in found for words in changed_words(each.there.plain, each.here.plain))
    for each in found:
        confidence = _confidence(each, original, renamed)
        if confidence is not None:
            yield context.finding(
                "differs",
                each.here.span,
                original=each.there.text,
                source=each.there.span,
                confidence=confidence,
                key=_key(each),
                suggestions=(each.there.text,),
            )


def _of_pair(pair: AlignedPair, bitext: Bitext) -> Iterator[_Difference]:
    if not pair.source or not pair.target:
        return
    if pair.source[0].kind is not Kind.CODE:
        if not _contents(pair.target) <= _contents(pair.source):
            yield from _differences(_inlines(pair.source), _inlines(pair.target))
    elif len(pair.source) == len(pair.target) == 1 and pair.source[0].content != pair.target[0].content:
        original, copy = (_stripped(side[0].content) for side in (pair.source, pair.target))
        if any(not has_han(line) for line in copy - original):
            there = _lines(pair.source[0], bitext.source, original - copy)
            here = _unwrapped(_lines(pair.target[0], bitext.target, copy - original), there, pair.source[0])
            yield from _differences(there, here)


def _stripped(listing: str) -> set[str]:
    return set(map(str.strip, listing.split("\n")))


def _unwrapped(here: list[_Code], there: list[_Code], listing: Block) -> list[_Code]:
    """Lines of the translation but those that are wrapped in another way than the original's."""
    whole = solid(plain_code(_CONTINUED.sub(" ", listing.content)))
    lines = {solid(line.plain) for line in there}
    return [line for line in here if (text := solid(line.plain.rstrip("\\"))) in lines or text not in whole]


def _differences(there: list[_Code], here: list[_Code]) -> Iterator[_Difference]:
    """Code of the translation that is like some of the original's, with it."""
    known = {code.text for code in there}
    new = [code for code in here if code.text not in known and not has_han(code.text)]
    kept = {code.text for code in here}
    lost = [code for code in there if code.text not in kept]
    lost, new = multiset_difference(lost, new, attrgetter("plain"))
    if len(lost) * len(new) > _TOO_MANY:
        return
    for code in new:
        twin = _twin(code, lost)
        if twin is not None:
            lost.remove(twin)
            yield _Difference(twin, code, len(new))


def _confidence(found: _Difference, original: _Original, renamed: Counter[tuple[str, str]]) -> Confidence | None:
    """How sure it is that code was damaged; None where it was not, or a slip of the original was mended."""
    there, here = found.there, found.here
    what = change(there.plain, here.plain, original.words)
    if what is Change.NONE or original.is_torn(there, here) or (what is not Change.OPEN and original.says(here.plain)):
        return None
    is_meant = what in (Change.SLIP, Change.REVISED) and _is_meant(there, here)
    if is_meant and here.is_inline:
        return None
    if is_meant or what is Change.REVISED or found.lines > _MOST:
        return Confidence.LOW
    words = changed_words(there.plain, here.plain)
    is_renamed = any(renamed[pair] >= _AGAIN or _is_known(pair, here, original) for pair in words)
    return Confidence.LOW if is_renamed else Confidence.MEDIUM


def _is_known(words: tuple[str, str], here: _Code, original: _Original) -> bool:
    """Whether a word of a listing is another one that the original has: an inline may still take one for the other."""
    return not here.is_inline and words[0].lower() != words[1].lower() and words[1] in original.words


def _key(found: _Difference) -> str:
    """What one slip made in many lines has in common: the one word that differs; empty when more does."""
    words = changed_words(found.there.plain, found.here.plain)
    return " ".join(*words) if len(words) == 1 else ""


def _lines(block: Block, document: Document, wanted: Set[str]) -> list[_Code]:
    """Those lines of a listing that are wanted."""
    lines: list[_Code] = []
    at = block.span.start
    for text in filter(wanted.__contains__, map(str.strip, block.content.split("\n"))):
        at = max(at, document.text.find(text, at, block.span.end))
        lines.append(_Code(text, Span(at, at + len(text))))
    return lines


def _contents(blocks: Iterable[Block]) -> set[str]:
    return {i.content.strip() for block in blocks if block.inlines for i in block.inlines if i.kind is InlineKind.CODE}


def _inlines(blocks: Iterable[Block]) -> list[_Code]:
    codes = [i for block in blocks if block.inlines for i in block.inlines if i.kind is InlineKind.CODE]
    return [_Code(code.content.strip(), code.span, is_inline=True) for code in codes if code.content.strip()]


def _twin(code: _Code, lost: list[_Code]) -> _Code | None:
    """The code of the original that this one is a damaged copy of."""
    from rapidfuzz.distance import Indel

    if not any(map(str.isalnum, code.plain)):
        return None
    typed = as_typed(code.plain)
    alike = [(Indel.normalized_similarity(as_typed(other.plain), typed), -number) for number, other in enumerate(lost)]
    likeness, number = max(alike, default=(0, 0))
    return lost[-number] if likeness >= _LIKE else None


def _is_meant(there: _Code, here: _Code) -> bool:
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
