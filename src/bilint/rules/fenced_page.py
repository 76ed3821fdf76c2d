"""fenced-page: a page, or its front matter, that stands in a code fence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bilint.model import Article, Block, Confidence, Document, Finding, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.text.head import body_start

_OPENING = re.compile(r"[`~]{3,}[ \t]*(?:markdown|md|mdx)?[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_FIELDS = re.compile(
    r"\s*[`~]{3,}[ \t]*(?:markdown|mdx?|ya?ml|toml)?[ \t]*\r?\n(?:---[ \t]*\r?\n)?[A-Za-z][\w-]*:[ \t]"
)
_ANY = re.compile(r"\s*(?:```|~~~)")
_NAMED = re.compile(r"(?:markdown|mdx?)\b", re.IGNORECASE)
_MOST = 0.8
"""Share of a file, 0 to 1, that makes a listing the page."""
_HALF = 0.5
"""Share of an original from which a listing is what the page is about."""
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
    block = next(_listings(target.blocks), None)
    if block is None:
        return
    fence = target.text[block.span.start : block.span.end].split("\n", 1)[0].rstrip()
    where = Span(block.span.start, block.span.start + len(fence))
    if source and _has_fields(source) and not _has_fields(target) and _FIELDS.match(target.text):
        yield context.finding("fields", where)
    elif _is_page(block, target, source):
        yield context.finding("page", where)


def _listings(blocks: Iterable[Block]) -> Iterator[Block]:
    return (block for block in blocks if block.kind is Kind.CODE)


def _has_fields(document: Document) -> bool:
    return body_start(document.text) > 0


def _is_page(block: Block, document: Document, source: Document | None) -> bool:
    """Whether a listing is, but for front matter and a sentence around it, all that there is."""
    if not _OPENING.match(document.text, block.span.start):
        return False
    start = body_start(document.text)
    share = (block.span.end - block.span.start) / max(len(document.text[start:].strip()), 1)
    if document.text[start : block.span.start].strip():
        return share >= _MOST and not (source and _is_listing(source))
    if source and _ANY.match(source.text, body_start(source.text)):
        return False
    return share >= _MOST or _NAMED.match(block.info.strip()) is not None


def _is_listing(document: Document) -> bool:
    """Whether an original is mostly one listing itself."""
    longest = max((block.span.end - block.span.start for block in _listings(document.blocks)), default=0)
    return longest >= _HALF * len(document.text.strip())
