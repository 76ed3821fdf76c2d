"""The prose of a document searched as one text: most blocks hold nothing of what a rule looks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bilint.model import Block, Document, InlineKind, Kind
from bilint.text.joined import Joined
from bilint.text.words import words


@lru_cache(maxsize=8)
def prose_of(document: Document) -> Joined:
    """Return the prose of a document's blocks as one text; the numbers in it are those of the blocks."""
    return Joined(block.prose.text for block in document.blocks)


@lru_cache(maxsize=8)
def words_of_code(document: Document) -> frozenset[str]:
    """Return the lower-cased words of all code in a document, in listings and in lines."""
    inlines = (i.content for block in document.blocks for i in block.inlines if i.kind is InlineKind.CODE)
    listings = (block.content for block in document.blocks if block.kind is Kind.CODE)
    return frozenset(words("\n".join((*inlines, *listings))))


def blocks_with(pattern: re.Pattern[str], document: Document) -> Iterator[Block]:
    """Yield the blocks whose prose holds a match of `pattern`, which must not match a NUL, in file order."""
    return (document.blocks[number] for number in prose_of(document).holding(pattern))
