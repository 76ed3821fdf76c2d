"""The kind of check that several rules are: what stands on one side, with its number, must stand on the other."""

from __future__ import annotations

from collections.abc import Sequence

from bilint.model import Alters, Document, Finding, Fix, Inline
from bilint.reading.losses import Loss
from bilint.reading.unmatched import multiset_difference
from bilint.rules import Context, OptionsT
from bilint.text.width import shortened

__all__ = ["changed", "led_to", "multiset_difference", "readdressed"]

_LONG = 60
"""Of a longer construct, a message shows the beginning."""


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
    return context.finding("changed", loss.at, source=there, gone=gone, here=here)


def _shown(document: Document | None, construct: Inline) -> str:
    start, end = construct.span
    text = " ".join((document.text[start:end] if document else construct.content).split())
    return shortened(text, _LONG)
