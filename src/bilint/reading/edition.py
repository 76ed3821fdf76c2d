"""Whether the original is another edition than the one that was translated: too much differs for slips."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bilint.model import Bitext, Edition, Gap, Side
from bilint.reading.listings import may_be_revised, revised_listings

_PLACES = 3
"""From so many places on where one side says what the other does not, the original was mostly revised."""
_SHARE = 0.1
_FEW = 2
_BLOCKS = 4
"""Two places on one side do, where they are this share of the article and more blocks than two slips come to."""
_LEAST_WORDS = 8
_LEAST_HAN = 20
"""What is shorter may be a button, a byline, a date."""


def edition(bitext: Bitext, gaps: Iterable[Gap], is_difference: Callable[[Gap], bool]) -> Edition | None:
    """Return what differs because the original was revised; None where the editions seem to be the same.

    `gaps` are those of the article's text; `is_difference` tells which of them matter.
    """
    passages = tuple(gap for gap in gaps if _is_passage(gap) and is_difference(gap))
    candidates = [pair for pair in bitext.pairs if may_be_revised(pair)]
    is_revised = any(_is_much(bitext, [gap for gap in passages if gap.side is side]) for side in Side)
    if not is_revised and len(passages) + len(candidates) < _PLACES:
        return None
    listings = revised_listings(candidates)
    return Edition(passages, listings) if is_revised or len(passages) + len(listings) >= _PLACES else None


def _is_passage(gap: Gap) -> bool:
    least = _LEAST_WORDS if gap.side is Side.SOURCE else _LEAST_HAN
    return gap.words >= least


def _is_much(bitext: Bitext, passages: list[Gap]) -> bool:
    """Whether passages of one side are several and a good part of the article: one alone is a section left out."""
    unaligned = sum(gap.end - gap.first for gap in passages)
    return len(passages) >= _FEW and unaligned >= max(_SHARE * len(bitext.pairs), _BLOCKS)
