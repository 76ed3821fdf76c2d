"""English words of Chinese prose that ought to be Chinese: published translations render what the original says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bilint.evidence import priors
from bilint.glossary import Glossary
from bilint.model import AlignedPair, Document, Span
from bilint.reading.english import Run, is_in_lower_case, is_said
from bilint.reading.kept import Usage, renderings, usage

SHORTEST = 3
"""Two letters are a unit, a variable or an abbreviation."""
_NAMES = 60
"""A word that the English of published translations capitalises in more than this percentage of its uses is a name."""
_ENOUGH = 20
"""A word of which no rendering is known has to have so many uses to be judged by how often it is kept."""


def is_name(word: str) -> bool:
    """Return whether the English of published translations mostly capitalises a lower-cased word."""
    known = priors().kept(word)
    return known is not None and known[2] > _NAMES


class Leftover(NamedTuple):
    """A word that ought to be Chinese, with how published translations treat it, and where it begins in the prose."""

    word: str
    usage: Usage
    renderings: tuple[str, ...]
    start: int
    end: int


def is_ordinary(word: str, kept_share: float) -> bool:
    """Return whether published translations keep a lower-cased word no more often than that; False for a name."""
    known = priors().kept(word)
    if known is None or len(word) < SHORTEST:
        return False
    uses, kept, capitalised = known
    return kept <= kept_share * uses and capitalised <= _NAMES


def leftovers(run: Run, pair: AlignedPair, target: Document, kept_share: float) -> list[Leftover]:
    """Return the words of a run that ought to be Chinese, in order.

    A capitalised word counts only where the English writes it in lower case: there the capital is the translator's.
    """
    found = []
    for match in run.words:
        token = match[0]
        word = token.partition("'")[0].lower()
        is_left = is_ordinary(word, kept_share) and _stands_for_the_same(token, word, pair)
        known = usage(word) if is_left else None
        if known is None or known.share > kept_share:
            continue
        forms = renderings(word, target)
        if forms or (pair.source and known.uses >= _ENOUGH):
            found.append(Leftover(word, known, forms, *match.span()))
    return found


def _stands_for_the_same(token: str, word: str, pair: AlignedPair) -> bool:
    """Whether the English says the word too, and a capital is not its own."""
    if not pair.source:
        return token.islower()
    return (token.islower() or is_in_lower_case(token, pair.source)) and is_said(word, pair.source)


@lru_cache(maxsize=1)  # a block may have many runs
def kept_terms(prose: str, glossary: Glossary) -> tuple[Span, ...]:
    """Return where terms that a glossary keeps stand in the prose of a block, in order: none overlap."""
    return tuple(Span(start, end) for term, start, end in glossary.in_source(prose) if term.keep)


def is_within(place: tuple[int, int], spans: Sequence[Span]) -> bool:
    """Return whether a range lies in one of these, which are in order and do not overlap."""
    before = bisect_right(spans, place[0], key=lambda span: span.start)
    return before > 0 and place[1] <= spans[before - 1].end
