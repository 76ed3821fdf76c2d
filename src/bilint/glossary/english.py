"""Where the terms of a glossary stand in English: by words, in their inflections, the longest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise

from msgspec import Struct

from bilint.glossary.candidates import Candidates, beginnings
from bilint.glossary.terms import Key, PartOfSpeech, Term
from bilint.glossary.words import WORD, infinitives, is_verb_by_its_ending, singulars, spellings, split
from bilint.model import Span

_GAPS = frozenset(" -\u00a0\u2010\u2011")
_PLURAL = frozenset({PartOfSpeech.ANY, PartOfSpeech.NOUN, PartOfSpeech.VERB})
_BEFORE = re.compile(r"([A-Za-z'’/]+)[ \"“(]*\Z")
_LONGEST_WORD = 40
_TO_VERB_WORDS = "can cannot could he i it let's may might must please shall she should they to we who will would you"
_TO_VERB = frozenset(_TO_VERB_WORDS.split())
_TO_NOUN_WORDS = "a an the this that these those each every its their your our my no of"
_TO_NOUN = frozenset(_TO_NOUN_WORDS.split())
_ONE_OF_MANY = _TO_NOUN - {"the", "of"}
_OBJECT_WORDS = (
    "a all an any better each every her his it its many more multiple no our several some the their them these this "
    "those us you your"
)
_OBJECT = frozenset(_OBJECT_WORDS.split())
_VERB_ENDINGS = ("ing", "ed")
_BEHIND = re.compile(r" ([A-Za-z]+)")
_NO_NOUN_WORDS = (
    "and are as at but by can did does for from had has have if in into is of on or should so that to was were when "
    "where which while who will with would"
)
_NO_NOUN = frozenset(_NO_NOUN_WORDS.split())

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


class English:
    """The terms by their words."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._forms: dict[Key, list[Form]] = {}
        self._sizes: dict[str, set[int]] = {}
        later: list[tuple[Term, str]] = []
        for term in sorted(terms, key=lambda term: not term.context):
            self._add(term, term.parts)
            _, *others = spellings(term.source)
            later += ((term, spelling) for spelling in others)
        for term, spelling in later:  # what a list spells out goes first
            self._add(term, split(spelling))

    def _add(self, term: Term, parts: tuple[Key, Key]) -> None:
        words, gaps = parts
        key = tuple(map(str.lower, words))
        self._forms.setdefault(key, []).append(Form(term, gaps, words if term.case_sensitive else ()))
        for beginning in beginnings(key, gaps, inflects=term.pos is PartOfSpeech.VERB):
            self._sizes.setdefault(beginning, set()).add(len(key))

    def find(self, text: str, applies: Applies = always) -> Iterator[tuple[Term, int, int]]:
        """Yield the terms in English prose with start and end, in order; the longest wins, none overlap."""
        done = 0
        for start, sizes in self._candidates(text):
            if start >= done:
                found = self._longest(text, start, sizes, applies)
                if found:
                    yield found
                    done = found[2]

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self._sizes)

    def _longest(self, text: str, start: int, sizes: Sequence[int], applies: Applies) -> tuple[Term, int, int] | None:
        """The longest term of one of these numbers of words, the most first, that begins with the word at `start`."""
        row = list(islice(WORD.finditer(text, start), sizes[0]))
        words = tuple(match[0].lower() for match in row)
        for size in sizes:
            keys = self._keys(words[:size]) if size <= len(row) else ()
            form = self._at(text, [match.span() for match in row[:size]], keys, applies) if keys else None
            if form is not None:
                return form.term, start, row[size - 1].end()
        return None

    def _keys(self, words: Key) -> Sequence[_Key]:
        """What these words may be of what is listed."""
        if words not in self._known:
            self._known[words] = tuple(found for found in _keys(words) if found[0] in self._forms)
        return self._known[words]

    @cached_property
    def _known(self) -> dict[Key, Sequence[_Key]]:
        return {}

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


def is_noun_by_itself(text: str, place: Span) -> bool:
    """Return whether a place in English is one of many things: `an issue for`, not `a key point` or `in the world`."""
    before = _BEFORE.search(text, max(place.start - _LONGEST_WORD, 0), place.start)
    behind = _BEHIND.match(text, place.end)
    is_determined = before is not None and before[1].lower() in _ONE_OF_MANY
    is_last = behind is None or behind[1].lower() in _NO_NOUN - {"of"}
    return is_determined and is_last and not text.startswith("-", place.end)


def is_verb_form(written: str, term: Term) -> bool:
    """Return whether a term stands in a past or a gerund that the list does not have: a promise, and promising."""
    last = written.lower().split()[-1]
    return last.endswith(_VERB_ENDINGS) and not term.words[-1].endswith(_VERB_ENDINGS)
