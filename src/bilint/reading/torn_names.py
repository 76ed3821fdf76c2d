"""Names that a blank has torn: `L inux`, `Browse r`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bilint.evidence import priors
from bilint.lexicon import table
from bilint.model import Bitext, Document, Kind, Span
from bilint.reading.search import prose_of, written_in

_TWO = re.compile(r"(?<![A-Za-z0-9_.-])([A-Za-z][A-Za-z0-9]*)(?= ([A-Za-z0-9]+)(?![A-Za-z0-9_-]))")
"""A word with a blank and another one behind it."""
_NAME = re.compile(r"[A-Za-z0-9]+")
_APART = re.compile(r"(?<![A-Za-z0-9])([A-Za-z0-9]++)(?= ([A-Za-z0-9]+))")
_SHORTEST = 3


class Torn(NamedTuple):
    """A name in two pieces, as the original writes it, and the original's text."""

    span: Span
    text: str
    original: str
    source: Span


def torn_names(document: Document, bitext: Bitext) -> Iterator[Torn]:
    """Yield the names of a translation that the original writes without the blank in them, in file order.

    One of the pieces is no word, neither of the original nor of English: who writes `Sign up` for `Signup` means it. A
    number behind a name (`Python 3` for `Python3`) is set apart on purpose, and so is a letter behind one that is a
    name itself (`OS X`).
    """
    said = written_in(bitext.source)
    prose = prose_of(document)
    numbers = {prose.number(found.start()) for found in _TWO.finditer(prose.text) if _is_torn(found, said)}
    for block in (document.blocks[number] for number in sorted(numbers)):
        pair = bitext.pair_of(block)
        if pair is None or not pair.is_likely or block.kind is Kind.HTML:
            continue
        english = " ".join(other.prose.text for other in pair.source)
        names, apart = frozenset(_NAME.findall(english)), frozenset(_APART.findall(english))
        for found in _TWO.finditer(block.prose.text):
            name = found[1] + found[2]
            if name in names and found.groups() not in apart and _is_torn(found, said):
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
    return not (_is_word(first) and _is_word(second))


def _is_word(piece: str) -> bool:
    """Whether English has a word; most letters alone are none, though code and formulas are full of them."""
    return table().has_word(piece) or (len(piece) > 1 and priors().kept(piece) is not None)


def _are_names(first: str, second: str) -> bool:
    """Whether either piece is commoner in published English than the two in one."""
    joined, *parts = (priors().kept(word) for word in (first + second, first, second))
    return joined is not None and all(part is not None and part[0] > joined[0] for part in parts)
