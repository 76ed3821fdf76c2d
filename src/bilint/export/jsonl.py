"""JSON Lines: one pair a line, with the places of both sides."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bilint.export import AlignedArticle, Piece, Row
from bilint.text.escapes import in_json

SUFFIX = ".jsonl"
"""The ending of the names of its files."""


def render(articles: Sequence[AlignedArticle]) -> str:
    """Return one JSON object a line: level, source, target (places and characters as they stand there), score."""
    rows = (row for article in articles for row in article.rows)
    return "".join(f"{in_json(json.dumps(_line(row), ensure_ascii=False))}\n" for row in rows)


def _line(row: Row) -> dict[str, Any]:
    return {
        "level": row.level,
        "source": [_piece(piece) for piece in row.source],
        "target": [_piece(piece) for piece in row.target],
        "score": row.score,
    }


def _piece(piece: Piece) -> dict[str, Any]:
    place = asdict(piece.excerpt.place)
    del place["path"]
    return {**place, "text": piece.excerpt.text}
