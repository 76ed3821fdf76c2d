"""half-width-punctuation: ASCII marks in Chinese sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from bilint.model import Block, Confidence, Document, Finding, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.text.credits import is_credit
from bilint.text.scripts import HAN

_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "(": "（", ")": "）"}
_ASCII = re.compile(r"[,;:!?.()]")
_CLOSERS = "”’」』）》\ufffc"
_MARK = re.compile(
    rf"(?<=[{HAN}])[,;!?](?=[{HAN}{_CLOSERS}\s]|$)"
    rf"|(?<=[{HAN}{_CLOSERS}])[,;!?](?=[{HAN}])"
    rf"|(?<=[{HAN}]):(?=[{HAN}\s“]|$)"
    rf"|(?<=[{HAN}])\.(?=\s|[{HAN}]|$)"
    rf"|\((?=[^()]*[{HAN}][^()]*\))|(?<=[{HAN}])\)"
)


@rule(severity=Severity.INFO, confidence=Confidence.HIGH, mqm="linguistic-conventions/punctuation")
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """Half-width (ASCII) punctuation in a Chinese sentence.

    ## Why
    Chinese text uses full-width marks: ，。；：！？（）. All places of one mark in an article are one finding. Marks inside code, links,
    numbers and English are left alone.

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
    for block in document.blocks:
        if block.kind in (Kind.CODE, Kind.HTML):
            continue
        marks = list(_marks(block))
        if marks and not is_credit(block.prose.text):
            for at in marks:
                spans[block.prose.text[at]].append(block.prose.span(at, at + 1))
    for mark, places in sorted(spans.items(), key=lambda item: item[1][0]):
        yield context.finding(
            f"half-width `{mark}` in a Chinese sentence", places[0], more=tuple(places[1:]), suggestions=(_FULL[mark],)
        )


def _marks(block: Block) -> Iterator[int]:
    text = block.prose.text
    # Looking for any mark first, then at what is around it, is faster than look-behinds at every character.
    yield from (at for found in _ASCII.finditer(text) if _MARK.match(text, at := found.start()))
