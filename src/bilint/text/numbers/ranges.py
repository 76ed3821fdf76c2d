"""Ranges whose scale and unit stand behind the second number only: 3–5 million, 10 到 20 毫秒, 5–10 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec.structs import replace

from bilint.model import Span
from bilint.text.numbers.number import Number, NumberKind
from bilint.text.numbers.units import UNITS

_BETWEEN = re.compile(r"\s?(?:-|–|—|~|～|至|到|to|and|or|and\s?up\s?to)\s?")
_LONGEST = 12
_PLAIN = re.compile(r"\d+(?:\.\d+)?")


_WITHIN = re.compile(r"\s?(?:and|,|，|又|零)?\s?")
_TIMES = frozenset(("time", "calendar"))


def with_sums(numbers: Sequence[Number], text: str) -> list[Number]:
    """Return the numbers with those that make one duration added: one hour and fifteen minutes, 1 小时 15 分."""
    summed: list[Number] = []
    for number in numbers:
        total = _sum(summed[-1], number, text) if summed else None
        if total is None:
            summed.append(number)
        else:
            summed[-1] = total
    return summed


def _sum(first: Number, second: Number, text: str) -> Number | None:
    large, small = UNITS.get(first.unit), UNITS.get(second.unit)
    if large is None or small is None or large.measure != small.measure or large.measure not in _TIMES:
        return None
    gap = text[first.span.end : min(second.span.start, first.span.end + _LONGEST)]
    if large.size <= small.size or not _WITHIN.fullmatch(gap):
        return None
    return replace(
        second,
        value=first.value * large.size / small.size + second.value,
        span=Span(first.span.start, second.span.end),
        text=text[first.span.start : second.span.end],
        weak=first.weak and second.weak,
    )


def with_ranges(numbers: Sequence[Number], text: str) -> Iterator[Number]:
    """Yield the numbers of `text`, the first of a range with the scale, unit and kind that only the second shows."""
    for at, number in enumerate(numbers):
        after = numbers[at + 1] if at + 1 < len(numbers) else None
        if after is not None and _is_range(number, after, text):
            yield _shared(number, after)
        else:
            yield number


def _is_range(first: Number, second: Number, text: str) -> bool:
    gap = text[first.span.end : min(second.span.start, first.span.end + _LONGEST)]
    return (
        first.kind is NumberKind.COUNT
        and not first.unit
        and second.kind in (NumberKind.COUNT, NumberKind.PERCENT, NumberKind.TIME, NumberKind.MONTH)
        and _BETWEEN.fullmatch(gap) is not None
    )


def _shared(first: Number, second: Number) -> Number:
    if second.kind in (NumberKind.TIME, NumberKind.MONTH):
        factor = 60 if second.kind is NumberKind.TIME else 1
        return replace(first, kind=second.kind, value=first.value * factor)
    scale = Fraction(1)
    written = second.text.replace(",", "")
    plain = first.text.replace(",", "")
    if _PLAIN.fullmatch(written) and _PLAIN.fullmatch(plain) and Fraction(written) and Fraction(plain) == first.value:
        scale = second.value / Fraction(written)
        if scale > 1 and first.value > Fraction(written):
            # From 10 to 5 million: the first has its own scale.
            scale = Fraction(1)
    elif second.kind is NumberKind.PERCENT:
        scale = Fraction(1, 100)
    return replace(first, value=first.value * scale, kind=second.kind, unit=second.unit)
