"""changed-number: a number that is a slip away from the original's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bilint.model import AlignedPair, Block, Confidence, Finding, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import multiset_difference

_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_LARGE = r"hundred|thousand|million|billion|trillion|dozen|[kKMB]\b|[多余餘]?[百千万萬亿億]"
_TIMES = r"['’]?s\b|年代|世[纪紀]|[ap]\.?m\b|[:：]\d|[点點时時]"
_MEASURES = r"°|degrees|miles?|feet|foot|inch|yards?|pounds?|lbs|ounces|gallons"
_RESTATED = re.compile(rf"[-\s]*(?:{_LARGE}|{_TIMES}|{_MEASURES})", re.IGNORECASE)
"""What stands behind numbers that Chinese says in another way: large ones, decades, times of the day, measures."""


class _Number(NamedTuple):
    """A number as it is written, without the marks between thousands, and its place in the file."""

    text: str
    digits: str
    span: Span


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/mistranslation",
    messages={
        "differs": "`{number}` where the original says `{original}`",
    },
)
def check(pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
    """A number of the translation is not the one of the original.

    ## Why
    Two digits that changed places make another year of it, and nobody who reads the Chinese alone can tell. A number is
    reported when the aligned English lacks it and has another one in its stead: one digit or point apart, or the only
    one left and as long. Numbers that Chinese says in another way (万 and 亿, decades, times of the day, measures that
    get converted) and rounded ones are left alone.

    ## Bad
    ```en
    The lighthouse was built in 1892 and is 40 metres high.
    ```
    ```zh
    这座灯塔建于 1982 年，高 40 米。
    ```

    ## Good
    ```en
    In the 1990s, the lighthouse had 53,700 visitors and 1.5 million letters a year.
    ```
    ```zh
    上世纪 90 年代，灯塔每年接待 5.37 万名游客，收到 150 万封信。
    ```

    ## Source
    MQM 2.0, Accuracy / Mistranslation (numbers).
    """
    if not pair.is_likely or pair.source[0].kind is Kind.CODE:
        return
    written = _written(pair.target)
    if not written or written <= _written(pair.source):
        return
    there, here = list(_numbers(pair.source)), list(_numbers(pair.target))
    lost, new = multiset_difference(there, here, lambda number: number.digits)
    known = {number.digits for number in there}
    for number in new:
        twin = _twin(number, lost, alone=len(lost) == len(new) == 1)
        if twin is None or number.digits in known:
            continue
        lost.remove(twin)
        yield context.finding(
            "differs",
            number.span,
            number=number.text,
            original=twin.text,
            source=twin.span,
            suggestions=(twin.text,),
        )


def _written(blocks: Sequence[Block]) -> set[str]:
    text = blocks[0].prose.text if len(blocks) == 1 else " ".join(block.prose.text for block in blocks)
    return set(_NUMBER.findall(text)) if _DIGIT.search(text) else set()


def _numbers(blocks: Iterable[Block]) -> Iterator[_Number]:
    for block in blocks:
        text = block.prose.text
        for match in _NUMBER.finditer(text):
            if not _RESTATED.match(text, match.end()):
                yield _Number(match[0], _without_marks(match[0]), block.prose.span(*match.span()))


def _without_marks(number: str) -> str:
    """`10,000` and `1,0000` → `10000`, `79,5` → `79.5`, `20.00` → `20`, `05` → `5`."""
    plain = re.sub(r",(?=\d{3,4}(?!\d))|^0+(?=\d)", "", number).replace(",", ".")
    return re.sub(r"\.0+$", "", plain) if plain.count(".") == 1 else plain


def _twin(number: _Number, lost: list[_Number], *, alone: bool) -> _Number | None:
    """The number of the original that this one stands for; None when that is not clear."""
    twins = [other for other in lost if _is_slip(other.digits, number.digits)]
    if not twins and alone and _is_like(lost[0].digits, number.digits):
        twins = lost
    return twins[0] if len(twins) == 1 else None


def _is_slip(there: str, here: str) -> bool:
    """Whether one digit or point was added, lost or replaced, or two changed places, and nothing was rounded."""
    from rapidfuzz.distance import OSA

    is_rounded = "." in there and there.startswith(here)
    return min(len(there), len(here)) > 1 and not is_rounded and OSA.distance(there, here) == 1


def _is_like(there: str, here: str) -> bool:
    return there.isdecimal() and here.isdecimal() and len(there) == len(here) > 1
