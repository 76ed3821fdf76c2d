"""The numbers of Chinese prose, in digits and in Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from bilint.text.numbers.chinese_ends import CONTEXT, ENDS, LETTERS, ended, of_day, part_of, span_of
from bilint.text.numbers.chinese_numerals import in_numerals
from bilint.text.numbers.chinese_parts import in_parts
from bilint.text.numbers.han import CHARACTERS
from bilint.text.numbers.number import Number, NumberKind
from bilint.text.numbers.ranges import with_ranges, with_sums
from bilint.text.numbers.units import CHINESE, SIGNS

_NARROW = {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F) if wide != ord("，")}
_SIMPLIFIED = str.maketrans("萬億兩點個紀餘幾數鐘時間週釐裡噸碼儲幀約過", "万亿两点个纪余几数钟时间周厘里吨码储帧约过")
_PLAIN = {chr(wide): narrow.lower() for wide, narrow in _NARROW.items()} | {
    chr(wide): chr(narrow) for wide, narrow in _SIMPLIFIED.items()
}
"""One character for one, so that places stay."""
_ANY = re.compile(f"[\\d{CHARACTERS}萬億兩半刻]")
_NOT_PLAIN = re.compile(f"[{re.escape(''.join(_PLAIN))}]")

_DIGITS = re.compile(
    rf"""
    (?:(?<![a-z0-9_.,/\\])(?<![^\d\s]-)|(?<=(?<![a-z0-9_])v))
    (?:(?P<hour>\d{{1,2}}):(?P<min>[0-5]\d)(?!\d)(?:\s?(?P<ap>[ap])\.?m(?![a-z]))?
    |(?P<top>\d{{1,3}})/(?P<bottom>\d{{1,3}})(?![\d/])
    |(?P<number>\d{{1,3}}(?:,\d{{3,4}}|，\d{{3}}(?!\d))+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)*)
     (?:(?P<ordinal>(?:st|nd|rd|th)(?![a-z]))|(?P<english_decade>['’]?s(?![a-z]))|(?P<letter>(?:[kbmt]|bn)(?![a-z0-9]))?{ENDS})
    )(?P<glued>[A-Za-z][A-Za-z0-9_]*)?
    """,
    re.VERBOSE,
)
_INTO_DECADE = " 的、和与到至及–-0123456789年代" + CHARACTERS
"""What may stand between a century and a decade of it: 二十世纪八、九十年代."""
_MONEY_BEFORE = re.compile(r"(?:us\$|[$€£¥])\s?\Z")
_NAMED = re.compile(r"(?:[A-Za-z][\w.+#]*\s?|版本\s?|版\s?)\Z")
_MOST_DIGITS = 30
_DIGIT = re.compile(r"\d+")
_AFTER_ITEM = frozenset("、.)")
"""Behind the number of a list item."""
_DATE = re.compile(r"(?:19|20)\d\d\.[01]?\d")
"""2019.2 is February 2019."""


def chinese_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers of Chinese prose in order; a lone 一 to 十 only before what is counted or behind 第."""
    if not _ANY.search(text):
        return
    plain = _NOT_PLAIN.sub(lambda wide: _PLAIN[wide[0]], text).lower()
    if len(plain) != len(text):
        plain = "".join(_PLAIN.get(char, char.lower() if char.isascii() else char) for char in text)
    found = [*_digits(text, plain), *in_numerals(plain), *in_parts(plain)]
    if not found:
        return
    found.sort(key=lambda number: (number.span.start, -number.span.end))
    kept: list[Number] = []
    for number in found:
        if not kept or number.span.start >= kept[-1].span.end:
            kept.append(number)
    yield from with_ranges(with_sums(_without_centuries(kept, plain), plain), plain)


def _without_centuries(numbers: list[Number], plain: str) -> list[Number]:
    """Leave out the century that a decade stands in: it is part of the decade."""
    followers = (*numbers[1:], None)
    return [
        number
        for number, after in zip(numbers, followers, strict=False)
        if number.kind is not NumberKind.CENTURY
        or after is None
        or after.kind is not NumberKind.DECADE
        or plain[number.span.end : after.span.start].strip(_INTO_DECADE)
    ]


def _digits(text: str, plain: str) -> Iterator[Number]:
    if not _DIGIT.search(plain):
        return
    end = 0
    for run in _DIGIT.finditer(plain):
        match = _DIGITS.match(plain, run.start()) if run.start() >= end else None
        if match is None:
            continue
        end = match.end()
        number = None if _is_name(match, plain) or len(match[0]) > _MOST_DIGITS else _of_digits(text, plain, match)
        if number is not None:
            yield number


def _is_name(match: re.Match[str], plain: str) -> bool:
    """Whether letters follow the digits; behind 亿个 they are the next word."""
    return match["glued"] is not None and plain[match.start("glued") - 1].isascii()


def _of_digits(text: str, plain: str, match: re.Match[str]) -> Number | None:
    span, before = span_of(match), plain[max(0, match.start() - CONTEXT) : match.start()]
    if match["hour"]:
        minutes = of_day(60 * int(match["hour"]) + int(match["min"]), before, match["ap"])
        return Number(value=Fraction(minutes), kind=NumberKind.TIME, span=span, text=match[0])
    if match["top"]:
        return part_of(match, span)
    written = _without_marks(match["number"])
    is_measured = match["scale"] or match["unit"] or match["percent"]
    is_named = "." in written and not is_measured and _NAMED.search(before)
    if before.endswith("v") or written.count(".") > 1 or is_named:
        return Number(value=Fraction(0), kind=NumberKind.VERSION, span=span, text=written)
    if match["ordinal"]:
        return Number(value=Fraction(written), kind=NumberKind.ORDINAL, span=span, text=written)
    if match["english_decade"] and Fraction(written) % 10:
        return None
    if _DATE.fullmatch(written) and not is_measured:
        written = written[:4]
    number = _measured(text, plain, match, written)
    is_item = match.start() == 0 and plain[match.end() : match.end() + 1] in _AFTER_ITEM
    return replace(number, weak=True) if is_item else number


def _without_marks(written: str) -> str:
    """`10,000` and `40，000` → `10000`."""
    return written.replace(",", "").replace("，", "")


def _measured(text: str, plain: str, match: re.Match[str], written: str) -> Number:
    before = plain[max(0, match.start() - CONTEXT) : match.start()]
    if match["english_decade"]:
        return Number(value=Fraction(written), kind=NumberKind.DECADE, span=span_of(match), text=written)
    letter = text[slice(*match.span("letter"))] if match["letter"] else ""
    number = ended(plain, match, Fraction(written) * LETTERS.get(letter, 1), written, before)
    money = _MONEY_BEFORE.search(before)
    if letter and letter not in LETTERS:
        return replace(number, unit=CHINESE.get(letter, ""))
    return replace(number, unit=SIGNS[money[0].strip()]) if money and not number.unit else number
