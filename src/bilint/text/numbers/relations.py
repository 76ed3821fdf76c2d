"""Whether a number of the Chinese is the one of the English."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from bilint.text.numbers.chinese_parts import DISCOUNT
from bilint.text.numbers.number import Number, NumberKind
from bilint.text.numbers.units import UNITS


class Verdict(StrEnum):
    """What is known of two numbers or texts; `unknown` where one was rounded, converted or is told too loosely."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


_ROUNDED = Fraction(1, 100)
"""How far two numbers may lie apart where one of them is called approximate."""
_MANY_APART = 10
"""`Thousands` and 成千上万 are the same; a hundred times more is another number."""
_HALF_DAY = 720
_PERIODS = {"time", "calendar"}
_MONTH = Fraction(86_400 * 1461, 48)
"""Seconds: a year has 365 days and a quarter."""
_ROUGHLY = Fraction(5, 100)
"""Months differ by so much from one another."""
_SHARES = frozenset((NumberKind.PERCENT, NumberKind.FRACTION))
_DEGREES = frozenset(("deg", "C", "F"))
_CENTURY = 100


def relation(english: Number, chinese: Number) -> Verdict:
    """Return whether two numbers are the same, for certain different, or may be the same said in another way."""
    kinds = {english.kind, chinese.kind}
    if NumberKind.VERSION in kinds:
        return _as(_version(english) == _version(chinese))
    if NumberKind.DECADE in kinds or NumberKind.CENTURY in kinds:
        return _of_years(english, chinese)
    if NumberKind.TIME in kinds:
        return _of_times(english, chinese)
    if NumberKind.MANY in kinds:
        return _of_many(english, chinese)
    if kinds == _SHARES or (kinds == {NumberKind.PERCENT} and chinese.text.endswith(DISCOUNT)):
        return _of_shares(english, chinese)
    is_exact = NumberKind.MONTH in kinds or (english.value.denominator > 1 and NumberKind.FRACTION in kinds)
    return _as(english.value == chinese.value) if is_exact else _of_measures(english, chinese)


def _as(is_same: bool) -> Verdict:
    return Verdict.SAME if is_same else Verdict.DIFFERENT


def _version(number: Number) -> str:
    return re.sub(r"(?:\.[xX])?$", "", number.text)


def _of_years(english: Number, chinese: Number) -> Verdict:
    if english.kind is chinese.kind:
        years = (english.value, chinese.value)
        is_short = english.kind is NumberKind.DECADE and min(years) < _CENTURY
        return _as(years[0] % _CENTURY == years[1] % _CENTURY if is_short else years[0] == years[1])
    decade, other = sorted((english, chinese), key=lambda number: number.kind is not NumberKind.DECADE)
    if decade.kind is NumberKind.DECADE and other.kind is NumberKind.CENTURY:
        # The 1900s are the 20th century, or its first decade.
        return _as(decade.value == _CENTURY * (other.value - 1))
    return _as(english.value == chinese.value)


def _of_times(english: Number, chinese: Number) -> Verdict:
    if english.kind is chinese.kind:
        return _as((english.value - chinese.value) % _HALF_DAY == 0)
    time, other = sorted((english, chinese), key=lambda number: number.kind is not NumberKind.TIME)
    return Verdict.SAME if time.value in (other.value * 60, other.value * 60 + _HALF_DAY) else Verdict.UNKNOWN


def _of_many(english: Number, chinese: Number) -> Verdict:
    low, high = sorted((english.value, chinese.value))
    if not low:
        return Verdict.DIFFERENT
    if english.kind is chinese.kind:
        return _as(low == high) if high / low != _MANY_APART else Verdict.UNKNOWN
    return Verdict.UNKNOWN if high / low < _MANY_APART else Verdict.DIFFERENT


def _of_shares(english: Number, chinese: Number) -> Verdict:
    """67 percent may be said as 三分之二; 20 % off are 八折."""
    if chinese.text.endswith(DISCOUNT):
        return _as(chinese.value in (english.value, 1 - english.value))
    if english.value == chinese.value:
        return Verdict.SAME
    return Verdict.UNKNOWN if abs(english.value - chinese.value) <= _ROUNDED else Verdict.DIFFERENT


def _of_measures(english: Number, chinese: Number) -> Verdict:
    # 每小时 64 公里: the unit of a speed is that of a length.
    there = UNITS.get("mi" if english.unit == "mph" and _is_length(chinese) else english.unit)
    here = UNITS.get(chinese.unit)
    if there is None or here is None or english.unit == chinese.unit:
        return _near(english, chinese, english.value, chinese.value)
    if {english.unit, chinese.unit} <= _DEGREES:
        is_converted = {english.unit, chinese.unit} == {"C", "F"}
        return _of_systems(english, chinese) if is_converted else _of_degrees(english, chinese)
    if there.measure != here.measure:
        return _of_periods(english, chinese) if {there.measure, here.measure} == _PERIODS else Verdict.DIFFERENT
    if there.system != here.system:
        return _of_systems(english, chinese)
    return _near(english, chinese, english.value * there.size, chinese.value * here.size)


def _of_degrees(english: Number, chinese: Number) -> Verdict:
    """36 degrees are 36 度, or 2 ℃ where readers have grown up with these."""
    if chinese.unit == "C" and english.unit == "deg":
        celsius = (english.value - 32) * Fraction(5, 9)
        if english.value != chinese.value and abs(celsius - chinese.value) <= 1:
            return Verdict.UNKNOWN
    return _near(english, chinese, english.value, chinese.value)


def _is_length(number: Number) -> bool:
    return number.unit in UNITS and UNITS[number.unit].measure == "length"


def _of_periods(english: Number, chinese: Number) -> Verdict:
    """Thirty days are about a month, and 52 weeks a year."""
    first, second = (
        number.value * UNITS[number.unit].size * (_MONTH if UNITS[number.unit].measure == "calendar" else 1)
        for number in (english, chinese)
    )
    return Verdict.UNKNOWN if abs(first - second) <= _ROUGHLY * max(first, second) else Verdict.DIFFERENT


def _of_systems(english: Number, chinese: Number) -> Verdict:
    """5 miles are not 5 公里; 8 公里 may be what somebody worked out. 元 is also short for 美元."""
    is_money = UNITS[english.unit].measure == "money"
    if is_money and chinese.unit == "CNY" and english.value == chinese.value:
        return Verdict.SAME
    return Verdict.DIFFERENT if english.value == chinese.value else Verdict.UNKNOWN


def _near(english: Number, chinese: Number, there: Fraction, here: Fraction) -> Verdict:
    if there == here:
        return Verdict.SAME
    # Without a unit it may be a version that lost its last digit: 3.24, 3.2.
    is_measured = bool(english.unit) or english.kind is NumberKind.PERCENT
    if is_measured and abs(there - here) <= _LOST * there and _is_rounded(english.text, chinese.text):
        return Verdict.SAME
    grain = _grain(here)
    if not (english.approximate or chinese.approximate):
        is_rounded = there >= _ROUNDED_FROM and abs(there - here) <= _ROUNDED_SILENTLY * there
        return _as(is_rounded and grain > _grain(there))
    if abs(there - here) >= grain:
        return Verdict.DIFFERENT
    # 300 多 for 320, 约 1500 for 1,497.
    is_close = abs(there - here) <= _ROUNDED * max(there, here)
    return Verdict.SAME if is_close and grain > _grain(there) else Verdict.UNKNOWN


def _is_rounded(there: str, here: str) -> bool:
    """Whether `here` has fewer decimals, and is what the rule of rounding makes of `there`: 97.6 of 97.56, not 97.5."""
    if not (_DECIMALS.fullmatch(there) and _DECIMALS.fullmatch(here)):
        return False
    rounded = Decimal(here)
    return Decimal(there).quantize(rounded, ROUND_HALF_UP) == rounded


def _grain(value: Fraction) -> Fraction:
    """How finely a number is given: 1500 by the hundred, 1497 by one, 1.5 by the half."""
    if value.denominator > 1 or not value:
        return Fraction(1, value.denominator)
    digits = str(value.numerator)
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0"))))


_LOST = Fraction(5, 100)
"""What rounding takes away at most: 0.2 is no 0.15 any more, and 12.3 万 no 12.34 million."""
_DECIMALS = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}")
_ROUNDED_FROM = 10_000
_ROUNDED_SILENTLY = Fraction(1, 1000)
"""Large numbers lose their small places without a word: 53,724 → 5.37 万."""
