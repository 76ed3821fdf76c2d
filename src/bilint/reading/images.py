"""The pictures of an article: those that show something."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import lru_cache

from bilint.model import (
    AlignedPair,
    Bitext,
    Block,
    Document,
    Inline,
    InlineKind,
)

_DECORATION = (
    *("badge", "shields.io", "avatar", "icon", "logo", "emoji", "pixel", "gravatar", "travis-ci", "codecov"),
    *("android-chrome", "hqdefault", "maxresdefault", "youtu", "base64,"),
    *("profile_pictures", "pquote", "spacer", "byline"),
)
"""Parts of addresses: badges, portraits, the pictures of embedded players and link cards."""
_BANNER = re.compile(
    r"(?:^|[-_./])(?:ads?|advert\w*|banners?|sponsor\w*|promo)(?=[-_./\d])|[-_]\d{2,3}x\d{1,2}(?!\d)", re.I
)
"""Advertisements, and pictures too flat to show anything."""
_ADVERTISEMENT = re.compile(r"advertisement|sponsor|picture of|avatar|portrait", re.I)
"""What alternative texts of advertisements and portraits say."""


def pictures(document: Document) -> list[Inline]:
    """Return the images that show something, in file order: no badge, portrait or advertisement."""
    inlines = (inline for block in document.blocks if block.inlines for inline in block.inlines)
    return [inline for inline in inlines if inline.kind is InlineKind.IMAGE and not _is_decoration(inline)]


def _is_decoration(image: Inline) -> bool:
    address = image.destination.lower()
    return (
        not address
        or any(word in address for word in _DECORATION)
        or _BANNER.search(address) is not None
        or _ADVERTISEMENT.search(image.content) is not None
    )


def lost_images(pair: AlignedPair, gone: Set[Inline]) -> list[Inline]:
    """Return the images of the source side with none left for them on the target side."""
    spare = sum(len(block.images()) for block in pair.target)
    images = ((block, image) for block in pair.source for image in block.images())
    return [image for block, image in images if image in gone and not _is_glued(block, image)][spare:]


def link_to(image: Inline, bitext: Bitext) -> Inline | None:
    """Return the link that an image became when its `!` was lost; None where the original links to it too."""
    here, there = _by_address(bitext.target), _by_address(bitext.source)
    return None if image.destination in there else here.get(image.destination)


@lru_cache(maxsize=4)
def _by_address(document: Document) -> Mapping[str, Inline]:
    """The first link to each address."""
    links = [link for block in document.blocks for link in block.links()]
    return {link.destination: link for link in reversed(links)}


def _is_glued(block: Block, image: Inline) -> bool:
    """Whether an image stands in a word: link cards become `…text.![]()SiteAuthor` when a page is converted."""
    text, (start, end) = block.prose.text, image.text
    return text[end : end + 1].isalnum() or (text[start - 1 : start].isalnum() and start > 0)
