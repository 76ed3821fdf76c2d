"""Which form of the lexicon stands for a term in a pair of sentences."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache
from typing import NamedTuple

from bilint.lexicon.table import table
from bilint.lexicon.words import Occurrence, occurrences

_LEAST_SHARE = 0.004
"""Rarer forms are mostly words that stand beside the term."""
_EVER_KEPT = 0.005
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789/@_-"
_NOT_BEFORE, _NOT_BEHIND = frozenset(f"{_LETTERS}.(（["), frozenset(_LETTERS)
_TAKEN = "\0"


class Rendered(NamedTuple):
    """A use of a term with the form that stands for it and where, in code points; ("", -1) for none."""

    occurrence: Occurrence
    form: str
    start: int


def rendered(english: str, chinese: str, wanted: Container[str] | None = None) -> Iterator[Rendered]:
    """Yield for the terms of an English sentence what its translation, in Simplified characters, says for them.

    Longer terms take first, from left to right, and what one takes no other can: what is part of a neighbour's name is
    not read as this one's. A term that is left in English has its own text as the form. Terms of which nothing stands
    there come last. Those that are not among the `wanted` are left out.
    """
    taken: set[int] = set()
    free = _lowered(chinese)
    unsaid: list[Occurrence] = []
    for occurrence in occurrences(english):
        term, first, end, _ = occurrence
        if first in taken or (end > first + 1 and not taken.isdisjoint(range(first, end))):
            continue
        found = _place(term.text, chinese, free)
        if found is None:
            unsaid.append(occurrence)
            continue
        form, start = found
        taken.update(range(first, end))
        free = f"{free[:start]}{_TAKEN * len(form)}{free[start + len(form) :]}"
        if wanted is None or term.text in wanted:
            yield Rendered(occurrence, form, start)
    for occurrence in unsaid:
        words = range(occurrence.first, occurrence.end)
        if taken.isdisjoint(words):
            taken.update(words)
            if wanted is None or occurrence.term.text in wanted:
                yield Rendered(occurrence, "", -1)


def _place(term: str, chinese: str, free: str) -> tuple[str, int] | None:
    known = _likeliest(term)
    if known.is_ever_kept and (left := _left(term, free)):
        return left
    for form, longer in known.forms:
        start = free.find(form)
        if start >= 0 and not any(other in chinese for other in longer):
            return form, start
    return None


class _Likeliest(NamedTuple):
    """Whether a term is ever left in English, and its forms, the likeliest first, with those that they are part of."""

    is_ever_kept: bool
    forms: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def _likeliest(text: str) -> _Likeliest:
    term = table().term(text)
    assert term is not None, text
    forms = [form for form in term.forms if form.share >= _LEAST_SHARE]
    forms.sort(key=lambda form: -form.share * len(form.text))
    texts = [form.text for form in forms]
    around = (tuple(each for each in texts if text in each and text != each) for text in texts)
    return _Likeliest(term.kept_share > _EVER_KEPT, tuple(zip(texts, around, strict=True)))


def _left(text: str, lower: str) -> tuple[str, int] | None:
    """Where an English term was left standing as a word, in the plural or not; a gloss in brackets is none."""
    at = lower.find(text)
    while at >= 0:
        end = at + len(text)
        end += lower.startswith("s", end)
        if lower[max(at - 1, 0) : at] not in _NOT_BEFORE and lower[end : end + 1] not in _NOT_BEHIND:
            return lower[at:end], at
        at = lower.find(text, at + 1)
    return None


def _lowered(text: str) -> str:
    """Lower-cased by characters: a text keeps its length, so that what is found can be pointed at."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text
