"""empty-page: a translation without a text."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Article, Confidence, Finding, Kind, Severity, Span
from bilint.reading.amount import TITLES, amount_said, english_words, shows_something
from bilint.rules import Context, Options, rule

_ENOUGH = 8
"""English words below the headings that make an original more than a stub."""
_MANY = 40
_HARDLY = 0.1
"""With so many, a page has far more than this share as many Chinese characters and words: 1.5, in the middle."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="accuracy/omission",
    messages={
        "empty": "the file is empty",
        "title": "there is nothing here but a title; the text of the original ({words} words) is missing",
        "little": "there is hardly any text here, for {words} words of the original",
        "nothing": "there is no text here; the text of the original ({words} words) is missing",
    },
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A translation is empty, or holds no more than its title.

    ## Why
    A run that failed half-way leaves empty files behind, and they are published like all others. An original that has
    no text either is a stub, and so may its translation be.

    ## Bad
    ```en
    # Nightly copies

    Every night the server copies all notes to another disk, so that nothing is lost when one disk breaks.
    ```
    ```zh
    # 夜间备份
    ```

    ## Good
    ```en
    # Nightly copies

    Every night the server copies all notes to another disk, so that nothing is lost when one disk breaks.
    ```
    ```zh
    # 夜间备份

    服务器每晚都会把全部笔记复制到另一块磁盘，这样即使有磁盘损坏也不会丢失内容。
    ```

    ## Source
    MQM 2.0, Accuracy / Omission.
    """
    blocks, text = article.target.blocks, article.target.text
    first = Span(0, len(article.target.line(1)))
    source = article.bitext.source if article.bitext else None
    if not text.strip():
        if (
            source is None
            or english_words(source.blocks)
            or any(block.kind is not Kind.FIELD for block in source.blocks)
        ):
            yield context.finding("empty", first, source=Span(0, len(source.line(1))) if source else None)
    elif source and not any(map(shows_something, blocks)):
        said, expected = sum(map(amount_said, blocks)), english_words(source.blocks)
        if expected < _ENOUGH or (said and (expected < _MANY or said >= _HARDLY * expected)):
            return
        titles = [block for block in blocks if block.kind in TITLES and block.prose.text.strip()]
        yield context.finding(
            "little" if said else "title" if titles else "nothing",
            titles[-1].span if titles and not said else first,
            words=expected,
            source=Span(source.blocks[0].span.start, source.blocks[-1].span.end),
        )
