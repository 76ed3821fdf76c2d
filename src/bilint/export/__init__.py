"""Exports of an alignment: each format is a module that turns the rows of articles into text.

A row is an aligned pair of blocks or of sentences; the sentences of a pair of blocks follow it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from bilint.model import PLACEHOLDER, AlignedPair, Bitext, Block, Document, Excerpt, Kind, Segment, SegmentPair, Span

FORMATS = tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))
"""The formats: the modules of this package, with `render(articles)` and `SUFFIX`; what they share begins with `_`.

One that shows articles as they read has `shown(bitext, sentences, levels)`: documents are not kept.
"""
BLOCK, SENTENCE = "block", "sentence"
LEVELS = (BLOCK, SENTENCE)
Sentences = Callable[[AlignedPair], Iterable[SegmentPair]]


class Piece(NamedTuple):
    """A block or sentence: where it stands, with the characters there, and its readable text (code and all)."""

    excerpt: Excerpt
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces that say the same; one side empty means unaligned. `score` is 0 to 1."""

    level: str
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    score: float


class Shown(NamedTuple):
    """What an article is called, and the article itself in the mark-up of a format."""

    called: str = ""
    markup: str = ""


_NOT_SHOWN = Shown()


@dataclass(frozen=True, slots=True)
class AlignedArticle:
    """The rows of one article, in the order of the target, and the paths of its two files.

    For a format that shows the article itself, which rows do not tell, there is `shown` instead of them.
    """

    target: str
    source: str
    rows: tuple[Row, ...] = ()
    shown: Shown = _NOT_SHOWN


class _Format(Protocol):
    SUFFIX: str

    def render(self, articles: Sequence[AlignedArticle]) -> str: ...


def render(articles: Sequence[AlignedArticle], format: str) -> str:  # noqa: A002 - the option's name
    """Return the articles in one of `FORMATS`, ending with a newline."""
    return _module(format).render(articles)


def suffix(format: str) -> str:  # noqa: A002 - the option's name
    """Return the ending of the names of files in one of `FORMATS`."""
    return _module(format).SUFFIX


def _module(name: str) -> _Format:
    return cast("_Format", import_module(f"bilint.export.{name}"))


def aligned(bitext: Bitext, sentences: Sentences, levels: Sequence[str], format: str = "") -> AlignedArticle:  # noqa: A002
    """Return an article for a format, by default one of rows; `sentences` aligns the segments of a pair of blocks."""
    paths = bitext.target.path, bitext.source.path
    shown = getattr(_module(format), "shown", None) if format else None
    if shown:
        return AlignedArticle(*paths, shown=shown(bitext, sentences, levels))
    return AlignedArticle(*paths, tuple(_rows(bitext, sentences, levels)))


def _rows(bitext: Bitext, sentences: Sentences, levels: Sequence[str]) -> Iterator[Row]:
    for pair in bitext.pairs:
        if BLOCK in levels:
            source = tuple(_block(block, bitext.source) for block in pair.source)
            target = tuple(_block(block, bitext.target) for block in pair.target)
            yield Row(BLOCK, source, target, pair.score)
        for inner in sentences(pair) if SENTENCE in levels else ():
            source = tuple(_segment(segment, bitext.source) for segment in inner.source)
            target = tuple(_segment(segment, bitext.target) for segment in inner.target)
            yield Row(SENTENCE, source, target, inner.score)


def _block(block: Block, document: Document) -> Piece:
    text = block.content if block.kind is Kind.CODE else _readable(block, 0, len(block.prose.text))
    return Piece(document.excerpt(block.span), text.strip(), block.kind)


def _segment(segment: Segment, document: Document) -> Piece:
    block, (start, end) = segment.block, segment.span
    if block.kind is Kind.CODE:
        return _block(block, document)
    return Piece(document.excerpt(_place(block, start, end)), _readable(block, start, end).strip(), block.kind)


def _place(block: Block, start: int, end: int) -> Span:
    """Where a stretch of prose stands; an inline that it holds as a whole (code, a link) is in it with its marks."""
    span = block.prose.span(start, end)
    inlines = [i.span for i in block.inlines if start <= i.text.start and i.text.end <= end and i.text]
    return Span(min((span.start, *(i.start for i in inlines))), max((span.end, *(i.end for i in inlines))))


def _readable(block: Block, start: int, end: int) -> str:
    """The prose with what its placeholders stand for: code, formulas, the alternative text of images."""
    text = block.prose.text[start:end]
    if PLACEHOLDER not in text:
        return text
    held = {i.text.start: i.content for i in block.inlines if i.text.end == i.text.start + 1}
    return "".join(held.get(start + at, "") if char == PLACEHOLDER else char for at, char in enumerate(text))
