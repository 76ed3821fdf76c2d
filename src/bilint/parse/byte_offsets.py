"""UTF-8 byte offsets and code points: the parser counts the ones, all others count the others."""

from __future__ import annotations

from collections.abc import Callable


def points(text: str, base: int) -> Callable[[int], int]:
    """Return what turns a UTF-8 byte offset of `text`, which starts at `base`, into a code point of the file.

    Each offset is counted from the one before: they mostly ascend, and in small steps.
    """
    if text.isascii():
        return base.__add__
    raw = text.encode()
    last, point = 0, base

    def at(byte: int) -> int:
        nonlocal last, point
        if byte > last:
            point += len(raw[last:byte].decode())
        elif byte < last:
            point -= len(raw[byte:last].decode())
        last = byte
        return point

    return at
