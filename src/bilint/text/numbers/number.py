"""What a number in prose is, once it is read."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from bilint.model import Span


class NumberKind(StrEnum):
    """How a number counts; kinds are compared by value except where the comments of `relations` say otherwise."""

    COUNT = "count"
    FRACTION = "fraction"
    PERCENT = "percent"
    ORDINAL = "ordinal"
    VERSION = "version"
    TIME = "time"
    MONTH = "month"
    DECADE = "decade"
    CENTURY = "century"
    MANY = "many"


class Number(Struct, frozen=True, kw_only=True):
    """A number as it is read.

    `value` is exact, with its thousands, millions and 万 multiplied in: a percentage is a part of 1, a time of the day
    minutes, a decade the year it begins with (or the last two digits of it), "dozens of" and 数百 their power of ten.
    `unit` is a name of `units.UNITS` or empty; `span` has code points of the text, mark and unit included; `text` is
    the number as written without them. `approximate` numbers were called so ("about", 约, 多). `weak` ones are small
    and in words ("two", 三个): translators are free with them.
    """

    value: Fraction
    kind: NumberKind
    span: Span
    text: str
    unit: str = ""
    approximate: bool = False
    weak: bool = False
