"""The numbers of English prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bilint.model import Span
from bilint.text.numbers.english_words import ABOUT, CENTURY, CONTEXT, LEADS, SCALES, WORDS_ONLY, in_words, short_months
from bilint.text.numbers.number import Number, NumberKind
from bilint.text.numbers.ranges import with_ranges, with_sums
from bilint.text.numbers.units import ENGLISH, SIGNS, alternatives

_LETTERS = {"k": 1000, "K": 1000, "M": 10**6, "B": 10**9, "bn": 10**9, "mn": 10**6, "T": 10**12}
_UNIT = alternatives(ENGLISH)
_SCALE = "|".join(SCALES)
_DIGITS = re.compile(
    rf"""
    (?:(?<![\w.,/\\])(?<![^\d\s]-)|(?<=(?<!\w)v))
    (?:(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)(?!\d)(?:\s?(?P<half>[ap])\.?m\b)?
    |(?P<top>\d{{1,3}})/(?P<bottom>\d{{1,3}})(?![\d/])
    |(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)*)
     (?:(?P<ordinal>st|nd|rd|th)\b
     |(?P<decade>['’]?s\b)
     |(?P<percent>\s?%|[\s-]per\s?cent\b)
     |\s(?P<clock>[ap])\.?m\b|(?P<clock2>[ap]m\b)
     |(?P<letter>[kbtm]n?\b)?(?:\+?[\s-]{{0,2}}(?P<scale>{_SCALE})s?\b)?(?:[\s-]?(?P<unit>{_UNIT})(?!\w)
      |[\s-](?P<percent2>percent)\b)?)
    )(?P<glued>[a-z]\w*)?
    """,
    re.VERBOSE,
)
_MONEY_BEFORE = re.compile(r"(?:us\$|[$€£¥￥])\s?\Z")
_NAMED = re.compile(r"(?<![\w.+#])(?=[\w.+#]*?[A-Z])[\w.+#]++\s\Z|version\s\Z|v\.?\s?\Z")
_DIGIT = re.compile(r"\d+")
_MOST_DIGITS = 30
"""Longer runs of digits are keys and hashes."""


def english_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers of English prose in order; those inside names and identifiers (x86, 3D) are not numbers."""
    has_words = not LEADS.isdisjoint(text.encode("utf-8", "replace").translate(WORDS_ONLY).split())
    has_digits = _DIGIT.search(text) is not None
    if not has_words and not has_digits:
        return
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if char.isascii() else char for char in text)
    found = [
        *(_digits(text, low) if has_digits else ()),
        *(short_months(text) if has_digits and has_words else ()),
        *(in_words(text, low) if has_words else ()),
    ]
    found.sort(key=lambda number: number.span)
    kept: list[Number] = []
    for number in found:
        if not kept or number.span.start >= kept[-1].span.end:
            kept.append(number)
    yield from with_ranges(with_sums(kept, low), low)


def _digits(text: str, low: str) -> Iterator[Number]:
    end = 0
    for run in _DIGIT.finditer(low):
        match = _DIGITS.match(low, run.start()) if run.start() >= end else None
        if match is None:
            continue
        end = match.end()
        number = None if match["glued"] or len(match[0]) > _MOST_DIGITS else _of_digits(text, low, match)
        if number is not None:
            yield number


def _of_digits(text: str, low: str, match: re.Match[str]) -> Number | None:
    span, before = Span(*match.span()), text[max(0, match.start() - CONTEXT) : match.start()]
    if match["hour"]:
        minutes = 60 * int(match["hour"]) + int(match["minute"])
        return Number(value=Fraction(_of_day(minutes, match["half"])), kind=NumberKind.TIME, span=span, text=match[0])
    if match["top"]:
        return _fraction(match, span)
    written = match["number"].replace(",", "")
    if _is_version(match, written, before):
        return Number(value=Fraction(0), kind=NumberKind.VERSION, span=span, text=written)
    value = Fraction(written)
    if match["ordinal"]:
        kind = NumberKind.CENTURY if CENTURY.match(low, span.end) else NumberKind.ORDINAL
        return Number(value=value, kind=kind, span=span, text=written)
    if match["decade"]:
        return _decade(match, value, span)
    return _measured(text, match, value, before)


def _fraction(match: re.Match[str], span: Span) -> Number | None:
    bottom = int(match["bottom"])
    value = Fraction(int(match["top"]), bottom) if bottom else None
    # 24/7 is no third of anything.
    return (
        None
        if value is None
        else Number(value=value, kind=NumberKind.FRACTION, span=span, text=match[0], weak=value > 1)
    )


def _decade(match: re.Match[str], value: Fraction, span: Span) -> Number | None:
    """`1990s` and `'90s`; people are in their 20s, and `5s` are seconds."""
    is_time = value % 10 != 0
    return Number(
        value=value,
        kind=NumberKind.COUNT if is_time else NumberKind.DECADE,
        span=span,
        text=match["number"],
        unit="s" if is_time else "",
        weak=value < 100 and not is_time and match.string[span.start - 1 : span.start] not in ("'", "’"),
    )


def _is_version(match: re.Match[str], written: str, before: str) -> bool:
    if before[-1:] in ("v", "V") or written.count(".") > 1:
        return True
    is_measured = match["scale"] or match["unit"] or match["percent"]
    return "." in written and not is_measured and _NAMED.search(before) is not None


def _measured(text: str, match: re.Match[str], value: Fraction, before: str) -> Number:
    span, written = Span(*match.span()), match["number"]
    about = ABOUT.search(before.lower()) is not None
    if match["percent"] or match["percent2"]:
        return Number(value=value / 100, kind=NumberKind.PERCENT, span=span, text=written, approximate=about)
    if clock := match["clock"] or match["clock2"]:
        return Number(value=Fraction(_of_day(60 * int(value), clock)), kind=NumberKind.TIME, span=span, text=written)
    return _scaled(text, match, value, before, about=about)


def _scaled(text: str, match: re.Match[str], value: Fraction, before: str, *, about: bool) -> Number:
    money = _money_before(before)
    unit = SIGNS.get(money, "") if money else ""
    letter = text[slice(*match.span("letter"))] if match["letter"] else ""
    unit = unit or ENGLISH.get(match["unit"] or "", "")
    if letter in _LETTERS:
        value *= _LETTERS[letter]
    elif letter and not unit:
        unit = ENGLISH.get(letter.lower(), "")
    elif letter and letter not in {"k", "K"}:
        value *= _LETTERS.get(letter.upper(), 1)
    value *= SCALES.get(match["scale"] or "", 1)
    return Number(
        value=value,
        kind=NumberKind.COUNT,
        span=Span(*match.span()),
        text=match["number"],
        unit=unit,
        approximate=about,
        weak=not value or (value == 1 and bool(unit)) or _is_item(match),
    )


def _is_item(match: re.Match[str]) -> bool:
    """Whether it is the number of a list item or a heading: `12. Setup`."""
    return match.start() == 0 and match.string[match.end() : match.end() + 2] in (". ", ") ")


def _money_before(before: str) -> str:
    found = _MONEY_BEFORE.search(before.lower())
    return found[0].strip() if found else ""


def _of_day(minutes: int, half: str | None) -> int:
    """Minutes of the day; those of an unknown half stay below 12 hours, and 12 am is 0."""
    return minutes % 720 + (720 if half == "p" else 0) if half else minutes
