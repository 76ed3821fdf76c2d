"""Check kinds that several rules share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress, count
from typing import TypeVar

from bilint.model import AlignedPair, Article, Bitext, Block, Document, Kind
from bilint.text.credits import is_credit, is_translator_note
from bilint.text.joined import Joined
from bilint.text.scripts import han_count

T = TypeVar("T")


def multiset_difference(left: Iterable[T], right: Iterable[T], key: Callable[[T], Hashable]) -> tuple[list[T], list[T]]:
    """Return what is left of both sides after equal items (by `key`) are struck out one for one, in order."""
    left, right = list(left), list(right)
    left_keys, right_keys = list(map(key, left)), list(map(key, right))
    if left_keys == right_keys:
        return [], []
    shared = Counter(left_keys) & Counter(right_keys)

    def rest(side: list[T], keys: list[Hashable]) -> list[T]:
        budget, out = Counter(shared), []
        for item, name in zip(side, keys, strict=True):
            if budget[name]:
                budget[name] -= 1
            else:
                out.append(item)
        return out

    return rest(left, left_keys), rest(right, right_keys)


@lru_cache(maxsize=8)
def prose_of(document: Document) -> Joined:
    """Return the prose of a document's blocks as one text; the numbers in it are those of the blocks."""
    return Joined(block.prose.text for block in document.blocks)


def blocks_with(pattern: re.Pattern[str], document: Document) -> Iterator[Block]:
    """Yield the blocks whose prose holds a match of `pattern`, which must not match a NUL, in file order."""
    return (document.blocks[number] for number in prose_of(document).holding(pattern))


def pairs_by_block(article: Article) -> dict[int, AlignedPair]:
    """Return the identity of each block of the translation → the aligned pair that it is in."""
    return {id(block): pair for pair in article.pairs() for block in pair.target}


def runs(wanted: Iterable[bool]) -> list[tuple[int, int]]:
    """Return the ranges (first, end) of consecutive items that are `wanted`."""
    out: list[tuple[int, int]] = []
    for number in compress(count(), wanted):
        if out and out[-1][1] == number:
            out[-1] = (out[-1][0], number + 1)
        else:
            out.append((number, number + 1))
    return out


_CAPTION = re.compile(
    r"(?:示例|图|表|清单|代码清单|代码|例|圖|listing|figure|table|example)\s*\d[\d.-]*", re.IGNORECASE
)
_DRAWING = re.compile(r"\+--|\|[ \t]*\|")
_BOILERPLATE = frozenset({"nav", "header", "footer", "aside", "form"})


def is_body(block: Block) -> bool:
    """Return whether a block is what the article says: not navigation, a credit, a note, a caption or a drawing."""
    if block.kind in (Kind.TITLE, Kind.FIELD) or not _BOILERPLATE.isdisjoint(block.container):
        return False
    text = block.prose.text
    return not (is_credit(text) or is_translator_note(text) or _CAPTION.match(text.lstrip()) or _DRAWING.search(text))


_SPARE = 1.5
"""A side this many times as long as its counterpart has room for more."""
_USUAL = 1.25
"""Up to this ratio two lengths are usual for texts that say the same."""


def may_be_beside(bitext: Bitext, first: int, end: int) -> bool:
    """Return whether the unaligned pairs `first` to `end` may have their counterpart in a neighbour after all.

    Either the neighbour is unaligned too, on the other side, or it is so long on the other side that it is usual only
    with the unaligned text: two paragraphs became one, or one became two.
    """
    gap = bitext.pairs[first:end]
    of_source = bool(gap[0].source)
    length = sum(_length(pair) for pair in gap)
    for pair in (*bitext.pairs[max(first - 1, 0) : first], *bitext.pairs[end : end + 1]):
        here, there = (_prose(pair.source), _prose(pair.target))[:: 1 if of_source else -1]
        if there and not here and _is_usual(there, length):
            return True
        if here and there > _SPARE * here and _is_usual(there, here + length):
            return True
    return False


def _is_usual(length: float, other: float) -> bool:
    return other > 0 and 1 / _USUAL < length / other < _USUAL


def _length(pair: AlignedPair) -> float:
    return _prose(pair.source) + _prose(pair.target)


def _prose(blocks: Sequence[Block]) -> float:
    """Length of the prose in Latin letters; a Han character says as much as two and a half of them."""
    text = "".join(block.prose.text for block in blocks)
    return len(text) + 1.4 * han_count(text)
