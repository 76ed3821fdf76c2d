"""What an English stretch says: the terms of the lexicon in it, and what a translation keeps as it is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

from bilint.lexicon.table import LONGEST, Term, table
from bilint.model import Block, InlineKind, Kind, Span

_WORD = re.compile(r"[A-Za-z]++(?:['’][a-z]++)?+(?:-[A-Za-z]++)*+|[0-9][0-9.,]*+|[^\sA-Za-z0-9]")
"""A word with its apostrophes and hyphens, a number, or one other character, which no term crosses."""
_ADDRESS = re.compile(r"(?<!\w)\w++://[^\s<>\"'（），。]+")


class Occurrence(NamedTuple):
    """A term where it stands: the numbers `first` to `end` of its words in the text, and its span in code points."""

    term: Term
    first: int
    end: int
    span: Span


class Exact(NamedTuple):
    """What is kept as it is: the chance, 0 to 1, that it stands in the translation of its sentence, and in others."""

    text: str
    hit: float
    base: float


class Content(NamedTuple):
    """What an English stretch says: its terms, each once, and its names, numbers and code."""

    terms: tuple[Term, ...]
    exact: tuple[Exact, ...]


NOTHING = Content((), ())
_CODE_HIT, _NUMBER_HIT, _NAME_HIT = 0.9, 0.85, 0.7
_BASE, _NUMBER_BASE = 0.03, 0.05


def without_addresses(text: str) -> str:
    """Return `text` with a space for each character of the addresses in it."""
    return _ADDRESS.sub(lambda match: " " * len(match[0]), text) if "://" in text else text


def occurrences(text: str) -> Iterator[Occurrence]:
    """Yield all terms in an English text, the longest first, then from left to right; they may overlap."""
    matches = list(_WORD.finditer(without_addresses(text)))
    fold = _folded()
    for term, first, end in _terms_in([fold[match[0]] for match in matches]):
        yield Occurrence(term, first, end, Span(matches[first].start(), matches[end - 1].end()))


def _terms_in(row: Sequence[str]) -> Iterator[tuple[Term, int, int]]:
    """Yield the terms in a text's folded words with the numbers of their words, the longest first."""
    alone: list[tuple[Term, int, int]] = []
    longer: list[tuple[Term, int, int]] = []
    heads, last = _heads(), len(row) - 1
    for first, word in enumerate(row):
        term, seconds = heads[word]
        if term:
            alone.append((term, first, first + 1))
        if seconds and first < last and row[first + 1] in seconds:
            longer += _longer(row, first)
    if len(longer) > 1:
        longer.sort(key=lambda found: found[1] - found[2])
    return chain(longer, alone)


def _longer(row: Sequence[str], first: int) -> Iterator[tuple[Term, int, int]]:
    """The terms of several words that begin with the word at `first`, the longest first."""
    lexicon = table()
    rests = lexicon.beginning(row[first])
    for end in range(min(first + LONGEST, len(row)), first + 1, -1):
        if (rest := " ".join(row[first + 1 : end])) in rests and (term := lexicon.term(f"{row[first]} {rest}")):
            yield term, first, end


class _Heads(dict[str, tuple[Term | None, Set[str]]]):
    """Folded words → the term that each is alone, and the second words of the terms that begin with it."""

    def __missing__(self, word: str) -> tuple[Term | None, Set[str]]:
        found = self[word] = table().term(word), table().seconds(word)
        return found


@cache
def _heads() -> _Heads:
    return _Heads()


class _Folded(dict[str, str]):
    """Tokens with their folded words; of what is no word, an empty string."""

    def __missing__(self, token: str) -> str:
        folded = self[token] = table().fold(token.lower()) if token[0].isalpha() else ""
        return folded


@cache
def _folded() -> _Folded:
    return _Folded()


def _tokens(text: str) -> list[str]:
    """The words, numbers and other characters of an English text."""
    found: list[str] = _WORD.findall(without_addresses(text))
    return found


def frequent_terms(texts: Sequence[str], least: int, is_wanted: Callable[[str], object]) -> dict[str, list[int]]:
    """Return the wanted terms that stand `least` times or more in English texts, with the number of the text each time.

    A term is found wherever `occurrences` finds it; those whose first word is too rare are not looked for.
    """
    fold = _folded().__getitem__
    rows = [list(map(fold, _tokens(text))) for text in texts]
    uses = Counter(chain.from_iterable(rows))
    heads = {word: _heads()[word] for word, count in uses.items() if count >= least}
    alone = {word for word, (term, _) in heads.items() if term and is_wanted(word)}
    begun = {word: seconds for word, (_, seconds) in heads.items() if seconds}
    found: dict[str, list[int]] = defaultdict(list)
    longer: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for number, row in enumerate(rows):
        for word in filter(alone.__contains__, row):
            found[word].append(number)
        for first, pair in enumerate(pairwise(row)):
            if pair[0] in begun and pair[1] in begun[pair[0]]:
                longer[pair].append((number, first))
    for places in longer.values():
        for number, first in places if len(places) >= least else ():
            for term, _, _ in _longer(rows[number], first):
                found[term.text].append(number)
    return {term: numbers for term, numbers in found.items() if len(numbers) >= least and is_wanted(term)}


def terms(text: str) -> tuple[Term, ...]:
    """Return the telling terms of an English text, each once; no word is part of two of them."""
    return _telling(_tokens(text))


def _telling(tokens: Iterable[str]) -> tuple[Term, ...]:
    taken: set[int] = set()
    found: dict[str, Term] = {}
    for term, first, end in _terms_in(list(map(_folded().__getitem__, tokens))):
        if term.hit and first not in taken and (end == first + 1 or taken.isdisjoint(range(first, end))):
            taken.update(range(first, end))
            found[term.text] = term
    return tuple(found.values())


def content(text: str, code: Iterable[str] = ()) -> Content:
    """Return what an English text says that has these code spans."""
    tokens = _tokens(text)
    return Content(_telling(tokens), tuple({each.text: each for each in _exact(tokens, code)}.values()))


def _exact(tokens: Iterable[str], code: Iterable[str]) -> Iterator[Exact]:
    for each in code:
        if each.strip():
            yield Exact(each.strip().lower(), _CODE_HIT, _BASE)
    for token in tokens:
        if token[0].isdigit():
            number = token.replace(",", "").rstrip(".")
            if sum(map(str.isdigit, number)) > 1:
                yield Exact(number, _NUMBER_HIT, _NUMBER_BASE)
        elif token[0].isupper() and not table().has_word(_folded()[token]):
            yield Exact(token.lower(), _NAME_HIT, _BASE)


def content_of(blocks: Iterable[Block]) -> Content:
    """Return what English blocks say together; of code, the words in it."""
    parts = [_content_of(block) for block in blocks]
    found = {term.text: term for term in chain.from_iterable(part.terms for part in parts)}
    exact = {each.text: each for each in chain.from_iterable(part.exact for part in parts)}
    return Content(tuple(found.values()), tuple(exact.values()))


def _content_of(block: Block) -> Content:
    if block.kind is Kind.CODE:
        return content(block.content)
    return content(block.prose.text, [i.content for i in block.inlines if i.kind is InlineKind.CODE])
