"""A page that shows both sides beside each other; it needs no script and no network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bilint.export import BLOCK, AlignedArticle, Piece, Row
from bilint.export._markup import plain
from bilint.model import Kind
from bilint.text.xml import element

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIX = ".html"
"""The ending of the names of its files."""
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 90em; padding: 0 1em; color: #222; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
td { border-top: 1px solid #ddd; padding: .3em .6em; vertical-align: top; overflow-wrap: anywhere; }
td.score { width: 3em; color: #888; text-align: right; }
tr.block td { border-top: 2px solid #bbb; background: #f4f4f4; font-weight: 600; }
tr.unaligned td { background: #fff1d6; }
tr.doubtful td.score { color: #b30000; font-weight: 600; }
small { color: #999; margin-right: .6em; }
pre { margin: 0; font-size: 13px; white-space: pre-wrap; font-weight: 400; }
@media (prefers-color-scheme: dark) {
  body { background: #1b1b1b; color: #ddd; }
  td { border-color: #444; } tr.block td { background: #262626; border-color: #555; }
  tr.unaligned td { background: #3d3115; }
}
"""
_DOUBTFUL = 0.5
"""Pairs that score less are marked: half of them are wrong."""


def render(articles: Sequence[AlignedArticle]) -> str:
    """Return one page with a table per article: score, source, target, each with its line."""
    from lxml import etree

    title = articles[0].target if len(articles) == 1 else f"{len(articles)} articles"
    head = element(
        "head",
        element("meta", attributes={"charset": "utf-8"}),
        element("title", f"{title} – bilint"),
        element("style", _STYLE),
    )
    body = element("body", *(part for article in articles for part in _article(article)))
    page = element("html", head, body, attributes={"lang": "en"})
    # Not indented: white space beside inline elements would be shown.
    return f"{etree.tostring(page, encoding='unicode', method='html', doctype='<!doctype html>')}\n"


def _article(article: AlignedArticle) -> tuple[_Element, _Element]:
    return element("h1", article.target), element("table", element("tbody", *map(_row, article.rows)))


def _row(row: Row) -> _Element:
    both = bool(row.source and row.target)
    names = [row.level] if row.level == BLOCK else []
    names += [] if both else ["unaligned"]
    names += ["doubtful"] if both and row.score < _DOUBTFUL else []
    return element(
        "tr",
        element("td", f"{row.score:.2f}" if both else "–", attributes={"class": "score"}),
        element("td", *map(_piece, row.source), attributes={"lang": "en"}),
        element("td", *map(_piece, row.target), attributes={"lang": "zh"}),
        attributes={"class": " ".join(names)} if names else {},
    )


def _piece(piece: Piece) -> _Element:
    line = element("small", str(piece.excerpt.place.line))
    return element("div", line, element("pre", piece.text) if piece.kind is Kind.CODE else plain((piece,), ""))
