"""Whether a text is the original of an article at all: how much of both is aligned, and its language."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby

from bilint.lexicon import content_of, said, stretch_of
from bilint.model import AlignedPair, Bitext, Block, Document, Format, Kind, Pairing
from bilint.reading.roles import is_written
from bilint.text.language import language

_MOST_OF_IT = 0.8
"""An article of which so much is aligned has its original, however long that is: it may be part 2 of 3."""
_BOTH = 0.65
"""The geometric mean of both shares is under this for 99 % of mismatched pairs, and over it for 99.5 % of true ones."""
_ALL_OF_IT, _ADDED_TO = 0.9, 0.2
"""An article with so much of its original in it, and so much of itself in that, has more to say, as a short page with a
note of the translators has. Of 628 mismatched pairs as many are told with it as without: 626."""
_PAGE = 0.6
"""The same for the article's share alone: a web page has much text around the article."""
_TOO_SHORT = 20
_SAID, _REWRITTEN = 2.0, 0.6
"""From this log-likelihood ratio on, a stretch is said in another; it counts like a pair of this score, a poor one."""
_BEGINNING = 200
"""So many blocks tell the language."""
_NOT_READ = (Kind.CODE, Kind.FIELD)


def pairing(bitext: Bitext) -> Pairing:
    """Return how well the two documents belong together. Shares weigh each aligned character by the pair's score."""
    spoken = language(opening(bitext.source)) or "en"
    target, source = _shares(bitext.pairs)
    if not _fits(bitext, target, source):
        target, source = _shares(_with_rewritten(bitext.pairs))
    return Pairing(round(target, 4), round(source, 4), spoken, spoken == "en" and _fits(bitext, target, source))


def _shares(pairs: Sequence[AlignedPair]) -> tuple[float, float]:
    """The shares of the target and of the source."""
    return (
        _share((b, p.score if p.source else 0.0) for p in pairs for b in p.target),
        _share((b, p.score if p.target else 0.0) for p in pairs for b in p.source),
    )


def _with_rewritten(pairs: Sequence[AlignedPair]) -> list[AlignedPair]:
    """The pairs, with what is unaligned on both sides of one place as a pair where the lexicon finds it said there.

    Converted measures and free wording tear apart what belongs together.
    """
    found: list[AlignedPair] = []
    for is_aligned, group in groupby(pairs, key=lambda pair: bool(pair.source and pair.target)):
        run = list(group)
        source, target = tuple(b for p in run for b in p.source), tuple(b for p in run for b in p.target)
        is_said = not is_aligned and source and target and said(content_of(source), stretch_of(target)).ratio >= _SAID
        found += [AlignedPair(source, target, _REWRITTEN)] if is_said else run
    return found


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
    is_whole = source >= _ALL_OF_IT and target >= _ADDED_TO
    return target >= _MOST_OF_IT or is_whole or math.sqrt(target * source) >= _BOTH


def opening(document: Document) -> str:
    """Return the prose of the first blocks: enough to tell the language."""
    return "\n".join(block.prose.text for block in document.blocks[:_BEGINNING])
