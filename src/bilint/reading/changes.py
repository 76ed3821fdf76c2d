"""What was changed in an original between two editions of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from bilint.evidence import priors
from bilint.model import BODY, Bitext, Block, Document, Format, InlineKind, Kind
from bilint.reading.roles import role_of
from bilint.text.links import link_key
from bilint.text.words import words

_SAME_BLOCK = 0.4
"""From this similarity on (0 to 1, of their words) a new block is the old one, changed."""
_SLIP = 2
"""A misspelt word is at most so many letters from the right one."""

_Says = tuple[str, ...]


class Change(NamedTuple):
    """Blocks of the original as translated that were replaced by blocks of today's; `at` is where in the former."""

    at: int
    old: tuple[Block, ...]
    new: tuple[Block, ...]


def changes(bitext: Bitext, newer: Document) -> Iterator[Change]:
    """Yield what is said differently, in the order of the old original; a changed block is a change of its own.

    Of a web page, only what stands from the first to the last translated block counts, and what was added right behind
    it: the rest is not the article.
    """
    first, last = _article(bitext) if bitext.source.format is Format.HTML else (0, len(saying(bitext.source)))
    for change in _differences(saying(bitext.source), saying(newer)):
        if first <= change.at < last or (change.at == last and not change.old):
            yield change


def _article(bitext: Bitext) -> tuple[int, int]:
    """The range of the page's blocks from the first to the last that is translated."""
    translated = {block for pair in bitext.pairs if pair.target for block in pair.source}
    numbers = [number for number, block in enumerate(saying(bitext.source)) if block in translated]
    return (numbers[0], numbers[-1] + 1) if numbers else (0, 0)


def _differences(before: Sequence[Block], after: Sequence[Block]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, [_says(b) for b in before], [_says(b) for b in after], autojunk=False)
    for tag, i0, i1, j0, j1 in matcher.get_opcodes():
        if tag != "equal":
            yield from _paired(before, range(i0, i1), after[j0:j1])


def _paired(before: Sequence[Block], at: range, new: Sequence[Block]) -> Iterator[Change]:
    """Split a stretch of differences: each old block with its new version, what is left between them as it is."""
    start, left = at.start, list(new)
    for number in at:
        version = next((n for n, block in enumerate(left) if _similarity(before[number], block) >= _SAME_BLOCK), None)
        if version is None:
            continue
        if number > start or version:
            yield Change(start, tuple(before[start:number]), tuple(left[:version]))
        if not _is_cosmetic(before[number], left[version]):
            yield Change(number, (before[number],), (left[version],))
        start, left = number + 1, left[version + 1 :]
    if at.stop > start or left:
        yield Change(start, tuple(before[start : at.stop]), tuple(left))


def saying(document: Document) -> list[Block]:
    """Return the blocks of the body that say something."""
    return [block for block in document.blocks if role_of(block) in BODY and any(_says(block))]


def _says(block: Block) -> _Says:
    """What a block says, without line breaks, markup, punctuation and the spelling of addresses."""
    if block.kind is Kind.CODE:
        return tuple(line.strip() for line in block.content.split("\n") if line.strip())
    inlines = (
        "/".join(link_key(i.destination)[:2]) if i.destination else i.content
        for i in block.inlines
        if i.kind in (InlineKind.LINK, InlineKind.IMAGE, InlineKind.CODE, InlineKind.MATH)
    )
    numbers = (number for number in _numbers(block.prose.text))
    return (*words(block.prose.text), *numbers, *inlines)


def _numbers(text: str) -> list[str]:
    return "".join(char if char.isdigit() else " " for char in text).split()


def _similarity(old: Block, new: Block) -> float:
    before, after = Counter(_says(old)), Counter(_says(new))
    return 2 * (before & after).total() / max(1, before.total() + after.total())


def _is_cosmetic(old: Block, new: Block) -> bool:
    """Whether only misspelt words were corrected: old words that nobody uses, each a letter or two from a new one."""
    from rapidfuzz.distance import OSA

    before, after = list(_says(old)), list(_says(new))
    if old.kind is Kind.CODE or len(before) != len(after):
        return False
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    return all(a.isalpha() and priors().kept(a) is None and OSA.distance(a, b) <= _SLIP for a, b in changed)
