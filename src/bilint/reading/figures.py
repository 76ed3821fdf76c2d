"""Numbers of a pair that are not the original's, or not said at all, where that is certain enough to be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from bilint.model import AlignedPair, Bitext, Block, Kind, Span
from bilint.reading.condensed import is_condensed
from bilint.reading.held import held_pairs
from bilint.reading.search import pairs_with
from bilint.text.numbers import Number, NumberKind, match, numbers
from bilint.text.numbers.units import UNITS
from bilint.text.scripts import has_han

_DIGIT = re.compile(r"[0-9]")
_RUN = re.compile(r"[0-9]+")
_WRITTEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_GROUPING = re.compile("[,，](?=[0-9])")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GOES_ON = re.compile(r"[,.]\d|\s?[kKMB]\b")
"""Behind a number that is grouped or shortened in another way: `3,90,000`, `$1 M`."""
_YEAR = re.compile(r"(?:19|20)\d\d")
"""A longer number that begins like the year is one with a reference's mark: `In 2013[8]`."""
_PERCENT = Fraction(1, 100)
"""Of `0.75 percent` for 75 % the translator mends the slip."""
_SCALED = re.compile(r"\d\s*(?:[万萬亿億]|毫?秒|微秒|分[钟鐘]|小[时時]|[KMGT]i?B\b|[千兆]?字[节節]|百万|千)")
"""A unit or a word for thousands behind digits: the same digits may say something else."""
_HUGE = re.compile("[千百十][万萬][亿億]|[万萬][亿億]")
"""Words for numbers that few read alike."""
_DATE = re.compile(
    r"(?:jan|feb|march|apr|may|june|july|aug|sep|oct|nov|dec)[a-z]{0,9}+\.?,?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:19|20)\d\d",
    re.IGNORECASE,
)

_SHARED_SCALE = re.compile(r"[^.;:()\n]{1,20}?\d[\d.,]*[\s-]?(thousand|million|billion|trillion)", re.IGNORECASE)
"""What stands behind the first number of a range: `300` of `300 to 400 million`."""
_MEASURED = re.compile(r"\([^()]*[0-9]\s?(?:in|lbs?|ft|oz|mph|miles?|inch(?:es)?|feet|pounds|°F)\b[^()]*\)")
"""Measures in brackets behind others are not for readers of Chinese."""
_OTHERWISE = re.compile(
    r"\s?[(/]\s?(?:about\s|approx\.?\s)?[0-9][0-9.,]*[\s-]?(?:°\s?C|℃|[kcm]?m|k?g|m?l|celsius|lit(?:er|re)s?|"
    r"(?:kilo|centi|milli)?met(?:er|re)s?|(?:kilo)?grams?)\b",
    re.IGNORECASE,
)
"""A measure said again in the other system; a translation keeps the one that its readers know."""
_LIST = re.compile(r"\[[^\]A-Za-z]*\]|\d+(?:,\s?\d+){3,}")
"""Vectors and rows of numbers, which translators set as code or formulas."""
_MARKED = ("[", "]", "’", "'", "#", "^")
"""Before a number that marks a reference, or a year cut to two digits."""
_IDIOMS = frozenset(("10", "50", "99", "100", "101", "1000"))
"""50-50, 100 %, Git 101, a thousand thanks: said in words."""
_TWO_DIGITS, _LONGEST = 2, 8
"""Smaller numbers are said freely; longer ones are results of a computation."""
_MOST = 8
"""Of a passage that lacks more numbers, more is left out than those."""
_NEAR = 2
"""Target blocks on either side in which a number may stand instead."""
_ROUNDED = Fraction(5, 100)
"""How far what is written more coarsely lies away: 1.4 米 for 1.42 metres."""
_WITHOUT = {"24": "全天|昼夜|日夜|整天|夜以继日", "90": "直角", "360": "全方位|全景|环绕|一圈"}
"""What Chinese says for a day of 24 hours, an angle of 90 degrees and a turn of 360."""
_COUNTED = re.compile(
    r"(?:(?:the |my )?top |the |my |these )?(?!1\b)([0-9]{1,2})"
    r"(?=\+? (?!of |x )(?:[a-z-]+ ){0,4}?([a-z-]+s)\b[^.?:]{0,80}\Z)",
    re.IGNORECASE,
)
"""What a title promises so many of: `5 things to watch`."""
_PROMISED = re.compile(
    "things|ways|tips|reasons|tools|steps|examples|commands|app(?:lication)?s|tricks|lessons|mistakes|rules|myths|facts|"
    "secrets|ideas|questions|signs|principles|habits|alternatives|projects|books|games"
)
"""What headings within an article promise so many of; other nouns have the number of their section: `3 Results`."""
_MEASURES = re.compile(
    "(?:micro|milli|nano)?seconds|minutes|hours|days|weeks|months|years|decades|centuries|times|dollars|euros|pounds|"
    "cents|(?:kilo|mega|giga|tera)?(?:bits|bytes)|(?:kilo|centi|milli)?(?:grams|met(?:er|re)s)|"
    "miles|inches|degrees|pixels"
)
"""What has a number and is no promise: `5 minutes with Linus`."""
_NUMBERED = re.compile(r"[0-9]+[.)]?(?:[0-9]|\s)")
_TWO, _PAIR = 2, "二两双俩"
_NUMERALS, _WORDED = "零一二三四五六七八九", 100
_TOLD = frozenset({NumberKind.COUNT, NumberKind.PERCENT, NumberKind.VERSION})
_CUSTOMARY = frozenset({"imperial", "fahrenheit"})
_MONEY = frozenset({"USD", "EUR", "GBP"})


class Figure(NamedTuple):
    """A number where it stands in the file: `text` is without its unit, `whole` with it, as they are written there.

    `digits` is how Chinese text writes it: a month by its number.
    """

    span: Span
    text: str
    whole: str
    digits: str


class Amiss(NamedTuple):
    """A number of the original that the translation does not say, and what stands in its stead, if something does.

    `in_whole` if they can only be told apart by what stands behind the digits: a unit, a word for thousands, 年代.
    """

    source: Figure
    target: Figure | None
    in_whole: bool = False


def with_digits(pairs: Iterable[AlignedPair], bitext: Bitext) -> Iterator[AlignedPair]:
    """Yield the likely pairs of prose of `bitext` that have digits on either side: nothing is told of others."""
    found = pairs_with(_DIGIT, pairs, bitext)
    return (pair for pair in found if pair.is_likely and pair.source[0].kind is not Kind.CODE)


def amiss(pair: AlignedPair, bitext: Bitext) -> Iterator[Amiss]:
    """Yield the numbers of a likely pair of `bitext` that were changed, then those left out, in order of the original.

    What is rounded, converted, said in words or in code or an address beside is not amiss.
    """
    english, chinese = _joined(pair.source), _joined(pair.target)
    if not _may_differ(english, chinese):
        return
    there, here = _Text(english, pair.source), _Text(chinese, pair.target)
    found = match(english, chinese, english_beside=there.beside, chinese_beside=here.beside)
    for changed in found.changed:
        source, target = changed.english, changed.chinese
        is_same = source.text == target.text
        is_loose = is_same and _is_loose(source, target, chinese)
        if _is_clear(source, target, english) and not is_loose and not _is_run_together(target, english):
            in_whole = is_same or any(map(_is_scaled, (source, target)))
            yield Amiss(there.figure(source), here.figure(target), in_whole)
    promised = _promised(english, pair, bitext)
    unsaid = [each for each in found.unsaid if each.span.start == promised or _is_worth_saying(each, english)]
    if unsaid and _may_lack(pair, bitext):
        around = _around(pair, bitext)
        left = [
            each for each in unsaid if not _is_said(each, chinese if each.span.start == promised else around, chinese)
        ]
        if len(left) <= _MOST:
            yield from (Amiss(there.figure(number), None) for number in left)


def _promised(english: str, pair: AlignedPair, bitext: Bitext) -> int:
    """Where the number stands that a heading promises of something, or -1: no section's number, no time, no measure."""
    title = _COUNTED.match(english) if Kind.HEADING in (pair.source[0].kind, pair.target[0].kind) else None
    noun = title[2].lower() if title else ""
    if not title or _MEASURES.fullmatch(noun):
        return -1
    headings = [block for block in bitext.source.blocks if block.kind is Kind.HEADING]
    is_title = not headings or pair.source[0].span.start <= headings[0].span.start
    is_numbered = any(_NUMBERED.match(each.prose.text) for each in headings if each is not pair.source[0])
    return title.start(1) if is_title or (_PROMISED.fullmatch(noun) and not is_numbered) else -1


def _may_differ(english: str, chinese: str) -> bool:
    """A cheap test: with the same digits on both sides only a unit, a word for thousands or a month may differ."""
    if set(_WRITTEN.findall(english)) != set(_WRITTEN.findall(chinese)):
        return True
    has_date = _YEAR.search(english) is not None and _DATE.search(english) is not None
    return has_date or _SCALED.search(chinese) is not None


def _is_clear(there: Number, here: Number, english: str) -> bool:
    """Whether both numbers are whole, and in digits: words for small ones are said freely, and prose may be torn."""
    if there.kind is here.kind is NumberKind.DECADE:
        return True
    if not _DIGIT.search(here.text) or not (_DIGIT.search(there.text) or there.kind is NumberKind.MONTH):
        return False
    if _GOES_ON.match(english, english.find(there.text, there.span.start) + len(there.text)):
        return False
    is_reference = _YEAR.fullmatch(here.text) is not None and there.text.startswith(here.text)
    is_share = NumberKind.PERCENT in (there.kind, here.kind) and there.value < _PERCENT
    return (
        not is_reference
        and not _is_numbered_within(there, here)
        and not (is_share and there.text.strip("0.") == here.text)
    )


def _is_numbered_within(there: Number, here: Number) -> bool:
    """Whether both open their blocks, as the number of an item and as that within its section: 2., 1.2."""
    return there.span.start == here.span.start == 0 and here.text.endswith(f".{there.text}")


def _is_run_together(here: Number, english: str) -> bool:
    """Whether the original says the number after all, and lacks a blank behind it: `Debian 8are`."""
    return re.search(rf"(?<![\w.,]){re.escape(here.text)}(?=[a-z]{{2,}}\s)", english) is not None


def _is_loose(there: Number, here: Number, chinese: str) -> bool:
    """Whether the same digits may well mean the same: a unit is left out (41M), or the word for thousands is huge."""
    return bool(there.unit) is not bool(here.unit) or bool(_HUGE.search(chinese, here.span.start, here.span.end + 2))


def _is_scaled(number: Number) -> bool:
    """Whether words behind the digits change their value."""
    digits = number.text.replace(",", "")
    is_plain = _PLAIN.fullmatch(digits) is not None and number.kind is NumberKind.COUNT
    return number.kind is NumberKind.DECADE or (is_plain and Fraction(digits) != number.value)


def _may_lack(pair: AlignedPair, bitext: Bitext) -> bool:
    """Whether a pair of prose is right for certain, and what it lacks is not most of it."""
    is_one = len(pair.target) == 1 and has_han(pair.target[0].prose.text)
    if not is_one or is_condensed(pair):
        return False
    return pair.is_firm or any(held.source[0] is pair.source[0] for held in held_pairs(bitext))


def _is_worth_saying(number: Number, english: str) -> bool:
    """Whether a number that is not said is likely to be missed: no idiom, no reference, no row of a matrix."""
    start, end = number.span
    if number.kind is NumberKind.MONTH:
        return _DATE.match(english, start) is not None
    digits = "".join(_RUN.findall(number.text))
    is_large = number.value >= 10**_TWO_DIGITS or len(digits) >= _TWO_DIGITS or number.unit in _MONEY
    if number.kind not in _TOLD or not is_large or not digits or len(digits) > _LONGEST or digits in _IDIOMS:
        return False
    if number.unit in UNITS and UNITS[number.unit].system in _CUSTOMARY and _OTHERWISE.match(english, end):
        return False
    is_marked = english[max(start - 1, 0) : start] in _MARKED or english[end : end + 1] in _MARKED
    inside = (found.span() for pattern in (_MEASURED, _LIST) for found in pattern.finditer(english))
    return not is_marked and not any(first <= start < last for first, last in inside)


def _around(pair: AlignedPair, bitext: Bitext) -> str:
    """The translation as it is written in a pair and beside it: numbers stand in code, addresses and formulas too."""
    blocks = bitext.target.blocks
    at = next((at for at, block in enumerate(blocks) if block is pair.target[0]), 0)
    near = blocks[max(at - _NEAR, 0) : at + _NEAR + 1]
    return bitext.target.text[near[0].span.start : near[-1].span.end]


def _is_said(number: Number, around: str, chinese: str) -> bool:
    """Whether a number is said after all: near, in digits or in words, rounded, or as a decade."""
    if number.kind is NumberKind.MONTH:
        return re.search(rf"(?<!\d)0?{int(number.value)}(?!\d)", around) is not None
    if number.kind is NumberKind.VERSION:
        return re.search(rf"(?<![\d.]){re.escape(number.text)}(?!\d)", around) is not None
    runs = _RUN.findall(number.text)
    plain = _GROUPING.sub("", around)
    if set(_RUN.findall(around)).issuperset(runs) or re.search(rf"(?<!\d){''.join(runs)}(?!\d)", plain):
        return True
    if re.search(_WITHOUT.get(number.text, r"\Z(?!)"), chinese):
        return True
    if number.value < _WORDED and any(word in around for word in _in_words(int(number.value))):
        return True
    return any(_is_near(number, other) for other in numbers(around if number.unit else chinese, "zh"))


def _in_words(value: int) -> Sequence[str]:
    """Return a number below 100 in Chinese numerals: 十四点技巧 may be read as a time of the day."""
    tens, ones = divmod(value, 10)
    if value == _TWO:
        return tuple(_PAIR)
    return (f"{_NUMERALS[tens] if tens > 1 else ''}{'十' if tens else ''}{_NUMERALS[ones] if ones else ''}",)


def _is_near(number: Number, other: Number) -> bool:
    if other.kind is NumberKind.DECADE:
        return number.value // 10 % 10 == other.value // 10 % 10
    if other.kind is NumberKind.FRACTION and other.value.denominator == number.value:
        return True
    apart = abs(other.value - number.value)
    is_rounded = number.value.denominator > 1 or bool(number.unit)
    return apart <= (_ROUNDED * number.value if is_rounded else 0)


def _joined(blocks: Sequence[Block]) -> str:
    return blocks[0].prose.text if len(blocks) == 1 else "\n".join([block.prose.text for block in blocks])


class _Text(NamedTuple):
    """The prose of blocks as one text, with the way back to the file."""

    text: str
    blocks: Sequence[Block]

    @property
    def beside(self) -> str:
        """What has numbers and is no prose: code, addresses, alternative texts."""
        inlines = [inline for block in self.blocks for inline in block.inlines]
        return "\n".join(text for inline in inlines for text in (inline.content, inline.destination) if text)

    def figure(self, number: Number) -> Figure:
        """Return where a number stands in the file, without its unit."""
        start, end = number.span
        at = self.text.find(number.text, start, end)
        first, last = (at, at + len(number.text)) if at >= 0 else (start, end)
        text = self.text[first:last].strip()
        digits = str(number.value) if number.kind is NumberKind.MONTH else text
        for block in self.blocks:
            size = len(block.prose.text)
            if first <= size:
                return Figure(block.prose.span(first, min(last, size)), text, self._whole(number), digits)
            first, last = first - size - 1, last - size - 1
        raise ValueError(number)

    def _whole(self, number: Number) -> str:
        """A number with all that is written behind it; the first of a range with the second's thousands or millions."""
        start, end = number.span
        scale = _SHARED_SCALE.match(self.text, end) if _is_scaled(number) else None
        whole = self.text[start:end].strip()
        return f"{whole} {scale[1]}" if scale and _PLAIN.fullmatch(whole) else whole
