"""doubled-word: a character or word typed twice."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Confidence, Document, Finding, Fix, Kind, Severity
from bilint.reading import blocks_with
from bilint.rules import Context, Options, rule
from bilint.text.doubled import DOUBLED, doubled


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/spelling",
    fixes=("unsafe",),
    messages={"twice": "`{text}`: said twice"},
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """A character or word stands twice where Chinese says it once.

    ## Why
    的的, 是是, 然后然后 are left behind when a sentence is rearranged. Where the first ends a word (目的的, 现在在) or
    the second begins one (的的确, 和和平), and where Chinese doubles on purpose (常常, 慢慢, 一个一个), nothing is
    reported.

    ## Bad
    ```zh
    这是是一个很小的的例子。
    ```

    ## Good
    ```zh
    这一设计的目的的确很明确，但是是否可行，现在在讨论之中。
    ```

    ## Source
    MQM 2.0, Linguistic conventions / Spelling.
    """
    for block in blocks_with(DOUBLED, document):
        if block.kind is Kind.HTML:
            continue
        text = block.prose.text
        for start, end in doubled(text):
            once = text[start : start + (end - start) // 2]
            span = block.prose.span(start, end)
            fix = Fix.of(document.edits([span], once * 2, once), safe=False)
            yield context.finding("twice", span, text=once * 2, suggestions=(once,), key=once * 2, fix=fix)
