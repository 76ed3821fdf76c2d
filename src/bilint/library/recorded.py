"""Whether a text is the one whose hash a translation tool recorded."""

from __future__ import annotations

import hashlib


def is_recorded(body: bytes, digest: str) -> bool:
    """Return whether `body` has the MD5 `digest`, with its line ends as they are or as line feeds."""
    texts = (body, body.replace(b"\r\n", b"\n"))
    return any(hashlib.md5(text, usedforsecurity=False).hexdigest() == digest for text in texts)
