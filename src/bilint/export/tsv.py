"""Tab-separated values: one pair a line, readable text, for spreadsheets and the shell."""

from __future__ import annotations

from collections.abc import Sequence

from bilint.export import AlignedArticle, Piece, Row

SUFFIX = ".tsv"
"""The ending of the names of its files."""
_HEADER = ("target_path", "target_line", "source_line", "level", "score", "source", "target")


def render(articles: Sequence[AlignedArticle]) -> str:
    """Return a header and one line a pair; tabs and line ends inside a text are spaces."""
    lines = [_HEADER, *(_cells(article, row) for article in articles for row in article.rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def _cells(article: AlignedArticle, row: Row) -> tuple[str, ...]:
    lines = (_first_line(row.target), _first_line(row.source))
    return (article.target, *lines, row.level, f"{row.score:.4f}", _text(row.source), _text(row.target))


def _first_line(pieces: tuple[Piece, ...]) -> str:
    return str(pieces[0].excerpt.place.line) if pieces else ""


def _text(pieces: tuple[Piece, ...]) -> str:
    return " ".join(word for piece in pieces for word in piece.text.split())
