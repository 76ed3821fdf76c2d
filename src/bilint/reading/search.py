"""The prose of a document searched as one text: most blocks hold nothing of what a rule looks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bilint.model import AlignedPair, Bitext, Block, Document, Inline, InlineKind, Kind
from bilint.text.joined import Joined
from bilint.text.scripts import converted, is_traditional
from bilint.text.words import latin, words, words_as_written


@lru_cache(maxsize=8)
def prose_of(document: Document) -> Joined:
    """Return the prose of a document's blocks as one text; the numbers in it are those of the blocks."""
    return Joined(block.prose.text for block in document.blocks)


@lru_cache(maxsize=8)
def is_in_traditional(document: Document) -> bool:
    """Return whether the prose of a document is in Traditional characters."""
    return is_traditional(prose_of(document).text)


def simplified_prose(document: Document) -> str:
    """Return the prose of a translation in Simplified characters: that of `prose_of`, unless it is in Traditional ones.

    Its blocks are converted, as they were for alignment.
    """
    if not is_in_traditional(document):
        return prose_of(document).text
    return "\0".join(converted(block.prose.text, "t2s") for block in document.blocks)


@lru_cache(maxsize=4)
def written_words(document: Document) -> tuple[str, ...]:
    """Return the English words of a document's prose, in order, with their capitals."""
    return tuple(words_as_written(prose_of(document).text))


@lru_cache(maxsize=4)
def words_of(document: Document) -> frozenset[str]:
    """Return the different English words of a document's prose, with their capitals."""
    return frozenset(written_words(document))


@lru_cache(maxsize=4)
def written_in(document: Document) -> frozenset[str]:
    """Return the different words of all that is written in a document, code and addresses too, as `latin` has them."""
    return frozenset(latin(document.text).split())


def codes_of(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Yield the code that stands in the lines of blocks, in order."""
    return (i for block in blocks if block.inlines for i in block.inlines if i.kind is InlineKind.CODE)


@lru_cache(maxsize=8)
def words_of_code(document: Document) -> frozenset[str]:
    """Return the lower-cased words of all code in a document, in listings and in lines."""
    inlines = (code.content for code in codes_of(document.blocks))
    listings = (block.content for block in document.blocks if block.kind is Kind.CODE)
    return frozenset(words("\n".join((*inlines, *listings))))


def blocks_with(pattern: re.Pattern[str], document: Document) -> Iterator[Block]:
    """Yield the blocks whose prose holds a match of `pattern`, which must not match a NUL, in file order."""
    return (document.blocks[number] for number in prose_of(document).holding(pattern))


def pairs_with(pattern: re.Pattern[str], pairs: Iterable[AlignedPair], bitext: Bitext) -> Iterator[AlignedPair]:
    """Yield those pairs of `bitext` in which the prose of either side holds a match of `pattern`; see `blocks_with`."""
    holding = {id(block) for document in (bitext.source, bitext.target) for block in blocks_with(pattern, document)}
    return (pair for pair in pairs if not holding.isdisjoint(map(id, (*pair.source, *pair.target))))


@lru_cache(maxsize=8)
def repeated_texts(document: Document) -> frozenset[str]:
    """Return the prose that stands in more than one block of a document."""
    texts = Counter(block.prose.text for block in document.blocks)
    return frozenset(text for text, count in texts.items() if count > 1)
