"""How sure it is that words which nobody has decided to keep were left in English by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bilint.model import Article, Confidence
from bilint.reading.beside_names import JOINING, is_noun_beside
from bilint.reading.counts import WordUses
from bilint.reading.english import Run
from bilint.reading.half_terms import half_term
from bilint.reading.kept import said_beside, said_elsewhere, term_of
from bilint.reading.leftover import LOAN, Leftover
from bilint.reading.meant import NEVER_A_NAME, ORDINARY, may_be_a_name, may_be_code, stands_plainly
from bilint.text.naming import is_joined
from bilint.text.words import words

_OFTEN_KEPT, _KEPT_BY_SOME, _HARDLY_KEPT = 0.1, 0.05, 0.04
"""Most words that published translations keep more often were kept on purpose: two in a row, one that the article says
in Chinese elsewhere, and any other."""
_KEPT_ONCE = 0.125
"""The same for a word that the article leaves in English here only, and says in Chinese elsewhere."""
_KEPT_BY_FEW = 0.2
"""The same for a word whose noun is said behind it."""
_SAID_OFTEN, _SAID_EVERYWHERE = 2, 10
"""A word that the article says in Chinese in so many other places was overlooked; in many more, even beside code."""
_OWN_HABIT = 3
_OWN_SHARE = 0.3
"""A word that an article leaves in English so many times, in so large a share of its uses, is left so on purpose."""
_SHAPED = 0.1
"""Nouns and verbs stand behind a determiner or a modal in so many of their uses (0 to 1); `cheers` hardly ever does."""
_AGAIN = 2
"""So many times, and it may be: an oversight is seldom made twice."""


def is_own_habit(run: Run, item: Leftover, article: Article, own: WordUses) -> bool:
    """Return whether an article keeps a word most of the time: a decision, no oversight.

    What hardly any translation keeps, and is no term of the article's code, was not decided but never translated.
    """
    kept, said = own.kept[item.head], own.source[item.head]
    if kept < _OWN_HABIT or kept < _OWN_SHARE * said:
        return False
    return not _is_never_translated(run, item, article)


def _is_never_translated(run: Run, item: Leftover, article: Article) -> bool:
    """Whether translators would have rendered a word that an article leaves throughout, be it a noun or a verb."""
    if item.is_phrase:
        return item.usage.share <= _KEPT_BY_SOME
    if half_term(run, item, article.pair_of(run.block), article.target):
        return True
    if not stands_plainly(run, item, article.target):
        return False
    term = term_of(item.word)
    if term is None or max(term.noun, term.verb) < _SHAPED:
        return False
    pair, bitext = article.pair_of(run.block), article.bitext
    is_said = item.usage.share <= _OFTEN_KEPT and bitext is not None and said_elsewhere(item.word, pair, bitext) > 0
    return is_said or item.usage.share <= _KEPT_BY_SOME


class _Left(NamedTuple):
    """What was left of a run: the words, the one that translators keep most often, and how often it is said elsewhere.

    `own` is what was counted in the article; `is_half` says that a noun is said behind the word, `is_said_here` that
    the passage has the word in Chinese as well.
    """

    run: Run
    items: Sequence[Leftover]
    article: Article
    own: WordUses
    worst: Leftover
    times: int
    is_half: bool
    is_said_here: bool

    @property
    def share(self) -> float:
        return self.worst.usage.share

    @property
    def is_alone(self) -> bool:
        return len(self.items) == 1


def confidence(run: Run, items: Sequence[Leftover], article: Article, own: WordUses) -> Confidence:
    """Return how sure it is that these words of a run were overlooked; `own` is what was counted in the article.

    What tells an oversight from a term kept on purpose is that the same word is said in Chinese elsewhere.
    """
    worst = max(items, key=lambda item: item.usage.share)
    pair, bitext = article.pair_of(run.block), article.bitext
    times = said_elsewhere(worst.word, pair, bitext) if bitext else 0
    is_half = half_term(run, worst, pair, article.target) != ""
    left = _Left(run, items, article, own, worst, times, is_half, said_beside(worst.word, pair, article.target))
    if left.share > _most(left) or _may_be_meant(left) or _is_again(left):
        return Confidence.LOW
    is_said_often = left.share <= _HARDLY_KEPT and times >= _SAID_OFTEN and not worst.is_phrase
    is_sure = left.share <= NEVER_A_NAME or is_said_often
    return Confidence.HIGH if is_sure and pair.source and _is_lower(run) else Confidence.MEDIUM


def _most(left: _Left) -> float:
    """The largest share of uses in which published translations keep a word that was overlooked here."""
    if left.is_said_here:
        return LOAN
    if left.is_half:
        return _KEPT_BY_FEW
    if not left.is_alone or _is_never_translated(left.run, left.worst, left.article):
        return _OFTEN_KEPT
    return _most_of_one(left)


def _most_of_one(left: _Left) -> float:
    """The same for a word alone: of 12 plain ones kept by more than some, neither of two readers found half true."""
    run, word, article = left.run, left.worst, left.article
    if left.times:
        return _KEPT_ONCE if left.own.kept[word.word] < _AGAIN else _KEPT_BY_SOME
    if is_noun_beside(run, left.items, article):
        return _OFTEN_KEPT
    return _KEPT_BY_SOME if stands_plainly(run, word, article.target) else _HARDLY_KEPT


def _may_be_meant(left: _Left) -> bool:
    """Whether the word may be a name or code after all, or is joined to one."""
    run, word, article = left.run, left.worst, left.article
    is_beside = is_joined(run.block.prose.text, run.start, run.end)
    if is_beside and left.share > ORDINARY:
        return True
    if not left.is_alone:
        return False
    most = _OFTEN_KEPT if is_noun_beside(run, left.items, article) else _HARDLY_KEPT
    if word.word not in JOINING and may_be_a_name(run, word, most=most):
        return True
    if left.is_half:
        return False
    return left.times < _SAID_EVERYWHERE and may_be_code(run, word, article.target, is_beside=is_beside)


def _is_again(left: _Left) -> bool:
    """Whether the article leaves a word in English again, in this paragraph or in a large share of its uses.

    Of a term, whether it leaves its last word now and then: then others that end with it may be kept on purpose.
    """
    word, own = left.worst, left.own
    if left.share <= ORDINARY or left.is_said_here:
        return False
    if _is_never_translated(left.run, word, left.article):
        return word.is_phrase and _OWN_HABIT <= own.kept[word.head] < _OWN_SHARE * own.source[word.head]
    here = words(left.run.block.prose.text).count(word.word)
    return max(own.kept[word.word], here) >= _AGAIN and own.kept[word.word] >= _OWN_SHARE * own.source[word.word]


def _is_lower(run: Run) -> bool:
    return all(match[0].islower() for match in run.words)
