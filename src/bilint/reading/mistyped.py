"""Words that are mistyped, and words that sound like what the original says."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from bilint.lexicon.words import occurrences
from bilint.model import AlignedPair, Bitext, Block, Document, Kind, Span
from bilint.reading.parted import is_parted
from bilint.reading.search import blocks_with, is_in_traditional, prose_of, words_of
from bilint.text.pronouns import HE, IT, THEM, THEY, misplaced, misplaced_plural
from bilint.text.typos import Typo, typos_in

_HE = re.compile(HE)


class Mistyped(NamedTuple):
    """A word that stands for another; `source` is the original that tells it, None where the list alone does."""

    span: Span
    wrong: str
    right: str
    source: Span | None = None


def mistyped(document: Document, bitext: Bitext | None, allowed: Container[str]) -> Iterator[Mistyped]:
    """Yield the mistyped words of a translation, those of the list in its order; none of Traditional Chinese."""
    if is_in_traditional(document):
        return
    text = prose_of(document).text
    said = frozenset(map(str.lower, words_of(bitext.source))) if bitext else frozenset[str]()
    known = [typo for typo in typos_in(text) if typo.wrong not in allowed and typo.may_be_for(said)]
    he = [word for word in (HE, THEY) if word not in allowed and word in text] if bitext else []
    for typo in known:
        for block in blocks_with(re.compile(typo.wrong), document):
            pair = _pair(block, bitext)
            for start in typo.places(block.prose.text, _english(pair)) if block.kind is not Kind.HTML else ():
                if is_parted(block.prose.text, start, start + len(typo.wrong)):
                    continue
                span = block.prose.span(start, start + len(typo.wrong))
                if not typo.is_word:
                    yield Mistyped(span, typo.wrong, typo.right)
                elif pair and _is_unsaid(typo, pair):
                    yield Mistyped(span, typo.wrong, typo.right, pair.source[0].span)
    for block in blocks_with(_HE, document) if he else ():
        pair = _pair(block, bitext)
        if pair and block.kind is not Kind.HTML:
            yield from _of_things(block, pair, he)


def _of_things(block: Block, pair: AlignedPair, wanted: Container[str]) -> Iterator[Mistyped]:
    """Yield the words for persons, of those wanted, that stand for things."""
    text, english = block.prose.text, _english(pair) or ""
    for word, right, find in ((HE, IT, misplaced), (THEY, THEM, misplaced_plural)):
        for start in find(text, english) if word in wanted else ():
            yield Mistyped(block.prose.span(start, start + len(word)), word, right, pair.source[0].span)


def _is_unsaid(typo: Typo, pair: AlignedPair) -> bool:
    """Whether a pair lacks the right word; of words that sound alike also whether nothing speaks for the wrong one.

    A translation that has another rendering of what the right one says is no slip, nor one of whose original the
    lexicon knows a term that is rendered by the wrong word.
    """
    chinese = "\n".join(block.prose.text for block in pair.target)
    if typo.right in chinese:
        return False
    for term in {occurrence.term for occurrence in occurrences(_english(pair) or "")} if typo.is_heard else ():
        forms = [form for form in term.forms if len(form.text) > 1]
        if any(typo.wrong in form.text or form.text in typo.wrong for form in forms):
            return False
        if term.text in typo.english and any(form.text in chinese for form in forms):
            return False
    return True


def _pair(block: Block, bitext: Bitext | None) -> AlignedPair | None:
    """The pair of a block; None where it is not known what it translates."""
    pair = bitext.pair_of(block) if bitext else None
    return pair if pair and pair.is_likely else None


def _english(pair: AlignedPair | None) -> str | None:
    return " ".join(block.prose.text for block in pair.source) if pair else None
