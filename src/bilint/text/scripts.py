"""Which script characters belong to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_RUN = re.compile(f"[{HAN}]+")
_TRADITIONAL, _SIMPLIFIED = "這們說時會來對", "这们说时会来对"
_ASCII = bytes(range(128))
_NOT_LATIN = bytes(set(range(256)).difference(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))


def han_count(text: str) -> int:
    """Return how many Han characters `text` has."""
    return 0 if text.isascii() else sum(map(len, HAN_RUN.findall(text)))


def latin_count(text: str) -> int:
    """Return how many ASCII letters `text` has."""
    # Deleting bytes is faster than a regular expression, here and below.
    return len(text.encode("utf-8", "surrogatepass").translate(None, _NOT_LATIN))


def beyond_ascii(text: str) -> str:
    """Return `text` without its ASCII characters."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


@lru_cache(maxsize=2)
def letter_pairs(text: str) -> frozenset[int]:
    """Return the characters of a text beyond ASCII, `in_pairs`.

    To look them all up at once is twelve times as fast as looking for hundreds of words; several lists are looked for.
    """
    return in_pairs(beyond_ascii(text))


def in_pairs(letters: str) -> frozenset[int]:
    """Return characters two by two, each pair as a number: numbers take half the time of strings."""
    units = _units(letters)
    return frozenset(_by_twos(units)).union(_by_twos(units[2:]))


def numbers_of(pairs: Iterable[str]) -> Iterable[int]:
    """Return the numbers that `in_pairs` has for pairs of characters, in their order; none may be beyond U+FFFF."""
    return _by_twos(_units("".join(pairs)))


def _units(letters: str) -> memoryview:
    return memoryview(letters.encode("utf-16-le", "surrogatepass"))


def _by_twos(units: memoryview) -> memoryview:
    return units[: len(units) // 4 * 4].cast("I")


def is_han(char: str) -> bool:
    """Return whether `char` is one Han character."""
    return "\u4e00" <= char <= "\u9fff" or (char >= "\u3400" and len(char) == 1 and HAN_RUN.fullmatch(char) is not None)


def has_han(text: str) -> bool:
    """Return whether any character of `text` is Han."""
    return not text.isascii() and HAN_RUN.search(text) is not None


def is_traditional(text: str) -> bool:
    """Return whether a Chinese text is written in Traditional characters, by the commonest that tell."""
    return sum(map(text.count, _TRADITIONAL)) > sum(map(text.count, _SIMPLIFIED))


def in_gb2312(char: str) -> bool:
    """Return whether `char` is in GB 2312, the 1980 set of Simplified characters."""
    return _encodes(char, "gb2312")


def in_big5(char: str) -> bool:
    """Return whether `char` is in Big5, the 1984 set of Traditional characters."""
    return _encodes(char, "big5")


def _encodes(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1024)
def converted(text: str, table: str) -> str:
    """Return the text in another script, by one of OpenCC's tables (`s2t`: to Traditional, `t2s`: to Simplified).

    These two change each character into one: what is found in the outcome stands at the same place of `text`.
    Alignment and several rules ask for the same blocks of an article.
    """
    return text if text.isascii() else _converter(table)(text)


@cache
def _converter(table: str) -> Callable[[str], str]:
    # Loading a table takes longer than converting a book.
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(table).convert
    return convert
