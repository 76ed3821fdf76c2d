"""Aligned pairs in two columns: a line of the page is a pair, or the pairs that are one line of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Never

from bilint.model import AlignedPair, Block, Document, Kind
from bilint.page.blocks import Marks, named, shown, table_line
from bilint.page.prose import Sentence
from bilint.text.scripts import is_traditional
from bilint.text.xml import element

if TYPE_CHECKING:
    from lxml.etree import _Element

Sentences = Mapping[int, Sequence[Sentence]]
"""The sentences of blocks, by the identity of the block."""
_NOTHING: Mapping[int, Sequence[Never]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Line:
    """What stands beside each other: blocks of both sides, one side empty where something stands alone."""

    source: tuple[Block, ...]
    target: tuple[Block, ...]
    pairs: tuple[AlignedPair, ...]

    def is_title(self, source: Document, target: Document) -> bool:
        """Return whether this is no more than what both documents are called."""
        return (
            len(self.source) == len(self.target) == 1
            and self.source[0] is named(source)
            and self.target[0] is named(target)
        )


def lines(pairs: Iterable[AlignedPair], target: Document) -> Iterator[Line]:
    """Yield the lines of the page in the order of the pairs; cells on one line of the target are one."""
    held: list[AlignedPair] = []
    at = 0
    for pair in pairs:
        line = _table_line(pair, target)
        if held and not (line and line == at):
            yield _line(held)
            held = []
        held.append(pair)
        at = line
    if held:
        yield _line(held)


def _table_line(pair: AlignedPair, target: Document) -> int:
    """On which line of the target a pair of cells stands; 0 for what is no pair of cells, or has no target."""
    if not pair.target or any(block.kind is not Kind.CELL for block in (*pair.source, *pair.target)):
        return 0
    return target.place(pair.target[0].span).line


def _line(pairs: Sequence[AlignedPair]) -> Line:
    source = tuple(block for pair in pairs for block in pair.source)
    target = tuple(block for pair in pairs for block in pair.target)
    return Line(source, target, tuple(pairs))


@lru_cache(maxsize=1)  # every line of an article asks
def language_of(document: Document) -> str:
    """Return the language tag (BCP 47) of a Chinese text: which glyphs a browser takes depends on it."""
    return "zh-Hant" if is_traditional(document.text) else "zh-Hans"


def column(
    blocks: Sequence[Block], document: Document, language: str, marks: Marks = _NOTHING, sentences: Sentences = _NOTHING
) -> _Element:
    """Return one side of a line; empty where it has no blocks."""
    if len(blocks) > 1 and all(block.kind is Kind.CELL for block in blocks):
        inner = [table_line(blocks, marks)]
    else:
        inner = [shown(each, document, marks.get(id(each), ()), sentences.get(id(each), ())) for each in blocks]
    return element("div", *inner, attributes={"class": "en" if language == "en" else "zh", "lang": language})


def row(source: _Element, target: _Element, kind: str = "") -> _Element:
    """Return a line of the page; `kind` is a class beside `row`."""
    return element("div", source, target, attributes={"class": f"row {kind}".rstrip()})
