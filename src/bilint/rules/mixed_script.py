"""mixed-script: traditional characters in a simplified article, or the reverse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilint.model import EVERYTHING, Confidence, Document, Edit, Finding, Fix, Severity, Span
from bilint.reading.script import places, strange
from bilint.rules import Context, Options, rule
from bilint.text.scripts import converted
from bilint.text.width import shortened

_CONVERSIONS = {"traditional": "t2s", "simplified": "s2t"}
_SHOWN = 20
_SUGGESTED = 60
"""Characters of a place that a message shows; of a longer one than the second, the conversion helps nobody."""


class ScriptOptions(Options, frozen=True):
    """Options of mixed-script."""

    allow: str = "昇镕喆堃珺赟犇翀淼着"
    """Characters that may stand in either script: those of names, and `着`, which Hong Kong writes too."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/character-encoding",
    roles=EVERYTHING,
    options=ScriptOptions,
    fixes=("safe", "unsafe"),
    messages={
        "traditional": "traditional characters in simplified text: `{text}`",
        "simplified": "simplified characters in traditional text: `{text}`",
    },
)
def check(document: Document, context: Context[ScriptOptions]) -> Iterator[Finding]:
    """Traditional characters in an article in Simplified Chinese, or simplified ones in Traditional Chinese.

    ## Why
    A sentence pasted from another edition, or an input method in the wrong mode. Only characters that the article's
    own character set lacks are reported (GB 2312 for Simplified, Big5 for Traditional), because conversion tables
    alone call many correct characters wrong. Titles in 《》, quotations in 「」 in simplified text, and a name in
    brackets behind the same name (东京（東京）) are left alone.

    ## Bad
    ```zh
    这个函数会在每次请求时执行，并返回结果。感謝您的閱讀。
    ```

    ## Good
    ```zh
    这个函数会在每次请求时执行，并返回结果。感谢您的阅读。
    ```

    ## Options
    - `allow`: characters that may stand in either script.

    ## Source
    GB/T 2312—1980; Unicode Standard Annex #38; OpenCC's conversion tables.
    """
    script, characters = strange(document.text, context.options.allow)
    spans = list(places(document, characters)) if characters else []
    if spans:
        text = document.text[spans[0].start : spans[0].end]
        # One simplified character may be several traditional ones.
        fix = Fix.of(_edits(spans, _CONVERSIONS[script], document), safe=script == "traditional")
        yield context.finding(
            script,
            spans[0],
            text=shortened(text, _SHOWN),
            more=tuple(spans[1:]),
            suggestions=(converted(text, _CONVERSIONS[script]),) if len(text) <= _SUGGESTED else (),
            fix=fix,
        )


def _edits(spans: Iterable[Span], table: str, document: Document) -> Iterator[Edit]:
    for span in spans:
        text = document.text[span.start : span.end]
        yield from document.edits([span], text, converted(text, table))
