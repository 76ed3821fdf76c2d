"""Texts that were decoded with the wrong encoding, and the characters nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.text.scripts import han_count

_TAIL = "\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
"""What the bytes 80 to BF are in Latin-1 and Windows-1252: they continue a character of UTF-8."""
_LATIN = re.compile(f"(?:[\u00c2-\u00f4][{_TAIL}]{{1,3}})+")
_LATIN_START = re.compile("[\u00c2-\u00f4]")
_TELLS = re.compile("[锛銆鐨]")
"""What the UTF-8 of ，, 。 and 的 begins with in GBK: nobody writes these characters."""
_GBK = re.compile("[^\x00-\x7f]+")
_LEAST = 4
"""Han characters that a stretch must make when it is decoded rightly: fewer come about by chance."""
LOST = "锟斤拷"
"""U+FFFD twice, saved as UTF-8 and read as GBK."""


def misread(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches (start, end, what it should be) of UTF-8 read as Windows-1252 or GBK, each kind in order."""
    for found in _LATIN.finditer(text) if _LATIN_START.search(text) else ():
        meant = _from_latin(found[0])
        if meant:
            yield found.start(), found.end(), meant
    if _TELLS.search(text):
        for found in _GBK.finditer(text):
            meant = found[0].encode("gbk", "replace").decode("utf-8", "replace")
            if _TELLS.search(found[0]) and han_count(meant) >= max(_LEAST, len(found[0]) // 2):
                yield found.start(), found.end(), meant


def _from_latin(text: str) -> str:
    """What the bytes of a stretch say as UTF-8; empty when they say nothing."""
    data = b"".join(_byte(char) for char in text)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return ""


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:  # Windows leaves five bytes undefined, and passes them on
        return char.encode("latin-1", "replace")
