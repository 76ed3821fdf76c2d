"""doubled-emphasis: bold inside bold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import EVERYTHING, Confidence, Document, Finding, InlineKind, Severity
from bilint.rules import Context, Options, rule

_MARKS = re.compile(r"\*{4,}|_{4,}")


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    roles=EVERYTHING,
    messages={
        "doubled": "bold marks are doubled",
    },
    help={
        "doubled": "one pair of `**` is enough",
    },
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """Bold marks stand twice around the same text.

    ## Why
    `****text****` is bold inside bold: it looks like bold, but other renderers show stray asterisks. It comes from
    converters that translate `<b><strong>` mark by mark.

    ## Bad
    ```zh
    ****重要****的是先备份。
    ```

    ## Good
    ```zh
    **重要**的是先备份。
    ```

    ## Source
    CommonMark 0.31, section 6.2.
    """
    if "****" not in document.text and "____" not in document.text:
        return
    for block in document.blocks:
        for inline in block.inlines:
            if inline.kind is not InlineKind.STRONG or not inline.text:
                continue
            raw = document.text[inline.span.start : inline.span.end]
            if _MARKS.match(raw):
                yield context.finding("doubled", inline.span)
