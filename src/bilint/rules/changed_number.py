"""changed-number: a number that is a slip away from the original's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from bilint.model import AlignedPair, Block, Confidence, Finding, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.text.numbers import Number, NumberKind, match

_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_GOES_ON = re.compile(r"[,.]\d|\s?[kKMB]\b")
"""Behind a number that is grouped or shortened in another way: `3,90,000`, `$1 M`."""
_YEAR = re.compile(r"(?:19|20)\d\d")
"""A longer number that begins like the year is one with a reference's mark: `In 2013[8]`."""
_PERCENT = Fraction(1, 100)
"""Of `0.75 percent` for 75 % the translator mends the slip."""

_SCALED = re.compile(r"\d\s*(?:[万萬亿億]|毫?秒|微秒|分[钟鐘]|小[时時]|[KMGT]i?B\b|[千兆]?字[节節]|百万|千)")
"""A unit or a word for thousands behind digits."""
_HUGE = re.compile("[千百十][万萬][亿億]|[万萬][亿億]")
"""Words for numbers that few read alike."""


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
    reported when the aligned English lacks it and has another in its stead: one digit or point apart, or of the same
    unit or kind. Numbers are compared by what they mean: 万 and 亿, decades, times of the day, measures that get
    converted and rounded ones are left alone.

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
    if not written or (written <= _written(pair.source) and not _may_be_scaled(pair.target)):
        return
    beside = _beside(pair.source), _beside(pair.target)
    english, chinese = _text(pair.source), _text(pair.target)
    found = match(english, chinese, english_beside=beside[0], chinese_beside=beside[1])
    for there, here in ((changed.english, changed.chinese) for changed in found.changed):
        if not _is_clear(there, here, english):
            continue
        is_scaled = there.text == here.text
        if is_scaled and (
            bool(there.unit) is not bool(here.unit) or _HUGE.search(chinese, here.span.start, here.span.end + 2)
        ):
            continue
        yield context.finding(
            "differs",
            _place(pair.target, here),
            number=chinese[here.span.start : here.span.end].strip() if is_scaled else here.text,
            original=english[there.span.start : there.span.end].strip() if is_scaled else there.text,
            source=_place(pair.source, there),
            suggestions=() if is_scaled else (there.text,),
        )


def _is_clear(there: Number, here: Number, english: str) -> bool:
    """Whether both numbers are whole, and in digits: words for small ones are said freely, and prose may be torn."""
    if not _DIGIT.search(here.text) or not (_DIGIT.search(there.text) or there.kind is NumberKind.MONTH):
        return False
    if _GOES_ON.match(english, english.find(there.text, there.span.start) + len(there.text)):
        return False
    is_reference = _YEAR.fullmatch(here.text) is not None and there.text.startswith(here.text)
    is_share = NumberKind.PERCENT in (there.kind, here.kind) and there.value < _PERCENT
    return not is_reference and not (is_share and there.text.strip("0.") == here.text)


def _may_be_scaled(blocks: Sequence[Block]) -> bool:
    """Whether a number has a unit or a word for thousands: the same digits may say something else."""
    return _SCALED.search(_text(blocks)) is not None


def _written(blocks: Sequence[Block]) -> set[str]:
    text = _text(blocks)
    return set(_NUMBER.findall(text)) if _DIGIT.search(text) else set()


def _text(blocks: Sequence[Block]) -> str:
    return blocks[0].prose.text if len(blocks) == 1 else "\n".join([block.prose.text for block in blocks])


def _beside(blocks: Sequence[Block]) -> str:
    """What has numbers and is no prose: code, addresses, alternative texts."""
    inlines = [inline for block in blocks for inline in block.inlines]
    return "\n".join(text for inline in inlines for text in (inline.content, inline.destination) if text)


def _place(blocks: Sequence[Block], number: Number) -> Span:
    """Where a number of the joined text stands in the file, without its unit."""
    text, (start, end) = _text(blocks), number.span
    at = text.find(number.text, start, end)
    start, end = (at, at + len(number.text)) if at >= 0 else (start, end)
    for block in blocks:
        size = len(block.prose.text)
        if start <= size:
            return block.prose.span(start, min(end, size))
        start, end = start - size - 1, end - size - 1
    raise ValueError(number)
