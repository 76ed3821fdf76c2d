"""How well two blocks, or two runs of sentences, go together: a log-likelihood ratio.

The weights are those of a logistic regression over 40,000 true and wrong pairs of strictly parallel human translations
(half of the articles; the other half decided which terms are worth having: log loss 0.069, where counting shared
tokens with caps has 0.142). Roots, because the tenth shared word says less than the first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, repeat

from bilint.align.features import Features
from bilint.model import Kind

IMPOSSIBLE = -99.0
_SAME_KIND, _OTHER_CONTAINER = 1.0, -0.7
_SHARED, _FOREIGN, _LOST = 3.2, 2.4, 1.9
_RENDERED, _UNRENDERED = 2.7, 1.66
_LENGTH, _MOST_LENGTH = 0.75, 6.75
_SHORTEST_BAND, _WIDEST_BAND = 0.35, 1.5

_KIND_COST = {
    frozenset({Kind.PARAGRAPH, Kind.ITEM}): -1.0,
    frozenset({Kind.PARAGRAPH, Kind.HTML}): -1.0,
    frozenset({Kind.PARAGRAPH, Kind.TITLE}): -2.0,
    frozenset({Kind.HEADING, Kind.TITLE}): -1.0,
}


class Scorer:
    """Scores pairs of one article; tokens that are frequent in it say less."""

    def __init__(self, source: Sequence[Features], target: Sequence[Features]) -> None:
        self._weights = {
            **_rarity(chain(*(f.exact for f in source), *(f.kept for f in source if f.kind is Kind.CODE))),
            **_rarity(chain.from_iterable(f.lexical for f in target)),
        }

    def __call__(self, source: Features, target: Features) -> float:
        """Return the log-likelihood ratio that `target` translates `source`; above 0 speaks for it."""
        score = _kind_score(source, target)
        if score <= -8:
            return score
        if source.kind is Kind.CODE:
            return score + self._code(source, target)
        shared = source.exact & target.exact
        if shared:
            score += _SHARED * math.sqrt(self._weight(shared))
        foreign = len(target.exact) - len(shared)
        if foreign:
            score -= _FOREIGN * math.sqrt(foreign)
        lost = len(source.kept - target.exact) if source.kept else 0
        if lost:
            score -= _LOST * math.sqrt(lost)
        if source.expected and target.expected:
            score += self._renderings(source, target, len(shared))
        return score - length_cost(source.length, target.length)

    def _renderings(self, source: Features, target: Features, kept: int) -> float:
        rendered = source.lexical & target.lexical
        score = _RENDERED * math.sqrt(self._weight(rendered)) if rendered else 0.0
        absent = source.expected - len(rendered) - kept
        return score - _UNRENDERED * math.sqrt(absent) if absent > 0 else score

    def _weight(self, tokens: Iterable[str]) -> float:
        return sum(map(self._weights.get, tokens, repeat(1.0)))

    def _code(self, source: Features, target: Features) -> float:
        shared = source.kept & target.kept
        score = min(2.4 * self._weight(shared), 8.0)
        if target.expected:
            # Comments and strings were translated: what is left of the words, and what became of the others.
            words = source.exact & target.exact
            score += _SHARED * math.sqrt(self._weight(words)) - _FOREIGN * math.sqrt(len(target.exact) - len(words))
            score += _RENDERED * math.sqrt(self._weight(source.lexical & target.lexical))
        else:
            score -= 3.0 * (len(source.kept) - len(shared)) / (1 + len(source.kept))
        score -= min(0.9 * (len(target.kept) - len(shared)), 4.0)
        return score - length_cost(source.length, target.length)


def _rarity(tokens: Iterable[str]) -> dict[str, float]:
    """The weights of tokens used more than once, falling with the logarithm of the uses; all others weigh 1."""
    return {token: 1 / (1 + math.log(uses)) for token, uses in Counter(tokens).items() if uses > 1}


def _kind_score(source: Features, target: Features) -> float:
    if source.kind is target.kind:
        if source.kind is Kind.FIELD:
            return 5.0 if source.key == target.key else -9.0
        return _SAME_KIND if source.container == target.container else _SAME_KIND + _OTHER_CONTAINER
    if Kind.CODE in (source.kind, target.kind) or Kind.FIELD in (source.kind, target.kind):
        return -9.0
    return _KIND_COST.get(frozenset({source.kind, target.kind}), -3.0)


def length_cost(source: float, target: float) -> float:
    """Return what two lengths, in Latin letters, cost a pair; 0 when they are as expected.

    Bands widen for short blocks; median and spread are measured over human translations.
    """
    if not source or not target:
        return 0.0
    spread = _SHORTEST_BAND + _WIDEST_BAND / math.sqrt(source + 4)
    z = math.log(target / source) / spread
    return min(_LENGTH * z * z, _MOST_LENGTH)
