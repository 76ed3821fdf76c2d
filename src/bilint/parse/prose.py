"""Gather the readable text of one block, with the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from bilint.model import NO_PROSE, PLACEHOLDER, Inline, InlineKind, Prose, Span
from bilint.parse.html import tokens as html_tokens
from bilint.parse.html.elements import BLOCKS

_OPAQUE = frozenset({"code", "kbd", "samp", "var", "tt", "pre", "script", "style", "svg", "math", "textarea"})
_NEVER_READ = frozenset({"pre", "script", "style", "svg", "math", "textarea"})
_GLOSS = frozenset({"rt", "rp"})
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][\w.:-]*)")


class _Hole(NamedTuple):
    """An open element whose content is no prose, and how much there was of everything before it."""

    name: str
    parts: int
    pieces: int
    inlines: int
    length: int


class ProseBuilder(msgspec.Struct):
    """Collects text, inlines and raw HTML of one block in file order.

    What an HTML element without prose (`<code>`, `<kbd>`, a ruby's `<rt>`) held is taken out again when it ends. One
    that is never closed holds nothing, unless it is none for readers at all (`<script>`). `length` is that of the prose
    so far, `ahead` how far the last piece is ahead of it in the file, `opened` the inlines not yet closed.
    """

    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    inlines: list[Inline] = []
    length: int = 0
    ahead: int = -1
    opened: list[tuple[InlineKind, int, int, str, str]] = []
    _holes: list[_Hole] = []
    _open_holes: dict[str, int] = {}
    _gap: tuple[str, int] = ("", 0)
    _anchors: list[tuple[int, int, str]] = []
    _alt: list[str] | None = None

    def adds_alternative(self) -> bool:
        """Return whether what comes is an image's alternative text."""
        return self._alt is not None

    def add(self, text: str, at: int) -> None:
        """Append prose that stands at file offset `at`."""
        if self._alt is not None:
            self._alt.append(text)
            return
        self._fill_gap()
        if at - self.length != self.ahead:
            self.ahead = at - self.length
            self.pieces.append((self.length, at))
        self.parts.append(text)
        self.length += len(text)

    def _fill_gap(self) -> None:
        blank, at = self._gap
        if blank:
            self._gap = ("", 0)
            if not self.parts or not self.parts[-1].endswith(("\n", " ")):
                self.add(blank, at)

    def gap(self, blank: str, at: int) -> None:
        """Keep words apart: a blank at `at` comes before the next; a line break counts more than a space."""
        if self.length and self._gap[0] != "\n":
            self._gap = (blank, at)

    def opaque(self, kind: InlineKind, span: Span, content: str, destination: str = "", title: str = "") -> None:
        """Append an inline that is not prose: it leaves a placeholder."""
        if self._alt is None:
            self.inlines.append(Inline(kind, span, self._placeholder(span.start), content, destination, title))

    def named(self, kind: InlineKind, span: Span, content: str, name: str) -> None:
        """Append an inline that is not prose and has a name."""
        if self._alt is None:
            self.inlines.append(Inline(kind, span, self._placeholder(span.start), content, name=name))

    def _placeholder(self, at: int) -> Span:
        self._fill_gap()
        start = self.length
        self.add(PLACEHOLDER, at)
        return Span(start, start + 1)

    def open(self, kind: InlineKind, at: int, destination: str = "", title: str = "") -> None:
        """Begin a link, emphasis or image."""
        self.opened.append((kind, self.length, at, destination, title))
        if kind is InlineKind.IMAGE and self._alt is None:
            self._alt = []

    def close(self, end: int) -> None:
        """End the inline opened last; `end` is its end in the file."""
        kind, start, at, destination, title = self.opened.pop()
        if kind is InlineKind.IMAGE:
            if any(opened[0] is InlineKind.IMAGE for opened in self.opened):
                return
            alt = "".join(self._alt or ())
            self._alt = None
            self.opaque(kind, Span(at, end), alt, destination, title)
        elif self._alt is None:
            start = min(start, self.length)
            self.inlines.append(Inline(kind, Span(at, end), Span(start, self.length), "", destination, title))

    def html(self, raw: str, at: int) -> None:
        """Take one raw HTML tag or comment at file offset `at`."""
        tag = _TAG_NAME.match(raw)
        if tag is None:
            return
        closing, name = bool(tag[1]), tag[2].lower()
        end = at + len(raw)
        if name in BLOCKS:
            self.gap("\n", at)
        if name in _OPAQUE or name in _GLOSS:
            self._hide(name, Span(at, end), closing=closing or raw.endswith("/>"))
        elif name == "ruby" and closing:
            for gloss in _GLOSS:
                self._cut(gloss)
        elif name == "br":
            self.add("\n", at)
        elif name == "img":
            found = html_tokens.attributes(raw)
            self.opaque(
                InlineKind.IMAGE, Span(at, end), found.get("alt", ""), found.get("src", ""), found.get("title", "")
            )
        elif name == "a":
            self._anchor(raw, Span(at, end), closing=closing)

    def _hide(self, name: str, span: Span, *, closing: bool) -> None:
        if self._alt is not None:
            return
        if name in _GLOSS and self._holes and self._holes[-1].name in _GLOSS:
            self._cut(self._holes[-1].name)  # a gloss ends where the next one begins
            if closing:
                return
        if closing:
            self._cut(name)
            return
        if name in _OPAQUE:
            self.opaque(InlineKind.HTML, span, "")
        self._holes.append(_Hole(name, len(self.parts), len(self.pieces), len(self.inlines), self.length))
        self._open_holes[name] = self._open_holes.get(name, 0) + 1

    def _cut(self, name: str) -> None:
        """Take out what came since the element `name` was opened last; nothing when it was not."""
        while self._open_holes.get(name):
            hole = self._holes.pop()
            self._open_holes[hole.name] -= 1
            if hole.name == name:
                del self.parts[hole.parts :], self.pieces[hole.pieces :], self.inlines[hole.inlines :]
                self.length, self.ahead = hole.length, -1
                return

    def _cut_never_read(self) -> None:
        """Take out what stands behind the first open element that is none for readers."""
        never_read = next((hole.name for hole in self._holes if hole.name in _NEVER_READ), "")
        while self._open_holes.get(never_read):
            self._cut(never_read)

    def _anchor(self, raw: str, span: Span, *, closing: bool) -> None:
        if not closing:
            self._anchors.append((self.length, span.start, html_tokens.attributes(raw).get("href", "")))
        elif self._anchors:
            start, at, destination = self._anchors.pop()
            start = min(start, self.length)
            if destination:
                self.inlines.append(
                    Inline(InlineKind.LINK, Span(at, span.end), Span(start, self.length), "", destination)
                )

    def build(self) -> tuple[Prose, tuple[Inline, ...]]:
        """Return the prose and the inlines in file order."""
        if self._holes:
            self._cut_never_read()
        if not self.parts and not self.inlines:
            return NO_PROSE, ()
        if len(self.inlines) > 1:
            self.inlines.sort(key=_place)
        return Prose("".join(self.parts), tuple(self.pieces)), tuple(self.inlines)


def _place(inline: Inline) -> tuple[int, int]:
    return inline.span.start, -inline.span.end


def html_pieces(raw: str, at: int) -> Iterator[tuple[str, str, int]]:
    """Yield ("text" | "tag" | "comment", string, file offset) of a stretch of raw HTML, in file order."""
    last = 0
    for match in html_tokens.markup(raw):
        yield from _texts(raw, last, match.start(), at)
        yield "comment" if match[0].startswith("<!--") else "tag", match[0], at + match.start()
        last = match.end()
    yield from _texts(raw, last, len(raw), at)


def _texts(raw: str, start: int, end: int, at: int) -> Iterator[tuple[str, str, int]]:
    for text, first, _ in html_tokens.decoded(raw, start, end):
        yield "text", text, at + first
