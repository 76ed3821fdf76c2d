"""Gold for benchmarks/alignment.py: what corresponds in strictly parallel articles, and faults planted in it.

A bead is what corresponds: n source and m target items (blocks, or sentences), one side empty for what has no
counterpart. Nothing here asks the aligner or the splitter under test.

Blocks: the article is marked strictly parallel (same flattened block sequence) and translated by humans, and both
files parse to blocks of the same kinds in the same order. Then the n-th block translates the n-th. Articles of ten
paragraphs and list items or more whose lengths do not go together (correlation of the logarithms under 0.6) are left
out: one has a caption dropped at the top and a credit added at the end, and is parallel only by chance.

Sentences: two such blocks of prose that `_crude_sentences` cuts into the same number of sentences, two or more, where
each English sentence has at least 15 letters and the Chinese side takes between 0.15 and 1.1 characters for each
English one. The same criterion for all articles; it knows nothing of words.

Islands: in articles that are not parallel, code that stands once on each side, and what lies between. Real additions,
losses and other editions around them, no planted ones.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, starmap
from pathlib import Path
from statistics import correlation
from typing import Generic, TypeVar

from msgspec import structs

from bilint.model import PLACEHOLDER, Block, Document, Inline, Kind, Prose, Segment, Span
from bilint.parse.markdown import parse

T = TypeVar("T")
PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM})
_ENGLISH_END = re.compile(r"(?<=[a-z0-9)\ufffc][.!?])[\"”’)]*\s+(?=[A-Z\"“])")
_CHINESE_END = re.compile(r"(?<=[。！？])[”’」』）)]*")
_PER_LETTER = (0.15, 1.1)
_TELLING_CODE = 10
"""Shorter code may stand anywhere, in code points."""
_SHORT = 40
"""The length of shorter blocks says nothing, in code points."""


@dataclass(frozen=True, slots=True)
class Bead(Generic[T]):
    """Items that correspond; one side is empty for what has no counterpart."""

    source: tuple[T, ...]
    target: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """The blocks of an article after faults were planted; `counted` are the beads that are scored."""

    source: list[Block]
    target: list[Block]
    beads: list[Bead[Block]]
    counted: list[Bead[Block]]


def in_order(beads: Sequence[Bead[Block]]) -> Planted:
    """Return the blocks of beads that have the same order on both sides."""
    source = [block for bead in beads for block in bead.source]
    target = [block for bead in beads for block in bead.target]
    return Planted(source, target, list(beads), list(beads))


@dataclass(frozen=True, slots=True)
class Article:
    """A strictly parallel article and the beads of its blocks, one to one."""

    path: str
    source: Document
    target: Document
    beads: tuple[Bead[Block], ...]


def articles(corpus: Path) -> list[Article]:
    """Return the strictly parallel human translations whose blocks are of the same kinds in the same order."""
    found = []
    for path, source, target in _human(corpus, is_parallel=True):
        left, right = _telling(source), _telling(target)
        if [block.kind for block in left] == [block.kind for block in right]:
            beads = tuple(Bead((a,), (b,)) for a, b in zip(left, right, strict=True))
            found.append(Article(path, source, target, beads))
    return [article for article in found if _lengths_agree(article)]


def islands(corpus: Path) -> list[Article]:
    """Return the human translations that are not parallel, with the beads that are known for certain.

    Those are code blocks that stand once on each side and say the same, and what lies between two of them that follow
    each other on both sides, where it is as many blocks of the same kinds, and of lengths that go together.
    """
    found = []
    for path, source, target in _human(corpus, is_parallel=False):
        beads = tuple(_islands(_telling(source), _telling(target)))
        if beads:
            found.append(Article(path, source, target, beads))
    return found


def _human(corpus: Path, *, is_parallel: bool) -> Iterator[tuple[str, Document, Document]]:
    with (corpus / "manifest.jsonl").open(encoding="utf-8") as manifest:
        for line in manifest:
            item = json.loads(line)
            if "human" in item["translation_kind"] and item.get("parallel") == ("strict" if is_parallel else "no"):
                folder = corpus / item["path"]
                source, target = (
                    parse(folder.joinpath(name).read_bytes().decode("utf-8", "replace"), f"{item['path']}/{name}")
                    for name in ("en.md", "zh.md")
                )
                yield item["path"], source, target


def _islands(source: Sequence[Block], target: Sequence[Block]) -> Iterator[Bead[Block]]:
    there, here = _lonely_code(source), _lonely_code(target)
    same = [(there[text], here[text]) for text in there if text in here]
    yield from (Bead((source[i],), (target[j],)) for i, j in same)
    for (i, j), (next_i, next_j) in pairwise(same):
        between = list(zip(source[i + 1 : next_i], target[j + 1 : next_j], strict=False))
        if next_i - i == next_j - j and all(starmap(_may_correspond, between)):
            yield from (Bead((a,), (b,)) for a, b in between)


def _lonely_code(blocks: Sequence[Block]) -> dict[str, int]:
    """Return the contents of code blocks that stand once, and their numbers, in order."""
    contents = {n: block.content.strip() for n, block in enumerate(blocks) if block.kind is Kind.CODE}
    uses = Counter(contents.values())
    return {text: n for n, text in contents.items() if uses[text] == 1 and len(text) >= _TELLING_CODE}


def _may_correspond(source: Block, target: Block) -> bool:
    if source.kind is not target.kind:
        return False
    letters = len(source.prose.text)
    low, high = _PER_LETTER
    return source.kind not in PROSE or letters < _SHORT or low <= len(target.prose.text) / letters <= high


def _lengths_agree(article: Article) -> bool:
    texts = [(b.source[0].prose.text, b.target[0].prose.text) for b in article.beads if b.source[0].kind in PROSE]
    lengths = [(math.log(len(a)), math.log(len(b))) for a, b in texts if len(a) > 3 and len(b) > 1]
    return len(lengths) < 10 or correlation(*zip(*lengths, strict=True)) >= 0.6


def _telling(document: Document) -> list[Block]:
    return [
        b for b in document.blocks if b.prose.text.strip() or b.inlines or b.content.strip() * (b.kind is Kind.CODE)
    ]


def sentence_beads(article: Article) -> list[list[Bead[Segment]]]:
    """Return the beads of the sentences, one to one, of every pair of blocks that meets the criterion."""
    found = []
    for bead in article.beads:
        source, target = bead.source[0], bead.target[0]
        if source.kind not in PROSE:
            continue
        left = _crude_sentences(source, _ENGLISH_END)
        right = _crude_sentences(target, _CHINESE_END)
        if len(left) == len(right) > 1 and all(map(_is_plausible, left, right)):
            found.append([Bead((a,), (b,)) for a, b in zip(left, right, strict=True)])
    return found


def _is_plausible(source: Segment, target: Segment) -> bool:
    low, high = _PER_LETTER
    return len(source.text) >= 15 and low <= len(target.text) / len(source.text) <= high


def _crude_sentences(block: Block, end: re.Pattern[str]) -> list[Segment]:
    text = block.prose.text
    starts = [0, *(match.end() for match in end.finditer(text) if text[match.end() :].strip()), len(text)]
    return [Segment(block, Span(a, b)) for a, b in pairwise(starts) if text[a:b].strip()]


def prose_only(beads: Sequence[Bead[Block]]) -> list[Bead[Block]]:
    """Return the beads of headings, paragraphs and list items, without links, images, inline code and formulas."""
    kept = PROSE | {Kind.HEADING}
    bare = [Bead(tuple(map(_bare, b.source)), tuple(map(_bare, b.target))) for b in beads if b.source[0].kind in kept]
    return [bead for bead in bare if bead.source[0].prose.text.strip() and bead.target[0].prose.text.strip()]


def _bare(block: Block) -> Block:
    return structs.replace(block, prose=Prose(block.prose.text.replace(PLACEHOLDER, ""), ((0, 0),)), inlines=())


def drop(beads: Sequence[Bead[T]], share: float, chance: random.Random) -> list[Bead[T]]:
    """Return the beads with this share of the targets deleted."""
    return [Bead(b.source, ()) if b.source and chance.random() < share else b for b in beads]


def drop_either(beads: Sequence[Bead[T]], share: float, chance: random.Random) -> list[Bead[T]]:
    """Return the beads with this share of the items deleted, of the source or of the target."""
    return [
        (Bead(b.source, ()) if chance.random() < 0.5 else Bead((), b.target)) if chance.random() < share else b
        for b in beads
    ]


def insert(beads: Sequence[Bead[T]], share: float, strange: Sequence[T], chance: random.Random) -> list[Bead[T]]:
    """Return the beads with targets from elsewhere put between them, this share of their number."""
    out: list[Bead[T]] = []
    for bead in beads:
        out.append(bead)
        if chance.random() < share:
            out.append(Bead((), (chance.choice(strange),)))
    return out


def move(beads: Sequence[Bead[Block]], chance: random.Random, *, only: bool = False) -> Planted | None:
    """Return the beads with one section of three blocks or more moved in the target; counted are all or its `only`.

    Only a section that reads like no other can be seen to have moved: most of its blocks stand nowhere else in the
    article. None when there is no such section, or no two other places for it.
    """
    uses = Counter(_wording(bead) for bead in beads)
    heads = [(n, b.target[0].level) for n, b in enumerate(beads) if b.target and b.target[0].kind is Kind.HEADING]
    sections = [
        (start, next((n for n, other in heads if n > start and other <= level), len(beads)), level)
        for start, level in heads
    ]
    long = [
        (start, end, level)
        for start, end, level in sections
        if end - start >= 3 and 2 * sum(uses[_wording(bead)] == 1 for bead in beads[start:end]) > end - start
    ]
    chance.shuffle(long)
    for start, end, level in long:
        places = [s for s, _, other in sections if other == level and not start <= s <= end]
        if len(places) >= 2:
            at = chance.choice(places)
            order = [n for n in range(len(beads)) if not start <= n < end]
            cut = order.index(at)
            moved = [*order[:cut], *range(start, end), *order[cut:]]
            counted = beads[start:end] if only else beads
            return replace(in_order(beads), target=[beads[n].target[0] for n in moved], counted=list(counted))
    return None


def _wording(bead: Bead[Block]) -> str:
    return bead.target[0].prose.text + bead.target[0].content


def merge(
    beads: Sequence[Bead[T]], share: float, join: Callable[[T, T], T | None], chance: random.Random
) -> list[Bead[T]]:
    """Return the beads with this share of the items joined with the next on one side."""
    out: list[Bead[T]] = []
    for bead in beads:
        before = out[-1] if out else None
        if before and _is_single(before) and _is_single(bead) and chance.random() < share:
            side = chance.random() < 0.5
            joined = join(before.source[0], bead.source[0]) if side else join(before.target[0], bead.target[0])
            if joined is not None and join(before.target[0], bead.target[0]) is not None:
                both = (before.source + bead.source, before.target + bead.target)
                out[-1] = Bead((joined,), both[1]) if side else Bead(both[0], (joined,))
                continue
        out.append(bead)
    return out


def split(
    beads: Sequence[Bead[T]], share: float, cut: Callable[[T], tuple[T, T] | None], chance: random.Random
) -> list[Bead[T]]:
    """Return the beads with this share of the items cut in two on one side."""
    out: list[Bead[T]] = []
    for bead in beads:
        if _is_single(bead) and chance.random() < share:
            side = chance.random() < 0.5
            halves = cut(bead.source[0] if side else bead.target[0])
            if halves:
                bead = Bead(halves, bead.target) if side else Bead(bead.source, halves)  # noqa: PLW2901
        out.append(bead)
    return out


def _is_single(bead: Bead[T]) -> bool:
    return len(bead.source) == len(bead.target) == 1


def join_blocks(first: Block, second: Block) -> Block | None:
    """Return two neighbours as one block; None unless both are prose of one kind in the same container."""
    if first.kind not in PROSE or first.kind is not second.kind or first.container != second.container:
        return None
    shift = len(first.prose.text) + 1
    moved = (structs.replace(i, text=Span(i.text.start + shift, i.text.end + shift)) for i in second.inlines)
    text = f"{first.prose.text}\n{second.prose.text}"
    return structs.replace(first, prose=Prose(text, first.prose.pieces), inlines=(*first.inlines, *moved))


def cut_block(block: Block) -> tuple[Block, Block] | None:
    """Return a block of prose cut at the sentence end nearest to its middle; None when it has one sentence."""
    if block.kind not in PROSE:
        return None
    text = block.prose.text
    ends = [m.end() for end in (_ENGLISH_END, _CHINESE_END) for m in end.finditer(text) if text[m.end() :].strip()]
    if not ends:
        return None
    at = min(ends, key=lambda end: abs(end - len(text) / 2))
    return _part(block, 0, at), _part(block, at, len(text))


def _part(block: Block, start: int, end: int) -> Block:
    inlines: list[Inline] = [
        structs.replace(i, text=Span(i.text.start - start, i.text.end - start))
        for i in block.inlines
        if start <= i.text.start < end
    ]
    return structs.replace(block, prose=Prose(block.prose.text[start:end], block.prose.pieces), inlines=tuple(inlines))


def join_sentences(first: Segment, second: Segment) -> Segment | None:
    """Return two neighbours as one sentence."""
    return Segment(first.block, Span(first.span.start, second.span.end))


def cut_sentence(sentence: Segment) -> tuple[Segment, Segment] | None:
    """Return a sentence cut at the comma nearest to its middle; None when a part would be too short for a sentence."""
    start, end = sentence.span
    shortest = max(6, (end - start) / 4)
    commas = [
        at
        for match in re.finditer(r"[，；,;]\s*", sentence.text)
        if shortest <= (at := match.end()) <= end - start - shortest
    ]
    if not commas:
        return None
    at = start + min(commas, key=lambda comma: abs(comma - (end - start) / 2))
    return Segment(sentence.block, Span(start, at)), Segment(sentence.block, Span(at, end))
