"""The headings of both sides: their levels, and which were left in English."""

from __future__ import annotations

import re
from collections import Counter

from bilint.evidence import priors
from bilint.model import AlignedPair, Block, Document, Kind
from bilint.reading.search import words_of_code
from bilint.text.scripts import has_han
from bilint.text.words import FUNCTION_WORDS, words

_SEVERAL = 3
_MOSTLY = 0.75
"""So many headings of a level, and this share of them, show which level theirs have here; two may both be slips."""
_KEPT = 0.05
_HARDLY_KEPT = 0.015
"""Shares of their uses, 0 to 1, in which published translations keep the words of such a heading; of one word alone."""
_CHINESE = 3
_FEW = 1 / 2
"""So many headings are Chinese, and fewer than this share is English: else English headings are the page's way."""
_MOST = 8
"""Longer headings read like prose."""
_IDENTIFIER = re.compile(r"[a-z]+(?:-[a-z]+)+")
"""A heading of one such word is the name of an option, a rule, a package: `max-seconds`."""
_WORDS = re.compile(r"[A-Za-z][A-Za-z' ,?!-]*")
_SMALL = FUNCTION_WORDS | {"how", "what", "why", "when", "where", "who"}


def are_two_headings(pair: AlignedPair) -> bool:
    """Return whether a pair is one heading and its translation."""
    return len(pair.source) == len(pair.target) == 1 and pair.source[0].kind is pair.target[0].kind is Kind.HEADING


def usual_level(headings: list[tuple[Block, Block]], level: int) -> int | None:
    """Return the level that headings of the original's `level` mostly have; None without a clear majority."""
    found = Counter(target.level for source, target in headings if source.level == level)
    usual, count = found.most_common(1)[0]
    return usual if count >= _SEVERAL and count >= _MOSTLY * found.total() else None


def english_headings(document: Document) -> list[Block]:
    """Return the headings in English that translators would have translated, in file order; none where most are."""
    headings = [block for block in document.blocks if block.kind is Kind.HEADING and block.prose.text.strip()]
    english = [block for block in headings if not has_han(block.prose.text) and words(block.prose.text)]
    if len(headings) - len(english) < _CHINESE or len(english) >= _FEW * len(headings):
        return []
    return [block for block in english if _is_ordinary(block, document)]


def _is_ordinary(block: Block, document: Document) -> bool:
    """Whether all words of a heading are such that translators translate, and none is code or in capitals."""
    text, found = block.prose.text, words(block.prose.text)
    if block.inlines or len(found) > _MOST or text.isupper() or not _WORDS.fullmatch(text.strip()):
        return False
    if _IDENTIFIER.fullmatch(text.strip()) or (len(found) == 1 and found[0] in words_of_code(document)):
        return False
    most = _KEPT if len(found) > 1 else _HARDLY_KEPT
    telling = [word for word in found if word not in _SMALL]
    return bool(telling) and all(_share(word) <= most for word in telling)


def _share(word: str) -> float:
    kept = priors().kept(word)
    return kept[1] / kept[0] if kept else 1.0
