"""Words that are mistyped, and words that sound like what the original says."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from bilint.model import AlignedPair, Bitext, Block, Document, Kind, Span
from bilint.reading.parted import is_parted
from bilint.reading.search import blocks_with, prose_of
from bilint.text.pronouns import ALONE, HE, IT, misplaced
from bilint.text.scripts import is_traditional
from bilint.text.typos import typos_in


class Mistyped(NamedTuple):
    """A word that stands for another; `source` is the original that tells it, None where the list alone does."""

    span: Span
    wrong: str
    right: str
    source: Span | None = None


def mistyped(document: Document, bitext: Bitext | None, allowed: Container[str]) -> Iterator[Mistyped]:
    """Yield the mistyped words of a translation, those of the list in its order; none of Traditional Chinese."""
    text = prose_of(document).text
    original = bitext.source.text.lower() if bitext else ""
    known = [typo for typo in typos_in(text) if typo.wrong not in allowed and typo.may_be_in(original)]
    he = bitext is not None and HE not in allowed and ALONE.search(text)
    if not (known or he) or is_traditional(text):
        return
    for typo in known:
        for block in blocks_with(re.compile(typo.wrong), document):
            pair = _pair(block, bitext)
            for start in typo.places(block.prose.text, _english(pair)) if block.kind is not Kind.HTML else ():
                if is_parted(block.prose.text, start, start + len(typo.wrong)):
                    continue
                span = block.prose.span(start, start + len(typo.wrong))
                if not typo.is_word:
                    yield Mistyped(span, typo.wrong, typo.right)
                elif pair and not any(typo.right in other.prose.text for other in pair.target):
                    yield Mistyped(span, typo.wrong, typo.right, pair.source[0].span)
    for block in blocks_with(ALONE, document) if he else ():
        pair = _pair(block, bitext)
        if pair and block.kind is not Kind.HTML:
            for start in misplaced(block.prose.text, _english(pair) or ""):
                yield Mistyped(block.prose.span(start, start + len(HE)), HE, IT, pair.source[0].span)


def _pair(block: Block, bitext: Bitext | None) -> AlignedPair | None:
    """The pair of a block; None where it is not known what it translates."""
    pair = bitext.pair_of(block) if bitext else None
    return pair if pair and pair.is_likely else None


def _english(pair: AlignedPair | None) -> str | None:
    return " ".join(block.prose.text for block in pair.source) if pair else None
