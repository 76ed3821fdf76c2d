"""fenced-page: a page, or its front matter, that stands in a code fence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Article, Confidence, Document, Finding, KnownBy, Severity, Span
from bilint.reading.fences import is_page, listings
from bilint.rules import Context, Options, rule
from bilint.text.head import body_start

_FIELDS = re.compile(
    r"\s*[`~]{3,}[ \t]*(?:markdown|mdx?|ya?ml|toml)?[ \t]*\r?\n(?:---[ \t]*\r?\n)?[A-Za-z][\w-]*:[ \t]"
)
_DELETE = "delete the line with the fence, and the one that closes it at the end"


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    messages={
        "page": "the whole page stands in a code fence: readers see its source",
        "fields": "the front matter is opened by a code fence instead of `---`",
    },
    help={"page": _DELETE, "fields": "write `---`, and delete the fence at the end of the file"},
    known_by=KnownBy.LINE,
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """The whole page, or its front matter, stands in a code fence.

    ## Why
    Language models hand over a translated file in a fence of its own. Published like that, the page is one listing
    without headings, links or a title. Where the original is such a listing, nothing is reported.

    ## Bad
    ````en
    # Write a test

    A test calls one function and compares its result with the value that you expect.
    ````
    ````zh
    ```markdown
    # 编写测试

    测试会调用一个函数，并把结果与预期值比较。
    ```
    ````

    ## Good
    ````en
    # Write a test

    A test calls one function and compares its result with the value that you expect.
    ````
    ````zh
    # 编写测试

    测试会调用一个函数，并把结果与预期值比较。
    ````

    ## Source
    MQM 2.0, Design and markup.
    """
    target, source = article.target, article.bitext.source if article.bitext else None
    block = next(listings(target.blocks), None)
    if block is None:
        return
    fence = target.text[block.span.start : block.span.end].split("\n", 1)[0].rstrip()
    where = Span(block.span.start, block.span.start + len(fence))
    if source and _has_fields(source) and not _has_fields(target) and _FIELDS.match(target.text):
        yield context.finding("fields", where)
    elif is_page(block, target, source):
        yield context.finding("page", where)


def _has_fields(document: Document) -> bool:
    return body_start(document.text) > 0
