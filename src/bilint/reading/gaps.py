"""What has no counterpart, and where it lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import compress, count

from bilint.model import AlignedPair, Bitext, Block, Gap, Role, Side, Where
from bilint.text.scripts import han_count
from bilint.text.words import words

RoleOf = Callable[[Block], Role]
_APART = frozenset({Role.DATA, Role.CREDIT, Role.LICENCE})
"""What stands before or after the text: an aligned one does not say where the text begins or ends."""


def gaps(bitext: Bitext, role_of: RoleOf) -> Iterator[Gap]:
    """Yield the gaps of both sides, in the order of the pairs.

    None where fewer than two pairs of the body are firm: then nothing tells where a gap lies.
    """
    pairs = bitext.pairs
    lost = list(_runs(not pair.target for pair in pairs))
    added = list(_runs(not pair.source for pair in pairs))
    if not lost and not added:
        return
    is_solid = partial(_is_solid, role_of=role_of)
    top = next((number for number, pair in enumerate(pairs) if is_solid(pair)), 0)
    bottom = next((number for number in reversed(range(len(pairs))) if is_solid(pairs[number])), 0)
    if top == bottom:
        return
    sides = [(run, Side.SOURCE) for run in lost] + [(run, Side.TARGET) for run in added]
    for (first, end), side in sorted(sides):
        where = Where.START if first <= top else Where.INSIDE if end <= bottom else Where.END
        yield _gap(pairs, (first, end), side, where)


def _gap(pairs: Sequence[AlignedPair], at: tuple[int, int], side: Side, where: Where) -> Gap:
    first, end = at
    before = pairs[first - 1] if first else None
    after = pairs[end] if end < len(pairs) else None
    blocks = _blocks(pairs[first:end], side)
    opposite = (*_alone(pairs[:first][::-1], side)[::-1], *_alone(pairs[end:], side))
    return Gap(side, blocks, words_of(blocks, side), where, first, end, before, after, opposite)


def _alone(pairs: Iterable[AlignedPair], side: Side) -> tuple[Block, ...]:
    """The blocks of the other side that are unaligned, up to the first pair that has something of `side`."""
    found: list[Block] = []
    for pair in pairs:
        here, there = (pair.source, pair.target) if side is Side.SOURCE else (pair.target, pair.source)
        if here:
            break
        found += there
    return tuple(found)


def _blocks(pairs: Iterable[AlignedPair], side: Side) -> tuple[Block, ...]:
    return tuple(block for pair in pairs for block in (pair.source if side is Side.SOURCE else pair.target))


def words_of(blocks: Iterable[Block], side: Side) -> int:
    """Return how many English words, or Han characters in the target, the prose of these blocks has."""
    texts = (block.prose.text for block in blocks)
    return sum(len(words(text)) for text in texts) if side is Side.SOURCE else sum(map(han_count, texts))


def _is_solid(pair: AlignedPair, role_of: RoleOf) -> bool:
    return pair.is_firm and role_of(pair.target[0]) not in _APART


def _runs(wanted: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """The ranges (first, end) of consecutive items that are `wanted`."""
    first = end = -1
    for number in compress(count(), wanted):
        if number != end:
            if first >= 0:
                yield first, end
            first = number
        end = number + 1
    if first >= 0:
        yield first, end


_SPARE = 1.5
"""A side this many times as long as its counterpart has room for more."""
_USUAL = 1.25
"""Up to this ratio two lengths are usual for texts that say the same."""
_HAN = 1.4
"""What a Han character counts beside the one it is: it says as much as two and a half Latin letters."""


def may_be_beside(gap: Gap) -> bool:
    """Return whether a gap may have its counterpart in a neighbour after all.

    Either the neighbour is unaligned too, on the other side, or it is so long on the other side that it has room for
    the unaligned text: two paragraphs became one, or one became several.
    """
    length = _length(gap.blocks)
    for pair in filter(None, (gap.before, gap.after)):
        sides = (pair.source, pair.target) if gap.side is Side.SOURCE else (pair.target, pair.source)
        here, there = map(_length, sides)
        if there and not here and _is_usual(there, length):
            return True
        if here and there > _SPARE * here and there * _USUAL > here + length:
            return True
    return False


def _is_usual(length: float, other: float) -> bool:
    return other > 0 and 1 / _USUAL < length / other < _USUAL


def _length(blocks: Iterable[Block]) -> float:
    """Length of the prose in Latin letters."""
    text = "".join(block.prose.text for block in blocks)
    return len(text) + _HAN * han_count(text)
