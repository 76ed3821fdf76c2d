"""Terms of which one word was left in English and the other said: `hash 值`, where all translations write 哈希值."""

from __future__ import annotations

import re

from bilint.lexicon import table
from bilint.model import AlignedPair, Document
from bilint.reading.english import Run
from bilint.reading.kept import renderings, term_of
from bilint.reading.leftover import Leftover

_USES = 10
_LATIN = 0.2
"""A term has to have so many uses, of which translations leave the whole or a part in English in at most this share (0
to 1): of `hash value` none, of `find command` or `master branch` half and more."""

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
    said = (noun for noun in sorted(nouns - _KINDS) if behind.startswith(renderings(noun, target)))
    return next((term for noun in said if _is_rendered(term := f"{item.word} {noun}")), "")


def _nouns(word: str, english: str) -> list[str]:
    """The words that follow a word in English, lower-cased and without the ending of a plural."""
    found = re.findall(rf"\b{re.escape(word)} ([a-z]+)", english, re.IGNORECASE)
    return [table().fold(noun.lower()) for noun in found]


def _is_rendered(text: str) -> bool:
    term = term_of(text)
    return term is not None and term.uses >= _USES and term.kept + term.unclear <= _LATIN * term.uses
