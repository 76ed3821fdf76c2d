"""Markdown → Document: the only place that knows pyromark, its events, and its UTF-8 byte offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Any

import pyromark
from msgspec.structs import replace

from bilint.model import PLACEHOLDER, Block, Document, Format, Inline, InlineKind, Kind, Prose, Span, UserError
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
_INLINES = {
    "Emphasis": InlineKind.EMPHASIS,
    "Strong": InlineKind.STRONG,
    "Strikethrough": InlineKind.STRIKE,
    "Link": InlineKind.LINK,
    "Image": InlineKind.IMAGE,
}
_OPAQUE = {
    "Code": InlineKind.CODE,
    "InlineMath": InlineKind.MATH,
    "DisplayMath": InlineKind.MATH,
    "FootnoteReference": InlineKind.FOOTNOTE,
}
_TEXTS = frozenset({"Text", "SoftBreak", "HardBreak"})
_PLAIN = _TEXTS | {"Code"}
_WORDS = _TEXTS | _OPAQUE.keys() | {"InlineHtml"}
_STRING = re.compile(r'"([^"\n]{2,})"|\'([^\'\n]{2,})\'|`([^`]{2,})`')
_BACKTICKS = re.compile(r"`([^`\n]+)`")
_SENTENCE = re.compile(f"[{HAN}]|[A-Za-z]+ [A-Za-z]+ [A-Za-z]+")
_URL = re.compile(r"https?://[^\s\"'`<>()\[\]{}]+")
# Takes half the time of `Span(…)`.
_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
_Range = dict[str, int]
_Event = tuple[str, Any, _Range]
_DEEPEST = 16  # containers remembered per block; deeper nesting says nothing and would cost memory quadratically


def parse(text: str, path: str, uri: str = "") -> Document:
    """Return the document of a Markdown text: blocks in file order, front-matter fields first.

    Raises UserError when pyromark panics.
    """
    body, fields = front_matter.split(text)
    masked = dialects.mask(text[body:])
    builder = _Builder(text, body, masked.text)
    try:
        builder.run()
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        # What Rust calls a panic is no `Exception` in Python, and would end the process as an interrupt does.
        raise UserError(f"{path}: the Markdown parser failed: {error}", "please report this bug") from error
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
    starts = [block.span.start for block in blocks] if openings else []
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
    raw = text.encode()
    last, point = 0, base

    def at(byte: int) -> int:
        nonlocal last, point
        if byte > last:
            point += len(raw[last:byte].decode())
        elif byte < last:
            point -= len(raw[byte:last].decode())
        last = byte
        return point

    return at


def _begun(tag: Any) -> tuple[InlineKind, str, str] | None:
    """Return the kind, destination and title of a link or emphasis that starts; None for any other start."""
    if type(tag) is str:
        return (_INLINES[tag], "", "") if tag in _INLINES else None
    link = tag.get("Link")
    return (InlineKind.LINK, link["dest_url"], link["title"]) if link else None


class _Builder:
    """Turns the event stream into blocks."""

    def __init__(self, text: str, body: int, masked: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.comments: list[tuple[int, str]] = []
        self._containers: list[str] = []
        self._container: tuple[str, ...] = ()
        self._item_started = False
        self._events: Iterator[Any] = iter(())
        self._masked = masked
        # Bytes are counted on what was parsed: masking keeps code points.
        self._at = _points(masked, body)

    def run(self) -> None:
        """Take all events."""
        events: Iterator[Any] = pyromark.events_with_range(self._masked, options=_OPTIONS)
        self._events = events
        for event, where in events:
            name, value = (event, "\n") if type(event) is str else event.popitem()
            self._take(name, value, where)

    def _take(self, name: str, value: Any, where: _Range) -> None:
        """Take a leaf as a whole, or the start or end of a container."""
        if name == "Start":
            tag, detail = (value, None) if type(value) is str else value.popitem()
            _STARTS[tag](self, tag, detail, where)
        elif name == "End":
            self._end_container(_tag(value))
        elif name in _WORDS:
            self._read_item({name: value}, where)

    def _start_inline(self, tag: str, detail: Any, where: _Range) -> None:
        self._read_item({"Start": {tag: detail} if detail else tag}, where)

    def _start_container(self, tag: str, detail: Any, where: _Range) -> None:
        self._containers.append(_CONTAINERS[tag])
        self._container = tuple(self._containers[:_DEEPEST])
        if tag == "Item":
            self._item_started = False

    def _end_container(self, tag: str) -> None:
        self._containers.pop()
        self._container = tuple(self._containers[:_DEEPEST])
        if tag == "Item":
            self._item_started = True

    def _read_paragraph(self, tag: str, detail: Any, where: _Range) -> None:
        first = not self._item_started and self._containers[-1:] == ["item"]
        self._item_started = True
        self._read_leaf(Kind.ITEM if first else Kind.PARAGRAPH, where)

    def _read_heading(self, tag: str, detail: Any, where: _Range) -> None:
        self._read_leaf(Kind.HEADING, where, int(detail["level"][1:]))

    def _read_cell(self, tag: str, detail: Any, where: _Range) -> None:
        self._read_leaf(Kind.CELL, where)

    def _read_leaf(self, kind: Kind, where: _Range, level: int = 0) -> None:
        start = self._at(where["start"])
        prose, inlines, _ = self._read_inlines(self._events)
        span = self._stripped(start, self._at(where["end"]))
        self.blocks.append(Block(kind, span, prose, inlines, level, self._container))

    def _read_item(self, event: dict[str, Any], where: _Range) -> None:
        """Take a tight list item's text, which comes without a paragraph around it, and the event after it."""
        kind = Kind.PARAGRAPH if self._item_started else Kind.ITEM
        self._item_started = True
        start = self._at(where["start"])
        prose, inlines, (name, value, after) = self._read_inlines(chain(((event, where),), self._events))
        span = self._stripped(start, self._at(after["end" if name == "End" else "start"]))
        self.blocks.append(Block(kind, span, prose, inlines, 0, self._container))
        self._take(name, value, after)

    def _read_inlines(self, events: Iterator[Any]) -> tuple[Prose, tuple[Inline, ...], _Event]:
        """Take the inline events that come; return their prose and inlines, and the block event after them.

        Text, code, links and emphasis are nine events of ten; what `ProseBuilder` does for them is done in place.
        """
        at, builder = self._at, ProseBuilder()
        parts, pieces, inlines, opened = builder.parts, builder.pieces, builder.inlines, builder.opened
        length, ahead = 0, -1
        name, value, where = "", "", _Range()
        for event, where in events:
            name, value = (event, "\n") if type(event) is str else event.popitem()
            if name in _PLAIN:
                start = at(where["start"])
                if start - length != ahead:
                    ahead = start - length
                    pieces.append((length, start))
                if name == "Code":
                    span, text = _span((start, at(where["end"]))), _span((length, length + 1))
                    inlines.append(Inline(InlineKind.CODE, span, text, value))
                    value = PLACEHOLDER
                parts.append(value)
                length += len(value)
            elif name == "End":
                if not opened:
                    break
                kind, first, start, destination, title = opened.pop()
                span, text = _span((start, at(where["end"]))), _span((first, length))
                inlines.append(Inline(kind, span, text, "", destination, title))
            elif name == "Start" and (begun := _begun(value)):
                kind, destination, title = begun
                opened.append((kind, length, at(where["start"]), destination, title))
            else:
                builder.length, builder.ahead = length, ahead
                after = self._read_rest(builder, (name, value, where), events)
                return (*builder.build(), after)
        return (*builder.build(), (name, value, where))

    def _read_rest(self, prose: ProseBuilder, event: _Event, events: Iterator[Any]) -> _Event:
        """Take inline events of any kind, `event` the first; return the block event after them."""
        name, value, where = event
        while self._add(prose, name, value, where):
            following, where = next(events)
            name, value = (following, "\n") if type(following) is str else following.popitem()
        return name, value, where

    def _add(self, prose: ProseBuilder, name: str, value: Any, where: _Range) -> bool:
        """Add one inline event to `prose`; return whether it is one."""
        start = self._at(where["start"])
        if name in _OPAQUE:
            prose.opaque(_OPAQUE[name], _span((start, self._at(where["end"]))), value)
        elif name in _TEXTS:
            prose.add(value, start)
        elif name == "InlineHtml":
            self._add_html(prose, value, start)
        elif name == "Start" and (tag := _tag(value)) in _INLINES:
            detail = value[tag] if type(value) is dict else {}
            prose.open(_INLINES[tag], start, detail.get("dest_url", ""), detail.get("title", ""))
        elif name == "End" and prose.opened:
            prose.close(self._at(where["end"]))
        else:
            return name == "TaskListMarker"
        return True

    def _add_html(self, prose: ProseBuilder, raw: str, at: int) -> None:
        """Add a comment or tag."""
        if raw.startswith("<!--"):
            self.comments.append((at, raw[4:-3]))
        else:
            prose.html(raw, at)

    def _read_code(self, tag: str, detail: Any, where: _Range) -> None:
        """Take the events of a code block: its lines, then its end."""
        span = self._stripped(self._at(where["start"]), self._at(where["end"]))
        lines: list[str] = []
        event, _ = next(self._events)
        while "Text" in event:
            lines.append(event["Text"])
            event, _ = next(self._events)
        info = detail["Fenced"] if type(detail) is dict else ""
        self.blocks.append(Block(Kind.CODE, span, container=self._container, info=info, content="".join(lines)))

    def _read_html_block(self, tag: str, detail: Any, where: _Range) -> None:
        """Take the events of an HTML block; but for what is left of its indentation, it is read from the text."""
        at = self._at
        span = self._stripped(at(where["start"]), at(where["end"]))
        builder = ProseBuilder()
        event, place = next(self._events)
        while "End" not in event:
            if "Text" in event:
                builder.add(event["Text"], at(place["start"]))
            event, place = next(self._events)
        content = self.text[span.start : span.end]
        self._read_html(builder, content, span.start)
        prose, inlines = builder.build()
        self.blocks.append(Block(Kind.HTML, span, prose, inlines, container=self._container, content=content))

    def _stripped(self, start: int, end: int) -> Span:
        """Return the range without the white space at its end."""
        text = self.text
        while end > start and text[end - 1].isspace():
            end -= 1
        return _span((start, end))

    def _read_html(self, prose: ProseBuilder, raw: str, start: int) -> None:
        for kind, piece, at in html_pieces(raw, start):
            if kind == "text":
                _add_literal(prose, piece, at)
            else:
                self._add_html(prose, piece, at)


def _add_literal(prose: ProseBuilder, text: str, at: int) -> None:
    """Add text of an HTML block: MDX renders code in it, and to CommonMark backticks there say the same."""
    if "`" not in text:
        if text.strip():
            prose.add(text, at)
        return
    last = 0
    for code in _BACKTICKS.finditer(text):
        prose.add(text[last : code.start()], at + last)
        prose.opaque(InlineKind.CODE, Span(at + code.start(), at + code.end()), code[1])
        last = code.end()
    prose.add(text[last:], at + last)


def _tag(value: Any) -> str:
    """Return the name of what starts or ends."""
    return value if type(value) is str else next(iter(value))


_STARTS: dict[str, Callable[[_Builder, str, Any, _Range], None]] = {
    "Paragraph": _Builder._read_paragraph,
    "Heading": _Builder._read_heading,
    "TableCell": _Builder._read_cell,
    "CodeBlock": _Builder._read_code,
    "HtmlBlock": _Builder._read_html_block,
    **dict.fromkeys(_CONTAINERS, _Builder._start_container),
    **dict.fromkeys(_INLINES, _Builder._start_inline),
}
