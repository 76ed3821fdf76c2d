"""A glossary: the terms of all lists with what is needed to find them."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from bilint.glossary.chinese import Normal, cuts_word, normal_of
from bilint.glossary.english import Applies, English, always
from bilint.glossary.terms import Term

_MOST_WORDS = 12
"""Longer terms are sentences, and say no other term."""


class Glossary:
    """Terms with what is needed to find them; `digest` changes when anything a report shows does."""

    def __init__(self, terms: tuple[Term, ...] = ()) -> None:
        self.terms = terms

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Glossary) and self.terms == other.terms

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Asked for each block of an article: of ten thousand terms it is made once."""
        return hash(self.terms)

    def __reduce__(self) -> tuple[type[Glossary], tuple[tuple[Term, ...]]]:
        return Glossary, (self.terms,)  # a worker builds what it needs

    @cached_property
    def digest(self) -> str:
        """The name of what the terms say, whatever their order and place."""
        rows = sorted(
            [t.source, t.approved, t.forbidden, t.keep, t.case_sensitive, t.note, t.pos, t.context, t.domain, t.layer]
            for t in self.terms
        )
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()[:12]

    def and_then(self, terms: Iterable[Term]) -> Glossary:
        """Return the glossary with further terms, which replace those that say something of the same."""
        own = {term.key: term for term in terms}
        return Glossary((*(term for term in self.terms if term.key not in own), *own.values()))

    def in_source(self, text: str, applies: Applies = always) -> Iterator[tuple[Term, int, int]]:
        """Yield the terms in English prose with start and end, in order; the longest wins, none overlap."""
        return self._english.find(text, applies)

    def forbidden_in(self, text: str) -> Iterator[tuple[Term, str, int, int]]:
        """Yield (term, forbidden rendering as listed, start, end) in Chinese prose, in order.

        A place comes once for each term that forbids it. A rendering inside a longer approved one (模型 in 大模型) is
        passed over. Whether the English has the term is for the caller to say.
        """
        chinese = normal_of(text)
        done = 0
        for at, form in self._forbidden_at(chinese.text):
            if at >= done and not cuts_word(chinese.text, at, at + len(form)):
                start, end = chinese.place(at), chinese.place(at + len(form) - 1) + 1
                if not self.is_covered(chinese, form, start, end):
                    done = at + len(form)
                    yield from ((term, listed, start, end) for term, listed in self._forbidden[form])

    def is_covered(self, chinese: Normal, form: str, start: int, end: int) -> bool:
        """Return whether a normal form at a place is part of a longer approved rendering there."""
        if form not in self._longer:
            self._longer[form] = tuple(right for right in self._right if form in right and form != right)
        return any(
            first <= start and end <= last for longer in self._longer[form] for first, last in chinese.find(longer)
        )

    def said_of_compounds(self, term: Term) -> tuple[str, ...]:
        """Return the approved renderings of the longer terms that have all the words of a term in a row."""
        known = self._compounds.get(term.words)
        if known is None:
            forms = (form for longer in self._longer_terms.get(term.words, ()) for form in longer.right)
            known = self._compounds[term.words] = tuple(dict.fromkeys(forms))
        return known

    def approving(self, *forms: str) -> Iterator[Term]:
        """Yield the terms that approve one of these forms, as listed, in their order."""
        numbers = {number for form in forms for number in self._approving.get(form, ())}
        return (self.terms[number] for number in sorted(numbers))

    def _forbidden_at(self, text: str) -> Iterator[tuple[int, str]]:
        """Where forbidden forms may stand in a normal text, at each offset the longest first."""
        beginnings = self._beginnings
        if beginnings:
            for at in [at for at in range(len(text)) if text[at : at + 2] in beginnings or text[at] in beginnings]:
                forms = (*beginnings.get(text[at : at + 2], ()), *beginnings.get(text[at], ()))
                yield from ((at, form) for form in dict.fromkeys(forms) if text.startswith(form, at))

    @cached_property
    def contextual(self) -> Mapping[tuple[str, ...], Sequence[Term]]:
        """The entries that hold only near certain words, by the words of their terms."""
        found: dict[tuple[str, ...], list[Term]] = defaultdict(list)
        for term in self.terms:
            if term.context:
                found[term.words].append(term)
        return found

    @cached_property
    def _english(self) -> English:
        return English(self.terms)

    @cached_property
    def _right(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(form for term in self.terms for form in term.right))

    @cached_property
    def _longer(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _compounds(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {}

    @cached_property
    def _approving(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the terms that approve a form."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(self.terms):
            for form in term.approved:
                found[form].append(number)
        return found

    @cached_property
    def _longer_terms(self) -> Mapping[tuple[str, ...], Sequence[Term]]:
        """The terms of several words by those terms whose words they have in a row."""
        known = {term.words for term in self.terms}
        found: dict[tuple[str, ...], list[Term]] = defaultdict(list)
        for term in self.terms:
            words = term.words if len(term.words) <= _MOST_WORDS else ()
            parts = (words[at:end] for at in range(len(words)) for end in range(at + 1, len(words) + 1))
            for part in known.intersection(parts) - {words}:
                found[part].append(term)
        return found

    @cached_property
    def _forbidden(self) -> dict[str, list[tuple[Term, str]]]:
        found: dict[str, list[tuple[Term, str]]] = defaultdict(list)
        for term in self.terms:
            for form, listed in term.wrong:
                found[form].append((term, listed))
        return dict(found)

    @cached_property
    def _beginnings(self) -> dict[str, list[str]]:
        """The forbidden forms by their first two characters, the longest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for form in sorted(self._forbidden, key=lambda form: (-len(form), form)):
            found[form[:2]].append(form)
        return dict(found)
