"""Whether two words of English are forms or spellings of one word."""

from __future__ import annotations

import re
from unicodedata import normalize

_STEM = 4
"""Words that begin with so many letters alike and differ in their endings have one stem."""
_INFLECTIONS = "s es d ed r er ers ing ly y n ion ions al ist able e ness"
_ENDINGS = frozenset(_INFLECTIONS.split(" "))
_SPELLINGS: tuple[tuple[str, str], ...] = (
    ("our", "or"),
    ("ise", "ize"),
    ("isation", "ization"),
    ("yse", "yze"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("ence", "ense"),
    ("lled", "led"),
    ("lling", "ling"),
    ("ae", "e"),
    ("grey", "gray"),
    ("ller", "ler"),
)
"""British and American: neither is a misspelling of the other."""
_DIGITS = re.compile(r"\d+")


def are_forms(one: str, other: str) -> bool:
    """Return whether two words in small letters are inflections or spellings of one."""
    if _DIGITS.findall(one) != _DIGITS.findall(other) or _plain(one) == _plain(other):
        return True
    short, long = sorted((one, other), key=len)
    for stem in (short, short.removesuffix("e"), short.removesuffix("y")):
        if long.startswith(stem) and long[len(stem) :] in _ENDINGS | {"ies", "ied", "ier"}:
            return True
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(short))
    if shared >= _STEM and {one[shared:], other[shared:]} <= _ENDINGS | {""}:
        return True
    return any(one.replace(a, b) == other.replace(a, b) for a, b in _SPELLINGS)


def _plain(word: str) -> str:
    return normalize("NFKD", word).encode("ascii", "ignore").decode("ascii")
