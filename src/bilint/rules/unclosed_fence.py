"""unclosed-fence: a listing that is not closed, and swallows the text behind it."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Article, Confidence, Finding, Kind, KnownBy, Severity, Span
from bilint.reading.fences import are_more, holds_text, unclosed_listings
from bilint.rules import Context, Options, rule


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/code",
    messages={
        "end": "the code fence opened here is not closed: what follows is code",
        "swallowed": "the code fence opened here is not closed before the next one: the text between them is code",
    },
    help=dict.fromkeys(("end", "swallowed"), "close it with the marks that opened it, on a line of their own"),
    known_by=KnownBy.LINE,
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A code fence is opened and not closed.

    ## Why
    All that follows, up to the next fence or the end of the page, is shown as code. One lost fence turns all later
    ones round: what is reported is the first listing that holds text. Where the original has as many open fences,
    nothing is reported.

    ## Bad
    ````zh
    手动备份：

    ```sh
    tidepool copy now

    该命令会一直等到备份完成。
    ````

    ## Good
    ````zh
    手动备份：

    ```sh
    tidepool copy now
    ```

    该命令会一直等到备份完成。
    ````

    ## Source
    CommonMark 0.31, fenced code blocks.
    """
    target, source = article.target, article.bitext.source if article.bitext else None
    unclosed = list(unclosed_listings(target))
    if not unclosed or (source is not None and not are_more(unclosed, list(unclosed_listings(source)))):
        return
    texts = (block for block in target.blocks if block.kind is Kind.CODE and holds_text(block))
    block = next(texts, unclosed[0][0])
    message = next((message for other, message in unclosed if other is block), "swallowed")
    end = target.text.find("\n", block.span.start, block.span.end)
    yield context.finding(message, Span(block.span.start, end if end >= 0 else block.span.end))
