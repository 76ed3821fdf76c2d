"""Whether bytes are a page of HTML, told by how they begin."""

from __future__ import annotations

import re

_HEAD = 4096
_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_BEGINS_INSIDE = re.compile(_BEGINS.pattern.replace(rb"|html)", rb"|html|head|body)"), _BEGINS.flags)


def is_html(data: bytes, *, or_part: bool = False) -> bool:
    """Return whether `data` begins as a page of HTML; with `or_part` also as one whose first tag was left out."""
    return bool((_BEGINS_INSIDE if or_part else _BEGINS).match(data[:_HEAD]))
