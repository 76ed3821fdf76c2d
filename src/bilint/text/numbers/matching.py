"""Which numbers of two aligned texts belong together, and what is left on either side."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct

from bilint.text.numbers.chinese import chinese_numbers
from bilint.text.numbers.english import english_numbers
from bilint.text.numbers.number import Number, NumberKind
from bilint.text.numbers.relations import Verdict, relation

_MOST_PAIRS = 10_000
"""More numbers than this, squared, are a table or a dump: what does not match exactly is not paired."""
_LEGIBLE = re.compile("[a-z]{3}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WRITTEN = re.compile(r"\d+(?:[.,]\d+)*")
_LARGE = 10_000
"""From here on numbers are said with 万, and that is where zeros are lost."""
_ZEROS = re.compile(r"^0+(?=\d)|\.0+$")


class Changed(Struct, frozen=True):
    """A number of the English and the other one that stands in its stead in the Chinese."""

    english: Number
    chinese: Number


class Matching(Struct, frozen=True):
    """What became of the numbers of an aligned pair, each list in order of the text.

    `changed` pairs are different for certain. `unsaid` numbers of the English and `added` ones of the Chinese have no
    counterpart at all; those that may be rounded, converted or said twice are in none of the lists, nor `weak` ones.
    `loose` says whether any were paired on the mere chance of that.
    """

    changed: tuple[Changed, ...]
    unsaid: tuple[Number, ...]
    added: tuple[Number, ...]
    loose: bool = False

    @property
    def verdict(self) -> Verdict:
        """Whether the texts say the same numbers."""
        if self.changed or self.unsaid or self.added:
            return Verdict.DIFFERENT
        return Verdict.UNKNOWN if self.loose else Verdict.SAME


def match(english: str, chinese: str, *, english_beside: str = "", chinese_beside: str = "") -> Matching:
    """Return which numbers of `english` are unsaid in `chinese`, which are added there, and which were changed.

    What stands beside the prose (code, addresses, alternative texts) has no numbers of its own, but a number of the
    other side that is written there is said.
    """
    there, here = list(english_numbers(english)), list(chinese_numbers(chinese))
    said, told = list(there), list(here)
    if not there and not here:
        return Matching((), (), ())
    there, here = _without_equal(there, here)
    loose = False
    if len(there) * len(here) <= _MOST_PAIRS:
        there, here = _without_related(there, here, Verdict.SAME)
        before = len(there)
        there, here = _without_related(there, here, Verdict.UNKNOWN)
        loose = before > len(there)
    if not there and not here:
        return Matching((), (), (), loose)
    original, translation = (
        _Other.of(f"{english}\n{english_beside}", said),
        _Other.of(f"{chinese}\n{chinese_beside}", told),
    )
    repeated = [number for number in there if _is_said(number, translation, relation)]
    there = [number for number in there if number not in repeated]
    here = [number for number in here if not _is_said(number, original, lambda told, said: relation(said, told))]
    changed = list(_changed(there, here))
    new = {pair.chinese for pair in changed}
    changed += _changed_again(repeated, [number for number in here if number not in new])
    gone, new = {pair.english for pair in changed}, {pair.chinese for pair in changed}
    unsaid = tuple(number for number in there if number not in gone and not number.weak)
    added = tuple(number for number in here if number not in new and not number.weak)
    return Matching(tuple(changed), unsaid, added, loose or any(number.weak for number in (*there, *here)))


def compare(english: str, chinese: str) -> Verdict:
    """Return whether two texts say the same numbers."""
    return match(english, chinese).verdict


def _without_equal(there: list[Number], here: list[Number]) -> tuple[list[Number], list[Number]]:
    """Take out the pairs that are equal in everything, in order."""
    waiting: dict[tuple[object, ...], list[Number]] = defaultdict(list)
    for number in reversed(here):
        waiting[_key(number)].append(number)
    left, taken = [], set()
    for number in there:
        twins = waiting.get(_key(number))
        if twins:
            taken.add(id(twins.pop()))
        else:
            left.append(number)
    return left, [number for number in here if id(number) not in taken]


def _key(number: Number) -> tuple[object, ...]:
    value = number.value.as_integer_ratio()  # looked up in half the time
    return number.kind, *value, number.unit, number.text if number.kind is NumberKind.VERSION else ""


def _without_related(there: list[Number], here: list[Number], verdict: Verdict) -> tuple[list[Number], list[Number]]:
    left, free = [], list(here)
    for number in there:
        at = next((at for at, other in enumerate(free) if relation(number, other) is verdict), None)
        if at is None:
            left.append(number)
        else:
            del free[at]
    return left, free


class _Other(NamedTuple):
    """A text that is asked for the numbers of the other one."""

    text: str
    numbers: Sequence[Number]
    written: frozenset[str]
    read: frozenset[str]
    valued: dict[Fraction, Sequence[Number]]

    @classmethod
    def of(cls, text: str, numbers: Sequence[Number]) -> _Other:
        return cls(
            text,
            numbers,
            frozenset(map(_digits, _WRITTEN.findall(text))),
            frozenset(_digits(number.text) for number in numbers),
            {number.value: (number,) for number in numbers},
        )


def _digits(written: str) -> str:
    return _ZEROS.sub("", written.replace(",", ""))


def _is_said(number: Number, other: _Other, related: Callable[[Number, Number], Verdict]) -> bool:
    """Whether the other text has the number after all: said once for twice, or inside a name or an address."""
    digits = _digits(number.text)
    # What the other text's own numbers are written like was compared already.
    if len(digits) > 1 and digits in other.written and digits not in other.read:
        return True
    if number.kind is NumberKind.MONTH and re.search(rf"[./-]0?{number.value}(?!\d)", other.text):
        return True
    if _LEGIBLE.search(number.text.lower()) and number.text.lower() in other.text.lower():
        # Left in English.
        return True
    if _YEAR.fullmatch(digits) and re.search(rf"[/.’'-]{digits[2:]}(?!\d)", other.text):
        return True
    close = other.numbers if len(other.numbers) <= _CLOSE else other.valued.get(number.value, ())
    return any(related(number, one) is Verdict.SAME for one in close)


_CLOSE = 100
"""Of more numbers than these, only those of the same value are asked."""


def _changed(there: list[Number], here: list[Number]) -> list[Changed]:
    """Pair what is left: by unit and kind in order, or the only one of each."""
    if len(there) * len(here) > _MOST_PAIRS:
        return []
    free, pairs = list(here), []
    for number in there:
        likeliest = max(free, key=lambda other: _likeness(number, other), default=None)
        if likeliest is not None and _likeness(number, likeliest) > 0:
            free.remove(likeliest)
            pairs.append(Changed(number, likeliest))
    return pairs


def _changed_again(said: Sequence[Number], here: Sequence[Number]) -> Iterator[Changed]:
    """Pair what is added with what is said once for twice: of 90° and 90°, 90° and 100°."""
    free = list(said)
    for number in here:
        twin = next((other for other in free if _is_twin(other, number)), None)
        if twin is not None:
            free.remove(twin)
            yield Changed(twin, number)


def _is_twin(english: Number, chinese: Number) -> bool:
    """Whether one is likely meant by the other though it is said elsewhere: of one kind and unit, or a slip away."""
    if english.weak or chinese.weak or english.kind is not chinese.kind or english.unit != chinese.unit:
        return False
    return bool(english.unit) or _is_slip(english.text.replace(",", ""), chinese.text.replace(",", ""))


def _likeness(english: Number, chinese: Number) -> int:
    """How alike two different numbers are: a slip, of one unit, of one kind; 0 where nothing links them."""
    unit = bool(english.unit) and english.unit == chinese.unit
    if english.weak is not chinese.weak and not unit:
        return 0
    there, here = english.text.replace(",", ""), chinese.text.replace(",", "")
    # Counts are many: only those that are as long are one for the other.
    kind = english.kind is chinese.kind and (
        english.weak or english.kind is not NumberKind.COUNT or len(there) == len(here) or unit
    )
    slip = _is_slip(there, here) or _is_shifted(english, chinese)
    return 4 * slip + 2 * unit + kind


def _is_shifted(english: Number, chinese: Number) -> bool:
    """Whether two large numbers are a power of ten apart: 3 million and 30 万."""
    low, high = sorted((english.value, chinese.value))
    if low < _LARGE or NumberKind.VERSION in (english.kind, chinese.kind) or english.unit != chinese.unit:
        return False
    times = high / low
    return times.denominator == 1 and str(times.numerator).strip("0") == "1"


def _is_slip(there: str, here: str) -> bool:
    """Whether the digits are the same, or one was added, lost or replaced, or two changed places."""
    from rapidfuzz.distance import OSA

    return there == here or (min(len(there), len(here)) > 1 and OSA.distance(there, here) <= 1)
