"""Whether a text is the original of an article at all: how much of both is aligned, and its language."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from bilint.model import Bitext, Block, Document, Format, Kind, Pairing
from bilint.reading.roles import is_written
from bilint.text.language import ENOUGH, language

_MOST_OF_IT = 0.8
"""An article of which so much is aligned has its original, however long that is: it may be part 2 of 3."""
_BOTH = 0.65
"""The geometric mean of both shares is under this for 99 % of mismatched pairs, and over it for 99.5 % of true ones."""
_PAGE = 0.6
"""The same for the article's share alone: a web page has much text around the article."""
_TOO_SHORT = 20
_NOT_READ = (Kind.CODE, Kind.FIELD)


def pairing(bitext: Bitext) -> Pairing:
    """Return how well the two documents belong together. Shares weigh each aligned character by the pair's score."""
    target = _share([(b, p.score if p.source else 0.0) for p in bitext.pairs for b in p.target])
    source = _share([(b, p.score if p.target else 0.0) for p in bitext.pairs for b in p.source])
    spoken = language("\n".join(_beginning(bitext.source))) or "en"
    return Pairing(round(target, 4), round(source, 4), spoken, spoken == "en" and _fits(bitext, target, source))


def _share(blocks: Iterable[tuple[Block, float]]) -> float:
    """Share of the readable text that is aligned; 1 when there is too little of it to tell."""
    total = aligned = 0.0
    for block, score in blocks:
        if block.kind in _NOT_READ or (not score and not is_written(block)):
            continue
        length = len(block.prose.text)
        total += length
        aligned += length * score
    return aligned / total if total >= _TOO_SHORT else 1.0


def _fits(bitext: Bitext, target: float, source: float) -> bool:
    if bitext.source.format is Format.HTML:
        return target >= _PAGE
    return target >= _MOST_OF_IT or math.sqrt(target * source) >= _BOTH


def _beginning(document: Document) -> Iterator[str]:
    """The prose of the first blocks: enough to tell the language."""
    length = 0
    for block in document.blocks:
        if length > ENOUGH:
            return
        length += len(block.prose.text)
        yield block.prose.text
