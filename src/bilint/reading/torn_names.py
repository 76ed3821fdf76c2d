"""Names that a blank has torn: `L inux`, `Browse r`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bilint.evidence import priors
from bilint.lexicon import table
from bilint.model import Bitext, Document, Kind, Span
from bilint.reading.search import blocks_with, prose_of, written_in

_TWO = re.compile(r"(?<![A-Za-z0-9_.-])([A-Za-z][A-Za-z0-9]*)(?= ([A-Za-z0-9]+)(?![A-Za-z0-9_-]))")
"""A word with a blank and another one behind it."""
_SHORTEST = 3
_NO_WORD = 2
"""So few letters may well be a piece of a word, though there is a word of them."""


class Torn(NamedTuple):
    """A name in two pieces, as the original writes it, and the original's text."""

    span: Span
    text: str
    original: str
    source: Span


def torn_names(document: Document, bitext: Bitext) -> Iterator[Torn]:
    """Yield the names of a translation that the original writes without the blank in them, in file order.

    One of the pieces is no word of the original, and none of English or very short; a number behind a name
    (`Python 3` for `Python3`) is set apart on purpose, and so is a letter behind one that is a name itself (`OS X`).
    """
    said = written_in(bitext.source)
    torn = {found[1] for found in _TWO.finditer(prose_of(document).text) if _is_torn(found, said)}
    if not torn:
        return
    for block in blocks_with(re.compile("|".join(map(re.escape, sorted(torn)))), document):
        pair = bitext.pair_of(block)
        if pair is None or not pair.is_likely or block.kind is Kind.HTML:
            continue
        english = " ".join(other.prose.text for other in pair.source)
        for found in _TWO.finditer(block.prose.text):
            name = found[1] + found[2]
            is_there = re.search(rf"(?<![A-Za-z0-9]){name}(?![A-Za-z0-9])", english) is not None
            if is_there and f"{found[1]} {found[2]}" not in english and _is_torn(found, said):
                span = block.prose.span(found.start(1), found.end(2))
                yield Torn(span, f"{found[1]} {found[2]}", name, pair.source[0].span)


def _is_torn(found: re.Match[str], said: frozenset[str]) -> bool:
    first, second = found[1].lower(), found[2].lower()
    if len(first + second) < _SHORTEST or first + second not in said or {first, second} <= said:
        return False
    if first[-1].isdigit() is not second[0].isdigit():
        return False
    if len(first) > 1 and len(second) == 1 and found[2].isupper() and _are_names(first, second):
        return False
    return any(len(part) <= _NO_WORD or not table().has_word(part) for part in (first, second))


def _are_names(first: str, second: str) -> bool:
    """Whether either piece is commoner in published English than the two in one."""
    joined, *parts = (priors().kept(word) for word in (first + second, first, second))
    return joined is not None and all(part is not None and part[0] > joined[0] for part in parts)
