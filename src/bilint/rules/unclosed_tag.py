"""unclosed-tag: an HTML element that is not closed, or not opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Confidence, Document, Finding, Format, InlineKind, Kind, Severity, Span
from bilint.rules import Context, Options, rule

_PAIRED = frozenset({
    "a", "abbr", "b", "code", "del", "details", "div", "em", "i", "ins", "kbd", "mark", "ol", "pre", "q", "ruby", "s",
    "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "u", "ul", "var", "video",
})  # fmt: skip
"""Elements that need their end; that of a paragraph, item or cell may be left out."""
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?=[\s>/])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(/?)>|<!--.*?-->", re.DOTALL)


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    messages={
        "open": "`{tag}` is not closed",
        "close": "`{tag}` closes nothing",
        "comment": "the comment is not closed: what follows is hidden",
    },
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """An HTML element is opened and not closed, or closed and not opened, unlike in the original.

    ## Why
    An element that is not closed goes on to the end of the block or page: everything behind it is bold, a key, or
    hidden. A comment that is not closed hides the rest of the page. Elements that the original does not close either
    are not reported.

    ## Bad
    ```zh
    按 <kbd>Ctrl</kbd> + <kbd>K，然后输入名称。
    ```

    ## Good
    ```zh
    按 <kbd>Ctrl</kbd> + <kbd>K</kbd>，然后输入名称。
    ```

    ## Source
    HTML, Living Standard, 13.1.2.4 (optional tags).
    """
    if "<" not in document.text:
        return
    bitext = context.article.bitext
    found = dict(_open(context.article.target))
    if found and bitext and bitext.source.format is Format.MARKDOWN:
        found = {name: span for name, span in found.items() if name not in dict(_open(bitext.source))}
    for name, span in found.items():
        tag = document.text[span.start : span.end]
        message = "comment" if name == "!--" else "close" if tag.startswith("</") else "open"
        yield context.finding(message, span, tag=tag)


def _open(document: Document) -> Iterator[tuple[str, Span]]:
    """Yield each element that is not balanced in a document, with the last tag of it that has no counterpart."""
    waiting: dict[str, list[Span]] = {}
    closing: dict[str, Span] = {}
    for block in document.blocks:
        if block.kind is Kind.CODE:
            continue
        at = document.text.rfind("<!--", block.span.start, block.span.end) if block.kind is Kind.HTML else -1
        if at >= 0 and document.text.find("-->", at, block.span.end) < 0:
            yield "!--", Span(at, at + 4)
            continue
        code = [inline.span for inline in block.inlines if inline.kind is InlineKind.CODE]
        for found in _TAG.finditer(document.text, block.span.start, block.span.end):
            name, span = found[2], Span(*found.span())
            if name not in _PAIRED or found[3] or any(inside.start <= span.start < inside.end for inside in code):
                continue
            if not found[1]:
                waiting.setdefault(name, []).append(span)
            elif waiting.get(name):
                waiting[name].pop()
            else:
                closing[name] = span
    yield from closing.items()
    yield from ((name, spans[-1]) for name, spans in waiting.items() if spans)
