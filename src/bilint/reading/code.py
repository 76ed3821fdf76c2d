"""Where code differs from the original's: lines of listings and inlines that are a changed copy of one of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from typing import NamedTuple

from bilint.model import AlignedPair, Bitext, Block, Document, InlineKind, Kind, Span
from bilint.reading.search import codes_of
from bilint.reading.unmatched import multiset_difference
from bilint.text.listings import as_typed, is_escaped, plain_code, plain_lines, solid, without_comment
from bilint.text.scripts import han_count, has_han, latin_count

_LIKE = 0.75
"""Similarity, 0 to 1, from which a line or a name is a damaged copy of the original's."""
_TOO_MANY = 10_000
"""With more pairs of lines to compare, it is another listing, and comparing them would take seconds."""
_WORD = re.compile(r"\w+")
_WORD_BEFORE = re.compile(r"\w+\Z")
_LONGEST = 40
"""No word has more letters."""
_CAPITALISED = re.compile(r"[A-Z]\w*[-_:/]\s?\w")
"""A name of several parts that begins with a capital."""
_CONTINUED = re.compile(r"[\\^`]?\s*\n")
"""The end of a line of a listing, with the mark that says that it goes on."""


class Code(NamedTuple):
    """A line or an inline as it is written, and where it stands."""

    text: str
    span: Span
    is_inline: bool = False

    @property
    def plain(self) -> str:
        """What counts of it: no comments, no blanks beside brackets, nothing that converters left."""
        return plain_code(self.text if self.is_inline else without_comment(self.text))


class CodeDifference(NamedTuple):
    """Code of the translation, what it stands for, and how many lines of the listing differ."""

    there: Code
    here: Code
    lines: int


class OriginalCode:
    """What the code of a document says."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def codes(self) -> str:
        """All code, a line for each inline and each line of a listing."""
        blocks = self._document.blocks
        listings = (block.content for block in blocks if block.kind is Kind.CODE)
        inlines = (code.content.replace("\n", " ") for code in codes_of(blocks))
        return plain_lines("\n".join((*listings, *inlines)))

    @cached_property
    def words(self) -> Set[str]:
        """The words of all code."""
        return frozenset(_WORD.findall(self.codes))

    def says(self, code: str) -> bool:
        """Return whether the code stands somewhere in the original, by itself or within a longer one."""
        return code in self.codes and re.search(rf"(?<!\w){re.escape(code)}(?!\w)", self.codes) is not None

    def is_torn(self, there: Code, here: Code) -> bool:
        """Return whether the original's marks stand in a word that the translation puts together: r`etrieve`."""
        if not there.is_inline:
            return False
        text, (start, end) = self._document.text, there.span
        before, behind = _WORD_BEFORE.search(text, max(start - _LONGEST, 0), start), _WORD.match(text, end)
        return f"{before[0] if before else ''}{there.text}{behind[0] if behind else ''}" == here.text


def code_differences(pair: AlignedPair, bitext: Bitext) -> Iterable[CodeDifference]:
    """Return the code of a pair that is a changed copy of the original's, in the order of the translation."""
    if not pair.source or not pair.target:
        return ()
    if pair.source[0].kind is Kind.CODE:
        return _of_listings(pair, bitext)
    copies = _contents(pair.target)
    return () if not copies or copies <= _contents(pair.source) else _of_passage(pair, bitext)


def _of_passage(pair: AlignedPair, bitext: Bitext) -> Iterator[CodeDifference]:
    here = _inlines(pair.target)
    found = list(_differences(_inlines(pair.source), here))
    yield from found
    yield from _of_prose(pair.source, bitext.source, _without(found, here))


def _of_listings(pair: AlignedPair, bitext: Bitext) -> Iterator[CodeDifference]:
    if len(pair.source) != 1 or len(pair.target) != 1 or pair.source[0].content == pair.target[0].content:
        return
    original, copy = (_stripped(side[0].content) for side in (pair.source, pair.target))
    if any(not has_han(line) for line in copy - original):
        there = _lines(pair.source[0], bitext.source, original - copy)
        here = _unwrapped(_lines(pair.target[0], bitext.target, copy - original), there, pair.source[0])
        if _is_a_text(pair.target[0].content):
            here = [line for line in here if line.text.isascii()]
        yield from _differences(there, here)


def _is_a_text(listing: str) -> bool:
    """Whether a listing is in Chinese for the most part, like a question to a model: Chinese marks are right in it."""
    return han_count(listing) > latin_count(listing)


def _without(found: Iterable[CodeDifference], here: Iterable[Code]) -> list[Code]:
    told = {each.here.span for each in found}
    return [code for code in here if code.span not in told]


def _of_prose(blocks: Iterable[Block], source: Document, here: Iterable[Code]) -> Iterator[CodeDifference]:
    """Code of the translation that the original has in its prose, with other marks or in small letters."""
    for code in here:
        typed = as_typed(code.text)
        if len(typed) > _LONGEST or has_han(typed) or (typed == code.text and not _CAPITALISED.match(typed)):
            continue
        letters = ("-+" if char == "-" else re.escape(char) for char in solid(typed))  # one dash for many
        name = re.compile(rf"(?<!\w){' ?'.join(letters)}(?!\w)", re.IGNORECASE)
        for block in blocks:
            match = name.search(source.text, block.span.start, block.span.end)
            if match and match[0] != code.text and typed in (as_typed(match[0]), code.text):
                there = Code(match[0], Span(match.start(), match.end()), is_inline=True)
                if typed != code.text or match[0].islower():
                    yield CodeDifference(there, code, 1)
                break


def _stripped(listing: str) -> set[str]:
    return set(map(str.strip, listing.split("\n")))


def _unwrapped(here: list[Code], there: list[Code], listing: Block) -> list[Code]:
    """Lines of the translation but those that are wrapped otherwise than the original's, into more or fewer."""
    if len(here) == len(there):
        return here
    whole = solid(plain_code(_CONTINUED.sub(" ", listing.content)))
    lines = {solid(line.plain) for line in there}
    return [
        line
        for line in here
        if (text := solid(line.plain.rstrip("\\"))) in lines or text not in whole or is_escaped(line.text)
    ]


def _differences(there: list[Code], here: list[Code]) -> Iterator[CodeDifference]:
    """Code of the translation that is like some of the original's, with it."""
    known = {code.text for code in there}
    new = [code for code in here if code.text not in known and not has_han(code.text)]
    kept = {code.text for code in here}
    lost = [code for code in there if code.text not in kept]
    lost, new = multiset_difference(lost, new, lambda code: (code.plain, is_escaped(code.text)))
    if len(lost) * len(new) > _TOO_MANY:
        return
    for code in new:
        twin = _twin(code, lost)
        if twin is not None:
            lost.remove(twin)
            yield CodeDifference(twin, code, len(new))


def _lines(block: Block, document: Document, wanted: Set[str]) -> list[Code]:
    """Those lines of a listing that are wanted."""
    lines: list[Code] = []
    at = block.span.start
    for text in filter(wanted.__contains__, map(str.strip, block.content.split("\n"))):
        at = max(at, document.text.find(text, at, block.span.end))
        lines.append(Code(text, Span(at, at + len(text))))
    return lines


def _contents(blocks: Iterable[Block]) -> set[str]:
    return {each.content.strip() for block in blocks for each in block.inlines if each.kind is InlineKind.CODE}


def _inlines(blocks: Iterable[Block]) -> list[Code]:
    return [Code(text, code.span, is_inline=True) for code in codes_of(blocks) if (text := code.content.strip())]


def _twin(code: Code, lost: list[Code]) -> Code | None:
    """The code of the original that this one is a damaged copy of."""
    from rapidfuzz.distance import Indel

    if not any(map(str.isalnum, code.plain)):
        return None
    typed, said = as_typed(code.plain), _WORD.findall(code.plain)
    if code.is_inline and len(said) > 1:
        same = [other for other in lost if len(other.plain) == len(code.plain) and _WORD.findall(other.plain) == said]
        if same:
            return same[0]
    alike = [(Indel.normalized_similarity(as_typed(other.plain), typed), -number) for number, other in enumerate(lost)]
    likeness, number = max(alike, default=(0, 0))
    return lost[-number] if likeness >= _LIKE else None
