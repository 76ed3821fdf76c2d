"""missing-image: an image of the original is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache

from bilint.model import (
    AlignedPair,
    Bitext,
    Block,
    Confidence,
    Document,
    Finding,
    Inline,
    InlineKind,
    Kind,
    Severity,
    Span,
)
from bilint.reading.unmatched import multiset_difference
from bilint.rules import Context, Options, rule
from bilint.text.links import file_name

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
_PICTURE = re.compile(r"\.(?:png|jpe?g|svg|webp|avif|bmp)(?![a-z])", re.I)
"""The ending of a picture's file: what has none is a page's player, or a counter; animations are for fun."""

_TEXT = (Kind.PARAGRAPH, Kind.ITEM)
"""What stands before the first of these is the picture that sites show over an article."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="design-and-markup/structure",
    messages={
        "missing": "image `{image}` of the original is missing",
        "linked": "image `{image}` of the original is only a link here",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """An image of the original has no counterpart in the translation.

    ## Why
    A figure the text refers to is missing. Teams store images under new names, so images are counted, not compared by
    name: a missing one is reported where the aligned passages show that it is gone, and only while the whole article
    has fewer images than the original. Badges, icons, logos, advertisements and portraits do
    not count; before the first paragraph, where text beside it is missing too, and where no file of a still picture is
    named, the confidence is low.

    ## Bad
    ```en
    The picture shows the main window of the program after the start.

    ![The main window](images/main-window.png)

    Press the button at the lower right of the window to go on.
    ```
    ```zh
    图中是程序启动之后的主窗口。

    按下窗口右下角的按钮即可继续。
    ```

    ## Good
    ```en
    ![The main window](images/main-window.png)
    ```
    ```zh
    ![主窗口](https://example.com/static/2024/05/a1b2c3.png)
    ```

    ## Source
    MQM 2.0, Design and markup.
    """
    source, target = _images(bitext.source), _images(bitext.target)
    budget = len(source) - len(target)
    if budget <= 0:
        return
    gone, _ = multiset_difference(source, target, lambda image: file_name(image.destination))
    aligned = [n for n, pair in enumerate(bitext.pairs) if pair.is_firm and pair.source[0].kind in _TEXT]
    if not aligned:
        return
    lost, before = frozenset(gone), Span(0, 0)
    for number, pair in enumerate(bitext.pairs):
        inside = aligned[0] < number < aligned[-1]
        for image in _lost(pair, lost):
            if budget <= 0:
                continue
            budget -= 1
            link = _link_to(image, bitext)
            if link is not None:
                name = file_name(image.destination)
                yield context.finding("linked", link.span, image=name, source=image.span, confidence=Confidence.HIGH)
            else:
                yield context.finding(
                    "missing",
                    _where(pair, before),
                    image=file_name(image.destination),
                    source=image.span,
                    confidence=None if inside and _is_alone(bitext, number, image) else Confidence.LOW,
                    is_gap=not pair.target,
                )
        if pair.target:
            before = Span(pair.target[-1].span.end - 1, pair.target[-1].span.end)


def _is_alone(bitext: Bitext, number: int, image: Inline) -> bool:
    """Whether nothing but a still picture is missing there: animations are for fun, others go with their text."""
    beside = (*bitext.pairs[max(number - 1, 0) : number], *bitext.pairs[number + 1 : number + 2])
    return _PICTURE.search(image.destination) is not None and all(pair.target for pair in beside)


def _images(document: Document) -> list[Inline]:
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


def _lost(pair: AlignedPair, gone: Set[Inline]) -> list[Inline]:
    """Images of the source side with none left for them on the target side."""
    spare = sum(len(block.images()) for block in pair.target)
    images = ((block, image) for block in pair.source for image in block.images())
    return [image for block, image in images if image in gone and not _is_glued(block, image)][spare:]


def _link_to(image: Inline, bitext: Bitext) -> Inline | None:
    """The link that an image became when its `!` was lost; None where the original links to it too."""
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


def _where(pair: AlignedPair, before: Span) -> Span:
    return Span(pair.target[0].span.start, pair.target[0].span.start + 1) if pair.target else before
