"""mixed-rendering: one text of the original, word for word, in two translations."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Bitext, Block, Confidence, Finding, Severity, Span
from bilint.reading.repeats import Repeat, said_in_two_ways, written
from bilint.rules import Context, Options, rule
from bilint.text.width import shortened

_SHOWN = 40
"""Characters of a text that a message shows."""


@rule(
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    mqm="style/inconsistent-style",
    messages={"twice": "`{here}` where the same text is `{there}` elsewhere in this article"},
    help={"twice": "the original says `{text}` each time"},
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """The original says the same in several places, and the translation does not.

    ## Why
    Who meets 详情 under one option and 详细信息 under the next looks for the difference. Reported are headings,
    captions, buttons and other labels that the original repeats word for word, and sentences of which the translations
    have little in common; the form that the article has most often, or first, is the one beside it. Blanks, marks and
    numerals make no difference, and neither does a particle in a sentence.

    ## Bad
    ```en
    - Details

    The lamp has three lights.

    - Details

    The mast is 40 metres high.

    - Details
    ```
    ```zh
    - 详细信息

    这盏灯有三个灯泡。

    - 详情

    桅杆高 40 米。

    - 详细信息
    ```

    ## Good
    ```en
    - Details

    The lamp has three lights.

    - Details
    ```
    ```zh
    - 详细信息

    这盏灯有三个灯泡。

    - 详细信息
    ```

    ## Source
    MQM 2.0, Style / Inconsistent style.
    """
    for repeat in said_in_two_ways(context.pairs):
        yield _finding(repeat, context)


def _finding(repeat: Repeat, context: Context[Options]) -> Finding:
    first, *more = repeat.others
    return context.finding(
        "twice",
        _span(first.target[0]),
        source=first.source[0].span,
        more=tuple(_span(pair.target[0]) for pair in more),
        key=repeat.text,
        here=_shown(first.target[0]),
        there=_shown(repeat.usual.target[0]),
        text=shortened(repeat.text, _SHOWN),
    )


def _span(block: Block) -> Span:
    return block.prose.span(0, len(block.prose.text))


def _shown(block: Block) -> str:
    return shortened(written(block), _SHOWN)
