"""Markdown → Document: the only place that knows pyromark, its events, and its UTF-8 byte offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pyromark
from msgspec.structs import replace

from bilint.model import Block, Document, Format, Inline, InlineKind, Kind, Prose, Span
from bilint.parse import dialects, front_matter
from bilint.parse.prose import ProseBuilder, html_pieces
from bilint.text.scripts import HAN

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_MATH
)
_CONTAINERS = {
    "BlockQuote": "quote",
    "List": "list",
    "Item": "item",
    "Table": "table",
    "TableHead": "head",
    "TableRow": "row",
    "FootnoteDefinition": "footnote",
}
_LEAVES = {
    "Paragraph": Kind.PARAGRAPH,
    "Heading": Kind.HEADING,
    "TableCell": Kind.CELL,
    "HtmlBlock": Kind.HTML,
    "CodeBlock": Kind.CODE,
}
_INLINES = {
    "Emphasis": InlineKind.EMPHASIS,
    "Strong": InlineKind.STRONG,
    "Strikethrough": InlineKind.STRIKE,
    "Link": InlineKind.LINK,
    "Image": InlineKind.IMAGE,
}
_STRING = re.compile(r'"([^"\n]{2,})"|\'([^\'\n]{2,})\'|`([^`]{2,})`')
_BACKTICKS = re.compile(r"`([^`\n]+)`")
_SENTENCE = re.compile(f"[{HAN}]|[A-Za-z]+ [A-Za-z]+ [A-Za-z]+")
_URL = re.compile(r"https?://[^\s\"'`<>()\[\]{}]+")
_DEEPEST = 16  # containers remembered per block; deeper nesting says nothing and would cost memory quadratically


def parse(text: str, path: str, uri: str = "") -> Document:
    """Return the document of a Markdown text: blocks in file order, front-matter fields first. Never raises."""
    body, fields = front_matter.split(text)
    masked = dialects.mask(text[body:])
    builder = _Builder(text, body)
    builder.run(masked.text)
    hidden = (
        *(_title(text, Span(s.start + body, s.end + body)) for s in masked.titles),
        *(_component(text, Span(s.start + body, s.end + body)) for s in masked.components),
    )
    blocks = sorted((*builder.blocks, *hidden), key=lambda block: block.span.start)
    blocks = _with_openings(blocks, [span.start + body for span in masked.openings])
    comments = sorted((*builder.comments, *((at + body, comment) for at, comment in masked.comments)))
    return Document(path, text, (*fields, *blocks), Format.MARKDOWN, uri, tuple(comments))


def _title(text: str, span: Span) -> Block:
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
    starts = [block.span.start for block in blocks]
    for opening in openings:
        first = bisect_right(starts, opening)
        if first < len(blocks):
            blocks[first] = replace(blocks[first], opening=opening)
            if blocks[first].kind is Kind.TITLE and first + 1 < len(blocks):
                blocks[first + 1] = replace(blocks[first + 1], opening=opening)
    return blocks


def _points(text: str, base: int) -> Callable[[int], int]:
    """Return what turns a UTF-8 byte offset of `text`, which starts at `base`, into a code point of the file.

    Each offset is counted from the one before: they mostly ascend, and in small steps.
    """
    if text.isascii():
        return base.__add__
    raw = text.encode("utf-8", "surrogatepass")
    last, point = 0, base

    def at(byte: int) -> int:
        nonlocal last, point
        if byte > last:
            point += len(raw[last:byte].decode("utf-8", "surrogatepass"))
        elif byte < last:
            point -= len(raw[byte:last].decode("utf-8", "surrogatepass"))
        last = byte
        return point

    return at


class _Builder:
    """Turns the event stream into blocks."""

    def __init__(self, text: str, body: int) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.comments: list[tuple[int, str]] = []
        self._containers: list[str] = []
        self._container: tuple[str, ...] = ()
        self._leaf: tuple[Kind, int, int] | None = None
        self._prose = ProseBuilder()
        self._item_started = False
        self._events: Iterator[tuple[Any, dict[str, int]]] = iter(())
        # Offsets are counted on the original text: masking keeps bytes, not code points.
        self._at = _points(text[body:], body)

    def run(self, masked: str) -> None:
        at = self._at
        on: dict[str, Callable[[Any, dict[str, int]], None]] = {
            "Start": self._start,
            "End": self._end,
            "Code": partial(self._opaque, InlineKind.CODE),
            "InlineMath": partial(self._opaque, InlineKind.MATH),
            "DisplayMath": partial(self._opaque, InlineKind.MATH),
            "InlineHtml": self._add_inline_html,
            "Html": self._skip,
            "SoftBreak": self._add_break,
            "HardBreak": self._add_break,
            "FootnoteReference": partial(self._opaque, InlineKind.FOOTNOTE),
            "TaskListMarker": self._skip,
            "Rule": self._rule,
        }
        events: Iterator[Any] = pyromark.events_with_range(masked, options=_OPTIONS)
        self._events = events
        for event, where in events:
            name, value = (event, "") if type(event) is str else event.popitem()
            if name == "Text":
                start = at(where["start"])
                if self._leaf is None:
                    self._open_item(start)
                self._prose.add(value, start)
            else:
                on[name](value, where)
        self._flush(len(self.text))

    def _skip(self, value: Any, where: dict[str, int]) -> None:
        """Nothing to keep."""

    def _rule(self, value: Any, where: dict[str, int]) -> None:
        self._flush(self._at(where["start"]))

    def _start(self, value: Any, where: dict[str, int]) -> None:
        name, detail = (value, None) if type(value) is str else value.popitem()
        start = self._at(where["start"])
        if inline := _INLINES.get(name):
            if self._leaf is None:
                self._open_item(start)
            destination, title = (detail["dest_url"], detail["title"]) if detail else ("", "")
            self._prose.open(inline, start, destination, title)
            return
        if self._leaf is not None:
            self._flush(start)
        if kind := _LEAVES.get(name):
            self._open_leaf(kind, detail, start)
        elif container := _CONTAINERS.get(name):
            self._containers.append(container)
            self._container = tuple(self._containers[:_DEEPEST])
            if name == "Item":
                self._item_started = False

    def _open_leaf(self, kind: Kind, detail: Any, start: int) -> None:
        if kind is Kind.CODE:
            self._read_code(detail["Fenced"] if type(detail) is dict else "", start)
            return
        level = int(detail["level"][1:]) if kind is Kind.HEADING else 0
        if kind is Kind.PARAGRAPH:
            if not self._item_started and self._containers and self._containers[-1] == "item":
                kind = Kind.ITEM
            self._item_started = True
        self._leaf = (kind, start, level)

    def _read_code(self, info: str, start: int) -> None:
        """Take the events of a code block: its lines, then its end."""
        lines: list[str] = []
        event, where = next(self._events)
        while "Text" in event:
            lines.append(event["Text"])
            event, where = next(self._events)
        span = self._stripped(start, self._at(where["end"]))
        self.blocks.append(Block(Kind.CODE, span, container=self._container, info=info, content="".join(lines)))

    def _end(self, value: Any, where: dict[str, int]) -> None:
        name = value if type(value) is str else next(iter(value))
        if name in _INLINES:
            self._prose.close(self._at(where["end"]))
            return
        if self._leaf is not None:
            self._flush(self._at(where["end"]))
        if name in _CONTAINERS:
            self._containers.pop()
            self._container = tuple(self._containers[:_DEEPEST])
            if name == "Item":
                self._item_started = True

    def _open_item(self, start: int) -> None:
        """A tight list item's text comes without a paragraph around it."""
        self._leaf = (Kind.PARAGRAPH if self._item_started else Kind.ITEM, start, 0)
        self._item_started = True

    def _add_break(self, value: Any, where: dict[str, int]) -> None:
        self._prose.add("\n", self._at(where["start"]))

    def _opaque(self, kind: InlineKind, content: str, where: dict[str, int]) -> None:
        start = self._at(where["start"])
        if self._leaf is None:
            self._open_item(start)
        self._prose.opaque(kind, Span(start, self._at(where["end"])), content)

    def _add_inline_html(self, value: str, where: dict[str, int]) -> None:
        start = self._at(where["start"])
        if self._leaf is None:
            self._open_item(start)
        if value.startswith("<!--"):
            self.comments.append((start, value[4:-3]))
        else:
            self._prose.html(value, start)

    def _flush(self, end: int) -> None:
        """Close the open leaf block, whose file range ends at `end` at the latest."""
        if self._leaf is None:
            return
        kind, start, level = self._leaf
        span = self._stripped(start, end)
        content = ""
        if kind is Kind.HTML:
            content = self.text[start : span.end]
            self._read_html(content, start)
        prose, inlines = self._prose.build()
        self.blocks.append(Block(kind, span, prose, inlines, level, self._container, "", content))
        self._leaf = None
        self._prose = ProseBuilder()

    def _stripped(self, start: int, end: int) -> Span:
        """Return the range without the white space at its end."""
        text = self.text
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def _read_html(self, raw: str, start: int) -> None:
        for kind, piece, at in html_pieces(raw, start):
            if kind == "comment":
                self.comments.append((at, piece[4:-3]))
            elif kind == "tag":
                self._prose.html(piece, at)
            elif "`" in piece:
                self._add_literal(piece, at)
            elif piece.strip():
                self._prose.add(piece, at)

    def _add_literal(self, text: str, at: int) -> None:
        """Text of an HTML block: MDX renders code in it, and to CommonMark backticks there say the same."""
        last = 0
        for code in _BACKTICKS.finditer(text):
            self._prose.add(text[last : code.start()], at + last)
            span = Span(at + code.start(), at + code.end())
            self._prose.opaque(InlineKind.CODE, span, code[1])
            last = code.end()
        self._prose.add(text[last:], at + last)
