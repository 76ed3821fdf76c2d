"""Terms of which one word was left in English and the other said: `hash 值`, where all translations write 哈希值."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from bilint.lexicon import LONGEST, table
from bilint.model import AlignedPair, Document
from bilint.reading.english import Run
from bilint.reading.kept import renderings, term_of
from bilint.reading.leftover import Leftover

_USES = 10
_LATIN = 0.2
"""A term has to have so many uses, of which translations leave the whole or a part in English in at most this share (0
to 1): of `hash value` none, of `find command` or `master branch` half and more."""

_TOKEN = r"[A-Za-z][A-Za-z0-9'’-]{0,40}"
_BEHIND = tuple(re.compile(rf"\b(?=({_TOKEN}(?: {_TOKEN}){{{more}}}) ([A-Za-z]+))") for more in range(LONGEST - 1))
"""One word, and more together up to one less than a term has, with the word behind them."""
_KIND_WORDS = (
    "argument attribute class command constant element event field function hook key keyword label method module name "
    "option parameter prop property tag type variable word"
)
_KINDS = frozenset(_KIND_WORDS.split())
"""A word before one of these may be the name of a thing of that kind, and stays: `model 名称`, `change 事件`."""


def half_term(run: Run, item: Leftover, pair: AlignedPair, target: Document) -> str:
    """Return the term, lower-cased, that translators render whole and of which a word in small letters is left.

    In the original a noun follows the word, and in the Chinese its rendering does; an empty string when there is none.
    """
    text = run.block.prose.text
    if (item.start, item.end) != (run.start, run.end) or not text[run.start : run.end].islower():
        return ""
    behind = text[run.end :].lstrip(" ")
    nouns = {noun for block in pair.source for noun in _nouns(item.word, block.prose.text)}
    return next((f"{item.word} {n}" for n in sorted(nouns) if behind.startswith(renderings(n, target))), "")


def without_noun(rendering: str, behind: str) -> str:
    """Return what of the rendering of a half term stands for the word that is left: 哈希 before 值, of 哈希值."""
    said = behind.lstrip(" ")
    size = next((size for size in range(len(rendering) - 1, 0, -1) if said.startswith(rendering[-size:])), 0)
    return rendering[: len(rendering) - size] if size else ""


@lru_cache(maxsize=256)
def _nouns(word: str, english: str) -> tuple[str, ...]:
    """The nouns behind a word in English, lower-cased and singular, with which it is a term that is rendered whole."""
    nouns = set(map(table().fold, _words_behind(english).get(word, ()))) - _KINDS
    return tuple(noun for noun in nouns if _is_rendered(f"{word} {noun}"))


@lru_cache(maxsize=16)
def _words_behind(english: str) -> Mapping[str, set[str]]:
    """What stands behind each word, or words in a row, of a text; all lower-cased."""
    behind: dict[str, set[str]] = {}
    for pattern in _BEHIND:
        for found in pattern.finditer(english.lower()):
            behind.setdefault(found[1], set()).add(found[2])
    return behind


def _is_rendered(text: str) -> bool:
    term = term_of(text)
    return term is not None and term.uses >= _USES and term.kept + term.unclear <= _LATIN * term.uses
