"""Markdown → Document: blocks from the parser's events and from what dialects add."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec.structs import replace

from bilint.model import Block, Document, Format, Inline, InlineKind, Kind, Prose, Span
from bilint.parse import dialects, front_matter
from bilint.parse.constructs import Construct, mark
from bilint.parse.events import Builder
from bilint.parse.prose import ProseBuilder
from bilint.text.scripts import HAN

_STRING = re.compile(r'"([^"\n]{2,})"|\'([^\'\n]{2,})\'|`([^`]{2,})`')
_SENTENCE = re.compile(f"[{HAN}]|[A-Za-z]+ [A-Za-z]+ [A-Za-z]+")
_URL = re.compile(r"https?://[^\s\"'`<>()\[\]{}]+")


def parse(text: str, path: str, uri: str = "") -> Document:
    """Return the document of a Markdown text: blocks in file order, front-matter fields first.

    Raises UserError when pyromark panics.
    """
    body, fields = front_matter.split(text)
    masked = dialects.mask(text[body:])
    builder = Builder(text, body, masked.text, masked.inline)
    builder.run(path)
    hidden = (
        *(_title(text, Span(s.start + body, s.end + body)) for s in masked.titles),
        *(_string(text, Span(s.start + body, s.end + body)) for s in masked.strings),
        *(_component(text, Span(s.start + body, s.end + body)) for s in masked.components),
    )
    blocks = sorted((*builder.blocks, *hidden), key=lambda block: block.span.start)
    blocks = _with_openings(blocks, [span.start + body for span in masked.openings])
    comments = sorted((*builder.comments, *((at + body, comment) for at, comment in masked.comments)))
    marks = sorted((*builder.marks, *_marks(text, masked.alone, body)), key=lambda found: found.span)
    blocks = _with_anchors(blocks, marks)
    return Document(path, text, (*fields, *blocks), Format.MARKDOWN, uri, tuple(comments), tuple(marks))


def _marks(text: str, constructs: list[Construct], body: int) -> Iterator[Inline]:
    for kind, (start, end), name in constructs:
        if kind is not None:
            yield mark(text, kind, Span(start + body, end + body), name)


def _with_anchors(blocks: list[Block], marks: list[Inline]) -> list[Block]:
    """Headings know the id that stands at the end of their line."""
    anchors = [found for found in marks if found.kind is InlineKind.ANCHOR]
    starts = [block.span.start for block in blocks] if anchors else []
    for anchor in anchors:
        last = bisect_right(starts, anchor.span.start) - 1
        if last >= 0 and blocks[last].kind is Kind.HEADING and not blocks[last].anchor:
            blocks[last] = replace(blocks[last], anchor=anchor.name)
    return blocks


def _title(text: str, span: Span) -> Block:
    """The title of a container, with its inlines."""
    builder = Builder(text, span.start, text[span.start : span.end], [])
    builder.run("")
    if len(builder.blocks) == 1 and builder.blocks[0].kind is Kind.PARAGRAPH:
        return Block(Kind.TITLE, span, builder.blocks[0].prose, builder.blocks[0].inlines)
    return _string(text, span)


def _string(text: str, span: Span) -> Block:
    return Block(Kind.TITLE, span, Prose(text[span.start : span.end], ((0, span.start),)))


def _component(text: str, span: Span) -> Block:
    """A JSX component: the sentences in its strings are prose, the URLs in it are links."""
    builder = ProseBuilder()
    for found in _STRING.finditer(text, span.start, span.end):
        start, end = found.span(found.lastindex or 1)
        if _SENTENCE.search(text, start, end):
            builder.add(text[start:end] + "\n", start)
    for url in _URL.finditer(text, span.start, span.end):
        at = Span(builder.length, builder.length)
        builder.inlines.append(Inline(InlineKind.LINK, Span(*url.span()), at, "", url[0]))
    prose, inlines = builder.build()
    return Block(Kind.HTML, span, prose, inlines, content=text[span.start : span.end])


def _with_openings(blocks: list[Block], openings: list[int]) -> list[Block]:
    """Blocks that come first in a container know where it opens."""
    starts = [block.span.start for block in blocks] if openings else []
    for opening in openings:
        first = bisect_right(starts, opening)
        if first < len(blocks):
            blocks[first] = replace(blocks[first], opening=opening)
            if blocks[first].kind is Kind.TITLE and first + 1 < len(blocks):
                blocks[first + 1] = replace(blocks[first + 1], opening=opening)
    return blocks
