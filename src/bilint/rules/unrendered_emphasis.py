"""unrendered-emphasis: asterisks the reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import EVERYTHING, Confidence, Document, Finding, Kind, Severity
from bilint.rules import Context, Options, rule

_LITERAL = re.compile(r"\*\*(?!\*)(?P<inner>[^*\n\ufffc]{1,80}|[^*\n]{1,80})\*\*(?!\*)")


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    roles=EVERYTHING,
    messages={
        "unrendered": "`**` around `{text}` is not rendered as bold",
    },
    help={
        "unrendered": "put punctuation outside the marks, or a space after them",
    },
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """Bold marks are shown as asterisks instead of making text bold.

    ## Why
    CommonMark closes bold only where the marks hug a word. After full-width punctuation and before a Chinese
    character they do not: `**重要：**文字` shows its asterisks. Move the punctuation out of the bold text, or
    put a space after the marks.

    ## Bad
    ```zh
    **注意：**请先备份数据。
    ```

    ## Good
    ```zh
    **注意**：请先备份数据。
    ```

    ## Source
    CommonMark 0.31, section 6.2 (left- and right-flanking delimiter runs).
    """
    for block in document.blocks:
        if "**" not in block.prose.text or block.kind in (Kind.CODE, Kind.HTML, Kind.FIELD):
            continue
        for match in _LITERAL.finditer(block.prose.text):
            inner = match["inner"].strip()
            if not inner or not any(char.isalpha() for char in inner):
                continue
            span = block.prose.span(match.start(), match.end())
            if "\\" in document.text[span.start : span.end]:
                continue
            yield context.finding(
                "unrendered",
                span,
                text=_short(inner),
            )


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
