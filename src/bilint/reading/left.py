"""Blocks of a translation that are still English: which were overlooked, and what of the original they repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bilint.evidence import priors
from bilint.lexicon import content_of, said, stretch_of
from bilint.model import WRITTEN, Article, Bitext, Block, Document, Kind, Role
from bilint.reading.reading import Reading
from bilint.reading.within import components_around
from bilint.text.english import is_chinese, is_english, is_english_everywhere, outweighs, without_addresses
from bilint.text.scripts import han_count, is_traditional, latin_count
from bilint.text.words import FUNCTION_WORDS, words

_ROLES = WRITTEN - {Role.LINKS, Role.LANGUAGES, Role.CITATION}
"""References and titles of things in English stay in English."""
_SAID = 3.0
"""From this log-likelihood ratio on, a neighbour is the translation; those on another subject reach 2 by chance."""
_KEPT = 0.1
_ORDINARY = 0.5
_FUNCTION = 2
"""Prose has so many function words, and half of its words are such that published translations hardly ever keep."""
_ALIGNED = 0.6
_ANYWHERE = 0.9
"""Share of the words that a block has from the English block that it repeats: the aligned one, or any other."""
_BILINGUAL = 5
_THIRD = 0.3
_LABEL = 30
"""So many paragraphs in English, and about half of all, are one language beside the other; labels do not count."""
_SHOWS_OUTPUT = re.compile("console|terminal|output|log|shell", re.IGNORECASE)
"""Components that show what a program prints."""
_DEFINITION = re.compile(r"\[[^\[\]]+\]:\s")
"""A block that was to define where a link leads: none who reads in Chinese reads it."""


def overlooked(reading: Reading, least: int) -> list[Block]:
    """Return the blocks of English prose of so many words or more that nothing says are meant to be, in file order."""
    target = reading.article.target
    left = [block for block in target.blocks if is_english(block.prose.text) and _is_overlooked(block, reading, least)]
    return [] if left and reading.article.bitext is None and _is_bilingual(target) else left


def _is_overlooked(block: Block, reading: Reading, least: int) -> bool:
    text = without_addresses(block.prose.text)
    if block.kind in (Kind.CODE, Kind.TITLE) or reading.role(block) not in _ROLES:
        return False
    if _DEFINITION.match(text) or not is_english(text) or is_english_everywhere(text) or _names_links_only(block):
        return False
    if any(map(_SHOWS_OUTPUT.search, components_around(block, reading.article.target))):
        return False
    return _reads_like_prose(text, least)


def _names_links_only(block: Block) -> bool:
    """Whether all that an item says in sentences are the titles that it links to: `Anna Berg: [Learning to fly](…)`."""
    outside = block.prose.text
    for link in reversed(block.links()):
        outside = outside[: link.text.start] + outside[link.text.end :]
    return outside != block.prose.text and FUNCTION_WORDS.isdisjoint(words(outside))


def _reads_like_prose(text: str, least: int) -> bool:
    found = [word for word in words(text) if len(word) > 1]
    if len(found) < least:
        return False
    ordinary = sum(map(_is_ordinary, found))
    function = sum(word in FUNCTION_WORDS for word in found)
    return ordinary >= _ORDINARY * len(found) and function >= _FUNCTION and text != text.title()


def _is_ordinary(word: str) -> bool:
    kept = priors().kept(word)
    return kept is not None and kept[1] <= _KEPT * kept[0]


def repeated(block: Block, article: Article) -> Block | None:
    """Return the English block that one in English repeats: the aligned one, else any; None when none says it."""
    source = article.pair_of(block).source
    found = words(without_addresses(block.prose.text))
    if source and _overlap(found, source) >= _ALIGNED:
        return source[0]
    english: Sequence[Block] = article.bitext.source.blocks if article.bitext else ()
    return next((other for other in english if _overlap(found, (other,)) >= _ANYWHERE), None)


def _overlap(found: list[str], source: tuple[Block, ...]) -> float:
    """Share of the words that stand in these English blocks."""
    english = {word for block in source for word in words(block.prose.text)}
    return sum(word in english for word in found) / len(found)


def is_translated_beside(block: Block, source: Block, bitext: Bitext) -> bool:
    """Return whether the Chinese for an English block stands right above or below it: both are shown on purpose."""
    blocks, own = bitext.target.blocks, bitext.pair_of(block)
    at = next(number for number, each in enumerate(blocks) if each is block)
    for other in (*blocks[max(at - 1, 0) : at], *blocks[at + 1 : at + 2]):
        pair = bitext.pair_of(other)
        if is_chinese(other.prose.text) and (pair is None or pair is own or not pair.source):
            stretch = stretch_of((other,), traditional=is_traditional(other.prose.text))
            if said(content_of((source,)), stretch).ratio > _SAID:
                return True
    return False


def is_all(blocks: Iterable[Block], document: Document) -> bool:
    """Return whether there is next to nothing in a document but these English blocks."""
    english = sum(latin_count(block.prose.text) for block in blocks)
    return outweighs(english, sum(han_count(block.prose.text) for block in document.blocks))


@lru_cache(maxsize=8)
def _is_bilingual(document: Document) -> bool:
    """Whether the article itself shows English beside Chinese, paragraph by paragraph: then English is no fault."""
    prose = [b for b in document.blocks if b.kind in (Kind.PARAGRAPH, Kind.ITEM) and len(b.prose.text) > _LABEL]
    english = sum(is_english(block.prose.text) for block in prose)
    return english >= _BILINGUAL and _THIRD * len(prose) <= english <= (1 - _THIRD) * len(prose)
