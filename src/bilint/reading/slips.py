"""Terms with a last character that makes no word of them, in an article that has the word: 文片 beside 文件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bilint.align.features import simplified
from bilint.lexicon import Occurrence, occurrences, table
from bilint.model import AlignedPair, Block, Kind, Span
from bilint.reading.variants import Variant, Variants
from bilint.text.affixes import slipped

_USUAL, _EXCEPTION = 3, 3
"""A word has its place in an article from so many uses on, and so many times as many as the other has."""
_COMMON = 200
"""A word of so many sentences of published translations is meant even where nothing in the English says so: read on
1,358 articles, where nothing is like that."""
_MEANS = 0.02
"""At least this share of a term's uses is said with the word that was meant."""


class _Text(NamedTuple):
    """The text of a block in Simplified characters, with the pair it belongs to."""

    text: str
    block: Block
    pair: AlignedPair

    def spans(self, form: str) -> Iterator[Span]:
        for found in re.finditer(form, self.text):
            yield self.block.prose.span(*found.span())


def slips(pairs: Sequence[AlignedPair], text: str) -> Iterator[Variants]:
    """Yield words that published translations never have, behind the one that is meant, in the order of the former.

    `text` is the prose of the translation in Simplified characters. The English of each place says what is meant by
    them, or the word is a common one.
    """
    slipped_ = list(slipped(text))
    texts = list(_texts(pairs)) if slipped_ else []
    for wrong, right in slipped_:
        where = [each for each in texts if wrong in each.text]
        having = [each for each in texts if right in each.text] if where else []
        usual = [span for each in having for span in each.spans(right)]
        if len(usual) < max(_USUAL, _EXCEPTION * len(where)) or table().sentences(wrong):
            continue
        meant = [(each, use) for each in where if (use := _meant(each, right))]
        source, term = None, ""
        if meant:
            where = [each for each, _ in meant]
            block, first = meant[0][1]
            source, term = block.prose.span(*first.span), first.term.text
        if meant or (table().sentences(right) >= _COMMON and not any(_ends_word(each.text, wrong) for each in where)):
            slip = Variant(_as_written(where[0], wrong), tuple(s for each in where for s in each.spans(wrong)), source)
            yield Variants(Variant(_as_written(having[0], right), tuple(usual), None), slip, term)


def _texts(pairs: Sequence[AlignedPair]) -> Iterator[_Text]:
    blocks = [(block, pair) for pair in pairs for block in pair.target if block.kind is not Kind.CODE]
    for text, (block, pair) in zip(simplified([block.prose.text for block, _ in blocks]), blocks, strict=True):
        if len(text) == len(block.prose.text):
            yield _Text(text, block, pair)


def _ends_word(text: str, form: str) -> bool:
    """Whether a form is somewhere the end of a known word: 算器 of 计算器."""
    starts = [found.start() for found in re.finditer(form, text)]
    return any(table().sentences(text[max(at - more, 0) : at + len(form)]) for at in starts for more in (1, 2))


def _as_written(here: _Text, form: str) -> str:
    at = here.text.index(form)
    return here.block.prose.text[at : at + len(form)]


def _meant(here: _Text, right: str) -> tuple[Block, Occurrence] | None:
    """The English for which a form is said in published translations."""
    for block in here.pair.source:
        for each in occurrences(block.prose.text):
            if each.term.share(right) >= _MEANS:
                return block, each
    return None
