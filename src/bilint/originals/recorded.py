"""The hash of the original that a translation tool recorded when it translated: Co-op Translator's `original_hash`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.originals import sidecar

if TYPE_CHECKING:
    from bilint.model import Document

_HASH = re.compile(r'"original_hash"\s*:\s*"([0-9a-f]{32})"')


def recorded_hash(document: Document) -> str | None:
    """Return the MD5 in hex of the original as it was translated: from a comment, else from the sidecar file."""
    found = next(filter(None, (_HASH.search(text) for _, text in document.comments)), None)
    return found[1] if found else sidecar.recorded_hash(Path(document.path).absolute())
