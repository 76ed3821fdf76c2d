"""Paragraphs that end where the original goes on."""

from __future__ import annotations

import re

from bilint.model import AlignedPair, Bitext, Block, Kind
from bilint.text.scripts import has_han

COMMA = re.compile("[，、]$")
_SHORT = 0.22
"""Characters of Chinese for one of English; hardly a whole paragraph has so few."""
_SENTENCE = 30
"""English characters that make a sentence of a paragraph, not a label."""


def is_short(pair: AlignedPair) -> bool:
    """Return whether a pair has a sentence in English and too little Chinese for it."""
    english = sum(len(block.prose.text) for block in pair.source)
    chinese = sum(len(block.prose.text) for block in pair.target)
    return english >= _SENTENCE and has_han(pair.target[-1].prose.text) and chinese < _SHORT * english


def goes_on(block: Block, bitext: Bitext) -> bool:
    """Return whether a listing, a formula or a list follows that the sentence leads to."""
    after = [other for other in bitext.target.blocks if other.span.start >= block.span.end][:1]
    return any(other.kind not in (Kind.PARAGRAPH, Kind.HEADING) or not other.prose.text for other in after)


def broken_off(pair: AlignedPair, text: str, *, is_last: bool) -> str:
    """Return how the end of a paragraph is wrong: `comma`, `mark` or `page`; empty when it is not."""
    if COMMA.search(text):
        return "comma" if is_short(pair) else "mark"
    return "page" if is_last and is_short(pair) else ""
