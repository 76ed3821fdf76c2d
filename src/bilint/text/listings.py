"""What counts of a line or a piece of code."""

from __future__ import annotations

import re
from functools import lru_cache

from bilint.text.characters import unescape

_CONVERTED = re.compile(r"\[([^\]\[]*)\]\[\d+\]|<(?=https?:)|(?<=[\w/])>|\\(?=[!-/:-@\[-`{-~])|`|\u200b")
"""What converters leave in code: links, brackets of addresses, escapes, backticks, blanks nobody sees."""
_FORMATTING = re.compile(r"\s*([()\[\]{},;=+:<>|])\s*")
_COMMENT = re.compile(r"(?:^|\s)(?:#|//|/\*|\*|--|;|%|<!--|rem\b)\s.*", re.IGNORECASE)


def without_comment(line: str) -> str:
    """Return a line of a listing up to its comment."""
    return _COMMENT.sub("", line)


@lru_cache(maxsize=1024)
def plain_code(text: str) -> str:
    """Return code without what converters leave in it and without blanks beside brackets and operators."""
    return _FORMATTING.sub(r"\1", " ".join(_CONVERTED.sub(r"\1", unescape(text)).split()))
