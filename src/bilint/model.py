"""Every type that travels between stages: spans, blocks, documents, aligned pairs, findings.

All are frozen. Offsets are code points of `Document.text`, half-open; lines and columns count from 1. `Prose`, `Inline`
and `Block`, of which a book has hundreds of thousands, are msgspec structs: they are made ten times as fast.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, TypeVar

from msgspec import Struct

Members = TypeVar("Members", bound=type[StrEnum])

_LINE_END = re.compile("\n")


def plain_members(enum: Members) -> Members:
    """Return the enum with its members as plain class attributes, as Python 3.12 and later have them.

    Before, `Kind.CODE` calls a Python function, and the stages say it millions of times.
    """
    for member in enum:
        type.__setattr__(enum, member.name, member)
    return enum


class UserError(Exception):
    """Something the user gave cannot be used; `message` says what and where, `hint` what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Span(NamedTuple):
    """Half-open range of code points; a named tuple, because a book has hundreds of thousands of them."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file: lines and columns from 1, in code points, end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A place, the characters that stand there, and the whole first line for showing them in context."""

    place: Place
    text: str
    line: str


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
        index = bisect_right(self.pieces, (offset, float("inf"))) - 1
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


class Inline(Struct, frozen=True, gc=False):
    """A link, image, code span … inside a block.

    `span` is in the file; `text` is the span of its readable text in the block's prose (empty for code and
    images, whose literal content or alternative text is `content`).
    """

    kind: InlineKind
    span: Span
    text: Span
    content: str = ""
    destination: str = ""
    title: str = ""


class Block(Struct, frozen=True, gc=False):
    """One heading, paragraph, list item, table cell, code block, HTML block or front-matter field.

    `level` is a heading's level; `container` names what the block lies in, outermost first; `info` is a code block's
    info string or a front-matter key; `content` is the literal text of code and HTML; `opening` is where a container
    that starts with this block opens, -1 for none.
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


@plain_members
class Format(StrEnum):
    """The mark-up a document is written in."""

    MARKDOWN = "markdown"
    HTML = "html"


@dataclass(frozen=True, eq=False)
class Document:
    """One parsed text; `text` is exactly what stands in the file, decoded, with no normalisation.

    Compared by identity: hashing all of a book for a cache would cost more than the cache saves. Without slots, for the
    sake of `line_starts`: few originals are ever asked for a line.
    """

    path: str
    text: str
    blocks: tuple[Block, ...]
    format: Format = Format.MARKDOWN
    uri: str = ""
    comments: tuple[tuple[int, str], ...] = ()

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line starts; only a line feed ends a line."""
        return (0, *[end.end() for end in _LINE_END.finditer(self.text)])

    def place(self, span: Span) -> Place:
        """Return the lines and columns of `span`."""
        line, column = self._line_column(span.start)
        end_line, end_column = self._line_column(span.end)
        return Place(self.path, line, column, end_line, end_column)

    def excerpt(self, span: Span) -> Excerpt:
        """Return the place of `span`, its text, and its first line."""
        place = self.place(span)
        return Excerpt(place, self.text[span.start : span.end], self.line(place.line))

    def line(self, number: int) -> str:
        """Return line `number`, from 1, without its end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def _line_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """n source blocks and m target blocks that say the same; one side empty means unaligned. `score` is 0 to 1."""

    source: tuple[Block, ...]
    target: tuple[Block, ...]
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """n source segments and m target segments that say the same; one side empty means unaligned. `score` is 0 to 1."""

    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Bitext:
    """The two documents of an article and their aligned pairs, in the order of the target."""

    source: Document
    target: Document
    pairs: tuple[AlignedPair, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """The English original an article names: by URL, by path, or both; `found_by` says how it was found.

    `latest` is the file of a newer version of the same page, None when there is none at hand or it is the same; `span`
    is where the article names it, if it does; `charset` is what the server said of the encoding; `outdated` says that
    the file is known not to be the text that was translated.
    """

    uri: str | None
    path: str | None
    found_by: str
    latest: str | None = None
    span: Span | None = field(default=None, compare=False)
    charset: str = ""
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """Whether a text is the original of an article: `target` and `source` are the shares, 0 to 1, that are aligned.

    `language` is that of the original (ISO 639-1); `fits` is the verdict.
    """

    target: float
    source: float
    language: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Article:
    """One target with its source; without a bitext it is checked alone and `why` says why.

    `pairing` says whether the source is the right one, `source_uri` which address the source names as its own, `newer`
    is the original as it is today, where it has changed since it was translated.
    """

    target: Document
    original: Original | None = None
    why: str = ""
    bitext: Bitext | None = None
    pairing: Pairing | None = None
    source_uri: str | None = None
    newer: Document | None = None

    def pairs(self) -> tuple[AlignedPair, ...]:
        """Return the aligned pairs; of an article checked alone, every block without a source."""
        if self.bitext is not None:
            return self.bitext.pairs
        return tuple(AlignedPair((), (block,)) for block in self.target.blocks)


class _Ranked(StrEnum):
    """A word with a rank: members are listed from the lowest to the highest."""

    @property
    def rank(self) -> int:
        """Position among the members, 0 for the lowest."""
        return list(type(self)).index(self)


@plain_members
class Severity(_Ranked):
    """How bad a fault is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@plain_members
class Confidence(_Ranked):
    """How sure bilint is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of `span` by `new`."""

    span: Span
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a fault; `safe` means the parse and the meaning stay as they were."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One reported fault. `more` are further places of the same cause; `source` is the English beside it."""

    rule: str
    mqm: str
    severity: Severity
    confidence: Confidence
    message: str
    target: Excerpt
    source: Excerpt | None = None
    more: tuple[Place, ...] = ()
    evidence: tuple[tuple[str, str | int | float], ...] = ()
    suggestions: tuple[str, ...] = ()
    help: str = ""
    fix: Fix | None = None
    key: str = ""
    fingerprint: str = ""

    def order(self) -> tuple[Place, str, str]:
        """Return the key findings are sorted by: path, line, column, then rule."""
        return self.target.place, self.rule, self.message


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment in a target that silences rules (all, when `rules` is empty) on the lines `first` to `last`."""

    span: Span
    first: int
    last: int
    rules: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that broke on an article."""

    rule: str
    error: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a report says of one article: its original and how much of both sides was aligned."""

    path: str
    original: Original | None
    why: str
    pairs: int
    unaligned_source: int
    unaligned_target: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something bilint could not do (read a file, run a rule); makes the exit code 2."""

    path: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that a run found out, sorted by path, line, column, rule."""

    articles: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    suppressed: int
    hidden: int
    problems: tuple[Problem, ...]
    signature: str
    version: str
