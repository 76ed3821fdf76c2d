"""Where a translation ends, and what of the original stands behind that."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bilint.model import Bitext, Block, Kind, Span
from bilint.text.words import words

_MUCH = 0.1
"""Share of the original, 0 to 1, that is no biography any more when it is missing at the end."""
_SOME = 0.05
_PASSAGE = 20
"""Half of that will do where it has so many words; with fewer, and no heading or listing, it is a call to follow."""
_SECTION = 12
"""A heading at the end with so many words is a section, not the button of a page."""
_ROWS = frozenset({Kind.ITEM, Kind.CELL, Kind.HTML})


def behind(bitext: Bitext, counts: Callable[[Block], bool]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Return the blocks of the original, of those that count, behind the last one that is aligned; and all that count.

    All are looked at only where there is anything behind it.
    """
    behind: list[Block] = []
    for block in filter(counts, reversed(bitext.source.blocks)):
        pair = bitext.pair_of(block)
        if pair is not None and pair.is_likely:
            break
        behind.append(block)
    return behind[::-1], list(filter(counts, bitext.source.blocks)) if behind else ()


def is_cut(rest: Sequence[Block], blocks: Sequence[Block]) -> bool:
    """Return whether the last blocks of an original are more than a biography or a call to follow."""
    share, count = length(rest) / length(blocks), word_count(rest)
    kinds = {block.kind for block in rest}
    if Kind.HEADING in kinds and count >= _SECTION:
        return True
    if share > _MUCH and not kinds.isdisjoint((Kind.HEADING, Kind.CODE)):
        return True
    return share > _SOME and count >= _PASSAGE


def is_in_list(rest: Sequence[Block], blocks: Sequence[Block]) -> bool:
    """Return whether the translation ends inside a list, a table or a row of cards: nobody leaves out half of one."""
    if not rest or len(rest) == len(blocks):
        return False
    share, last = length(rest) / length(blocks), blocks[-len(rest) - 1]
    is_inside = rest[0].kind is last.kind and rest[0].kind in _ROWS and rest[0].container == last.container
    return is_inside and share > (_MUCH if len(rest) == 1 else _SOME)


def length(blocks: Sequence[Block]) -> int:
    """Return how many characters of the file blocks take."""
    return sum(block.span.end - block.span.start for block in blocks)


def word_count(blocks: Sequence[Block]) -> int:
    """Return how many English words blocks have below the headings."""
    return sum(len(words(block.prose.text)) for block in blocks if block.kind is not Kind.HEADING)


def end_of(bitext: Bitext) -> Span:
    """Return the last character of the last block that is aligned."""
    ends = (pair.target[-1].span.end for pair in reversed(bitext.pairs) if pair.is_likely)
    end = next(ends, len(bitext.target.text.rstrip()))
    return Span(max(end - 1, 0), end)
