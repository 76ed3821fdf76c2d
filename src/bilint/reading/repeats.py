"""Texts that an original says more than once, word for word, and what the translation makes of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from bilint.model import PLACEHOLDER, AlignedPair, Block, Kind
from bilint.reading.search import codes_of
from bilint.text.scripts import has_han
from bilint.text.words import words

_LABELS = frozenset({Kind.HEADING, Kind.ITEM, Kind.CELL, Kind.PARAGRAPH})
_LABEL = 4
"""So many English words without a full stop are a label: a heading, a caption, a button."""
_ENDS = (".", ":", "!", "?")
_ALIKE = 0.7
"""Sentences as similar as that, 0 to 1, differ in a particle; labels are read side by side, and have to be the same."""
_LONGEST = 400
"""Comparing longer texts takes long, and nobody sees that they differ."""
_IGNORED = re.compile(r"[\W_]+")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


class Repeat(NamedTuple):
    """A text that the original repeats: the translations of it, in file order, one of them `usual`."""

    text: str
    usual: AlignedPair
    others: tuple[AlignedPair, ...]


def said_in_two_ways(pairs: Iterable[AlignedPair]) -> Iterator[Repeat]:
    """Yield the labels and sentences that the original has more than once, and that are translated differently.

    The usual translation is the most frequent one, the first of several. Blanks, marks and numerals make no difference.
    """
    ones = [pair for pair in pairs if _is_one(pair)]
    texts = [written(pair.source[0]) for pair in ones]
    uses = Counter(texts)
    by_text: dict[tuple[Kind, str], list[AlignedPair]] = {}
    for pair, text in zip(ones, texts, strict=True):
        if uses[text] > 1:
            by_text.setdefault((pair.source[0].kind, text), []).append(pair)
    for (_, text), all_alike in by_text.items():
        alike = list(filter(_says_something, all_alike)) if len(all_alike) > 1 else []
        said = [_plain(written(pair.target[0])) for pair in alike]
        if len(set(said)) > 1:
            usual = Counter(said).most_common(1)[0][0]
            is_label = len(words(text)) <= _LABEL and not text.endswith(_ENDS)
            others = (pair for pair, each in zip(alike, said, strict=True) if _differs(each, usual, is_label=is_label))
            if found := tuple(others):
                yield Repeat(text, alike[said.index(usual)], found)


def written(block: Block) -> str:
    """Return the prose of a block with its code as it is written."""
    text = block.prose.text
    for code in reversed(list(codes_of((block,)))) if PLACEHOLDER in text else ():
        text = f"{text[: code.text.start]}{code.content}{text[code.text.end :]}"
    return " ".join(text.split())


def _is_one(pair: AlignedPair) -> bool:
    """Whether a pair is one block and its translation; not the title, which is written freely."""
    if len(pair.source) != 1 or len(pair.target) != 1 or not pair.is_likely:
        return False
    source, target = pair.source[0], pair.target[0]
    is_right = source.kind is target.kind and source.kind in _LABELS and source.level != 1
    return is_right and len(source.prose.text) <= _LONGEST


def _says_something(pair: AlignedPair) -> bool:
    """Whether both sides have words; one in a cell says another thing in each row."""
    least = 2 if pair.source[0].kind is Kind.CELL else 1
    return len(words(written(pair.source[0]))) >= least and has_han(pair.target[0].prose.text)


def _differs(text: str, usual: str, *, is_label: bool) -> bool:
    if text == usual:
        return False
    return is_label or SequenceMatcher(None, text, usual, autojunk=False).ratio() < _ALIKE


def _plain(text: str) -> str:
    return _IGNORED.sub("", text).translate(_NUMERALS).lower()
