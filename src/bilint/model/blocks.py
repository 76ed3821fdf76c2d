"""What a document is made of: blocks, the inlines in them, their readable prose, sentences.

`Prose`, `Inline` and `Block`, of which a book has hundreds of thousands, are msgspec structs: they are made ten times
as fast.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

from bilint.model.enums import plain_members
from bilint.model.places import Span


@plain_members
class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    CODE = "code"
    HTML = "html"
    FIELD = "field"
    TITLE = "title"


PLACEHOLDER = "\ufffc"
"""Stands in prose for an inline that is not prose (code, image, formula), so its neighbours stay apart."""


class Prose(Struct, frozen=True, gc=False):
    """Readable text of a block with the way back to the file.

    `pieces` are (offset in `text`, offset in the file), ascending; inside a piece both run in step.
    """

    text: str = ""
    pieces: tuple[tuple[int, int], ...] = ()

    def position(self, offset: int) -> int:
        """Return the file offset of the prose character at `offset`."""
        index = bisect_right(self.pieces, (offset, math.inf)) - 1 if len(self.pieces) > 1 else 0
        start, at = self.pieces[max(index, 0)]
        return at + offset - start

    def span(self, start: int, end: int) -> Span:
        """Return the file span of the prose characters `start` to `end`."""
        if end <= start:
            at = self.position(start)
            return Span(at, at)
        return Span(self.position(start), self.position(end - 1) + 1)


NO_PROSE = Prose()


@plain_members
class InlineKind(StrEnum):
    """What an inline is."""

    LINK = "link"
    IMAGE = "image"
    CODE = "code"
    MATH = "math"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRIKE = "strike"
    HTML = "html"
    FOOTNOTE = "footnote"
    FOOTNOTE_TEXT = "footnote-text"
    PLACEHOLDER = "placeholder"
    TEMPLATE = "template"
    MACRO = "macro"
    COMPONENT = "component"
    CONTAINER = "container"
    ANCHOR = "anchor"


class Inline(Struct, frozen=True, gc=False):
    """A link, image, code span … inside a block.

    `span` is in the file; `text` is the span of its readable text in the block's prose (empty for code and
    images, whose literal content or alternative text is `content`). `name` is what a translation must keep of one that
    has a name: a placeholder (`{count}`), template tag (`figure`, `/figure`), macro (`domxref`), component (`Tabs`,
    `/Tabs`), container (`note`, `/` where it ends), footnote, or heading id; its `content` is all of it.
    """

    kind: InlineKind
    span: Span
    text: Span
    content: str = ""
    destination: str = ""
    title: str = ""
    name: str = ""


class Block(Struct, frozen=True, gc=False):
    """One heading, paragraph, list item, table cell, code block, HTML block or front-matter field.

    `level` is a heading's level; `container` names what the block lies in, outermost first; `info` is a code block's
    info string or a front-matter key; `content` is the literal text of code and HTML; `opening` is where a container
    that starts with this block opens, -1 for none; `anchor` is the id that a heading states (`{#id}`).
    """

    kind: Kind
    span: Span
    prose: Prose = NO_PROSE
    inlines: tuple[Inline, ...] = ()
    level: int = 0
    container: tuple[str, ...] = ()
    info: str = ""
    content: str = ""
    opening: int = -1
    anchor: str = ""

    @property
    def start(self) -> int:
        """Where the block starts, the line that opens its container (`:::tip`) included."""
        return self.span.start if self.opening < 0 else self.opening

    def images(self) -> list[Inline]:
        """Return the block's images in file order."""
        return [i for i in self.inlines if i.kind is InlineKind.IMAGE] if self.inlines else []

    def links(self) -> list[Inline]:
        """Return the block's links in file order."""
        return [i for i in self.inlines if i.kind is InlineKind.LINK] if self.inlines else []


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence: a range of a block's prose. A heading, table cell or code block is one segment.

    Code has no prose; its span is that of its literal content.
    """

    block: Block
    span: Span

    @property
    def text(self) -> str:
        """The characters of the sentence."""
        literal = self.block.content if self.block.kind is Kind.CODE else self.block.prose.text
        return literal[self.span.start : self.span.end]
