"""The readable text of a block as elements: links, emphasis, code, images; sentences and marks where wanted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from bilint.model import PLACEHOLDER, Block, Inline, InlineKind, Span
from bilint.text.xml import element

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAGS = {
    InlineKind.STRONG: "strong",
    InlineKind.EMPHASIS: "em",
    InlineKind.STRIKE: "s",
}
_WEB = re.compile(r"https?://", re.IGNORECASE)
"""Only such addresses can be followed: others lead nowhere from the page, or do something (`javascript:`)."""
_SENTENCE, _LINK, _EMPHASIS, _MARK = range(4)
"""What lies in what, outermost first."""


class Mark(NamedTuple):
    """Something to point out: a stretch of the file, and the attributes of the mark."""

    span: Span
    attributes: tuple[tuple[str, str], ...]


class Sentence(NamedTuple):
    """A stretch of a block's prose, and the attributes of the sentence."""

    span: Span
    attributes: tuple[tuple[str, str], ...]


class _Layer(NamedTuple):
    """An element over a stretch of the prose; equal stretches of one rank nest in the order they are given."""

    start: int
    end: int
    rank: int
    tag: str
    attributes: tuple[tuple[str, str], ...]


class _Run(NamedTuple):
    """A stretch of prose that nothing divides, or what stands for a placeholder, with the layers around it."""

    content: _Element | str
    layers: tuple[_Layer, ...]


def reads(block: Block, marks: Sequence[Mark], sentences: Iterable[Sentence] = ()) -> list[_Element | str]:
    """Return the prose of a block as it reads; `marks` that touch nothing readable are shown as points."""
    ways = _Ways(block) if marks else None
    spots = [spot for mark in marks for spot in ways.spots(mark)] if ways else []
    layers = [_Layer(*each.span, _SENTENCE, "span", each.attributes) for each in sentences]
    layers += [layer for inline in block.inlines for layer in _layers(inline)]
    layers += [spot for spot in spots if spot.end > spot.start]
    points = [
        (spot.start, element("mark", attributes=dict(spot.attributes))) for spot in spots if spot.end <= spot.start
    ]
    points += [(i.text.start, _address(i)) for i in block.links() if not i.text]
    return list(_nested(list(_runs(block, layers, points)), 0))


def _layers(inline: Inline) -> Iterator[_Layer]:
    start, end = inline.text
    if inline.kind is InlineKind.LINK:
        if _WEB.match(inline.destination):
            attributes = (("href", inline.destination), ("rel", "noopener noreferrer"), ("target", "_blank"))
            yield _Layer(start, end, _LINK, "a", attributes)
        else:
            yield _Layer(start, end, _LINK, "span", (("class", "link"), ("title", inline.destination)))
    elif inline.kind in _TAGS:
        yield _Layer(start, end, _EMPHASIS, _TAGS[inline.kind], ())


class _Ways:
    """The ways from the file to the prose of a block."""

    def __init__(self, block: Block) -> None:
        prose = block.prose
        self._text = prose.text
        self._starts = [start for start, _ in prose.pieces] + [len(prose.text)]
        self._places = [at for _, at in prose.pieces]
        self._held = [i for i in block.inlines if prose.text[i.text.start : i.text.end] == PLACEHOLDER]
        self._links = [link for link in block.links() if link.text]

    def spots(self, mark: Mark) -> Iterator[_Layer]:
        """Yield where a mark lies: on its words, else on the link that it is about, else at a point."""
        found = _joined(sorted((*self._words(mark.span), *(i.text for i in _touched(self._held, mark.span)))))
        for start, end in found:
            yield _Layer(start, end, _MARK, "mark", mark.attributes)
        if found:
            return
        link = next(_touched(self._links, mark.span), None)
        if link:
            yield _Layer(*link.text, _MARK, "mark", (*mark.attributes, ("title", link.destination)))
        else:
            at = self._before(mark.span.start)
            yield _Layer(at, at, _MARK, "mark", mark.attributes)

    def _words(self, span: Span) -> Iterator[tuple[int, int]]:
        """The stretches of prose that stand in a span of the file."""
        for piece in range(max(bisect_right(self._places, span.start) - 1, 0), bisect_left(self._places, span.end)):
            start, at = self._starts[piece], self._places[piece]
            first, last = max(span.start, at), min(span.end, at + self._starts[piece + 1] - start)
            if first < last and not self._text.startswith(PLACEHOLDER, start):
                yield start + first - at, start + last - at

    def _before(self, position: int) -> int:
        """The end of the prose that stands before a position in the file."""
        piece = bisect_left(self._places, position) - 1
        if piece < 0:
            return 0
        return min(self._starts[piece + 1], self._starts[piece] + position - self._places[piece])


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _touched(inlines: Sequence[Inline], span: Span) -> Iterator[Inline]:
    """Those of inlines, which stand one behind the other, that share characters with a span of the file."""
    first = bisect_right(inlines, span.start, key=lambda inline: inline.span.start) - 1
    for inline in inlines[max(first, 0) : bisect_left(inlines, span.end, key=lambda inline: inline.span.start)]:
        if inline.span.start < span.end and span.start < inline.span.end:
            yield inline


def _runs(block: Block, layers: Sequence[_Layer], points: list[tuple[int, _Element]]) -> Iterator[_Run]:
    text = block.prose.text
    held = {i.text.start: i for i in block.inlines if text[i.text.start : i.text.end] == PLACEHOLDER}
    edges = {0, len(text), *(at for at, _ in points), *(at for i in held for at in (i, i + 1))}
    edges.update(at for layer in layers for at in (layer.start, layer.end))
    waiting = sorted(layers, key=lambda layer: layer.start, reverse=True)
    points = sorted(points, key=lambda point: point[0], reverse=True)
    active: list[_Layer] = []
    stops = sorted(edges)
    for start, end in zip(stops, [*stops[1:], len(text)], strict=True):
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        active = sorted((layer for layer in active if layer.end > start), key=lambda layer: layer.rank)
        around = tuple(active)
        while points and points[-1][0] <= start:
            yield _Run(points.pop()[1], around)
        if start < end:
            yield _Run(_held(held[start]) if start in held else text[start:end], around)


def _nested(runs: Sequence[_Run], depth: int) -> Iterator[_Element | str]:
    """Put runs next to each other under the layer that they share at a depth."""
    for layer, group in groupby(runs, key=lambda run: run.layers[depth] if len(run.layers) > depth else None):
        if layer is None:
            yield from (run.content for run in group)
        else:
            yield element(layer.tag, *_nested(list(group), depth + 1), attributes=dict(layer.attributes))


def _held(inline: Inline) -> _Element | str:
    """What a placeholder of the prose stands for."""
    if inline.kind is InlineKind.IMAGE:
        return element("span", element("span", inline.content), " ", _address(inline), attributes={"class": "image"})
    if inline.kind is InlineKind.FOOTNOTE:
        return element("sup", f"[{inline.name or inline.content}]")
    if not inline.content:
        return ""  # a comment, an empty tag
    kind = {} if inline.kind is InlineKind.CODE else {"class": inline.kind.value}
    return element("code", inline.content, attributes=kind)


def _address(inline: Inline) -> _Element:
    return element("span", inline.destination, attributes={"class": "address"})
