"""Paragraphs of which hardly anything is left."""

from __future__ import annotations

from bilint.model import AlignedPair, Block, InlineKind, Kind
from bilint.text.scripts import han_count

_LEAST = 150
"""English characters from which the lengths of two paragraphs tell something."""
_RATIO = 0.16
"""Characters of Chinese for one of English; 3 of 1,643 good paragraphs have fewer."""
_PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CELL})


def is_condensed(pair: AlignedPair) -> bool:
    """Return whether a pair of one paragraph and one has so little Chinese that most is not said."""
    if len(pair.source) != 1 or len(pair.target) != 1:
        return False
    original, block = pair.source[0], pair.target[0]
    if len(original.prose.text) < _LEAST or original.kind not in _PROSE:
        return False
    return readable_length(block) < _RATIO * readable_length(original) and han_count(block.prose.text) > 0


def readable_length(block: Block) -> int:
    """Return how many characters can be read, with code and formulas: they are copied, and as long on both sides."""
    copied = (inline for inline in block.inlines if inline.kind in (InlineKind.CODE, InlineKind.MATH))
    return len(block.prose.text.strip()) + sum(len(inline.content) for inline in copied)
