"""Whether what has no counterpart stands beside it after all: said in a neighbour, or part of what a neighbour says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from bilint.lexicon.ratio import USELESS, Stretch, said, stretch_of, told
from bilint.lexicon.words import Content, content_of
from bilint.model import AlignedPair, Bitext, Block, Document, Kind
from bilint.text.scripts import is_traditional

_NEIGHBOURS = 2
"""Target blocks looked at on either side of a gap."""
_PAIRS = 3
"""Aligned pairs looked at on either side of what was added."""
_FAR = 50
"""Pairs looked back over for the last aligned one: where nothing is aligned, a gap is where it stands."""
_ABSENT = 0.35
"""What was added says only a part of what it belongs to: that a term is absent counts for this much."""
_EXACT, _NO_EXACT = 1.2, -0.3
_SAMPLE = 100


def said_beside(bitext: Bitext, first: int, end: int) -> float:
    """Return how likely the source blocks of the pairs `first` to `end`, which have no target, are said beside the gap.

    The log-likelihood ratio of the best of: all of the two target blocks before and the two after, and each alone.
    Under 0 they are not said there; ratios of real omissions go from -6 down, those of merged blocks from -3 up.
    """
    lost = content_of(b for pair in bitext.pairs[first:end] for b in pair.source if b.kind is not Kind.CODE)
    beside = _beside(bitext.pairs, first)
    if not beside:
        return 0.0
    traditional = _is_traditional(bitext.target)
    owners = {id(pair): pair for _, pair in beside}.values()
    everything = stretch_of((block for block, _ in beside), traditional=traditional)
    best = said(lost, everything, content_of(b for pair in owners for b in pair.source)).ratio
    for block, pair in beside:
        alone = stretch_of((block,), traditional=traditional)
        best = max(best, said(lost, alone, content_of(pair.source)).ratio)
    return best


def _beside(pairs: Sequence[AlignedPair], first: int) -> list[tuple[Block, AlignedPair]]:
    """The target blocks beside the gap that begins at `first`, each with its pair.

    The gap lies behind the counterpart of the last aligned pair before it: blocks of the translation alone that follow
    that pair stand behind the gap as likely as before it.
    """
    back = range(first, max(first - _FAR, 0), -1)
    at = next((n for n in back if pairs[n - 1].source and pairs[n - 1].target), first)
    before = ((block, pair) for pair in reversed(pairs[:at]) for block in reversed(pair.target))
    after = ((block, pair) for pair in islice(pairs, at, None) for block in pair.target)
    return [*reversed(list(islice(before, _NEIGHBOURS))), *islice(after, _NEIGHBOURS)]


def gain(bitext: Bitext, first: int, end: int) -> float:
    """Return how much of what a neighbour of the original says is said only in the pairs `first` to `end`.

    Those have no source. The best sum of log-likelihood ratios over the source blocks of the three pairs before and
    after, each counted with the terms that its own target lacks. From 4 on, the added text is part of a translation.
    """
    traditional = _is_traditional(bitext.target)
    extra = stretch_of((b for pair in bitext.pairs[first:end] for b in pair.target), traditional=traditional)
    beside = (*bitext.pairs[max(first - _PAIRS, 0) : first], *bitext.pairs[end : end + _PAIRS])
    return max((_gained(pair, extra, traditional=traditional) for pair in beside if pair.source), default=0.0)


def _gained(pair: AlignedPair, extra: Stretch, *, traditional: bool) -> float:
    own = stretch_of(pair.target, traditional=traditional) if pair.target else None
    return max(_added(content_of((block,)), own, extra) for block in pair.source)


def _added(content: Content, own: Stretch | None, extra: Stretch) -> float:
    """What `extra` says of an English block beyond what its own translation says."""
    gained = 0.0
    for term in content.terms:
        base = 1 - (1 - term.base) ** extra.length
        if term.hit >= base + USELESS and not (own and own.says(term)):
            stands = extra.says(term)
            gained += told(term.hit, base, stands=stands) * (1 if stands else _ABSENT)
    for exact in content.exact:
        if not (own and own.keeps(exact)):
            gained += _EXACT if extra.keeps(exact) else _NO_EXACT
    return gained


@lru_cache(maxsize=4)
def _is_traditional(target: Document) -> bool:
    return is_traditional("".join(block.prose.text for block in target.blocks[:_SAMPLE]))
