"""Pairs that are right whatever their own score says, because of what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import AlignedPair, Bitext


def held_pairs(bitext: Bitext) -> Iterator[AlignedPair]:
    """Yield the aligned pairs between two firm ones, in order.

    A paragraph of which most was left out scores low; where its neighbours are certain, nothing else can be meant.
    """
    pairs = bitext.pairs
    for before, pair, after in zip(pairs, pairs[1:], pairs[2:], strict=False):
        if pair.source and pair.target and before.is_firm and after.is_firm:
            yield pair
