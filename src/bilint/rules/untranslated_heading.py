"""untranslated-heading: a short heading left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.evidence import priors
from bilint.model import Article, Block, Confidence, Finding, Kind, Severity
from bilint.reading.left import overlooked, repeated
from bilint.reading.search import words_of_code
from bilint.rules import Context, Options, rule
from bilint.text.scripts import has_han
from bilint.text.words import FUNCTION_WORDS, words

_KEPT = 0.05
_HARDLY_KEPT = 0.015
"""Shares of their uses, 0 to 1, in which published translations keep the words of such a heading; of one word alone."""
_CHINESE = 3
_FEW = 1 / 3
"""So many headings are Chinese, and fewer than this share is English: else English headings are the page's way."""
_MOST = 8
"""Longer headings read like prose, and are told by `untranslated-block`."""
_PROSE = 5
_WORDS = re.compile(r"[A-Za-z][A-Za-z' ,?!-]*")
_SMALL = FUNCTION_WORDS | {"how", "what", "why", "when", "where", "who"}


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
    headings = [block for block in article.target.blocks if block.kind is Kind.HEADING and block.prose.text.strip()]
    english = [block for block in headings if not has_han(block.prose.text) and words(block.prose.text)]
    if not english or len(headings) - len(english) < _CHINESE or len(english) >= _FEW * len(headings):
        return
    told = {id(block) for block in overlooked(context.reading, _PROSE)}
    for block in english:
        source = repeated(block, article) if _is_ordinary(block, article) and id(block) not in told else None
        if source is not None and source.kind is Kind.HEADING and words(source.prose.text) == words(block.prose.text):
            text = block.prose.text.strip()
            yield context.finding(
                "left", block.prose.span(0, len(block.prose.text)), source=source.span, text=text, key=text.lower()
            )


def _is_ordinary(block: Block, article: Article) -> bool:
    """Whether all words of a heading are such that translators translate, and none is code or in capitals."""
    text, found = block.prose.text, words(block.prose.text)
    if block.inlines or len(found) > _MOST or text.isupper() or not _WORDS.fullmatch(text.strip()):
        return False
    if len(found) == 1 and found[0] in words_of_code(article.target):
        return False
    most = _KEPT if len(found) > 1 else _HARDLY_KEPT
    telling = [word for word in found if word not in _SMALL]
    return bool(telling) and all(_share(word) <= most for word in telling)


def _share(word: str) -> float:
    kept = priors().kept(word)
    return kept[1] / kept[0] if kept else 1.0
