"""Marks of Markdown and HTML that are text in a translation, and do their work in the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bilint.model import AlignedPair, Bitext, Block, Document, Kind, Span
from bilint.reading.search import blocks_with
from bilint.text import marks

_SIGNS = re.compile(r"[\[\]#`<&＃【［！]|[-*+\d](?<![^\n\0].)|[-*+•][ \t]|://")
"""Without one of these, a text shows no mark."""
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_READ = (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.TITLE)


class Shown(NamedTuple):
    """A mark that readers see: which one, and its range in the prose of its block."""

    mark: str
    start: int
    end: int


def may_show(document: Document) -> Iterator[Block]:
    """Yield the blocks that may show a mark, in file order: few do, and this is cheap."""
    return (block for block in blocks_with(_SIGNS, document) if block.kind in _READ)


def shown_marks(document: Document, block: Block, pair: AlignedPair | None, bitext: Bitext | None) -> Iterator[Shown]:
    """Yield the marks that a block which `may_show` some shows, and the original does not, in file order."""
    last = 0
    for shown in sorted(_shown(document, block, pair, bitext.source.text if bitext else ""), key=_place):
        if shown.start >= last and not _is_escaped(document.text, block.prose.span(shown.start, shown.end)):
            last = shown.end
            yield shown


def _place(shown: Shown) -> tuple[int, int]:
    return shown.start, -shown.end


def _is_escaped(text: str, span: Span) -> bool:
    """Whether the mark has a backslash before it, and is meant to be seen; not that of a link."""
    return text[span.start - 1 : span.start] == "\\" and text[span.start] != "["


def _shown(document: Document, block: Block, pair: AlignedPair | None, source: str) -> Iterator[Shown]:
    there = "\n".join(original.prose.text for original in pair.source) if pair else ""
    text = block.prose.text
    for mark, pattern in (("link", marks.LINK), ("reference", marks.REFERENCE), ("entity", marks.ENTITY)):
        yield from _more_than(mark, pattern, text, there)
    yield from _images(document, block)
    yield from _lines(block, pair)
    yield from _backticks(text, there)
    if pair and pair.source:
        yield from _tags(document, block, source[pair.source[0].start : pair.source[-1].span.end])
    yield from _addresses(block)


def _addresses(block: Block) -> Iterator[Shown]:
    """Bare addresses with punctuation behind them."""
    text = block.prose.text
    for found in marks.ADDRESS.finditer(text) if "://" in text else ():
        if found["swallowed"] is not None and not any(
            link.text.start <= found.start() < link.text.end for link in block.links()
        ):
            yield Shown("address", *found.span())


def _more_than(mark: str, pattern: re.Pattern[str], text: str, there: str) -> Iterator[Shown]:
    """What the original shows less often."""
    found = [Shown(mark, *match.span()) for match in pattern.finditer(text)]
    if found and len(found) > sum(1 for _ in pattern.finditer(there)):
        yield from found


def _images(document: Document, block: Block) -> Iterator[Shown]:
    for link in block.links() if "！" in block.prose.text else ():
        if document.text[link.span.start - 1] == "！" and _IMAGE.search(link.destination):
            yield Shown("image", max(link.text.start - 1, 0), link.text.end)


def _lines(block: Block, pair: AlignedPair | None) -> Iterator[Shown]:
    """Marks at the beginnings of lines: headings, items, boxes."""
    text = block.prose.text
    kinds = {original.kind for original in pair.source} if pair else set()
    if block.kind in (Kind.PARAGRAPH, Kind.ITEM):
        found = list(marks.HEADING.finditer(text))
        if not found and kinds == {Kind.HEADING}:
            found = list(marks.ANY_HEADING.finditer(text))
        yield from (Shown("heading", *match.span()) for match in found)
        yield from _items(block, kinds)
    if block.kind is Kind.ITEM and (box := marks.BOX.match(text)):
        yield Shown("box", box.start(), box.end())


def _items(block: Block, kinds: set[Kind]) -> Iterator[Shown]:
    text = block.prose.text
    found = list(marks.ITEM.finditer(text))
    numbered = [match for match in found if match[0][0].isdigit()]
    if len(numbered) < 2:
        found = [match for match in found if match not in numbered]
    if Kind.ITEM in kinds or len(found) > 1:
        yield from (Shown("item", *match.span()) for match in found if block.kind is Kind.PARAGRAPH or match.start())
    if Kind.ITEM in kinds:
        yield from (Shown("run-on", *match.span()) for match in marks.RUN_ON.finditer(text))


def _backticks(text: str, there: str) -> Iterator[Shown]:
    if text.count("`") > there.count("`"):
        yield from (Shown("code", *match.span()) for match in marks.BACKTICKS.finditer(text))


def _tags(document: Document, block: Block, written: str) -> Iterator[Shown]:
    """Tags that the original has as such and the translation as text."""
    for found in marks.TAG.finditer(block.prose.text):
        at = block.prose.position(found.start())
        if document.text.startswith("&", at) and f"<{found[1]}" in written and f"&lt;{found[1]}" not in written:
            yield Shown("tag", *found.span())
