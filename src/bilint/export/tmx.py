"""TMX 1.4b (LISA OSCAR, 2005), the exchange format of translation memories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bilint.export import BLOCK, SENTENCE, AlignedArticle, Row
from bilint.export._markup import XML_LANG, plain
from bilint.model import Kind
from bilint.text.scripts import has_han
from bilint.text.xml import document, element
from bilint.version import __version__

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIX = ".tmx"
"""The ending of the names of its files."""


def render(articles: Sequence[AlignedArticle]) -> str:
    """Return one translation unit per aligned pair of prose; what is unaligned, or code, is no memory."""
    sentences = any(row.level == SENTENCE for article in articles for row in article.rows)
    header = {
        "creationtool": "bilint",
        "creationtoolversion": __version__,
        "segtype": "sentence" if sentences else "paragraph",
        "o-tmf": "bilint",
        "adminlang": "en",
        "srclang": "en",
        "datatype": "plaintext",
    }
    rows = ((article, row) for article in articles for row in _units(article, SENTENCE if sentences else BLOCK))
    body = element("body", *(_unit(article, row) for article, row in rows))
    return document(element("tmx", element("header", attributes=header), body, attributes={"version": "1.4"}))


def _unit(article: AlignedArticle, row: Row) -> _Element:
    properties = {"x-source": article.source, "x-target": article.target, "x-score": f"{row.score:.4f}"}
    return element(
        "tu",
        *(element("prop", value, attributes={"type": name}) for name, value in properties.items()),
        element("tuv", element("seg", plain(row.source, " ")), attributes={XML_LANG: "en"}),
        element("tuv", element("seg", plain(row.target, "")), attributes={XML_LANG: "zh"}),
    )


def _units(article: AlignedArticle, level: str) -> Iterator[Row]:
    """Rows of one level with words on both sides, on the Chinese side Chinese ones: a memory keeps what it is fed."""
    for row in article.rows:
        prose = all(piece.kind is not Kind.CODE for piece in (*row.source, *row.target))
        if row.level == level and prose and plain(row.source, " ") and has_han(plain(row.target, "")):
            yield row
