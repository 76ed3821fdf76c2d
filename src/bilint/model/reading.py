"""What the blocks of an article are for its readers, and what has no counterpart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bilint.model.alignment import AlignedPair
from bilint.model.blocks import Block
from bilint.model.enums import plain_members


@plain_members
class Role(StrEnum):
    """What a block is for its reader; `bilint.reading.roles` tells which one a block has."""

    BODY = "body"
    DATA = "data"
    """A title or field of the front matter."""
    CREDIT = "credit"
    LICENCE = "licence"
    NOTE = "note"
    """A note by the translator or an editor."""
    CAPTION = "caption"
    NAVIGATION = "navigation"
    LANGUAGES = "languages"
    """Links to the article in other languages."""
    PROMOTION = "promotion"
    LINKS = "links"
    """Little more than links: a list of what to read next, a table of contents."""
    CITATION = "citation"
    """A reference to a text, with where and when it appeared."""
    COMPONENT = "component"
    """A few words of HTML: a button, a card."""
    DRAWING = "drawing"
    """Lines and boxes drawn with characters."""


Roles = frozenset[Role]

EVERYTHING: Roles = frozenset(Role)
WRITTEN: Roles = EVERYTHING - {Role.CREDIT, Role.LICENCE}
"""What the authors and translators of an article wrote for its readers."""
BODY: Roles = frozenset({Role.BODY, Role.CITATION, Role.LINKS, Role.LANGUAGES, Role.PROMOTION, Role.COMPONENT})
"""What stands in the text itself: no front matter, note, caption, drawing, or part of the page around it."""


@plain_members
class Side(StrEnum):
    """One of the two documents of a bitext."""

    SOURCE = "source"
    TARGET = "target"


@plain_members
class Where(StrEnum):
    """Where a gap lies: before the first firm pair of the body, after the last, or between them."""

    START = "start"
    INSIDE = "inside"
    END = "end"


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of one document without counterpart: the unaligned pairs `first` to `end` (half-open) of the bitext.

    `before` and `after` are the pairs beside it, aligned or of the other side; `opposite` are the blocks of the other
    side that have no counterpart beside it either. `words` counts English words in the source, Han characters in the
    target.
    """

    side: Side
    blocks: tuple[Block, ...]
    words: int
    where: Where
    first: int
    end: int
    before: AlignedPair | None = None
    after: AlignedPair | None = None
    opposite: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """How another edition of the original differs from the one that was translated.

    `passages` are the gaps of either side, `listings` the pairs of listings that were revised, both in the order of the
    pairs.
    """

    passages: tuple[Gap, ...]
    listings: tuple[AlignedPair, ...]
