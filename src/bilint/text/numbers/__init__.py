"""Numbers of English and Chinese prose as values with units, and whether a translation has those of its original."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bilint.text.numbers.chinese import chinese_numbers
from bilint.text.numbers.english import english_numbers
from bilint.text.numbers.han import han_value
from bilint.text.numbers.matching import Changed, Matching, compare, match
from bilint.text.numbers.number import Number, NumberKind
from bilint.text.numbers.relations import Verdict, relation

__all__ = [
    "Changed",
    "Matching",
    "Number",
    "NumberKind",
    "Verdict",
    "compare",
    "han_value",
    "match",
    "numbers",
    "relation",
]


def numbers(text: str, language: Literal["en", "zh"]) -> Iterator[Number]:
    """Yield the numbers of prose in order, without overlaps; those inside names and identifiers are left out."""
    yield from (english_numbers if language == "en" else chinese_numbers)(text)
