"""What the XML and HTML formats share."""

from __future__ import annotations

from collections.abc import Sequence

from bilint.export import Piece

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def plain(pieces: Sequence[Piece], between: str) -> str:
    """Return the readable text of the pieces in one line."""
    return between.join(" ".join(piece.text.split()) for piece in pieces)
