"""The kind of check that several rules are: what stands on one side, with its number, must stand on the other."""

from __future__ import annotations

from collections.abc import Sequence

from bilint.model import Alters, Document, Finding, Fix, Inline, InlineKind
from bilint.reading.losses import Loss
from bilint.reading.unmatched import multiset_difference
from bilint.rules import Context, OptionsT
from bilint.text.scripts import has_han
from bilint.text.width import shortened

__all__ = ["changed", "led_to", "multiset_difference", "readdressed"]

_LONG = 60
"""Of a longer construct, a message shows the beginning."""
_NAMED = frozenset({InlineKind.ANCHOR, InlineKind.CONTAINER, InlineKind.PLACEHOLDER, InlineKind.TEMPLATE})
"""Another name in these is all that differs; a component has attributes of its own."""
_SLIP, _SHORTEST = 2, 5
"""Names of so many letters that differ in so few are one name, misspelled."""


def readdressed(link: Inline, new: str, context: Context[OptionsT], *, safe: bool) -> Fix | None:
    """Return the fix that writes another address into a link or an image; None where it is defined elsewhere."""
    target = context.article.target
    return Fix.of(target.edits([target.address(link)], link.destination, new), safe=safe, alters=Alters.ADDRESS)


def led_to(link: Inline, fragments: Sequence[str], context: Context[OptionsT]) -> Fix | None:
    """Return the fix that leads a link to the first of the fragments, with their `#`, of the same page."""
    page = link.destination.partition("#")[0]
    return readdressed(link, page + fragments[0], context, safe=True) if fragments else None


def changed(context: Context[OptionsT], loss: Loss) -> Finding:
    """Return the finding of a loss: `gone`, or `changed` where something stands instead."""
    bitext = context.article.bitext
    gone = tuple(_shown(bitext.source if bitext else None, construct) for construct in loss.gone)
    here = tuple(_shown(bitext.target if bitext else None, construct) for construct in loss.instead)
    there = loss.gone[0].span
    if not here:
        return context.finding("gone", loss.at, source=there, gone=gone)
    return context.finding("changed", loss.at, source=there, gone=gone, here=here, fix=_renamed(context, loss))


def _renamed(context: Context[OptionsT], loss: Loss) -> Fix | None:
    """Return the fix that writes the original's name into what stands instead; None where it is not certain which.

    It is safe where the name was translated or misspelled: another one may have been meant.
    """
    target = context.article.target
    pairs = list(zip(loss.gone, loss.instead, strict=False))
    if len(loss.gone) != len(loss.instead) or len({(a.name.lstrip("/"), b.name.lstrip("/")) for a, b in pairs}) != 1:
        return None
    if any(a.kind is not b.kind or a.kind not in _NAMED or a.name[:1] != b.name[:1] == "/" for a, b in pairs):
        return None
    if any(link.destination == f"#{b.name}" for block in target.blocks for link in block.links() for _, b in pairs):
        return None  # what leads there would lead nowhere
    edits = [edit for a, b in pairs for edit in target.edits([b.span], b.name, a.name)]
    safe = len(edits) == len(pairs) and all(_is_slip(a.name, b.name) for a, b in pairs)
    return Fix.of(edits, safe=safe, alters=Alters.MARK)


def _is_slip(original: str, name: str) -> bool:
    from rapidfuzz.distance import OSA

    if has_han(name):
        return not has_han(original)
    digits = (list(filter(str.isdigit, each)) for each in (original, name))
    is_one = min(len(original), len(name)) >= _SHORTEST and OSA.distance(original, name) <= _SLIP
    return is_one and next(digits) == next(digits)


def _shown(document: Document | None, construct: Inline) -> str:
    start, end = construct.span
    text = " ".join((document.text[start:end] if document else construct.content).split())
    return shortened(text, _LONG)
