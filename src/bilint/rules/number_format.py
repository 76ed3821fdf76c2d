"""number-format: digits before words for large numbers that Chinese does not set behind digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bilint.model import Block, Confidence, Document, Finding, Fix, Kind, Severity
from bilint.reading.search import blocks_with
from bilint.rules import Context, Options, rule

_SCALES = {"十万": 10**5, "百万": 10**6, "千万": 10**7, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11}
_SCALED = re.compile(rf"(\d(?<![\d.,:/\-].)\d*(?:\.\d+)?)\s?({'|'.join(_SCALES)})(?![万亿分像赫瓦兆伏帕吨])")
"""百万分之一, 百万像素 and 千万吨级 are names of their own."""
_LARGE, _SMALL = 10**8, 10**4


@rule(
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    mqm="locale-conventions/number-format",
    fixes=("unsafe",),
    messages={
        "scaled": "`{number}`: only 万 and 亿 stand behind digits",
    },
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """Digits stand before 百万, 千万 or 十亿.

    ## Why
    Behind digits Chinese has only 万 and 亿: 5.37 千万 is 5370 万, and readers of 3 百万 have to work that out.

    ## Bad
    ```zh
    档案馆每年有 5.37 百万人次阅读。
    ```

    ## Good
    ```zh
    档案馆每年有 537 万人次阅读。
    ```

    ## Source
    GB/T 15835—2011, 出版物上数字用法, 5.1.3.
    """
    for block in blocks_with(_SCALED, document):
        if block.kind is not Kind.CODE:
            yield from _scaled(block, context)


def _scaled(block: Block, context: Context[Options]) -> Iterator[Finding]:
    for found in _SCALED.finditer(block.prose.text):
        value = Decimal(found[1]) * _SCALES[found[2]]
        size, word = (_LARGE, "亿") if value >= _LARGE else (_SMALL, "万")
        suggestion = f"{(value / size).normalize():f} {word}"
        span = block.prose.span(*found.span())
        fix = Fix.of(context.article.target.edits([span], found[0], suggestion), safe=False)
        yield context.finding("scaled", span, number=found[0], suggestions=(suggestion,), key=found[0], fix=fix)
