"""Gather the readable text of one block, with the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import msgspec

from bilint.model import NO_PROSE, PLACEHOLDER, Inline, InlineKind, Prose, Span

_OPAQUE = frozenset({"code", "kbd", "samp", "var", "tt", "pre", "script", "style", "svg", "math", "textarea"})
_GLOSS = frozenset({"rt", "rp"})
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][\w.:-]*)")
_ATTRIBUTE = re.compile(r"""(?<![\w-])(href|src|alt|title)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_MARKUP = re.compile(r"<!--.*?-->|<[/!?]?[A-Za-z][^<>]*>|<[!?][^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);", re.DOTALL)


class ProseBuilder(msgspec.Struct):
    """Collects text, inlines and raw HTML of one block in file order.

    Inside an HTML element that holds no prose (`<code>`, `<kbd>`, a ruby's `<rt>`) text is left out. `length` is that
    of the prose so far, `ahead` how far the last piece is ahead of it in the file, `opened` the inlines not yet closed.
    """

    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    inlines: list[Inline] = []
    length: int = 0
    ahead: int = -1
    opened: list[tuple[InlineKind, int, int, str, str]] = []
    _hidden: list[str] = []
    _anchors: list[tuple[int, int, str]] = []
    _alt: list[str] | None = None

    def add(self, text: str, at: int) -> None:
        """Append prose that stands at file offset `at`."""
        if self._alt is not None:
            self._alt.append(text)
        elif not self._hidden:
            if at - self.length != self.ahead:
                self.ahead = at - self.length
                self.pieces.append((self.length, at))
            self.parts.append(text)
            self.length += len(text)

    def opaque(self, kind: InlineKind, span: Span, content: str, destination: str = "", title: str = "") -> None:
        """Append an inline that is not prose: it leaves a placeholder."""
        if self._hidden or self._alt is not None:
            return
        at = self.length
        self.add(PLACEHOLDER, span.start)
        self.inlines.append(Inline(kind, span, Span(at, at + 1), content, destination, title))

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
        elif not self._hidden and self._alt is None:
            self.inlines.append(Inline(kind, Span(at, end), Span(start, self.length), "", destination, title))

    def html(self, raw: str, at: int) -> None:
        """Take one raw HTML tag or comment at file offset `at`."""
        tag = _TAG_NAME.match(raw)
        if tag is None:
            return
        closing, name = bool(tag[1]), tag[2].lower()
        end = at + len(raw)
        if name in _OPAQUE or name in _GLOSS:
            self._hide(name, Span(at, end), closing=closing or raw.endswith("/>"))
        elif name == "br":
            self.add("\n", at)
        elif name == "img":
            found = _attributes(raw)
            self.opaque(
                InlineKind.IMAGE, Span(at, end), found.get("alt", ""), found.get("src", ""), found.get("title", "")
            )
        elif name == "a":
            self._anchor(raw, Span(at, end), closing=closing)

    def _hide(self, name: str, span: Span, *, closing: bool) -> None:
        if closing:
            if name in self._hidden:
                self._hidden.remove(name)
            return
        if name in _OPAQUE:
            self.opaque(InlineKind.HTML, span, "")
        self._hidden.append(name)

    def _anchor(self, raw: str, span: Span, *, closing: bool) -> None:
        if not closing:
            self._anchors.append((self.length, span.start, _attributes(raw).get("href", "")))
        elif self._anchors:
            start, at, destination = self._anchors.pop()
            if destination:
                self.inlines.append(
                    Inline(InlineKind.LINK, Span(at, span.end), Span(start, self.length), "", destination)
                )

    def build(self) -> tuple[Prose, tuple[Inline, ...]]:
        """Return the prose and the inlines in file order."""
        if not self.parts and not self.inlines:
            return NO_PROSE, ()
        if len(self.inlines) > 1:
            self.inlines.sort(key=_place)
        return Prose("".join(self.parts), tuple(self.pieces)), tuple(self.inlines)


def _place(inline: Inline) -> tuple[int, int]:
    return inline.span.start, -inline.span.end


def _attributes(raw: str) -> dict[str, str]:
    return {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(raw)}


def html_pieces(raw: str, at: int) -> Iterator[tuple[str, str, int]]:
    """Yield ("text" | "tag" | "comment", string, file offset) of a stretch of raw HTML, in file order."""
    last = 0
    for match in _MARKUP.finditer(raw):
        if match.start() > last:
            yield "text", raw[last : match.start()], at + last
        piece = match[0]
        if piece.startswith("&"):
            yield "text", unescape(piece), at + match.start()
        else:
            yield "comment" if piece.startswith("<!--") else "tag", piece, at + match.start()
        last = match.end()
    if last < len(raw):
        yield "text", raw[last:], at + last
