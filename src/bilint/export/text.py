"""Two columns for the terminal: score, line and kind of each side; an empty side is unaligned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from bilint.export import BLOCK, AlignedArticle, Piece, Row
from bilint.text.width import ELLIPSIS, cells

SUFFIX = ".txt"
"""The ending of the names of its files."""
_COLUMN = 56
_UNALIGNED = " –  "


def render(articles: Sequence[AlignedArticle]) -> str:
    """Return the path of each article and below it a line per piece, sides cut to the width of a column."""
    return "".join(line for article in articles for line in (f"{article.target}\n", *_lines(article)))


def _lines(article: AlignedArticle) -> Iterator[str]:
    for row in article.rows:
        sides = ([_cell(row, piece) for piece in side] for side in (row.source, row.target))
        score = f"{row.score:4.2f}" if row.source and row.target else _UNALIGNED
        for number, (left, right) in enumerate(zip_longest(*sides, fillvalue="")):
            padded = left + " " * (_COLUMN - cells(left))
            yield f"  {score if not number else '    '}  {padded} │ {right}".rstrip() + "\n"


def _cell(row: Row, piece: Piece) -> str:
    kind = piece.kind[:4] if row.level == BLOCK else "  · "
    return _cut(f"{piece.excerpt.place.line:>4} {kind} {' '.join(piece.text.split())[:200]}")


def _cut(text: str) -> str:
    """Return `text` cut to the width of a column, in terminal cells."""
    if cells(text) <= _COLUMN:
        return text
    while cells(text) >= _COLUMN:
        text = text[:-1]
    return text + ELLIPSIS
