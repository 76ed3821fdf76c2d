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
from bilint.reading.kept import Usage, renderings, said_beside, term_of, usage

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


_MOSTLY_KEPT = 0.5
LOAN = 0.7
"""A word that published translations keep no more often than this is no name, and has a rendering that some prefer."""
_ENOUGH_TOGETHER = 20
"""Words in a row are judged as one where they are a term with so many uses that can be told."""


def is_mostly_kept(token: str) -> bool:
    """Return whether published translations keep a word in more than half of its uses, as they do `git`."""
    known = priors().kept(token)
    return known is not None and known[1] > _MOSTLY_KEPT * known[0]


class Leftover(NamedTuple):
    """A word that ought to be Chinese, with how published translations treat it, and where it begins in the prose."""

    word: str
    usage: Usage
    renderings: tuple[str, ...]
    start: int
    end: int

    @property
    def head(self) -> str:
        """The last word of a term: what is decided for it is for the term."""
        return self.word.rpartition(" ")[2]

    @property
    def is_phrase(self) -> bool:
        """Whether it is a term of several words."""
        return " " in self.word


def is_ordinary(word: str, kept_share: float) -> bool:
    """Return whether published translations keep a lower-cased word no more often than that; False for a name."""
    known = priors().kept(word)
    if known is None or len(word) < SHORTEST:
        return False
    uses, kept, capitalised = known
    return kept <= kept_share * uses and capitalised <= _NAMES


def may_be_left(token: str, kept_share: float) -> bool:
    """Return whether a word ought to be Chinese by how often published translations keep it.

    One in small letters may be kept more often: the passage that it stands in may say it in Chinese as well. If few
    articles have it, it is no name, and its renderings tell: see `usage`.
    """
    word, is_small = token.partition("'")[0].lower(), token.islower()
    most = max(kept_share, LOAN) if is_small else kept_share
    if not is_small or len(word) < SHORTEST or priors().kept(word) is not None:
        return is_ordinary(word, most)
    known = usage(word)
    return known is not None and known.share <= most


def leftovers(run: Run, pair: AlignedPair, target: Document, kept_share: float) -> list[Leftover]:
    """Return the words of a run that ought to be Chinese, in order; a term of several words is one of them.

    A capitalised word counts only where the English writes it in lower case: there the capital is the translator's.
    """
    together = _as_phrase(run)
    if together is not None:
        text = run.block.prose.text[run.start : run.end]
        is_left = together.share <= kept_share and _is_said_together(run, pair)
        return [Leftover(text, together, renderings(text, target), run.start, run.end)] if is_left else []
    found = []
    for match in run.words:
        token = match[0]
        word = token.partition("'")[0].lower()
        is_left = may_be_left(token, kept_share) and _stands_for_the_same(token, word, pair)
        known = _usage(word, pair, target, kept_share) if is_left else None
        if known is None:
            continue
        forms = renderings(word, target)
        if forms or (pair.source and known.uses >= _ENOUGH):
            found.append(Leftover(word, known, forms, *match.span()))
    return found


def _usage(word: str, pair: AlignedPair, target: Document, kept_share: float) -> Usage | None:
    """How a word is treated that published translations, or this passage, render in Chinese; None for any other."""
    known = usage(word)
    if known is None or known.share > max(kept_share, LOAN):
        return None
    in_prose = priors().kept(word)
    is_rendered = known.share <= kept_share and (in_prose is None or is_ordinary(word, kept_share))
    return known if is_rendered or said_beside(word, pair, target) else None


def _as_phrase(run: Run) -> Usage | None:
    """How published translations treat the words of a run together, where they are a term in small letters."""
    text = run.block.prose.text[run.start : run.end]
    term = term_of(text) if " " in text and text.islower() and text.replace(" ", "").isalpha() else None
    if term is None or term.uses - term.unclear < _ENOUGH_TOGETHER:
        return None
    return Usage(term.uses - term.unclear, term.kept)


def _is_said_together(run: Run, pair: AlignedPair) -> bool:
    """Return whether the English has all words of a run, in these or other inflections."""
    return bool(pair.source) and all(is_said(match[0].lower(), pair.source) for match in run.words)


def _stands_for_the_same(token: str, word: str, pair: AlignedPair) -> bool:
    """Whether the English says the word too, and a capital is not its own."""
    if not pair.source:
        return token.islower()
    is_small = token.islower() or is_in_lower_case(token, pair.source)
    return is_small and all(is_said(part, pair.source) for part in word.split("-"))


@lru_cache(maxsize=1)  # a block may have many runs
def kept_terms(prose: str, glossary: Glossary) -> tuple[Span, ...]:
    """Return where terms that a glossary keeps stand in the prose of a block, in order: none overlap."""
    return tuple(Span(start, end) for term, start, end in glossary.in_source(prose) if term.keep)


def is_within(place: tuple[int, int], spans: Sequence[Span]) -> bool:
    """Return whether a range lies in one of these, which are in order and do not overlap."""
    before = bisect_right(spans, place[0], key=lambda span: span.start)
    return before > 0 and place[1] <= spans[before - 1].end
