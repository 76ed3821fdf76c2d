"""untranslated-heading: a short heading left in English."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Article, Confidence, Finding, Kind, Severity
from bilint.reading.headings import english_headings
from bilint.reading.left import overlooked, repeated
from bilint.rules import Context, Options, rule
from bilint.text.words import words

_PROSE = 5
"""Headings of so many words may read like prose: then `untranslated-block` tells them."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/untranslated",
    messages={"left": "this heading is left in English: `{text}`"},
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A heading of few words is still English, where the others are Chinese.

    ## Why
    Headings are what readers skim, and the table of contents shows them all. Reported is one that the original has in
    the same words, of which published translations hardly ever keep any, on a page of Chinese headings. Names, code
    and words in capitals are left alone.

    ## Bad
    ```en
    # Kettle

    ## Fill it

    ## Next steps

    ## Clean it
    ```
    ```zh
    # 水壶

    ## 装水

    ## Next steps

    ## 清洗
    ```

    ## Good
    ```en
    # Kettle

    ## Next steps

    ## Clean it
    ```
    ```zh
    # 水壶

    ## 下一步

    ## 清洗
    ```

    ## Source
    MQM 2.0, Accuracy / Untranslated.
    """
    english = english_headings(article.target)
    told = {id(block) for block in overlooked(context.reading, _PROSE)} if english else ()
    for block in english:
        source = repeated(block, article) if id(block) not in told else None
        text = block.prose.text
        if source is not None and source.kind is Kind.HEADING and words(source.prose.text) == words(text):
            name = text.strip()
            yield context.finding(
                "left", block.prose.span(0, len(text)), source=source.span, text=name, key=name.lower()
            )
