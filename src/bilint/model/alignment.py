"""What belongs together in two documents."""

from __future__ import annotations

from dataclasses import dataclass

from bilint.model.blocks import Block, Segment
from bilint.model.documents import Document


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
