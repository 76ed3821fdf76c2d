"""How much an article says below its titles."""

from __future__ import annotations

from collections.abc import Iterable

from bilint.model import Block, Document, Kind
from bilint.reading.search import written_words
from bilint.text.scripts import han_count
from bilint.text.words import words

_LINES = 3
"""So many breaks in a title, and it is a text."""
TITLES = frozenset({Kind.HEADING, Kind.FIELD, Kind.TITLE})


def english_words(blocks: Iterable[Block]) -> int:
    """Return how many English words blocks have below the titles."""
    return sum(len(words(block.prose.text)) for block in blocks if block.kind not in TITLES)


def words_outside_code(document: Document) -> int:
    """Return how many English words a reader meets: titles and cells too, no code (no prose) and no front matter."""
    fields = (len(words(block.prose.text)) for block in document.blocks if block.kind is Kind.FIELD)
    return len(written_words(document)) - sum(fields)


def shows_something(block: Block) -> bool:
    """Return whether a block is code or holds a picture."""
    return block.kind is Kind.CODE or bool(block.images())


def amount_said(block: Block) -> int:
    """Return how many Chinese characters and English words a block has; a title of a few lines has none.

    Paragraphs without blank lines between them are one title where a line of dashes follows.
    """
    text = block.prose.text
    is_title = block.kind in TITLES and text.count("\n") < _LINES
    return 0 if is_title else len(words(text)) + han_count(text)
