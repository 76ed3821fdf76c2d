"""Where the terms of a glossary stand in English: by words, in their inflections, the longest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from msgspec import Struct

from bilint.glossary.terms import Key, PartOfSpeech, Term
from bilint.glossary.words import WORD, infinitives, is_verb_by_its_ending, singulars, spellings, split
from bilint.model import Span

_GAPS = frozenset(" -\u00a0\u2010\u2011")
_PLURAL = frozenset({PartOfSpeech.ANY, PartOfSpeech.NOUN, PartOfSpeech.VERB})
_BEFORE = re.compile(r"([A-Za-z'’/]+)[ \"“(]*\Z")
_LONGEST_WORD = 40
_TO_VERB_WORDS = "can cannot could he it let's may might must please shall she should they to we who will would you"
_TO_VERB = frozenset(_TO_VERB_WORDS.split())
_TO_NOUN_WORDS = "a an the this that these those each every its their your our my no of"
_TO_NOUN = frozenset(_TO_NOUN_WORDS.split())
_OBJECT_WORDS = (
    "a all an any better each every her his it its many more multiple no our several some the their them these this "
    "those us you your"
)
_OBJECT = frozenset(_OBJECT_WORDS.split())
_BEHIND = re.compile(r" ([A-Za-z]+)")

Applies = Callable[[Term], bool]
_Key = tuple[tuple[str, ...], Callable[[Term, tuple[str, ...]], bool] | None]
"""The words of a term, and what it must be for words of a text to be an inflection of them."""


def always(_: Term) -> bool:
    """Return that a term applies."""
    return True


class Form(Struct, frozen=True):
    """A way to write a term: what stands between its words, and its words when their case counts."""

    term: Term
    gaps: tuple[str, ...]
    cased: tuple[str, ...]

    def fits(self, text: str, words: Sequence[tuple[int, int]]) -> bool:
        """Return whether what stands between the words is what may, and the case is right where it counts."""
        if self.cased and not self._has_case(tuple(text[start:end] for start, end in words)):
            return False
        gaps = [text[end:start] for (_, end), (start, _) in pairwise(words)]
        return all(
            gap in _GAPS or gap.isspace() or gap.replace("’", "'") == own
            for gap, own in zip(gaps, self.gaps, strict=True)
        )

    def _has_case(self, words: tuple[str, ...]) -> bool:
        """Whether the words are written as listed; an ending may follow the last one: `RAGs`."""
        *front, last = words
        *listed, stem = self.cased
        shared = min(len(stem), len(last)) - (0 if last.startswith(stem) else 1)
        return front == listed and last[:shared] == stem[:shared] and (last == stem or not last[len(stem) :].isupper())


class _Word(NamedTuple):
    """What a word of a text may be to the terms of a glossary."""

    alone: tuple[int, ...]
    """1 where it may be a term, nothing where not."""
    behind: frozenset[str]
    """The second words of the longer terms that may begin with it."""
    seconds: tuple[str, ...]
    """The second words of any terms that it may be an inflection of."""
    sizes: Mapping[str, frozenset[int]]
    """How many words the longer terms have that may begin with it, by the second one."""

    def with_second(self, behind: _Word) -> Sequence[int]:
        """Return how many words the terms have that it and the word behind it may begin, the most first."""
        found = (self.sizes[second] for second in behind.seconds if second in self.sizes)
        return sorted(chain(self.alone, frozenset().union(*found)), reverse=True)


_NO_WORD = _Word((), frozenset(), (), {})


class _Known(dict[str, _Word]):
    """Lower-cased words of texts with what they may be: texts have few words that they do not repeat."""

    def __init__(self, sizes: Mapping[str, Mapping[str, set[int]]]) -> None:
        self._sizes = sizes
        self._seconds = frozenset(chain.from_iterable(sizes.values()))

    def __missing__(self, word: str) -> _Word:
        bases = (word, *singulars(word), *infinitives(word))
        found: dict[str, frozenset[int]] = {}
        for head in bases:
            for second, sizes in self._sizes.get(head, {}).items():
                found[second] = found.get(second, frozenset()) | sizes
        alone, seconds = tuple(found.pop("", ())), tuple(each for each in bases if each in self._seconds)
        is_nothing = not (alone or found or seconds)
        known = self[word] = _NO_WORD if is_nothing else _Word(alone, frozenset(found), seconds, found)
        return known


class _Places:
    """Where the words of a text stand, found as far as is asked for: few texts have many terms."""

    def __init__(self, text: str, words: Sequence[str]) -> None:
        self._text, self._words = text, words
        self._found: list[tuple[int, int]] = []

    def of(self, first: int, end: int) -> Sequence[tuple[int, int]]:
        """Return start and end of the words number `first` to `end`."""
        done = self._found[-1][1] if self._found else 0
        for word in self._words[len(self._found) : end]:
            start = self._text.index(word, done)  # no letter stands between two words
            done = start + len(word)
            self._found.append((start, done))
        return self._found[first:end]


class English:
    """The terms by their words."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._forms: dict[tuple[str, ...], list[Form]] = {}
        self._sizes: dict[str, dict[str, set[int]]] = {}
        later: list[tuple[Term, str]] = []
        for term in sorted(terms, key=lambda term: not term.context):
            self._add(term, term.parts)
            _, *others = spellings(term.source)
            later += ((term, spelling) for spelling in others)
        for term, spelling in later:  # what a list spells out goes first
            self._add(term, split(spelling))
        self._known = _Known(self._sizes)

    def _add(self, term: Term, parts: tuple[Key, Key]) -> None:
        words, gaps = parts
        key = tuple(map(str.lower, words))
        self._forms.setdefault(key, []).append(Form(term, gaps, words if term.case_sensitive else ()))
        self._sizes.setdefault(key[0], {}).setdefault("".join(key[1:2]), set()).add(len(key))

    def find(self, text: str, applies: Applies = always) -> Iterator[tuple[Term, int, int]]:
        """Yield the terms in English prose with start and end, in order; the longest wins, none overlap."""
        words: list[str] = WORD.findall(text)
        lower = list(map(str.lower, words))
        known = [*(self._known[word] for word in lower), _NO_WORD]
        places = _Places(text, words)
        done = 0
        hits = [
            at
            for at, ((alone, second, _, _), (_, _, seconds, _)) in enumerate(pairwise(known))
            if alone or not second.isdisjoint(seconds)
        ]
        for at in hits:
            if at < done:
                continue
            for size in known[at].with_second(known[at + 1]):
                keys = [found for found in _keys(tuple(lower[at : at + size])) if found[0] in self._forms]
                if not keys or at + size > len(lower):
                    continue
                found_at = places.of(at, at + size)
                form = self._at(text, found_at, keys, applies)
                if form is not None:
                    done = at + size
                    yield form.term, found_at[0][0], found_at[-1][1]
                    break

    def _at(self, text: str, words: Sequence[tuple[int, int]], keys: Sequence[_Key], applies: Applies) -> Form | None:
        for key, allowed in keys:
            for form in self._forms[key]:  # those that hold near certain words before that which always holds
                term = form.term
                is_right = allowed is None or allowed(term, key)
                if is_right and form.fits(text, words) and applies(term) and _is_used_so(term, text, words[0][0]):
                    return form
        return None


def _keys(lower: tuple[str, ...]) -> Iterator[_Key]:
    """Yield the words as they stand, then what they may be inflections of, with what a term must be for that."""
    yield lower, None
    *front, last = lower
    for word in singulars(last):
        yield (*front, word), _has_plural
    for word in infinitives(last):
        yield (*front, word), _is_verb
    if front:
        first, *rest = lower
        for word in (*singulars(first), *infinitives(first)):
            yield (word, *rest), _is_listed_as_verb


def _has_plural(term: Term, _: tuple[str, ...]) -> bool:
    return term.pos in _PLURAL


def _is_verb(term: Term, key: tuple[str, ...]) -> bool:
    return term.pos is PartOfSpeech.VERB or (term.pos is PartOfSpeech.ANY and is_verb_by_its_ending(key[-1]))


def _is_listed_as_verb(term: Term, _: tuple[str, ...]) -> bool:
    return term.pos is PartOfSpeech.VERB


def _is_used_so(term: Term, text: str, start: int) -> bool:
    """Whether the word before does not tell that another part of speech is meant: `to commit` is not the noun."""
    if term.pos not in (PartOfSpeech.NOUN, PartOfSpeech.VERB):
        return True
    before = _BEFORE.search(text, max(start - _LONGEST_WORD, 0), start)
    word = before[1].lower().replace("’", "'") if before else ""
    return word not in (_TO_VERB if term.pos is PartOfSpeech.NOUN else _TO_NOUN)


def is_beside_verb_words(text: str, place: Span) -> bool:
    """Return whether the words beside a place in English ask for a verb: `to process`, `lists all files`."""
    before = _BEFORE.search(text, max(place.start - _LONGEST_WORD, 0), place.start)
    behind = _BEHIND.match(text, place.end)
    is_before = before is not None and before[1].lower().replace("’", "'") in _TO_VERB
    return is_before or (behind is not None and behind[1].lower() in _OBJECT)
