"""What belongs together in two documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bilint.model.blocks import Block, Segment
from bilint.model.documents import Document

LIKELY = 0.5
"""From this score on, two passages are likelier aligned than not; 3 in 4 of those with .5 to .6 are right."""
FIRM = 0.9
"""Above this score, 998 aligned pairs of blocks in 1,000 are right: `benchmarks/alignment.py`, docs/alignment.md."""


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """n source blocks and m target blocks that say the same; one side empty means unaligned. `score` is 0 to 1."""

    source: tuple[Block, ...]
    target: tuple[Block, ...]
    score: float = 0.0

    @property
    def is_likely(self) -> bool:
        """Whether both sides are likelier to belong together than not."""
        return bool(self.source and self.target) and self.score >= LIKELY

    @property
    def is_firm(self) -> bool:
        """Whether both sides are as good as certain to belong together."""
        return bool(self.source and self.target) and self.score > FIRM


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """n source segments and m target segments that say the same; one side empty means unaligned. `score` is 0 to 1."""

    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    score: float = 0.0


@dataclass(frozen=True, eq=False)
class Bitext:
    """The two documents of an article and their aligned pairs, in the order of the target.

    Compared by identity and without slots, for the sake of what is looked up in it.
    """

    source: Document
    target: Document
    pairs: tuple[AlignedPair, ...]

    def pair_of(self, block: Block) -> AlignedPair | None:
        """Return the pair that a block of either document is in; None for a block that says nothing."""
        return self._by_block.get(id(block))

    @cached_property
    def _by_block(self) -> dict[int, AlignedPair]:
        return {id(block): pair for pair in self.pairs for side in (pair.source, pair.target) for block in side}
