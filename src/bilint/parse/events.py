"""pyromark's events → blocks: the only place that knows pyromark and its UTF-8 byte offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import Any

import pyromark

from bilint.model import PLACEHOLDER, Block, Inline, InlineKind, Kind, Prose, Span, UserError
from bilint.parse.byte_offsets import points
from bilint.parse.constructs import MASK, SPECIAL, Construct, mark, placeholder_name
from bilint.parse.html.elements import NAMES
from bilint.parse.prose import ProseBuilder, html_pieces

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
_NAMED = {
    "BlockQuote": ("[!", "]", InlineKind.CONTAINER),
    "FootnoteDefinition": ("[^", "]:", InlineKind.FOOTNOTE_TEXT),
}
"""Containers that have a name, how it stands in the file, and what it is."""
_TEXTS = frozenset({"Text", "SoftBreak", "HardBreak"})
_PLAIN = _TEXTS | {"Code"}
_WORDS = _TEXTS | _OPAQUE.keys() | {"InlineHtml"}
_BARE_TAG = re.compile(r"<([a-z][\w-]*)(?: [\w-]+)*>")
_CLOSING = re.compile(r"</([a-z][\w-]*)")
_BACKTICKS = re.compile(r"`([^`\n]+)`")
# Takes half the time of `Span(…)`.
_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
_Range = dict[str, int]
_Event = tuple[str, Any, _Range]
_DEEPEST = 16  # containers remembered per block; deeper nesting says nothing and would cost memory quadratically


def _begun(tag: Any) -> tuple[InlineKind, str, str] | None:
    """Return the kind, destination and title of a link or emphasis that starts; None for any other start."""
    if type(tag) is str:
        return (_INLINES[tag], "", "") if tag in _INLINES else None
    link = tag.get("Link")
    return (InlineKind.LINK, link["dest_url"], link["title"]) if link else None


class Builder:
    """Turns the event stream into blocks."""

    def __init__(self, text: str, body: int, masked: str, constructs: Sequence[Construct]) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.comments: list[tuple[int, str]] = []
        self.marks: list[Inline] = []
        self._containers: list[str] = []
        self._container: tuple[str, ...] = ()
        self._item_started = False
        self._events: Iterator[Any] = iter(())
        self._body = body
        self._masked = masked
        self._constructs = {construct.span.start + body: construct for construct in constructs}
        # Bytes are counted on what was parsed: masking keeps code points.
        self._at = points(masked, body)

    def run(self, path: str) -> None:
        """Take all events. Raises UserError that names `path` when pyromark panics."""
        try:
            events: Iterator[Any] = pyromark.events_with_range(self._masked, options=_OPTIONS)
            self._events = events
            for event, where in events:
                name, value = (event, "\n") if type(event) is str else event.popitem()
                self._take(name, value, where)
        except BaseException as error:
            if type(error).__module__ != "pyo3_runtime":
                raise
            # What Rust calls a panic is no `Exception` in Python, and would end the process as an interrupt does.
            raise UserError(
                "{path}: the Markdown parser failed: {error}", "please report this bug", path=path, error=error
            ) from error

    def _original(self, value: str, where: _Range) -> str:
        """Return what stood in the file for a literal text of the parser's, which may hold marks."""
        if MASK not in value:
            return value
        first, last = self._at(where["start"]) - self._body, self._at(where["end"]) - self._body
        found = self._masked.rfind(value, first, last)
        found = found if found >= 0 else self._masked.find(value)
        start = found + self._body
        return self.text[start : start + len(value)] if found >= 0 else value.replace(MASK, "")

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
        if detail and tag in _NAMED:
            self._add_mark(tag, detail, self._at(where["start"]))
        self._containers.append(_CONTAINERS[tag])
        self._container = tuple(self._containers[:_DEEPEST])
        if tag == "Item":
            self._item_started = False

    def _add_mark(self, tag: str, name: str, start: int) -> None:
        """Note the label of a footnote's text, or the keyword of a quotation that is one (`[!WARNING]`)."""
        opener, closer, kind = _NAMED[tag]
        first = self.text.find(opener, start)
        end = self.text.find(closer, first) + len(closer)
        if first >= 0 and end > first:
            self.marks.append(mark(self.text, kind, Span(first, end), name if tag != "BlockQuote" else name.lower()))

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
        if not detail["id"]:
            return
        start, end = self._at(where["start"]), self._at(where["end"])
        opening = self.text.rfind("{", start, end)
        closing = self.text.find("}", opening, end)
        if 0 <= opening < closing:
            self.marks.append(mark(self.text, InlineKind.ANCHOR, Span(opening, closing + 1), detail["id"]))

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
            # Three looks at a text cost less than one search.
            if name in _PLAIN and (
                ("{" not in value and "%" not in value and MASK not in value) or not SPECIAL.search(value)
            ):
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
                if self._constructs:
                    destination, title = self._original(destination, where), self._original(title, where)
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
            value = self._original(value, where)
            label = value if name == "FootnoteReference" else ""
            prose.named(_OPAQUE[name], _span((start, self._at(where["end"]))), value, label)
        elif name in _TEXTS:
            self._add_text(prose, value, start)
        elif name == "InlineHtml":
            self._add_html(prose, self._original(value, where), start)
        elif name == "Start" and (tag := _tag(value)) in _INLINES:
            detail = value[tag] if type(value) is dict else {}
            address, title = detail.get("dest_url", ""), detail.get("title", "")
            prose.open(_INLINES[tag], start, self._original(address, where), self._original(title, where))
        elif name == "End" and prose.opened:
            prose.close(self._at(where["end"]))
        else:
            return name == "TaskListMarker"
        return True

    def _add_text(self, prose: ProseBuilder, value: str, start: int) -> None:
        """Add text and the constructs and placeholders in it."""
        if prose.adds_alternative():
            prose.add(self.text[start : start + len(value)] if MASK in value else value, start)
            return
        last = 0
        for found in SPECIAL.finditer(value):
            if found.start() > last:
                prose.add(value[last : found.start()], start + last)
            if found[0].startswith(MASK):
                self._add_constructs(prose, start + found.start(), start + found.end())
            else:
                span = Span(start + found.start(), start + found.end())
                prose.named(InlineKind.PLACEHOLDER, span, found[0], placeholder_name(found[0]))
            last = found.end()
        if last < len(value):
            prose.add(value[last:], start + last)

    def _add_constructs(self, prose: ProseBuilder, start: int, end: int) -> None:
        """Add the constructs that begin in a stretch of marks; what began on an earlier line is there already."""
        while start < end:
            construct = self._constructs.get(start)
            if construct is None:
                if self.text[start] == MASK:
                    prose.add(MASK, start)
                start += 1
                continue
            kind, (first, last), name = construct
            span = Span(first + self._body, last + self._body)
            if kind is not None:
                prose.named(kind, span, self.text[span.start : span.end], name)
            start = span.end

    def _add_html(self, prose: ProseBuilder, raw: str, at: int) -> None:
        """Add a comment or tag."""
        if raw.startswith("<!--"):
            self.comments.append((at, raw[4:].removesuffix("-->")))
        elif self._is_placeholder(raw):
            prose.named(InlineKind.PLACEHOLDER, Span(at, at + len(raw)), raw, raw)
        else:
            prose.html(raw, at)

    def _is_placeholder(self, raw: str) -> bool:
        """Whether a tag is none of HTML's, and no component that is closed: `<your-token>`."""
        found = _BARE_TAG.fullmatch(raw)
        return found is not None and found[1] not in NAMES and found[1] not in self._closed

    @cached_property
    def _closed(self) -> frozenset[str]:
        """The names of all elements that are closed anywhere."""
        return frozenset(_CLOSING.findall(self.text))

    def _read_code(self, tag: str, detail: Any, where: _Range) -> None:
        """Take the events of a code block: its lines, then its end."""
        span = self._stripped(self._at(where["start"]), self._at(where["end"]))
        lines: list[str] = []
        event, place = next(self._events)
        while "Text" in event:
            line = event["Text"]
            lines.append(self._original(line, place) if MASK in line else line)
            event, place = next(self._events)
        info = self._original(detail["Fenced"], where) if type(detail) is dict else ""
        self.blocks.append(Block(Kind.CODE, span, container=self._container, info=info, content="".join(lines)))

    def _read_html_block(self, tag: str, detail: Any, where: _Range) -> None:
        """Take the events of an HTML block; but for what is left of its indentation, it is read from the text."""
        at = self._at
        span = self._stripped(at(where["start"]), at(where["end"]))
        builder = ProseBuilder()
        event, place = next(self._events)
        while "End" not in event:
            if "Text" in event:
                builder.add(self._original(event["Text"], place), at(place["start"]))
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
    if not text.strip():
        prose.gap("\n" if "\n" in text else " ", at)
        return
    if "`" not in text:
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


_STARTS: dict[str, Callable[[Builder, str, Any, _Range], None]] = {
    "Paragraph": Builder._read_paragraph,
    "Heading": Builder._read_heading,
    "TableCell": Builder._read_cell,
    "CodeBlock": Builder._read_code,
    "HtmlBlock": Builder._read_html_block,
    **dict.fromkeys(_CONTAINERS, Builder._start_container),
    **dict.fromkeys(_INLINES, Builder._start_inline),
}
