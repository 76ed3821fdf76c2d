"""An alignment as numbers: small enough to be kept of every article, for the case that it is looked at again."""

from __future__ import annotations

import zlib
from itertools import islice

from msgspec import Struct

from bilint.align.features import alignable
from bilint.model import AlignedPair, Bitext, Document


class Numbered(Struct, frozen=True, array_like=True):
    """Which blocks of two texts go together; `texts` is a checksum of what was aligned.

    Of each pair the number of its first source block, how many blocks it has on either side, and its score; the target
    blocks follow each other.
    """

    texts: int
    pairs: tuple[tuple[int, int, int, float], ...]


def numbered(bitext: Bitext) -> Numbered:
    """Return the alignment of a bitext as numbers."""
    numbers = {id(block): number for number, block in enumerate(alignable(bitext.source))}
    pairs = (
        (numbers[id(pair.source[0])] if pair.source else 0, len(pair.source), len(pair.target), pair.score)
        for pair in bitext.pairs
    )
    return Numbered(_checksum(bitext.source, bitext.target), tuple(pairs))


def aligned_as(source: Document, target: Document, known: Numbered) -> Bitext | None:
    """Return the bitext of two documents that were aligned before; None when they are not what was aligned."""
    if known.texts != _checksum(source, target):
        return None
    theirs, ours = alignable(source), iter(alignable(target))
    return Bitext(
        source,
        target,
        tuple(
            AlignedPair(tuple(theirs[first : first + there]), tuple(islice(ours, here)), score)
            for first, there, here, score in known.pairs
        ),
    )


def _checksum(*documents: Document) -> int:
    return zlib.crc32("\0".join(document.text for document in documents).encode("utf-8", "surrogatepass"))
