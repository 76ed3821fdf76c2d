"""Whether English words are said in a Chinese stretch: a log-likelihood ratio.

"They are said here" against "they are not, and all that stands here is said by the others". A word whose rendering the
others account for tells little: explaining away is worth 20 points of recall, by far the largest part.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from bilint.lexicon.table import Term
from bilint.lexicon.words import NOTHING, Content, Exact, without_addresses
from bilint.model import Block, InlineKind, Kind
from bilint.text.numbers.han import CHARACTERS, LONGEST, han_value
from bilint.text.scripts import converted, han_count

_USUAL = 21
"""Han characters of the sentences that `base` was counted over."""
_SHORTEST = 0.3
USELESS = 0.03
"""A term has to be this much more likely in its translation than elsewhere."""
_SURE = 0.95
"""Nothing is explained away for certain."""
_MOST_EXACT = 1.5
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_NUMERAL = re.compile(f"[{CHARACTERS}]{{2,{LONGEST}}}|十")
"""One digit alone is part of a word as often as not."""
_IN_NUMBER = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")

Rates = Callable[[Term], tuple[float, float]]
"""A term → the chance that its translation shows it, and that another sentence of usual length does, 0 to 1."""


def shipped(term: Term) -> tuple[float, float]:
    """Return the rates of a term over published translations."""
    return term.hit, term.base


class Stretch:
    """A piece of a translation, in Simplified characters, to be asked for words.

    Code counts with its Chinese and with what is kept as it is; a term in Latin letters counts only outside code, where
    a translator left it standing.
    """

    def __init__(self, prose: str, code: str = "") -> None:
        self._latin = without_addresses(prose).lower()
        self._han = f"{self._latin}\n{code}"
        self._kept = _IN_NUMBER.sub("", self._han.lower())
        self.length = length_factor(han_count(self._han))
        self._known: dict[str, bool] = {}

    def says(self, term: Term) -> bool:
        """Return whether a form of the term stands here, or the term itself."""
        known = self._known.get(term.text)
        if known is None:
            known = self._known[term.text] = self._says(term)
        return known

    def _says(self, term: Term) -> bool:
        for form in term.telling:
            if form.text in self._han:
                return True
        return term.text in self._latin and next(self._left(term.text), -1) >= 0

    def offsets(self, term: Term) -> Iterator[int]:
        """Yield where a form of the term stands, or the term itself, in code points of prose and code, in no order."""
        for form in term.telling:
            at = self._han.find(form.text)
            while at >= 0:
                yield at
                at = self._han.find(form.text, at + 1)
        if term.text in self._latin:
            yield from self._left(term.text)

    def _left(self, text: str) -> Iterator[int]:
        """Where English words were left standing, in any case, in the plural or not."""
        at = self._latin.find(text)
        while at >= 0:
            end = at + len(text)
            end += self._latin.startswith("s", end)
            if self._latin[max(at - 1, 0) : at] not in _LETTERS and self._latin[end : end + 1] not in _LETTERS:
                yield at
            at = self._latin.find(text, at + 1)

    def keeps(self, exact: Exact) -> bool:
        """Return whether a name, number or piece of code stands here; a whole number also in Chinese numerals."""
        if exact.text in self._kept:
            return True
        is_number = exact.text.isdecimal() and len(exact.text) <= LONGEST  # Python refuses to read very long ones
        return is_number and int(exact.text) in self._numerals

    @cached_property
    def _numerals(self) -> frozenset[int]:
        values = (han_value(found[0]) for found in _NUMERAL.finditer(self._han))
        return frozenset(value for value in values if value is not None)


class Stretches:
    """Several pieces of a translation, to be asked all at once which of them has a word.

    A piece is prose, in Simplified characters, and code.
    """

    def __init__(self, pieces: Sequence[tuple[str, str]]) -> None:
        prose, code = ([piece[side].lower() for piece in pieces] for side in (0, 1))
        self._starts = [0, *accumulate(len(text) + 1 for text in (*prose, *code))]
        self._all = Stretch("\n".join(prose), "\n".join(code))
        self._pieces = pieces

    @cached_property
    def lengths(self) -> list[float]:
        """The lengths of the pieces, see `length_factor`."""
        return [length_factor(han_count(without_addresses(prose)) + han_count(code)) for prose, code in self._pieces]

    def saying(self, term: Term) -> set[int]:
        """Return the numbers of the pieces in which a form of the term stands, or the term itself."""
        return {(bisect_right(self._starts, at) - 1) % len(self._pieces) for at in self._all.offsets(term)}


def length_factor(han: int) -> float:
    """Return how many usual sentences a text with this many Han characters is as long as; of short ones, 0.3."""
    return max(han / _USUAL, _SHORTEST)


def stretch_of(blocks: Iterable[Block], *, traditional: bool = False) -> Stretch:
    """Return the stretch that target blocks make; the text of an image is read like any other."""
    return Stretch(*piece_of(blocks, traditional=traditional))


def piece_of(blocks: Iterable[Block], *, traditional: bool = False) -> tuple[str, str]:
    """Return the prose and the code of target blocks, as stretches are made of."""
    prose: list[str] = []
    code: list[str] = []
    for block in blocks:
        (code if block.kind is Kind.CODE else prose).append(
            block.content if block.kind is Kind.CODE else block.prose.text
        )
        if block.inlines:
            code += [inline.content for inline in block.inlines if inline.kind is InlineKind.CODE]
            prose += [inline.content for inline in block.inlines if inline.kind is InlineKind.IMAGE]
    joined = ("\n".join(prose), "\n".join(code))
    return (converted(joined[0], "t2s"), converted(joined[1], "t2s")) if traditional else joined


class Said(NamedTuple):
    """How likely words are said in a stretch: `ratio` above 0 speaks for it, under -4 against; and what tells."""

    ratio: float
    said: tuple[Term, ...]
    unsaid: tuple[Term, ...]
    unsaid_exact: tuple[Exact, ...]


def said(sentence: Content, stretch: Stretch, others: Content = NOTHING, rates: Rates = shipped) -> Said:
    """Return whether a sentence is said in a stretch in which `others` are said as well."""
    ratio = 0.0
    found: list[Term] = []
    lost: list[Term] = []
    around = _Others(stretch, others)
    for term in sentence.terms:
        hit, base = rates(term)
        base = 1 - (1 - base) ** stretch.length * around.leave(term)
        if hit < base + USELESS:
            continue
        stands = stretch.says(term)
        (found if stands else lost).append(term)
        ratio += told(hit, base, stands=stands)
    lost_exact: list[Exact] = []
    for exact in sentence.exact:
        if exact.text in around.exact:
            continue
        stands = stretch.keeps(exact)
        lost_exact += [] if stands else [exact]
        ratio += max(-_MOST_EXACT, min(_MOST_EXACT, told(exact.hit, exact.base, stands=stands)))
    return Said(ratio, tuple(found), tuple(lost), tuple(lost_exact))


def least_said(sentence: Content, stretch: Stretch, rates: Rates = shipped) -> float:
    """Return what `said` is not below whatever others are said in the stretch: what is lost, nothing accounted for."""
    ratio = 0.0
    for term in sentence.terms:
        if not stretch.says(term):
            hit, base = rates(term)
            base = 1 - (1 - base) ** stretch.length
            if hit >= base + USELESS:
                ratio += told(hit, base, stands=False)
    for exact in sentence.exact:
        if not stretch.keeps(exact):
            ratio += max(-_MOST_EXACT, told(exact.hit, exact.base, stands=False))
    return ratio


def told(hit: float, base: float, *, stands: bool) -> float:
    """Return what it says that something stands there, or does not: the logarithm of the likelihood ratio."""
    return math.log(hit / base) if stands else math.log((1 - hit) / (1 - base))


class _Others:
    """What the other sentences say that are said in a stretch."""

    def __init__(self, stretch: Stretch, others: Content) -> None:
        self.exact = frozenset(each.text for each in others.exact if stretch.keeps(each))
        terms = [term for term in others.terms if stretch.says(term)]
        self._terms = frozenset(term.text for term in terms)
        # Few forms of a term are in those of others: one search tells which, before each is looked at.
        self._forms = [(form.text, form.share, number) for number, term in enumerate(terms) for form in term.telling]
        self._joined = "\n".join(text for text, _, _ in self._forms)

    def leave(self, term: Term) -> float:
        """Return the chance, 0 to 1, that none of the others accounts for a rendering of `term`."""
        if term.text in self._terms:
            return 1 - _SURE
        shares: dict[int, float] = {}
        for number, share in self._accounting(term):
            shares[number] = shares.get(number, 0.0) + share
        return math.prod(1 - min(share, _SURE) for share in shares.values())

    def _accounting(self, term: Term) -> Iterator[tuple[int, float]]:
        wanted = [form.text for form in term.telling if form.text in self._joined]
        if wanted:
            for text, share, number in self._forms:
                if any(form in text for form in wanted):
                    yield number, share
