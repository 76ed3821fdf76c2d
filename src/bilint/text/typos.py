"""Words that are often mistyped: the shipped lists, and where a text has one of them."""

from __future__ import annotations

import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import cache, lru_cache
from itertools import chain, product, repeat

from msgspec import Struct

from bilint.text.scripts import beyond_ascii, in_pairs, letter_pairs
from bilint.text.words import words

_COLUMNS = 6
_AROUND = 6
"""The longest of the words that hold a mistyped one without being wrong have so many characters."""
_CLAUSE = 12
"""So many characters `…` stands for at most: 然后在重新连接到服务器时."""
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")


class Typo(Struct, frozen=True):
    """A mistyped word and what was meant.

    It is none where none of the characters of `following` follows (any may, when empty), inside the words `unless` (in
    which `…` is the rest of a clause: 然后在重新…时), where the original has none of the words `english`, or one of
    `others` or one that begins with one of `stems`: these may have been translated by the wrong word, which is a word
    itself then.
    """

    wrong: str
    right: str
    following: str = ""
    unless: tuple[str, ...] = ()
    english: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    is_heard: bool = False
    """Whether the words only sound alike: whatever else the original says may have been translated by the wrong one."""

    @property
    def is_word(self) -> bool:
        """Whether the wrong word is a word as well, and only the original tells that it was not meant."""
        return bool(self.is_heard or self.others or self.stems)

    def may_be_for(self, said: Set[str]) -> bool:
        """Return whether a translation of a text with these words, lower-cased, may have the word by mistake."""
        return not self.english or not self.english.isdisjoint(said)

    def places(self, text: str, english: str | None) -> Iterator[int]:
        """Yield the offsets in `text` at which the word is mistyped; `english` is what the text translates."""
        if self.english and (english is None or not self._is_said(_said(english))):
            return
        for found in re.finditer(re.escape(self.wrong), text):
            start, end = found.span()
            if (not self.following or text[end : end + 1] in (*self.following,)) and not self._is_inside(text, start):
                yield start

    def _is_said(self, said: Set[str]) -> bool:
        if self.english.isdisjoint(said) or not self.others.isdisjoint(said):
            return False
        return not (self.stems and any(word.startswith(self.stems) for word in said))

    def _is_inside(self, text: str, start: int) -> bool:
        end = start + len(self.wrong)
        return any(
            found.start() < end and found.end() > start
            for word in self.unless
            for found in _pattern(word).finditer(text, max(0, start - _AROUND), end + _AROUND + _CLAUSE)
        )


@cache
def typos() -> tuple[Typo, ...]:
    """Return the shipped list, in the order of the wrong words; see the first line of `data/typos.tsv`."""
    return tuple(sorted(chain.from_iterable(map(_typos, _lines("data/typos.tsv"))), key=lambda typo: typo.wrong))


@cache
def homophones() -> tuple[Typo, ...]:
    """Return the words that sound alike, in the order of the wrong ones; see the first line of `data/homophones.tsv`.

    Only the original and the lexicon tell them: see `bilint.reading.mistyped`.
    """
    rows = ((*line.split("\t"), "") for line in _lines("data/homophones.tsv"))
    return tuple(
        Typo(wrong, right, english=frozenset(words.split()), others=frozenset(others.split()), is_heard=True)
        for wrong, right, words, others, *_ in rows
    )


def _lines(name: str) -> list[str]:
    data = pkgutil.get_data("bilint", name)
    assert data is not None, name
    return data.decode("utf-8").split("\n")[1:-1]


def _typos(line: str) -> Iterator[Typo]:
    """The entries of one line: `(然后|接着)在(打开|点击)` for `()再()` are four; `~` is each one's wrong word."""
    wrong, right, following, unless, english, others, *_ = (*line.split("\t"), *repeat("", _COLUMNS))
    stems = tuple(word[:-1] for word in others.split() if word.endswith("*"))
    plain = frozenset(word for word in others.split() if not word.endswith("*"))
    for picked in product(*(found[1].split("|") for found in _ALTERNATIVES.finditer(wrong))):
        each = _filled(wrong, picked)
        inside = tuple(unless.replace("~", each).split())
        yield Typo(each, _filled(right, picked), following, inside, frozenset(english.split()), plain, stems)


def _filled(text: str, picked: Iterable[str]) -> str:
    rest = iter(picked)
    return _ALTERNATIVES.sub(lambda _: next(rest), text)


@cache
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(f"[^，。；：！？\\n]{{0,{_CLAUSE}}}?".join(map(re.escape, word.split("…"))))


@lru_cache(maxsize=64)
def _said(english: str) -> frozenset[str]:
    """The words of a text: several entries of the list may be asked about one block."""
    return frozenset(words(english))


class Listed:
    """A list of words, to be looked for in texts."""

    def __init__(self, listed: Iterable[Typo]) -> None:
        self._begun: dict[int, list[tuple[Set[int], Typo]]] = defaultdict(list)
        self._latin: list[tuple[Set[int], Typo]] = []
        for word in listed:
            beginning, pairs = word.wrong[:2], in_pairs(beyond_ascii(word.wrong))
            if beyond_ascii(beginning) != beginning:
                self._latin.append((pairs, word))
            else:
                for pair in in_pairs(beginning):
                    self._begun[pair].append((pairs, word))

    def within(self, text: str) -> list[Typo]:
        """Return the entries whose wrong word a text has somewhere, right or not, in the order of the words."""
        letters = letter_pairs(text)
        likely = chain(self._latin, *map(self._begun.__getitem__, letters.intersection(self._begun)))
        found = (word for pairs, word in likely if pairs <= letters and word.wrong in text)
        return sorted(found, key=lambda word: word.wrong)


def typos_in(text: str) -> list[Typo]:
    """Return the entries of the list whose wrong word a text has somewhere, right or not, in the order of the words."""
    return _listed().within(text)


@cache
def _listed() -> Listed:
    return Listed((*typos(), *homophones()))
