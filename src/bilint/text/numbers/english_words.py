"""The numbers of English prose that are in words: two hundred and five, the sixties, two-thirds, March."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from bilint.model import Span
from bilint.text.numbers.number import Number, NumberKind
from bilint.text.numbers.units import ENGLISH, alternatives

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: value for value, word in enumerate(_ONES.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), 2)
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_IRREGULAR = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_ORDINALS = {
    **{f"{word}th": value for word, value in _SMALL.items()},
    **{f"{word[:-1]}ieth": value for word, value in _SMALL.items() if word.endswith("ty")},
    **_IRREGULAR, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4, "third": 3, "thirds": 3} | {
    f"{word}s": value for word, value in _ORDINALS.items() if 4 <= value <= 10
}
_DECADES = {f"{word[:-1]}ies": 10 * value for value, word in enumerate(_TENS.split(), 2)}
_MONTHS = {
    word: at
    for at, words in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for word in words
}

_WORD = "|".join(sorted({*_SMALL, *SCALES, *_ORDINALS, *_PARTS}, key=len, reverse=True))
_MOST_WORDS = 12
"""A number in words has no more behind its first; what goes on and on is none."""
_UNIT = alternatives(ENGLISH)
_WORDED = re.compile(
    rf"(?<![\w-])(?:(?P<month>january|february|march|april|may|june|july|august|september|october|november|december)"
    rf"|(?P<many>(?:tens|dozens|decades|hundreds|thousands|millions|billions)(?:\s+of\s+(?:thousands|millions|billions))?)"
    rf"|(?P<decade>{'|'.join(_DECADES)})"
    rf"|(?P<words>(?:an?\s+(?=hundred|thousand|million|billion|trillion|dozen|quarter|third|half))?(?:{_WORD})"
    rf"(?:(?:\s+and\s+|[\s-]+)(?:{_WORD})){{0,{_MOST_WORDS}}})(?:[\s-](?P<unit>{_UNIT}|percent|per\scent|century)(?!\w))?)(?!\w)"
)
_SHORT_MONTH = re.compile(r"(?<!\w)(?P<month>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b(?=\.?\s\d)")
_DATE_WORDS = re.compile(
    r"(?:in|of|on|by|since|until|from|to|before|after|last|next|this|early|late|mid|and|during|through|every|each)\s\Z"
)
CENTURY = re.compile(r"[\s-]centur")
ABOUT = re.compile(
    r"(?:about|around|roughly|nearly|almost|over|than|some|approximately|least|most|under|below|above|~|≈|circa|ca\.|"
    r"close to|up to|estimated|exceeding)\s?\Z"
)
CONTEXT = 16
"""How many characters before a number are looked at."""
_MANY = {
    "tens": 10,
    "dozens": 10,
    "decades": 10,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "billions": 10**9,
}
_LETTERS_ONLY = re.compile("[a-z]+")
_LEADING = frozenset((*_SMALL, *SCALES, *_ORDINALS, *_PARTS, *_MANY, *_DECADES, *_MONTHS))
_WITH_ARTICLE = frozenset((*SCALES, "half", "quarter", "third"))
LEADS = frozenset(word.encode() for word in _LEADING)
WORDS_ONLY = bytes(ord(chr(byte).lower()) if byte < 128 and chr(byte).isalpha() else ord(" ") for byte in range(256))
"""Most words are no numbers: to look them up as bytes costs a tenth of what a pattern does at every place."""
_SMALLEST = 11
"""Smaller numbers in words are often said in another way."""
_HALF_OF = re.compile(rf"half\s+an?\s+(?:{'|'.join(SCALES)})")
_ARTICLE = re.compile(r"(?<![\w-])(an?)\s+\Z")


def short_months(text: str) -> Iterator[Number]:
    """Yield the months that are cut short (`Jan 3`); they need a day or a year behind them."""
    yield from map(_as_month, _SHORT_MONTH.finditer(text))


def in_words(text: str, low: str) -> Iterator[Number]:
    """Yield the numbers in words; `low` is the text in lower case, as long."""
    end = 0
    for word in _LETTERS_ONLY.finditer(low):
        if word[0] in _LEADING and word.start() >= end and not _HALF_OF.match(low, word.start()):
            start = _start(low, word.start()) if word[0] in _WITH_ARTICLE else word.start()
            match = _WORDED.match(low, start)
            number = match and _of_match(text, low, match)
            if match and number:
                end = match.end()
                yield number


def _start(low: str, at: int) -> int:
    """Where the number begins whose first number word is at `at`: with the article of `a hundred`."""
    article = _ARTICLE.search(low, max(0, at - len(" an  ")), at)
    return article.start(1) if article else at


def _of_match(text: str, low: str, match: re.Match[str]) -> Number | None:
    before = low[max(0, match.start() - CONTEXT) : match.start()]
    span = Span(*match.span())
    if match["month"]:
        return _month(text, match, before)
    if match["many"]:
        first, _, second = match["many"].partition("of")
        value = Fraction(_MANY[first.strip()] * _MANY.get(second.strip(), 1))
        return Number(value=value, kind=NumberKind.MANY, span=span, text=match[0], approximate=True, weak=True)
    if match["decade"]:
        return Number(value=Fraction(_DECADES[match[0]]), kind=NumberKind.DECADE, span=span, text=match[0])
    return _of_words(low, match, before)


def _month(text: str, match: re.Match[str], before: str) -> Number | None:
    """`May` and `March` are months with a capital, where a date would stand."""
    if not text[match.start()].isupper():
        return None
    if match[0] in {"may", "march"} and not (
        _DATE_WORDS.search(before) or re.match(r",?\s\d", text[match.end() :][:3]) or before[-2:-1].isdigit()
    ):
        return None
    return _as_month(match)


def _as_month(match: re.Match[str]) -> Number:
    value = Fraction(_MONTHS[match["month"].lower()])
    return Number(value=value, kind=NumberKind.MONTH, span=Span(*match.span()), text=match[0])


def _of_words(low: str, match: re.Match[str], before: str) -> Number | None:
    words = re.findall(r"[a-z]+", match["words"])
    is_article = words[0] in {"a", "an"}
    words = [word for word in words[is_article:] if word != "and"]
    if (words == ["one"] and match["unit"] not in ENGLISH) or (words == ["second"] and before.endswith("a ")):
        return None
    span, last = Span(*match.span()), words[-1]
    if _is_fraction(words, is_article=is_article):
        part = _fraction(words)
        return (
            None
            if part is None
            else Number(value=part, kind=NumberKind.FRACTION, span=span, text=match["words"], weak=True)
        )
    if last in _ORDINALS:
        place = _cardinal([*words[:-1], _cardinal_of(last)])
        is_century = match["unit"] == "century" or CENTURY.match(low, span.end)
        kind = NumberKind.CENTURY if is_century else NumberKind.ORDINAL
        return (
            None
            if place is None
            else Number(
                value=place, kind=kind, span=span, text=match["words"], weak=not is_century and place < _SMALLEST
            )
        )
    number = None if last in _PARTS else _count(words, match, about=ABOUT.search(before) is not None)
    is_half = number is not None and is_article and before.endswith("half ")
    return replace(number, value=number.value / 2, weak=False) if number and is_half else number


def _count(words: list[str], match: re.Match[str], *, about: bool) -> Number | None:
    value = _cardinal(words)
    if value is None:
        return None
    is_percent = (match["unit"] or "").startswith("per")
    return Number(
        value=value / 100 if is_percent else value,
        kind=NumberKind.PERCENT if is_percent else NumberKind.COUNT,
        span=Span(*match.span()),
        text=match["words"],
        unit=ENGLISH.get(match["unit"] or "", ""),
        approximate=about or words[-1] == "dozen",
        weak=value < _SMALLEST or words[0] in SCALES,
    )


def _is_fraction(words: list[str], *, is_article: bool) -> bool:
    """`One fifth` and `two-thirds` are, `the third` is not."""
    if words[-1] in _PARTS:
        return len(words) > 1 or is_article or words[0] in {"half", "halves"}
    return len(words) == 2 and words[0] == "one" and _ORDINALS.get(words[1], 0) > 2


def _cardinal_of(ordinal: str) -> str:
    value = _ORDINALS[ordinal]
    return next(word for word, cardinal in {**_SMALL, **SCALES}.items() if cardinal == value)


def _fraction(words: list[str]) -> Fraction | None:
    bottom = _PARTS.get(words[-1]) or _ORDINALS[words[-1]]
    if len(words) == 1:
        return Fraction(1, bottom)
    top = _cardinal(words[:-1])
    return None if top is None else top / bottom if words[-2] != "half" else None


def _cardinal(words: list[str]) -> Fraction | None:
    """Return the value of number words in order; None where they make no single number (`one two`)."""
    total, group = 0, 0
    for at, word in enumerate(words):
        if word in _SMALL:
            value = _SMALL[word]
            room = 10 if group % 100 >= 20 and not group % 10 else 100 if not group % 100 else 1
            if at and value >= room:
                return None
            group += value
        elif word in {"hundred", "dozen"}:
            group = (group or 1) * SCALES[word]
        elif word in SCALES:
            if total and SCALES[word] >= total:
                return None
            total, group = total + (group or 1) * SCALES[word], 0
        else:
            return None
    return Fraction(total + group)
