"""Which of two names of a term an article should keep to, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bilint.evidence import priors
from bilint.glossary import Glossary
from bilint.lexicon import table
from bilint.reading.drift import Drift, Use
from bilint.reading.variants import Variant, Variants

_KNOWN = 5
_MUCH_MORE = 3
"""One form is usual when published translations have it so often, or so many times as often as the other."""
_MOSTLY = 2
"""A term has a usual name in an article that says it so many times as often as the other."""


class Chosen(NamedTuple):
    """The form to prefer, the other one, and why."""

    preferred: Variant
    other: Variant
    why: str


def ranked(found: Variants, glossary: Glossary) -> Chosen:
    """Return which of two forms that differ in an affix to prefer, and why."""
    one, two, term = found
    agreed = _agreed(one, two, glossary)
    if agreed:
        return agreed
    rendering = priors().rendering(term) if term else None
    if rendering:
        known = [
            sum(n for text, n in rendering.forms if each.form[-2:] in text or each.form in text) for each in found[:2]
        ]
        if max(known) >= _KNOWN and max(known) > _MUCH_MORE * min(known):
            return Chosen(one, two, "published") if known[0] > known[1] else Chosen(two, one, "published")
    if len(one.spans) >= _MUCH_MORE * len(two.spans):
        return Chosen(one, two, "article")
    return _by_count(one, two, "")


def named(same: Sequence[Drift], glossary: Glossary) -> Chosen:
    """Return which of the names of a term to prefer, and why; the places are those of its compounds as well."""
    first = same[0]
    places = {use.span: use for drift in same for use in drift.places}
    usual, other = _variant(first.usual), _variant([places[span] for span in sorted(places)])
    agreed = _agreed(usual, other, glossary)
    if agreed:
        return agreed
    if len(first.usual) >= _MOSTLY * len(first.places):
        return Chosen(usual, other, "term-article")
    known = table().term(first.term)
    shares = (known.share(first.main), known.share(first.other)) if known else (0.0, 0.0)
    if shares[1] > _MUCH_MORE * shares[0]:
        return Chosen(other, usual, "term-published")
    if shares[0] > _MUCH_MORE * shares[1]:
        return Chosen(usual, other, "term-published")
    return _by_count(usual, other, "term-")


def _by_count(one: Variant, two: Variant, of: str) -> Chosen:
    """The form that the article has more often; of two as frequent ones the first mention, which decides nothing."""
    if len(one.spans) != len(two.spans):
        more, less = sorted((one, two), key=lambda each: len(each.spans), reverse=True)
        return Chosen(more, less, f"{of}article")
    return Chosen(one, two, f"{of}first") if one.spans[0] <= two.spans[0] else Chosen(two, one, f"{of}first")


def _agreed(one: Variant, two: Variant, glossary: Glossary) -> Chosen | None:
    for entry in glossary.approving(one.form, two.form):
        for good, bad in ((one, two), (two, one)):
            if good.form in entry.approved and bad.form not in entry.approved:
                return Chosen(good, bad, "glossary")
    return None


def _variant(uses: Sequence[Use]) -> Variant:
    return Variant(uses[0].written, tuple(use.span for use in uses), uses[0].source)
