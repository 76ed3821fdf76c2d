"""untranslated-label: an item, a cell or a line of a few words left in English."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bilint.model import Article, Block, Confidence, Finding, Severity, Span
from bilint.reading.counts import KeptOnPurpose, word_uses
from bilint.reading.kept import spellings
from bilint.reading.labels import some_of, telling
from bilint.reading.leftover import kept_terms
from bilint.reading.short_texts import ShortText, short_texts
from bilint.rules import Context, Options, rule
from bilint.text.width import shortened

_LONGEST = 40
"""A message shows so many characters of a text at most."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/untranslated",
    counts=(word_uses,),
    messages={
        "left": "this is left in English: `{text}`",
        "several": "{labels} short texts are left in English: {texts}",
    },
)
def check(_article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A list item, table cell or line of a few words is still English.

    ## Why
    The words under a table's head, a line above a listing and the last item of a list are overlooked more easily than
    a paragraph. Reported is what the original has in the same words, in one of two cases: the article says the same in
    Chinese elsewhere; or most of what stands around it in the list, the table or the section is Chinese, published
    translations hardly ever keep any of its words, and it is not written like a name. All in an article are one
    finding. Code, words in capitals and what the glossary or the project keeps are left alone.

    ## Bad
    ```en
    - Fill the kettle
    - Wait a minute
    - Pour the water
    ```
    ```zh
    - 给水壶装水
    - Wait a minute
    - 倒水
    ```

    ## Good
    ```en
    - Fill the kettle
    - Wait a minute
    - Pour the water
    ```
    ```zh
    - 给水壶装水
    - 等一分钟
    - 倒水
    ```

    ## Source
    MQM 2.0, Accuracy / Untranslated.
    """
    left = [each for each in short_texts(context.reading, context.document) if not _is_kept(each, context)]
    if not left:
        return
    make = partial(
        context.finding,
        span=_span(left[0].block),
        source=left[0].source.span,
        more=tuple(_span(each.block) for each in left[1:]),
        key="labels",
    )
    texts = list(dict.fromkeys(shortened(each.block.prose.text.strip(), _LONGEST) for each in left))
    yield make("left", text=texts[0]) if len(texts) == 1 else make("several", labels=len(left), texts=some_of(texts))


def _is_kept(each: ShortText, context: Context[Options]) -> bool:
    """Whether the glossary keeps words of a text, or the project does and the article never says it in Chinese."""
    text = each.block.prose.text
    if any(kept_terms(text, context.glossary)):
        return True
    return not each.is_said and any(context.ask(KeptOnPurpose(spellings(word))) for word in telling(text))


def _span(block: Block) -> Span:
    return block.prose.span(0, len(block.prose.text))
