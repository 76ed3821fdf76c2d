"""Items, cells and paragraphs of a few English words, where the same words, or others like them, are in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bilint.model import PLACEHOLDER, AlignedPair, Bitext, Block, Document, Kind
from bilint.reading.labels import english_labels, telling
from bilint.reading.left import is_translated_beside, overlooked
from bilint.reading.leftover import is_ordinary
from bilint.reading.reading import Reading
from bilint.reading.search import words_of_code
from bilint.text.english import is_english_everywhere
from bilint.text.scripts import has_han
from bilint.text.words import FUNCTION_WORDS, words

_KINDS = frozenset({Kind.ITEM, Kind.CELL, Kind.PARAGRAPH})
_PROSE = 5
"""Texts of so many words may read like prose: then `untranslated-block` tells them."""
_MOST = 8
"""Longer texts read like prose, and other rules look at them."""
_WRITTEN = re.compile(rf"(?:\d+[.)] )?[A-Za-z{PLACEHOLDER}][A-Za-z0-9' ,.:;?!\"’“”&()/{PLACEHOLDER}-]*")
_NAME = re.compile(r"[a-z][A-Z]|\w\(|/\Z")
"""Names of code and of folders that are not set as such."""
_KEPT = 0.1
"""Share of their uses, 0 to 1, up to which published translations keep each word of such a text."""
_PHRASE = 2
"""With so many function words, a text is no name, whatever its other words."""
_REACH = 5
_LIKE_IT = 2
_MOSTLY = 0.6
"""Of the texts of the same kind among so many blocks on either side, of which there have to be two, this share (0 to 1)
is Chinese."""


class ShortText(NamedTuple):
    """A short English text with the one that it repeats, and whether the article says the same in Chinese elsewhere."""

    block: Block
    source: Block
    is_said: bool


def short_texts(reading: Reading, document: Document) -> list[ShortText]:
    """Return the short texts of a document, the translation or a part of it, that were overlooked, in file order.

    Not those that stand beside their translation, among paragraphs in English, or on a link: others look at them.
    """
    bitext = reading.article.bitext
    found = list(_short_texts(document, bitext)) if bitext else []
    told = _told(reading) if found else frozenset()
    return [
        each
        for each in found
        if id(each.block) not in told and not (bitext and is_translated_beside(each.block, each.source, bitext))
    ]


def _told(reading: Reading) -> frozenset[int]:
    """The identities of the blocks in English that read like prose, of those among them, and of labels of links."""
    target = reading.article.target
    prose = set(map(id, overlooked(reading, _PROSE)))
    rows = zip(target.blocks, target.blocks[1:], target.blocks[2:], strict=False)
    among = (
        block
        for before, block, after in rows
        if not has_han(before.prose.text + after.prose.text) and not prose.isdisjoint((id(before), id(after)))
    )
    return frozenset((*prose, *map(id, among), *(id(label.block) for label in english_labels(target))))


def _short_texts(document: Document, bitext: Bitext) -> Iterator[ShortText]:
    said: frozenset[str] | None = None
    for number, block in enumerate(document.blocks):
        if block.kind not in _KINDS or not _is_short(block.prose.text.strip(), document):
            continue
        source = _repeated(block, bitext.pair_of(block))
        if source is None or _is_printed(block.prose.text.strip(), document):
            continue
        said = frozenset(_said(bitext)) if said is None else said
        if _key(block) in said:
            yield ShortText(block, source, is_said=True)
        elif _is_ordinary_phrase(block.prose.text) and _is_among_chinese(number, document):
            yield ShortText(block, source, is_said=False)


def _is_short(text: str, document: Document) -> bool:
    """Whether a text is a few English words that may be no name."""
    if has_han(text) or text.isupper() or not _WRITTEN.fullmatch(text) or _NAME.search(text):
        return False
    found = words(text)
    if not 1 <= len(found) <= _MOST or is_english_everywhere(text):
        return False
    if " " not in text:
        return text.istitle() and found[0] not in words_of_code(document) and _is_ordinary(text)
    return _is_ordinary(text) or sum(word in FUNCTION_WORDS for word in found) >= _PHRASE


def _is_printed(text: str, document: Document) -> bool:
    """Whether a text stands in a listing: what a program shows is shown again below it."""
    return any(text in block.content for block in document.blocks if block.kind is Kind.CODE)


def _is_ordinary(text: str) -> bool:
    said = telling(text)
    return bool(said) and all(is_ordinary(word, _KEPT) for word in said)


def _is_ordinary_phrase(text: str) -> bool:
    """Whether a text has several words that translators translate, and one in small letters: in a name, none is."""
    return len(words(text)) > 1 and _is_ordinary(text) and any(word in text for word in telling(text))


def _is_among_chinese(number: int, document: Document) -> bool:
    block, blocks = document.blocks[number], document.blocks
    around = (*blocks[max(number - _REACH, 0) : number], *blocks[number + 1 : number + 1 + _REACH])
    chinese = [has_han(other.prose.text) for other in around if other.kind is block.kind]
    return len(chinese) >= _LIKE_IT and sum(chinese) >= _MOSTLY * len(chinese)


def _repeated(block: Block, pair: AlignedPair | None) -> Block | None:
    """The only English block that is aligned with a block, where it has the same words and is of the same kind."""
    if pair is None or len(pair.source) != 1:
        return None
    source = pair.source[0]
    return source if source.kind is block.kind and _key(source) == _key(block) else None


def _said(bitext: Bitext) -> Iterator[str]:
    """The words of the blocks of the original that are Chinese in the translation."""
    for pair in bitext.pairs:
        if len(pair.source) == len(pair.target) == 1 and has_han(pair.target[0].prose.text):
            yield _key(pair.source[0])


def _key(block: Block) -> str:
    return " ".join(words(block.prose.text))
