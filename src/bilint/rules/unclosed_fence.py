"""unclosed-fence: a listing that is not closed, and swallows the text behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilint.model import Article, Block, Confidence, Document, Finding, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.text.scripts import has_han

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*(.*)")
_SENTENCE = re.compile("[。！？；：，]")


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/code",
    messages={
        "end": "the code fence opened here is not closed: what follows is code",
        "swallowed": "the code fence opened here is not closed before the next one: the text between them is code",
    },
    help=dict.fromkeys(("end", "swallowed"), "close it with the marks that opened it, on a line of their own"),
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
    unclosed = list(_unclosed(target))
    if not unclosed or (source is not None and not _are_more(unclosed, list(_unclosed(source)))):
        return
    texts = (block for block in target.blocks if block.kind is Kind.CODE and _holds_text(block))
    block = next(texts, unclosed[0][0])
    message = next((message for other, message in unclosed if other is block), "swallowed")
    end = target.text.find("\n", block.span.start, block.span.end)
    yield context.finding(message, Span(block.span.start, end if end >= 0 else block.span.end))


def _unclosed(document: Document) -> Iterator[tuple[Block, str]]:
    """The listings that are not closed where they should be, and which message says so."""
    for block in document.blocks:
        if block.kind is not Kind.CODE:
            continue
        lines = document.text[block.span.start : block.span.end].split("\n")
        opening = _FENCE.match(lines[0])
        if opening is None:
            continue
        if not _closes(lines[-1] if len(lines) > 1 else "", opening[1]):
            yield block, "end"
        elif any(_opens(line, opening[1]) for line in lines[1:-1]):
            yield block, "swallowed"


def _are_more(here: Sequence[tuple[Block, str]], there: Sequence[tuple[Block, str]]) -> bool:
    """Whether more listings are open than in the original, or, unlike there, one up to the end of the page."""
    ends = [sum(message == "end" for _, message in unclosed) for unclosed in (here, there)]
    return len(here) > len(there) or ends[0] > ends[1]


def _closes(line: str, marks: str) -> bool:
    found = _FENCE.match(line)
    return found is not None and not found[2].strip() and found[1].startswith(marks)


def _opens(line: str, marks: str) -> bool:
    """Whether a line in a listing opens another one of the same marks: it names a language."""
    found = _FENCE.match(line)
    return found is not None and found[1] == marks and bool(found[2].strip()) and "`" not in found[2]


def _holds_text(block: Block) -> bool:
    """Whether a listing holds a paragraph: a blank line before a sentence in Chinese."""
    parts = f"\n{block.content}".split("\n\n")[1:]
    return any(has_han(part) and _SENTENCE.search(part) for part in parts)
