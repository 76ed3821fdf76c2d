"""Parts that Chinese says without digits: 半年, 一年半, 三刻钟, 八折."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bilint.model import Span
from bilint.text.numbers.chinese_ends import ONE, value_of
from bilint.text.numbers.han import CHARACTERS, DIGITS
from bilint.text.numbers.number import Number, NumberKind

_WHOLE = rf"(?<![\d.{CHARACTERS}])(?:\d{{1,3}}|[{CHARACTERS}]{{1,4}})"
_UNITS = {"小时": "h", "钟头": "h", "分钟": "min", "秒": "s", "年": "year", "天": "day", "月": "month"}
_HALF = re.compile(
    rf"(?:(?P<whole>{_WHOLE})\s?个?)?半\s?个?(?P<unit>小时|钟头|分钟|秒|年(?![轻级])|天(?![然空])|月(?!刊))"
)
_AND_HALF = re.compile(rf"(?P<whole>{_WHOLE})\s?(?P<unit>年|天|个?小时|个月)半(?![径导岛数])")
_ONE_OR_TWO = re.compile(r"(?<![\d百千万亿])([一二两三四五六七八九])([二两三四五六七八九])([十百千万])")
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_QUARTERS = re.compile(rf"(?:(?P<whole>[{ONE}\d])\s?)?刻钟")
_DISCOUNT = re.compile(
    rf"(?<![\d.{CHARACTERS}])(?P<whole>[1-9]\.\d|\d{{1,2}}|[{ONE}]{{1,2}})\s?折(?![叠中合行线射扣磨腾断])"
)
_QUARTER = Fraction(15)
DISCOUNT = "折"
"""八折 leaves 80 % of a price, which English calls 20 % off."""


def in_parts(plain: str) -> Iterator[Number]:
    """Yield the numbers that are said with halves, quarters and discounts; `plain` is as in `chinese_numbers`."""
    for two in _ONE_OR_TWO.finditer(plain):
        yield from _either(two)
    if "半" in plain:
        yield from (_half(match) for pattern in (_HALF, _AND_HALF) for match in pattern.finditer(plain))
    if "刻钟" in plain:
        for match in _QUARTERS.finditer(plain):
            yield _part(match, _QUARTER * (value_of(match["whole"] or "一") or 1), unit="min")
    if DISCOUNT in plain:
        for match in _DISCOUNT.finditer(plain):
            value = value_of(match["whole"]) or Fraction(1)
            yield _part(match, value / (10 if value < 10 else 100), kind=NumberKind.PERCENT)


def _either(match: re.Match[str]) -> Iterator[Number]:
    """二三十 is 20 or 30."""
    for group in (1, 2):
        span = Span(match.start(group), match.start(2) if group == 1 else match.end())
        value = Fraction(DIGITS[match[group]] * _PLACES[match[3]])
        yield Number(value=value, kind=NumberKind.COUNT, span=span, text=match[0], approximate=True, weak=True)


def _half(match: re.Match[str]) -> Number:
    whole = value_of(match["whole"]) if match["whole"] else None
    return _part(match, (whole or 0) + Fraction(1, 2), unit=_UNITS[match["unit"].removeprefix("个")])


def _part(match: re.Match[str], value: Fraction, *, unit: str = "", kind: NumberKind = NumberKind.COUNT) -> Number:
    return Number(value=value, kind=kind, span=Span(*match.span()), text=match[0], unit=unit, weak=True)
