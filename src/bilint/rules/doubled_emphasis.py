"""doubled-emphasis: bold inside bold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import EVERYTHING, Alters, Confidence, Document, Finding, Fix, InlineKind, Severity
from bilint.rules import Context, Options, rule

_MARKS = re.compile(r"\*{4,}|_{4,}")
_DOUBLED = re.compile(r"^(?P<once>\*\*|__)(?P=once)(?P<text>[^*_]+)(?P=once){2}$")


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    roles=EVERYTHING,
    fixes=("safe",),
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
                mended = _DOUBLED.sub(r"\g<once>\g<text>\g<once>", raw)
                fix = Fix.of(context.document.edits([inline.span], raw, mended), safe=True, alters=Alters.EMPHASIS)
                yield context.finding("doubled", inline.span, fix=fix)
