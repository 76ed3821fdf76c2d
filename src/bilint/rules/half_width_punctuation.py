"""half-width-punctuation: ASCII marks in Chinese sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from bilint.model import Confidence, Document, Finding, Kind, Severity, Span
from bilint.reading import blocks_with
from bilint.rules import Context, Options, rule
from bilint.text.scripts import HAN, has_han, is_han

_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "(": "（", ")": "）"}
_BRACKETED = re.compile(r"\(([^()]*)\)")
_CLOSERS = "”’」』）》\ufffc"
_CANDIDATE = re.compile(rf"[,;:!?.()](?:(?<=\()|(?<=[{HAN}{_CLOSERS}].))")
"""A bracket that opens, or a mark behind Chinese or behind what may close it: most ASCII marks are neither."""


@rule(
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/punctuation",
    messages={
        "half-width": "half-width `{mark}` in a Chinese sentence",
    },
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """Half-width (ASCII) punctuation in a Chinese sentence.

    ## Why
    Chinese text uses full-width marks: ，。；：！？（）. All places of one mark in an article are one finding. Marks
    inside code, links, numbers and English are left alone.

    ## Bad
    ```zh
    技术仍在进步,我们希望它成熟.
    ```

    ## Good
    ```zh
    技术仍在进步，我们希望它成熟，例如 v1.2, v1.3 这样的版本。
    ```

    ## Source
    GB/T 15834—2011, General rules for punctuation; W3C, Requirements for Chinese Text Layout, 3.1.
    """
    spans: dict[str, list[Span]] = defaultdict(list)
    for block in blocks_with(_CANDIDATE, document):
        if block.kind in (Kind.CODE, Kind.HTML):
            continue
        text = block.prose.text
        marks = [at for found in _CANDIDATE.finditer(text) if _is_misplaced(text, at := found.start())]
        for at in marks:
            spans[text[at]].append(block.prose.span(at, at + 1))
    for mark, places in sorted(spans.items(), key=lambda item: item[1][0]):
        yield context.finding("half-width", places[0], mark=mark, more=tuple(places[1:]), suggestions=(_FULL[mark],))


def _is_misplaced(text: str, at: int) -> bool:
    """Whether the ASCII mark at `at` belongs to Chinese: by the characters beside it, or those between brackets."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "(":
        bracketed = _BRACKETED.match(text, at)
        return bracketed is not None and has_han(bracketed[1])
    if not is_han(before):
        return mark in ",;!?" and is_han(after)
    if mark == ")" or not after or after.isspace() or is_han(after):
        return True
    return (mark in ",;!?" and after in _CLOSERS) or (mark == ":" and after == "“")
