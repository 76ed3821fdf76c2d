"""What an English stretch says: the terms of the lexicon in it, and what a translation keeps as it is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

from bilint.lexicon.table import LONGEST, Term, table
from bilint.model import Block, InlineKind, Kind, Span

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?(?:-[A-Za-z]+)*|[0-9][0-9.,]*|[^\sA-Za-z0-9]")
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
    lexicon = table()
    found: list[list[tuple[str, int]]] = [[] for _ in range(LONGEST)]
    for first, word in enumerate(row):
        if word and (rests := lexicon.beginning(word)):
            for text in _beginning_with(row, first, rests):
                found[text.count(" ")].append((text, first))
    for count in range(LONGEST, 0, -1):
        for text, first in found[count - 1]:
            if term := lexicon.term(text):
                yield term, first, first + count


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
    frequent = [word for word, count in Counter(chain.from_iterable(rows)).items() if word and count >= least]
    alone = {word for word in frequent if "" in table().beginning(word) and is_wanted(word)}
    begun = {word: seconds for word in frequent if (seconds := _seconds(word))}
    found: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for word in filter(alone.__contains__, row):
            found[word].append(number)
        for first, (word, second) in enumerate(pairwise(row)):
            if word in begun and second in begun[word]:
                for term in _beginning_with(row, first, table().beginning(word)):
                    if term != word:
                        found[term].append(number)
    return {term: numbers for term, numbers in found.items() if len(numbers) >= least and is_wanted(term)}


@cache
def _seconds(head: str) -> frozenset[str]:
    """The second words of the terms that begin with a word: few of the words behind it are such."""
    return frozenset(rest.partition(" ")[0] for rest in table().beginning(head)) - {""}


def _beginning_with(row: Sequence[str], first: int, rests: Mapping[str, str]) -> Iterator[str]:
    """Yield the terms that begin with the word at `first` of a text's folded words."""
    head, rest = row[first], ""
    if rest in rests:
        yield head
        if len(rests) == 1:  # a word that begins no longer term
            return
    for word in row[first + 1 : first + LONGEST]:
        if not word:
            return
        rest = f"{rest} {word}" if rest else word
        if rest in rests:
            yield f"{head} {rest}"


def terms(text: str) -> tuple[Term, ...]:
    """Return the telling terms of an English text, each once; no word is part of two of them."""
    return _telling(_tokens(text))


def _telling(tokens: Iterable[str]) -> tuple[Term, ...]:
    taken: set[int] = set()
    found: dict[str, Term] = {}
    for term, first, end in _terms_in(list(map(_folded().__getitem__, tokens))):
        if term.hit and taken.isdisjoint(range(first, end)):
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
