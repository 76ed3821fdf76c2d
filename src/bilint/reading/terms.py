"""Which English word stands behind Chinese ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bilint.evidence import priors
from bilint.model import AlignedPair
from bilint.text.scripts import converted
from bilint.text.words import words

_SHORTEST = 3
"""Words of so few letters are no terms."""
_ENOUGH = 2
"""One use of the commoner form shows nothing."""
_NEARLY_ALL = 0.75
"""A term stands in at least this share of the pairs of both forms."""
_ROOT, _ENDING = 5, 2
"""The words of a family begin with so many letters, or with all but so many of a longer word's."""
_SPECIFIC = 0.5
"""And at least this share of the pairs it stands in has one of the forms."""


def lemmas(pair: AlignedPair) -> frozenset[str]:
    """Return the words of the English, uninflected, that are long enough to be terms."""
    known = priors()
    found = (word for block in pair.source for word in words(block.prose.text))
    return frozenset(known.fold(word) for word in found if len(word) > _SHORTEST)


def shared_term(stem: str, uses: tuple[Sequence[int], Sequence[int]], english: Sequence[frozenset[str]]) -> str:
    """Return the English word that stands behind two Chinese forms of one stem, empty when there is none.

    It stands in nearly all the pairs that they are used in (`uses`: the numbers of these, for each form), and in few
    others. `english` are the words of every pair.
    """
    if len(uses[0]) < _ENOUGH:
        return ""
    # A title of the translator's own, or a note, has no English behind it and says nothing against a word.
    here, there = ([said for number in side if (said := english[number])] for side in uses)
    if not here or not there:
        return ""
    counts = Counter(word for words_ in here for word in words_)
    everywhere = Counter(word for words_ in english for word in words_)
    used = {number for side in uses for number in side}
    common = (word for word in counts if all(_says(word, side) >= _NEARLY_ALL * len(side) for side in (here, there)))
    found = ((len(used) / everywhere[word], word) for word in common if _may_mean(word, stem))
    return max((each for each in found if each[0] >= _SPECIFIC), default=(0.0, ""))[1]


def _says(word: str, pairs: Sequence[frozenset[str]]) -> int:
    """In how many pairs a word stands, or one of its family: reactive, reactivity."""
    root = word[: max(len(word) - _ENDING, _ROOT)]
    return sum(word in words_ or any(each.startswith(root) for each in words_) for words_ in pairs)


def have_own_words(
    forms: tuple[str, str], uses: tuple[Sequence[int], Sequence[int]], words_: Sequence[frozenset[str]]
) -> bool:
    """Return whether two senses stand behind two forms: an English word for each, that is never said as the other.

    `uses` and `words_` as in `shared_term`.
    """
    own = []
    for form, other, numbers in zip(forms, reversed(forms), uses, strict=True):
        said = {word for number in numbers for word in words_[number]}
        own.append({word for word in said if _is_said(word, form) and not _is_said(word, other)})
    return bool(own[0] and own[1] and own[0] != own[1])


def _is_said(word: str, form: str) -> bool:
    rendering = priors().rendering(word)
    return rendering is not None and any(converted(form, "t2s") == known for known, _ in rendering.forms)


def _may_mean(word: str, stem: str) -> bool:
    """Whether published translations say `word` with the characters of `stem`; yes when they say nothing of it."""
    rendering = priors().rendering(word)
    return rendering is None or any(converted(stem, "t2s") in form for form, _ in rendering.forms)
