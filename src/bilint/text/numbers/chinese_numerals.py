"""The numbers of Chinese prose that are in Chinese numerals: 三百二十, 三分之二, 数百万, 第三."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from bilint.model import Span
from bilint.text.numbers.chinese_ends import (
    AFTERNOON,
    BEFORE_ORDINAL,
    CONTEXT,
    ENDS,
    MORNING,
    ONE,
    decade_of,
    ended,
    part_of,
    value_of,
)
from bilint.text.numbers.han import CHARACTERS, DIGITS, han_value
from bilint.text.numbers.number import Number, NumberKind

_HAN = CHARACTERS
_PARTS = re.compile(rf"(?P<bottom>\d{{1,3}}|[{_HAN}]{{1,6}})\s?分之\s?(?P<top>\d+(?:\.\d+)?|[{_HAN}]+(?:点[{ONE}]+)?)")
_TWO_DECADES = re.compile(rf"(?P<first>[{ONE}])[、和]?(?P<second>[{ONE}])十年代")
"""八九十年代 and 八、九十年代."""
_NUMERAL = re.compile(rf"[{_HAN}]+")
_WORDED = re.compile(rf"(?P<numeral>[{_HAN}]+(?:点[{ONE}]+)?){ENDS}")
_PLACES = frozenset("十百千万亿")
_SOME = frozenset("几数上")
_IDIOMS = frozenset(["一一", "万一", "一万一"])
_IS_ARTICLE = re.compile(r"个(?!月)|[种些样下般起直定致旦切条项位次名]")
"""Behind a lone 一: the article, or a word with it. Half of all numerals are such ones; 第一个 is no measure either."""
_SMALLEST = 11
"""Smaller numbers in words are often said in another way."""
_LOOSE = frozenset(("CNY", "yd", "deg", "fps", "l", "g", "V", "MB"))
"""Units whose one character has other senses: 三元运算符, 两码事."""
_GOES_ON = re.compile(rf"\s?[到至~～–-]\s?[\d{_HAN}]")
"""Behind the first number of a range, which has its unit behind the second: 一到两天."""
_NOT_AFTER = frozenset("统唯同每之任某逐单初专归万")
"""`统一个人` has no number: 一 belongs to the word before it."""


def in_numerals(plain: str) -> Iterator[Number]:
    """Yield the numbers in Chinese numerals, fractions first; `plain` is Simplified and in half-width digits."""
    if "分之" in plain:
        parts = (part_of(match, Span(*match.span())) for match in _PARTS.finditer(plain))
        yield from (part for part in parts if part is not None)
    if "十年代" in plain:
        for two in _TWO_DECADES.finditer(plain):
            yield from _two_decades(plain, two)
    for run in _NUMERAL.finditer(plain):
        start, end = run.span()
        if end - start == 1 and plain[start] == "一" and _IS_ARTICLE.match(plain, end):
            continue
        number = _loose(plain, start, end)
        if number is None and (match := _WORDED.match(plain, run.start())):
            number = _of_numeral(plain, match)
        if number is not None:
            yield number


def _two_decades(plain: str, match: re.Match[str]) -> Iterator[Number]:
    before = plain[max(0, match.start() - CONTEXT) : match.start()]
    for name, end in (("first", match.end("first")), ("second", match.end())):
        value = decade_of(Fraction(10 * DIGITS[match[name]]), before)
        span = Span(match.start(name), end)
        yield Number(value=value, kind=NumberKind.DECADE, span=span, text=f"{match[name]}十")


def _loose(plain: str, start: int, end: int) -> Number | None:
    """数百, 几十万, 上千, 数以百计, 十几: many, of a known size; and 一半."""
    numeral, before, after = plain[start:end], plain[max(0, start - 2) : start], plain[end : end + 1]
    if numeral == "一" and after == "半":
        return Number(value=Fraction(1, 2), kind=NumberKind.FRACTION, span=Span(start, end + 1), text="一半", weak=True)
    is_some = before[-1:] in _SOME or (before == "数以" and after == "计")
    if (numeral == "十" and after in ("几", "来")) or (is_some and before and _PLACES.issuperset(numeral)):
        value = han_value(f"一{numeral}") or 0
        return Number(
            value=Fraction(value),
            kind=NumberKind.MANY,
            span=Span(start, end),
            text=numeral,
            approximate=True,
            weak=True,
        )
    return None


def _of_numeral(plain: str, match: re.Match[str]) -> Number | None:
    numeral, before = match["numeral"], plain[max(0, match.start() - CONTEXT) : match.start()]
    is_label = BEFORE_ORDINAL.search(before) is not None
    is_first = _GOES_ON.match(plain, match.end()) is not None
    if _is_word(numeral, before, plain, match.end("numeral")) or not (is_label or is_first or not _is_article(match)):
        return None
    if match["clock"] and not (
        AFTERNOON.search(before) or MORNING.search(before) or match["minute"] or match["half_past"]
    ):
        return None
    value = value_of(numeral)
    if value is None:
        return None
    number = ended(plain, match, value, numeral, before)
    if len(numeral) == 1 and number.unit in _LOOSE:
        return None
    is_small = max(value, number.value) < _SMALLEST and number.kind in (NumberKind.COUNT, NumberKind.ORDINAL)
    return replace(number, weak=is_small) if number.kind in (NumberKind.COUNT, NumberKind.ORDINAL) else number


def _is_word(numeral: str, before: str, plain: str, end: int) -> bool:
    """Whether the characters are part of a word: 统一, 十六进制, 百万, 三四个."""
    if before[-1:] in _NOT_AFTER and numeral[0] == "一" and (before[-1:] != "每" or len(numeral) == 1):
        return True
    if plain.startswith("进制", end) or before[-1:].isdigit():
        return True
    has_digit = any(char in DIGITS for char in numeral)
    if not has_digit and numeral[0] not in "十廿卅":
        # 百万 and 千万 stand for many, or for one: nothing to hold a translator to.
        return True
    is_year = len(numeral) >= len("二〇二〇") or plain.startswith("年代", end)
    return len(numeral) > 1 and all(char in DIGITS for char in numeral) and not is_year


def _is_article(match: re.Match[str]) -> bool:
    """Whether a numeral that is no label counts nothing: one with nothing behind it, and 一个, English `a`."""
    numeral, ends = match["numeral"], match.end() > match.end("numeral")
    if numeral == "一":
        return not ends or match["classifier"] is not None
    return (len(numeral) == 1 and not ends) or (numeral in _IDIOMS and not match["unit"])
