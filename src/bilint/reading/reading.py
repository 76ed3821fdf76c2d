"""An article → what it is made of, worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain

from bilint.lexicon import content_of, gain, said, said_beside, stretch_of
from bilint.model import (
    EVERYTHING,
    WRITTEN,
    AlignedPair,
    Article,
    Block,
    Document,
    Edition,
    Gap,
    Role,
    Roles,
    SegmentPair,
    Side,
)
from bilint.reading.differences import is_difference, is_doubled
from bilint.reading.edition import edition
from bilint.reading.gaps import gaps, words_of
from bilint.reading.roles import is_written, references, role_of, written_role

SAID, PART, FOREIGN = 0.0, 4.0, 0.0
"""From the first on, what is left out is said beside; from the second on, what is added is part of a translation, and
up to the third it is of another text, however long the English beside it is.

`benchmarks/said.py`: 95.3 % of planted omissions of eight words and more are under the first, 97.6 % of those of
fifteen."""
MOVED = 2.0
"""From this ratio on, what is missing here was added there; nothing else is said there."""
_TELLING = 8
_MOST = 20
"""Gaps of fewer words tell little; an article with more gaps than this was not put in another order."""
_NEARLY: Roles = WRITTEN - {Role.CITATION}
"""With `WRITTEN`, what nearly all rules are about."""
TEXT: Roles = frozenset({Role.BODY, Role.CITATION})
"""What translators do not leave out on purpose."""


class Reading:
    """The roles, gaps and sentence pairs of an article. What is given back holds only blocks of the roles asked for."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._roles: dict[int, Role] = {}
        self._known_others: dict[tuple[int, Roles], frozenset[int]] = {}
        self._documents: dict[Roles, Document] = {}
        self._pairs: dict[Roles, tuple[AlignedPair, ...]] = {}
        self._said: dict[int, float] = {}

    def role(self, block: Block) -> Role:
        """Return what a block of the article or its original is for its reader."""
        return self._role(block, role_of)

    def is_text(self, block: Block) -> bool:
        """Return whether a block is such that translators do not leave it out on purpose."""
        return self.role(block) in TEXT

    def target(self, roles: Roles) -> Document:
        """Return the translation with the blocks of these roles; its text is whole."""
        if roles not in self._documents:
            document = self.article.target
            blocks = _rest(document.blocks, self._others(document, roles))
            self._documents[roles] = document if blocks is document.blocks else replace(document, blocks=blocks)
        return self._documents[roles]

    def pairs(self, roles: Roles) -> tuple[AlignedPair, ...]:
        """Return the aligned pairs, in the order of the target, without what is of other roles on either side.

        A pair of which one side is wholly of other roles is left out. Of an article checked alone, a pair without
        source for every block.
        """
        if roles not in self._pairs:
            self._pairs[roles] = self._filtered(roles)
        return self._pairs[roles]

    def among(self, pairs: Iterable[AlignedPair], roles: Roles) -> Iterator[AlignedPair]:
        """Yield these pairs as `pairs` does: for few of them this is cheaper, no other block is looked at."""
        for pair in pairs:
            blocks = (*pair.source, *pair.target)
            yield from _without(frozenset(id(block) for block in blocks if self.role(block) not in roles), (pair,))

    def gaps(self, roles: Roles) -> Iterator[Gap]:
        """Yield the gaps that hold blocks of these roles, with those only."""
        for gap in self._gaps:
            blocks = tuple(block for block in gap.blocks if self.role(block) in roles)
            if len(blocks) == len(gap.blocks):
                yield gap
            elif blocks:
                yield replace(gap, blocks=blocks, words=words_of(blocks, gap.side))

    def said(self, gap: Gap) -> float:
        """Return the log-likelihood ratio that what is in a gap stands beside it after all, on the other side.

        Of the original: that it is said there; of the translation: that it is part of what stands there.
        """
        bitext = self.article.bitext
        if bitext is None:
            return 0.0
        if gap.first not in self._said:
            ratio = said_beside if gap.side is Side.SOURCE else gain
            self._said[gap.first] = ratio(bitext, gap.first, gap.end)
        return self._said[gap.first]

    def is_said(self, gap: Gap) -> bool:
        """Return whether what is in a gap likely stands beside it after all, or in a gap of the other side."""
        return self.said(gap) >= (SAID if gap.side is Side.SOURCE else PART) or gap.first in self._moved

    def is_foreign(self, gap: Gap) -> bool:
        """Return whether nothing of what was added is part of what the original says beside it."""
        return gap.side is Side.TARGET and self.said(gap) <= FOREIGN

    def is_difference(self, gap: Gap) -> bool:
        """Return whether one text says in a gap what the other does not say, as far as it can be told."""
        bitext = self.article.bitext
        return bitext is not None and is_difference(bitext, gap, self.role, self.is_said, self.is_foreign)

    @cached_property
    def edition(self) -> Edition | None:
        """How the original differs from the edition that was translated; None where it seems to be the same."""
        bitext = self.article.bitext
        return edition(bitext, self.gaps(TEXT), self.is_difference) if bitext else None

    def segment_pairs(self, roles: Roles) -> Iterator[SegmentPair]:
        """Yield the sentences that belong together, block by block; aligning them takes as long as all the rest."""
        from bilint.align.sentences import align_sentences

        for pair in self.pairs(roles):
            if pair.source and pair.target:
                yield from align_sentences(pair)

    def _role(self, block: Block, read: Callable[[Block], Role]) -> Role:
        known = self._roles.get(id(block))
        if known is None:
            known = self._roles[id(block)] = read(block)
        return known

    @cached_property
    def _moved(self) -> frozenset[int]:
        """The numbers at which gaps begin that stand in another place on the other side: text that was moved."""
        bitext = self.article.bitext
        telling = [gap for gap in self._gaps if bitext and gap.words >= _TELLING]
        lost = [gap for gap in telling if gap.side is Side.SOURCE]
        added = [gap for gap in telling if bitext and gap.side is Side.TARGET and not is_doubled(bitext, gap)]
        contents = [(gap.first, content_of(gap.blocks)) for gap in lost if added]
        moved: set[int] = set()
        for gap in added[:_MOST]:
            here = stretch_of(gap.blocks)
            for first, content in contents[:_MOST]:
                if said(content, here).ratio >= MOVED:
                    moved |= {first, gap.first}
        return frozenset(moved)

    @cached_property
    def _gaps(self) -> tuple[Gap, ...]:
        return tuple(gaps(self.article.bitext, self.role)) if self.article.bitext else ()

    def _others(self, document: Document, roles: Roles) -> frozenset[int]:
        """The identities of the blocks of a document that are of other roles: none, mostly."""
        if roles == EVERYTHING:
            return frozenset()
        key = (id(document), roles)
        if key not in self._known_others:
            self._known_others[key] = frozenset(map(id, self._left_out(document, roles)))
        return self._known_others[key]

    def _left_out(self, document: Document, roles: Roles) -> Iterator[Block]:
        """The blocks of other roles. For most rules a look at the imprint tells."""
        if roles == WRITTEN:
            return (block for block in document.blocks if not is_written(block))
        imprints = self._others(document, WRITTEN)
        blocks: Iterable[Block] = document.blocks
        if roles == _NEARLY:
            blocks = chain((block for block in blocks if id(block) in imprints), references(document))
        reads = ((block, role_of if id(block) in imprints else written_role) for block in blocks)
        return (block for block, read in reads if self._role(block, read) not in roles)

    def _filtered(self, roles: Roles) -> tuple[AlignedPair, ...]:
        pairs, bitext = self.article.pairs(), self.article.bitext
        others = self._others(self.article.target, roles)
        others |= self._others(bitext.source, roles) if bitext else frozenset()
        return tuple(_without(others, pairs)) if others else pairs


def _without(others: frozenset[int], pairs: tuple[AlignedPair, ...]) -> Iterator[AlignedPair]:
    for pair in pairs:
        source, target = (_rest(side, others) for side in (pair.source, pair.target))
        if source is pair.source and target is pair.target:
            yield pair
        elif bool(source) == bool(pair.source) and bool(target) == bool(pair.target):
            yield AlignedPair(source, target, pair.score)


def _rest(blocks: tuple[Block, ...], others: frozenset[int]) -> tuple[Block, ...]:
    return blocks if others.isdisjoint(map(id, blocks)) else tuple(b for b in blocks if id(b) not in others)
