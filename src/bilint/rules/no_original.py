"""no-original: an article that could not be compared."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Article, Confidence, Finding, Severity, Span
from bilint.rules import Context, Options, rule


@rule(
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    mqm="meta",
    messages={
        "alone": "checked without its original",
    },
    help={
        "alone": "{why}",
    },
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """The article names no original, or its original is not at hand.

    ## Why
    Without the English only half of the rules can work: nothing missing, added or changed can be seen. The article is
    still checked alone. `bilint show originals` tells for every article what was looked for.

    ## Bad
    ```zh
    # 一篇没有写明出处的译文

    正文从这里开始。
    ```

    ## Good
    ```en
    # Title
    ```
    ```zh
    # 标题
    ```

    ## Source
    bilint.
    """
    if article.bitext is None and article.pairing is None:
        line = article.target.line(1) if article.target.text else ""
        yield context.finding("alone", Span(0, len(line)), why=article.why)
