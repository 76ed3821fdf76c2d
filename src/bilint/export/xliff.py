"""XLIFF 2.1 (OASIS standard, 2018): a file per article, a unit per pair of blocks, a segment per pair of sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bilint.export import BLOCK, AlignedArticle, Row
from bilint.export._markup import plain
from bilint.model import Kind
from bilint.text.scripts import has_han
from bilint.text.xml import document, element

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIX = ".xlf"
"""The ending of the names of its files."""
_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"


def render(articles: Sequence[AlignedArticle]) -> str:
    """Return all pairs of prose; an unaligned source has no target, an unaligned target has an empty source."""
    files = (_file(article, number) for number, article in enumerate(articles, 1))
    attributes = {"xmlns": _NAMESPACE, "version": "2.1", "srcLang": "en", "trgLang": "zh"}
    return document(element("xliff", *files, attributes=attributes))


def _file(article: AlignedArticle, number: int) -> _Element:
    units = (_unit(rows, count) for count, rows in enumerate(_units(article), 1))
    return element("file", *units, attributes={"id": f"f{number}", "original": article.source})


def _unit(rows: Sequence[Row], number: int) -> _Element:
    segments = (_segment(row, count) for count, row in enumerate(rows, 1))
    return element("unit", *segments, attributes={"id": f"u{number}"})


def _segment(row: Row, number: int) -> _Element:
    source = element("source", plain(row.source, " "))
    if not row.target:
        return element("segment", source, attributes={"id": f"s{number}"})
    target = element("target", plain(row.target, ""))
    state = "translated" if has_han(plain(row.target, "")) else "initial"
    return element("segment", source, target, attributes={"id": f"s{number}", "state": state})


def _units(article: AlignedArticle) -> Iterator[list[Row]]:
    """The sentences of each pair of blocks, or the pair itself where only blocks are exported."""
    unit: list[Row] = []
    sentences = any(row.level != BLOCK for row in article.rows)
    for row in article.rows:
        if row.level == BLOCK:
            if unit:
                yield unit
            unit = []
        if (row.level == BLOCK) != sentences and _is_prose(row):
            unit.append(row)
    if unit:
        yield unit


def _is_prose(row: Row) -> bool:
    pieces = (*row.source, *row.target)
    return all(piece.kind is not Kind.CODE for piece in pieces) and bool(plain(pieces, ""))
