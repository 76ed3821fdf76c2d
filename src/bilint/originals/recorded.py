"""The hash of the original that a translation tool recorded when it translated: Co-op Translator's `original_hash`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bilint.model import Document

_HASH = re.compile(r'"original_hash"\s*:\s*"([0-9a-f]{32})"')


def hash_in_comments(document: Document) -> str | None:
    """Return the MD5 in hex that a comment of an article says its original had when it was translated."""
    found = next(filter(None, (_HASH.search(text) for _, text in document.comments)), None)
    return found[1] if found else None
