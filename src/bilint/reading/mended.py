"""How marks of Markdown are written so that they work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Alters, Edit, Fix, Span
from bilint.reading.shown_emphasis import ShownEmphasis

_LINK = re.compile(r"!?\[[^\[\]\n]*(?P<middle>\][ \t]*[(（][ \t]*)(?P<address>[^\s()（）<>]+)(?P<end>[ \t]*[)）])")
"""A link whose text has marks of ASCII: its address is certain."""
_HEADING = re.compile(r"(?P<marks>#{1,6}|＃{1,6})[\u3000\xa0 ]*")
_ITEM = re.compile(r"(?:[-+]|\d{1,2}[.)])$")
_LOOSE_ITEM = re.compile(r"(?:\*|(\d{1,2})、[ \t]*)$")
"""An asterisk may as well be what is left of emphasis, and `1、` is how Chinese counts in prose."""
_BLANKS = " \t"


def mended_marks(mark: str, span: Span, text: str) -> Fix | None:
    """Return what makes a mark work that is shown at `span`; None where that is not certain."""
    if mark == "link":
        return Fix.of(_link(span, text), safe=True, alters=Alters.LINK)
    if mark == "heading" and (found := _HEADING.fullmatch(text, *span)):
        marks = "#" * len(found["marks"])
        end = span.end + len(text[span.end :]) - len(text[span.end :].lstrip(_BLANKS))
        return Fix.of([Edit(Span(span.start, end), f"{marks} ")], safe=True, alters=Alters.BLOCK)
    if mark == "item" and _ITEM.match(text, *span):
        return Fix.of([Edit(Span(span.end, span.end), " ")], safe=True, alters=Alters.BLOCK)
    if mark == "item" and (loose := _LOOSE_ITEM.match(text, *span)):
        end = span.end + len(text[span.end :]) - len(text[span.end :].lstrip(_BLANKS))
        new = f"{loose[1]}. " if loose[1] else "* "
        return Fix.of([Edit(Span(span.start, end), new)], safe=False, alters=Alters.BLOCK)
    return None


def _link(span: Span, text: str) -> Iterator[Edit]:
    found = _LINK.fullmatch(text, *span)
    if found:
        yield Edit(Span(*found.span("middle")), "](")
        yield Edit(Span(*found.span("end")), ")")


def mended_emphasis(shown: ShownEmphasis, span: Span, text: str) -> Fix | None:
    """Return what makes marks of emphasis work that are shown around the text of `span`.

    Blanks inside of the marks are taken out, and one is put between the marks and a letter outside: what proofreaders
    do, and it leaves the words as they are.
    """
    raw, mark = text[span.start : span.end], shown.mark
    if not raw.startswith(mark) or not raw.endswith(mark) or len(raw) <= 2 * len(mark):
        return None
    inner = raw[len(mark) : -len(mark)]
    before, behind = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    first, last = inner.strip(_BLANKS)[:1], inner.strip(_BLANKS)[-1:]
    new = f"{mark}{inner.strip(_BLANKS)}{mark}"
    is_wordy = mark.startswith("_")
    if before.isalnum() and (is_wordy or not first.isalnum()):
        new = f" {new}"
    if behind.isalnum() and (is_wordy or not last.isalnum()):
        new = f"{new} "
    return Fix.of([Edit(span, new)], safe=True, alters=Alters.EMPHASIS) if new != raw else None
