"""Constructs that must survive translation, as components and placeholders: what of them is gone, and where."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from bilint.model import AlignedPair, Bitext, Document, Format, Inline, InlineKind, Kind, Span
from bilint.model.alignment import LIKELY
from bilint.reading.unmatched import multiset_difference


class Loss(NamedTuple):
    """Constructs of the original that are gone from an aligned pair.

    `instead` is what the pair has that the original has nowhere; `at` where in the translation that is, or else where
    what is gone belongs.
    """

    gone: tuple[Inline, ...]
    instead: tuple[Inline, ...]
    at: Span
    pair: AlignedPair


Name = Callable[[Inline], Hashable]


def _any(_: Inline) -> bool:
    return True


def losses(
    bitext: Bitext, kinds: Set[InlineKind], name: Name, counts: Callable[[Inline], bool] = _any
) -> Iterator[Loss]:
    """Yield what is gone of these kinds, compared by `name`, in the order of the pairs of the original.

    Of the original's, those that `counts` says no to may be left out.

    Gone is what both an aligned pair and the whole translation have fewer of: what only moved is there. What belongs to
    passages that are not aligned is no loss of its own, and a web page is written in other marks than its translation.
    """
    if bitext.source.format is Format.HTML:
        return
    sides = [list(_constructs(document, kinds)) for document in (bitext.source, bitext.target)]
    there, here = (Counter(name(found) for found, _ in side) for side in sides)
    missing, extra = there - here, here - there
    if not missing:
        return
    pair_of = _facing(bitext)
    beside = _by_pair(pair_of, bitext.target, sides[1])
    for number, (pair, constructs) in _by_pair(pair_of, bitext.source, sides[0]).items():
        gone, instead = multiset_difference(constructs, beside.get(number, (pair, []))[1], name)
        gone, instead = _within(missing, gone, name), _within(extra, instead, name)
        gone = [i for i in gone if pair.is_likely and counts(i) and not _is_literal(bitext, pair, i)]
        if gone:
            yield Loss(tuple(gone), tuple(instead), instead[0].span if instead else _place(pair, gone[0]), pair)


_NEVER_CODE = frozenset({InlineKind.CONTAINER, InlineKind.FOOTNOTE, InlineKind.FOOTNOTE_TEXT})
"""`:::` begins a container and ends one; a footnote's mark without its text is shown as it is."""


def _is_literal(bitext: Bitext, pair: AlignedPair, construct: Inline) -> bool:
    """Whether the pair has a construct to the letter, as code: that is another way to show it."""
    if construct.kind in _NEVER_CODE:
        return False
    literal = bitext.source.text[construct.span.start : construct.span.end]
    return any(literal in bitext.target.text[block.start : block.span.end] for block in pair.target)


def _within(budget: Counter[Hashable], found: Iterable[Inline], name: Name) -> list[Inline]:
    """Return those of `found` that are within what the documents differ by; they use it up."""
    out = []
    for inline in found:
        if budget[name(inline)] > 0:
            budget[name(inline)] -= 1
            out.append(inline)
    return out


_PairOf = dict[int, AlignedPair]


def _facing(bitext: Bitext) -> _PairOf:
    """The pair of each block; what is not likely aligned, but stands alone between what is, faces each other.

    Of a short passage, a translated placeholder leaves little that says that both are the same.
    """
    out: _PairOf = {}
    run: list[AlignedPair] = []
    for pair in (*bitext.pairs, None):
        if pair is not None and not pair.is_likely:
            run.append(pair)
            continue
        for joined in _joined(run) if run else ():
            out |= {id(block): joined for block in (*joined.source, *joined.target)}
        run = []
        if pair is not None:
            out |= {id(block): pair for block in (*pair.source, *pair.target)}
    return out


def _joined(run: list[AlignedPair]) -> list[AlignedPair]:
    source = tuple(block for pair in run for block in pair.source)
    target = tuple(block for pair in run for block in pair.target)
    if len(source) == len(target) == 1 and source[0].kind is target[0].kind:
        return [AlignedPair(source, target, LIKELY)]
    return run


_Placed = tuple[Inline, int]
"""A construct and the number of the block that it is in, or belongs to."""


def _constructs(document: Document, kinds: Set[InlineKind]) -> Iterator[_Placed]:
    """Yield the constructs of a document: what stands in no block belongs to the one that it precedes, or ends."""
    present = _numbers(document)
    for number in sorted({number for kind in kinds & present.keys() for number in present[kind]}):
        yield from ((found, number) for found in document.blocks[number].inlines if found.kind in kinds)
    marks = [mark for mark in document.marks if mark.kind in kinds]
    starts = [block.span.start for block in document.blocks] if marks else []
    for mark in marks:
        after = bisect_right(starts, mark.span.start)
        yield mark, max(after - 1, 0) if ends(mark) or mark.kind is InlineKind.ANCHOR else after


@lru_cache(maxsize=4)
def _numbers(document: Document) -> dict[InlineKind, set[int]]:
    """The numbers of the blocks that hold inlines of a kind: what most rules look for is in few."""
    numbers: dict[InlineKind, set[int]] = {}
    for number, block in enumerate(document.blocks):
        for inline in block.inlines:
            numbers.setdefault(inline.kind, set()).add(number)
    return numbers


_ByPair = dict[int, tuple[AlignedPair, list[Inline]]]


def _by_pair(pair_of: _PairOf, document: Document, constructs: Iterable[_Placed]) -> _ByPair:
    """The constructs of a document by the identity of the pair that each belongs to, in file order."""
    out: _ByPair = {}
    for inline, number in sorted(constructs, key=_span):
        pair = _pair_near(pair_of, document, number, -1 if ends(inline) else 1)
        if pair is not None:
            out.setdefault(id(pair), (pair, []))[1].append(inline)
    return out


def _span(placed: _Placed) -> Span:
    return placed[0].span


def ends(construct: Inline) -> bool:
    """Return whether a construct ends what another one began: `</Tabs>`, `:::`, `{{< /note >}}`, `{% endif %}`."""
    return construct.name.startswith(("/", "end"))


def _pair_near(pair_of: _PairOf, document: Document, number: int, step: int) -> AlignedPair | None:
    """The pair of a block, or of the next one in that direction where it says nothing or is a container's title."""
    for near in (number, number + step):
        block = document.blocks[near] if 0 <= near < len(document.blocks) else None
        pair = pair_of.get(id(block)) if block else None
        if block and pair and (block.kind is not Kind.TITLE or (pair.source and pair.target)):
            return pair
    return None


def _place(pair: AlignedPair, gone: Inline) -> Span:
    """Where in the translation a construct belongs: what ends something, at the end of the pair."""
    if ends(gone):
        end = pair.target[-1].span.end
        return Span(end - 1, end)
    start = pair.target[0].span.start
    return Span(start, start + 1)
