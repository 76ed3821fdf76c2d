"""Whether a document is the same after edits, but for what these are meant to change."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from bilint.model import Alters, Block, Document, Edit, Inline, InlineKind, Kind, Span

_EMPHASIS = frozenset({InlineKind.EMPHASIS, InlineKind.STRONG, InlineKind.STRIKE})
_LINKS = frozenset({InlineKind.LINK, InlineKind.IMAGE})
_MADE = {Alters.EMPHASIS: _EMPHASIS, Alters.LINK: _LINKS}
"""What comes to be where such edits are made."""
_LITERAL = {Kind.CODE: Alters.CODE, Kind.FIELD: Alters.MARK}
"""What is written in such a block, where it is not prose."""
_Altered = Sequence[tuple[Span, Alters]]
_Facts = tuple[object, ...]
_Place = Callable[[Span], Span]


def is_kept(before: Document, after: Document, edits: Sequence[Edit], altered: _Altered) -> bool:
    """Return whether all that the edits do not alter is the same, at the place to which they move it.

    `altered` says of stretches of the first document what is meant to change there.
    """
    moved = _Moved(edits)
    here = [(moved.span(span), alters) for span, alters in altered]
    blocks = _Blocks(before, altered), _Blocks(after, here)
    return (
        [_facts(block, moved.span, blocks[0]) for block in blocks[0].kept]
        == [_facts(block, _as_it_is, blocks[1]) for block in blocks[1].kept]
        and sorted(_said(blocks[0])) == sorted(_said(blocks[1]))
        and [_mark(mark, moved.span, blocks[0]) for mark in before.marks]
        == [_mark(mark, _as_it_is, blocks[1]) for mark in after.marks]
        and list(_comments(before, blocks[0])) == list(_comments(after, blocks[1]))
        and all(blocks[1].has_made(span, alters) for span, alters in here)
    )


def _as_it_is(span: Span) -> Span:
    return span


class _Moved:
    """Where the places of a text are after edits."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        ordered = sorted(edits, key=lambda edit: edit.span)
        self._ends = [edit.span.end for edit in ordered]
        self._edits = [edit.span for edit in ordered]
        self._shifts = [0, *accumulate(len(edit.new) - (edit.span.end - edit.span.start) for edit in ordered)]

    def span(self, span: Span) -> Span:
        """Return where it is: without what is inserted at its ends."""
        start = span.start + self._shifts[bisect_right(self._ends, span.start)]
        number = bisect_right(self._ends, span.end)
        while number and self._edits[number - 1] == (span.end, span.end) and span.end > span.start:
            number -= 1
        return Span(start, span.end + self._shifts[number])


class _Blocks:
    """The blocks of a document, those that are meant to be others apart, and what may differ in each."""

    def __init__(self, document: Document, altered: _Altered) -> None:
        self._marks = document.marks
        head = max((block.span.end for block in document.blocks if block.kind is Kind.FIELD), default=-1)
        self.has_keys = any(alters is Alters.MARK and span.start <= head for span, alters in altered)
        """Whether a key of the front matter is meant to be another: it may be that of several fields."""
        self._altered = sorted(altered)
        self._starts = [span.start for span, _ in self._altered]
        self._longest = max((span.end - span.start for span, _ in altered), default=0)
        self.kept: list[Block] = []
        self.others: list[Block] = []
        for block in document.blocks:
            is_other = any(alters is Alters.BLOCK for _, alters in self.within(block.span))
            (self.others if is_other else self.kept).append(block)

    def within(self, span: Span) -> Iterator[tuple[Span, Alters]]:
        """Yield what is altered in a stretch or right at its ends."""
        first = bisect_left(self._starts, span.start - self._longest)
        for number in range(first, bisect_right(self._starts, span.end)):
            if self._altered[number][0].end >= span.start:
                yield self._altered[number]

    def has_made(self, span: Span, alters: Alters) -> bool:
        """Return whether what is altered there has come to be."""
        kinds = _MADE.get(alters)
        if alters is Alters.MARK:
            return self._has_mark(span)
        if alters is Alters.BLOCK:
            return any(block.kind in (Kind.HEADING, Kind.ITEM) and _meet(block.span, span) for block in self.others)
        if kinds is None:
            return True
        return any(
            inline.kind in kinds and _meet(inline.span, span)
            for block in (*self.kept, *self.others)
            if _meet(block.span, span)
            for inline in block.inlines
        )

    def _has_mark(self, span: Span) -> bool:
        """Return whether what has a name stands there: code has its language, a field its key."""
        spans = [mark.span for mark in self._marks]
        spans += [inline.span for block in self.kept for inline in block.inlines if inline.name]
        spans += [block.span for block in self.kept if block.kind in (Kind.CODE, Kind.FIELD)]
        return self.has_keys or any(_meet(each, span) for each in spans)


def _meet(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _facts(block: Block, place: _Place, blocks: _Blocks) -> _Facts:
    """Return what must stay of a block."""
    altered = {alters for _, alters in blocks.within(block.span)}
    is_literal = _LITERAL.get(block.kind, Alters.BLOCK) in altered or (block.kind is Kind.HTML and bool(altered))
    inlines = tuple(_inline_facts(inline, place, blocks) for inline in block.inlines if _stays(inline, blocks))
    content = None if is_literal else block.content
    is_named = Alters.MARK in altered or (block.kind is Kind.FIELD and blocks.has_keys)
    named = (None, None) if is_named else (block.info, block.anchor)
    return (block.kind, place(block.span), block.level, block.container, named, content, inlines)


def _stays(inline: Inline, blocks: _Blocks) -> bool:
    return not any(inline.kind in _MADE.get(alters, ()) for _, alters in blocks.within(inline.span))


def _inline_facts(inline: Inline, place: _Place, blocks: _Blocks) -> _Facts:
    altered = {alters for _, alters in blocks.within(inline.span)}
    if inline.name and Alters.MARK in altered:
        return _mark(inline, place, blocks)
    content = None if Alters.CODE in altered and inline.kind is InlineKind.CODE else inline.content
    leads = None if Alters.ADDRESS in altered else inline.destination
    return (inline.kind, place(inline.span), content, leads, inline.title, inline.name)


def _said(blocks: _Blocks) -> Iterator[str]:
    """Yield what blocks say that are meant to be others: each line's letters, and what stands in them by itself."""
    for block in blocks.others:
        yield from ("".join(filter(str.isalpha, line)) for line in block.prose.text.split("\n"))
        yield from (f"{inline.kind} {inline.destination} {inline.content}" for inline in block.inlines)


def _mark(mark: Inline, place: _Place, blocks: _Blocks) -> _Facts:
    if any(alters is Alters.MARK for _, alters in blocks.within(mark.span)):
        return (mark.kind, place(mark.span))
    return (mark.kind, place(mark.span), mark.name, mark.content)


def _comments(document: Document, blocks: _Blocks) -> Iterator[str | None]:
    """Yield what comments say; None for one whose words are meant to be others, as those of an id are."""
    for at, comment in document.comments:
        yield (
            None if any(alters is Alters.MARK for _, alters in blocks.within(Span(at, at + len(comment)))) else comment
        )
