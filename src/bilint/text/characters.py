"""Characters that are written as something else: HTML's references, halves of surrogate pairs."""

from __future__ import annotations

import html
import re

_LONG = re.compile(r"&#(?:([0-9]{12,})|([xX])([0-9a-fA-F]{12,}));?")
_HALF = re.compile("[\ud800-\udfff]")
_MOST_DIGITS = 8
"""A number of more digits is no character, in either base: the last one is 1,114,111."""


def unescape(text: str) -> str:
    """Return `text` with its references resolved as HTML 5 does; a number that is no character becomes U+FFFD.

    The library's `html.unescape` raises for numbers of 4,301 digits: Python turns no such text into a number.
    """
    if "&" not in text:
        return text
    return html.unescape(_LONG.sub(_shortened, text))


def _shortened(found: re.Match[str]) -> str:
    digits = (found[1] or found[3]).lstrip("0") or "0"
    return "\ufffd" if len(digits) > _MOST_DIGITS else f"&#{found[2] or ''}{digits};"


def whole_characters(text: str) -> str:
    """Return `text`, of the same length, with U+FFFD for halves of surrogate pairs, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALF.sub("\ufffd", text)
    return text
