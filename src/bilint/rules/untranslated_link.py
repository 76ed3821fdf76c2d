"""untranslated-link: the label of a link is left in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from bilint.model import PLACEHOLDER, Article, Confidence, Finding, Inline, Severity
from bilint.reading.counts import KeptOnPurpose, word_uses
from bilint.reading.kept import spellings
from bilint.reading.labels import Label, english_labels, label_of, some_of, telling
from bilint.reading.left import overlooked, repeated
from bilint.reading.leftover import kept_terms
from bilint.rules import Context, Options, rule
from bilint.text.words import words

_PROSE = 5
"""Blocks of so many words that read like prose are told by `untranslated-block`."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/untranslated",
    counts=(word_uses,),
    messages={
        "left": "this link is labelled in English: `{text}`",
        "several": "{links} links are labelled in English: {texts}",
    },
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A link is labelled in English, where others like it are in Chinese.

    ## Why
    "See also" lists are skimmed by translators too, and a link inside a sentence is easily copied with its label.
    Reported are labels of several words that the original has in the same words, of which published translations hardly
    ever keep any, on links to the same site (`../guide.md`, `/guide/#slots`), and on those to a site of which other
    links have Chinese labels, unless they are written like titles: what another site calls its pages stays in English
    with them. All in an article are one finding. Names, code, words in capitals and what the glossary or the
    project keeps are left alone.

    ## Bad
    ```en
    See [Cleaning the machine](cleaning.md) first.
    ```
    ```zh
    请先阅读 [Cleaning the machine](cleaning.md)。
    ```

    ## Good
    ```en
    See [Cleaning the machine](cleaning.md) first, and [Boiling water](https://example.org/boiling).
    ```
    ```zh
    请先阅读[清洗机器](cleaning.md)，再阅读 [Boiling water](https://example.org/boiling)。
    ```

    ## Source
    MQM 2.0, Accuracy / Untranslated.
    """
    found = [label for label in english_labels(context.document) if _is_left(label, context)]
    told = {id(block) for block in overlooked(context.reading, _PROSE)} if found else ()
    twins = [(label, _twin(label.text, article)) for label in found]
    left = [
        (label, twin)
        for label, twin in twins
        if twin is not None and not (id(label.block) in told and repeated(label.block, article))
    ]
    if left:
        yield _finding(left, context)


def _finding(left: Sequence[tuple[Label, Inline]], context: Context[Options]) -> Finding:
    (first, twin), *more = left
    make = partial(
        context.finding,
        span=first.link.span,
        source=twin.span,
        more=tuple(label.link.span for label, _ in more),
        key="labels",
    )
    texts = list(dict.fromkeys(label.text for label, _ in left))
    if len(texts) == 1:
        return make("left", text=_shown(first.text))
    return make("several", links=len(left), texts=some_of(list(map(_shown, texts))))


def _shown(text: str) -> str:
    return text.replace(PLACEHOLDER, "…")


def _is_left(label: Label, context: Context[Options]) -> bool:
    """Whether nobody keeps the words of a label on purpose: neither the glossary nor the project."""
    if any(kept_terms(label.text, context.glossary)):
        return False
    return not any(context.ask(KeptOnPurpose(spellings(word))) for word in telling(label.text))


def _twin(text: str, article: Article) -> Inline | None:
    """The link of the original with the same label."""
    wanted = words(text)
    blocks = article.bitext.source.blocks if article.bitext else ()
    links = ((block, link) for block in blocks if block.inlines for link in block.links())
    return next((link for block, link in links if words(label_of(block, link)) == wanted), None)
