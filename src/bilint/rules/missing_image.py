"""missing-image: an image of the original is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import islice
from typing import NamedTuple

from bilint.model import Bitext, Confidence, Finding, Inline, Kind, Severity, Span
from bilint.reading.images import link_to, lost_images, pictures
from bilint.reading.unmatched import multiset_difference
from bilint.rules import Context, Options, rule
from bilint.text.links import file_name

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
    not count; before the first paragraph, where text beside it is missing too, where no file of a still picture is
    named, and without alternative text where the other images have it, the confidence is low.

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
    source, target = pictures(bitext.source), pictures(bitext.target)
    gone, _ = multiset_difference(source, target, lambda image: file_name(image.destination))
    for lost in islice(_lost(bitext, frozenset(gone)), max(len(source) - len(target), 0)):
        image, name = lost.image, file_name(lost.image.destination)
        link = link_to(image, bitext)
        if link is not None:
            yield context.finding("linked", link.span, image=name, source=image.span, confidence=Confidence.HIGH)
            continue
        yield context.finding(
            "missing",
            lost.at,
            image=name,
            source=image.span,
            confidence=None if lost.is_sure and (lost.image.content or not _are_described(source)) else Confidence.LOW,
            is_gap=lost.is_gap,
        )


def _are_described(images: Sequence[Inline]) -> bool:
    """Whether most have an alternative text: one without shows nothing of the matter, as advertisements do not."""
    return 2 * sum(bool(image.content.strip()) for image in images) > len(images)


class _Lost(NamedTuple):
    """An image that is gone, where it belongs, whether there is nothing at that place, and whether it is missed."""

    image: Inline
    at: Span
    is_gap: bool
    is_sure: bool


def _lost(bitext: Bitext, gone: Set[Inline]) -> Iterator[_Lost]:
    """Yield the images that are gone, in the order of the pairs; none where no paragraph is surely translated."""
    aligned = [n for n, pair in enumerate(bitext.pairs) if pair.is_firm and pair.source[0].kind in _TEXT]
    before = Span(0, 0)
    for number, pair in enumerate(bitext.pairs if aligned else ()):
        start = pair.target[0].span.start if pair.target else 0
        at = Span(start, start + 1) if pair.target else before
        for image in lost_images(pair, gone):
            is_sure = aligned[0] < number < aligned[-1] and _is_alone(bitext, number, image)
            yield _Lost(image, at, not pair.target, is_sure)
        if pair.target:
            before = Span(pair.target[-1].span.end - 1, pair.target[-1].span.end)


def _is_alone(bitext: Bitext, number: int, image: Inline) -> bool:
    """Whether nothing but a still picture is missing there: animations are for fun, others go with their text."""
    beside = (*bitext.pairs[max(number - 1, 0) : number], *bitext.pairs[number + 1 : number + 2])
    return _PICTURE.search(image.destination) is not None and all(pair.target for pair in beside)
