"""Which gaps are differences between the texts, and which are what translators and sites do to any text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from bilint.model import AlignedPair, Bitext, Block, Document, Format, Gap, Kind, Role, Side, Where
from bilint.reading.gaps import RoleOf, may_be_beside, words_of
from bilint.text.credits import is_translator_note
from bilint.text.scripts import has_han
from bilint.text.words import words

_NEAR = 2
_SAME = 0.8
"""A passage of which a neighbour, at most so many pairs away, has this share of the words stands there."""
_TWICE = 5
"""Blocks said twice in a row stand at most so many pairs from those that are translated."""
_FURNITURE = 20
"""A web page has bylines, teasers and buttons of fewer words between its paragraphs."""
_LEAD = 25
"""A sentence of at most so many words introduces the links behind it."""
_BYLINE = 20
"""Shorter paragraphs may be bylines or dates."""
_ENGLISH = 5
"""A block without Han that has so many words is English, not a name."""
_PICTURE = re.compile(r"[校译譯註注按]者?[：:]|[图圖][中片上]\w{0,4}[：:]")
"""What translators write out for those who cannot read a picture."""
_FEW_WORDS = 5
"""With fewer different words of two letters and more, it is cells or marks rather than text."""
_TAG = re.compile(r"\s*<[A-Z]\w*\s[^>]*=")
"""A component with attributes: what it says there is aligned with nothing."""
_CALLING = frozenset({Role.PROMOTION, Role.NAVIGATION})
_AROUND = 120
_CALLED = 0.25
"""Promotion takes along up to so many words around it, or more where it is this share of the whole itself."""


GapTest = Callable[[Gap], bool]


def is_difference(bitext: Bitext, gap: Gap, role_of: RoleOf, is_said: GapTest, is_foreign: GapTest) -> bool:
    """Return whether one text says in a gap what the other does not say, as far as it can be told.

    Not before or behind the text, in a freely rewritten place, where a neighbour or another place says it, and where it
    was left out or added on purpose: promotion and links with what introduces them, notes, a summary under the title.
    """
    if gap.where is not Where.INSIDE or is_rewritten(gap) or (may_be_beside(gap) and not is_foreign(gap)):
        return False
    if gap.side is Side.SOURCE:
        is_page = bitext.source.format is Format.HTML and gap.words < _FURNITURE
        if is_page or _is_no_text(bitext, gap) or _is_around(bitext, gap, role_of):
            return False
        return not _is_repeated(bitext, gap) and not _stands_here(bitext, gap) and not is_said(gap)
    if _is_lead(bitext, gap.blocks[0]) or is_doubled(bitext, gap) or _is_translated_above(bitext, gap):
        return False
    return not _is_note(bitext, gap) and not is_said(gap)


def is_rewritten(gap: Gap) -> bool:
    """Return whether the other side has a gap at the same place: then nothing is missing, it was said freely.

    The title of a box is not what is written in it.
    """
    return any(b.kind is Kind.CODE or (b.kind is not Kind.TITLE and b.prose.text.strip()) for b in gap.opposite)


def is_doubled(bitext: Bitext, gap: Gap) -> bool:
    """Return whether the translation says it in another place too: what is said twice has a rule of its own."""
    said = _in_order(bitext.target)
    here = sorted(said.places[id(block)] for block in gap.blocks)
    bounds = [0, *chain.from_iterable(here), len(said.text)]
    elsewhere = list(zip(bounds[::2], bounds[1::2], strict=True))
    return all(any(said.text.find(block.prose.text, *stretch) >= 0 for stretch in elsewhere) for block in gap.blocks)


class _Said(NamedTuple):
    """The words of all blocks of a document as one text, and where those of each block start and end in it, by id."""

    text: str
    places: dict[int, tuple[int, int]]


@lru_cache(maxsize=8)
def _in_order(document: Document) -> _Said:
    texts = [block.prose.text for block in document.blocks]
    ends = list(accumulate(len(text) + 1 for text in texts))
    places = ((end - 1 - len(text), end - 1) for text, end in zip(texts, ends, strict=True))
    return _Said("\n".join(texts), dict(zip(map(id, document.blocks), places, strict=True)))


def _is_around(bitext: Bitext, gap: Gap, role_of: RoleOf) -> bool:
    """Whether it is part of promotion or of links: a quoted post and its signature, the sentence above a list."""
    blocks = [block for pair in bitext.pairs[gap.first : gap.end] for block in pair.source]
    roles = [role_of(block) for block in blocks]
    calling = [block for block, role in zip(blocks, roles, strict=True) if role in _CALLING]
    if calling:
        around = words_of(blocks, gap.side)
        return around <= _AROUND or words_of(calling, gap.side) >= _CALLED * around
    said = [block for block, role in zip(blocks, roles, strict=True) if role is not Role.LINKS]
    return len(said) < len(blocks) and all(len(words(block.prose.text)) <= _LEAD for block in said)


def _is_repeated(bitext: Bitext, gap: Gap) -> bool:
    """Whether the original says it within its text too: a sentence set in large type, fragments of a damaged page."""
    lost = [_joined(block) for block in gap.blocks if block.prose.text.strip()]
    longest = max(map(len, lost), default=0)
    said = _texts_by_length(bitext.source)
    longer = said.starts[bisect_right(said.lengths, longest)]
    if lost and all(said.text.find(text, longer) >= 0 for text in lost):
        return True
    if lost and _is_said_once(bitext, gap, lost):
        return True
    missing = _vocabulary(block.prose.text for block in gap.blocks)
    beside = (_vocabulary(b.prose.text for b in pair.source) for pair in _beside(bitext, gap) if pair.target)
    return any(len(missing & other) >= _SAME * len(missing) for other in beside)


def _is_said_once(bitext: Bitext, gap: Gap, lost: Sequence[str]) -> bool:
    """Whether the original has the same blocks once more beside the gap, and there they are translated."""
    near = chain(bitext.pairs[max(gap.first - _TWICE, 0) : gap.first], bitext.pairs[gap.end : gap.end + _TWICE])
    there = {_joined(block) for pair in near if pair.target for block in pair.source}
    return there.issuperset(lost)


class _Texts(NamedTuple):
    """The words of all blocks of a document as one text, the shortest first: their lengths, and where each starts."""

    text: str
    lengths: Sequence[int]
    starts: Sequence[int]


@lru_cache(maxsize=8)
def _texts_by_length(document: Document) -> _Texts:
    texts = sorted(map(_joined, document.blocks), key=len)
    lengths = [len(text) for text in texts]
    return _Texts("\n".join(texts), lengths, [0, *accumulate(length + 1 for length in lengths)])


def _joined(block: Block) -> str:
    return f" {' '.join(words(block.prose.text))} "


def _is_no_text(bitext: Bitext, gap: Gap) -> bool:
    """Whether it is cells of a torn table, a tag that was not read as one, or the rest of a sentence torn in two."""
    if len({word for word in _vocabulary(b.prose.text for b in gap.blocks) if len(word) > 1}) < _FEW_WORDS:
        return True
    if all(_TAG.match(block.content or block.prose.text) for block in gap.blocks):
        return True
    before = next(
        (pair.source[-1].prose.text.rstrip() for pair in reversed(bitext.pairs[: gap.first]) if pair.source), ""
    )
    is_torn = before[-1:].isalpha() or before[-1:] == ","
    return is_torn and gap.blocks[0].kind is Kind.PARAGRAPH and gap.blocks[0].prose.text.lstrip()[:1].islower()


def _stands_here(bitext: Bitext, gap: Gap) -> bool:
    """Whether the translation has it as it is beside the gap: as code, as the text of an image or of a component."""
    lost = _vocabulary(block.prose.text for block in gap.blocks)
    here = _vocabulary(block.content for pair in _beside(bitext, gap) for block in pair.target)
    return len(lost & here) >= _SAME * len(lost)


def _beside(bitext: Bitext, gap: Gap) -> Iterator[AlignedPair]:
    yield from bitext.pairs[max(gap.first - _NEAR, 0) : gap.first]
    yield from bitext.pairs[gap.end : gap.end + _NEAR]


def _vocabulary(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words(text)}


def _is_translated_above(bitext: Bitext, gap: Gap) -> bool:
    """Whether the English stands above: it is no addition then, and what is left in English has a rule of its own."""
    above = bitext.pairs[gap.first - 1].target[-1:] if gap.first else ()
    texts = (block.prose.text for block in above)
    return any(not has_han(text) and len(words(text)) >= _ENGLISH for text in texts)


def _is_note(bitext: Bitext, gap: Gap) -> bool:
    """Whether it stands in one gap with a note of the translator, or says what is written in a picture."""
    texts = [block.prose.text for pair in bitext.pairs[gap.first : gap.end] for block in pair.target]
    return any(is_translator_note(text) or _PICTURE.search(text) for text in texts)


def _is_lead(bitext: Bitext, block: Block) -> bool:
    """Whether the block stands before the first translated paragraph: many sites put a summary under the title."""
    first = _first_paragraph(bitext)
    return first is not None and block.span.start < first.span.start


@lru_cache(maxsize=8)
def _first_paragraph(bitext: Bitext) -> Block | None:
    """Return the first translated paragraph or item that is no byline."""
    body = (p for p in bitext.pairs if p.source and p.target and p.target[0].kind in (Kind.PARAGRAPH, Kind.ITEM))
    return next((pair.target[0] for pair in body if len(pair.target[0].prose.text) > _BYLINE), None)
