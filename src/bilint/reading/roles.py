"""What a block is for its readers: the one place that knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Block, Document, Kind, Role
from bilint.reading.search import blocks_with
from bilint.text.credits import imprint, is_translator_note
from bilint.text.promotion import is_contents, is_promotion
from bilint.text.words import words

_AROUND = frozenset({"nav", "header", "footer", "aside", "form"})
"""HTML elements that hold the page around an article."""
_CAPTION = re.compile(
    r"(?:示例|图|表|清单|代码清单|代码|例|圖|listing|figure|table|example)\s*\d[\d.-]*", re.IGNORECASE
)
_DRAWING = re.compile(r"\+--|\|[ \t]*\|")
_REFERENCE = re.compile(r"\b(?:[Aa]ccessed|[Rr]etrieved) (?:on )?[A-Z\d]|\b(?:vol|pp?|no)\. ?\d|\bdoi:|\bISBN\b|↩")
_REFERRING = re.compile(r"ccessed |etrieved |vol\.|p\.|no\.|doi:|ISBN|↩")
"""One of these is in every reference."""
_LANGUAGES = (
    "English|Deutsch|Español|Français|Italiano|Português|Русский|Türkçe|Tiếng Việt|Українська|Polski|Bahasa Indonesia|"
    "日本語|한국어|中文|简体中文|繁體中文|正體中文|繁体中文|العربية|हिन्दी"
)
_SWITCHER = re.compile(rf"[\W_]*(?:(?:{_LANGUAGES})[\W_]+)+(?:{_LANGUAGES})[\W_]*")
_MOSTLY = 0.7
"""A block of whose text links are more than this share says little itself."""
_COMPONENT = 20
"""HTML of fewer English words is a button or a card of the page and holds no prose of the article."""


def role_of(block: Block) -> Role:
    """Return what `block` is for its readers; where several would do, the one that stands first in `_told`."""
    return imprint(block.prose.text) or written_role(block)


def written_role(block: Block) -> Role:
    """Return the role of a block that is known to be written."""
    return role if (role := _aside(block)) is not Role.BODY else _told(block)


def _aside(block: Block) -> Role:
    """The roles of what is written but does not stand in the body of the text, else body."""
    text = block.prose.text
    if block.kind is Kind.TITLE or block.kind is Kind.FIELD:
        return Role.DATA
    if not _AROUND.isdisjoint(block.container) or (block.kind is Kind.HEADING and is_contents(text)):
        return Role.NAVIGATION
    if is_translator_note(text):
        return Role.NOTE
    if _CAPTION.match(text.lstrip()):
        return Role.CAPTION
    return Role.DRAWING if ("|" in text or "+--" in text) and _DRAWING.search(text) else Role.BODY


def _told(block: Block) -> Role:
    """The roles of what stands in the body."""
    text = block.prose.text
    if _SWITCHER.fullmatch(text):
        return Role.LANGUAGES
    if block.inlines and sum([link.text.end - link.text.start for link in block.links()]) > _MOSTLY * len(text.strip()):
        return Role.LINKS
    if is_promotion(text):
        return Role.PROMOTION
    if is_reference(block):
        return Role.CITATION
    if block.kind is Kind.HTML and len(words(text)) < _COMPONENT:
        return Role.COMPONENT
    return Role.BODY


def is_reference(block: Block) -> bool:
    """Return whether a block refers to publications; what names more than that is of another role."""
    text = block.prose.text
    return _REFERRING.search(text) is not None and _REFERENCE.search(text) is not None


def references(document: Document) -> Iterator[Block]:
    """Yield the blocks that refer to publications, in file order."""
    return filter(is_reference, blocks_with(_REFERRING, document))


def is_written(block: Block) -> bool:
    """Return whether the role of `block` is among those that were written for the readers: the cheapest to tell."""
    return imprint(block.prose.text) is None
