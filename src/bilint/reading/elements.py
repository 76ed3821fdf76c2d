"""HTML elements of a document that are not closed, or not opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Document, InlineKind, Kind, Span

_PAIRED = frozenset({
    "a", "abbr", "b", "code", "del", "details", "div", "em", "i", "ins", "kbd", "mark", "ol", "pre", "q", "ruby", "s",
    "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "u", "ul", "var", "video",
})  # fmt: skip
"""Elements that need their end; that of a paragraph, item or cell may be left out."""
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?=[\s>/])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(/?)>|<!--.*?-->", re.DOTALL)


def unbalanced(document: Document) -> Iterator[tuple[str, Span]]:
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
