"""Marks of emphasis that readers see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bilint.model import AlignedPair, Confidence, InlineKind, Renderer
from bilint.text import marks
from bilint.text.scripts import has_han

_LITERAL = re.compile(r"\*\*(?!\*)(?P<inner>[^*\n\ufffc]{1,80}|[^*\n]{1,80})\*\*(?!\*)")
_EMPHASIS = (InlineKind.EMPHASIS, InlineKind.STRONG)
_MESSAGES = {"**": "unrendered"}
_STRAY = (
    ("**", re.compile(r"(?<!\*)\*\*(?!\*)")),
    ("*", re.compile(r"(?<![*\w)])\*(?![*\s])|(?<![*\s])\*(?![*\w(])")),
    ("_", marks.STRAY_UNDERSCORE),
)
_LINE_END = re.compile(r"(?<=[⺀-\uffee])\n|\n(?=[⺀-\uffee])")
"""Beside Chinese it is no blank to readers."""
_BESIDE = 8
"""So many characters on both sides show where a single mark stands."""


class ShownEmphasis(NamedTuple):
    """Marks that readers see: how they are told, their range in the prose, the mark, and what is between or beside."""

    message: str
    start: int
    end: int
    mark: str
    inner: str


def shown_emphasis(text: str, pair: AlignedPair | None) -> Iterator[ShownEmphasis]:
    """Yield marks around words, then single ones, those only where the original has emphasis and shows fewer."""
    paired: list[ShownEmphasis] = []
    for pattern in (_LITERAL, marks.UNDERSCORES, marks.TILDES) if pair is None or pair.source else (_LITERAL,):
        for found in pattern.finditer(text):
            mark = found[1] if pattern is marks.UNDERSCORES else found[0][:2]
            inner = found[0][len(mark) : -len(mark)]
            if pattern is _LITERAL or has_han(inner):
                paired.append(ShownEmphasis(_MESSAGES.get(mark, "marks"), *found.span(), mark, inner))
    yield from paired
    if pair is None or not pair.source or not any(i.kind in _EMPHASIS for b in pair.source for i in b.inlines):
        return
    there = "\n".join(block.prose.text for block in pair.source)
    taken = [range(shown.start, shown.end) for shown in paired]
    for mark, pattern in _STRAY:
        single = [match for match in pattern.finditer(text) if not any(match.start() in span for span in taken)]
        if single and len(single) > sum(1 for _ in pattern.finditer(there)):
            yield ShownEmphasis("stray", *single[0].span(), mark, _beside(text, single[0].start()))


def _beside(text: str, at: int) -> str:
    before, after = (_LINE_END.sub("", part).replace("\n", " ") for part in (text[:at], text[at:]))
    return before[-_BESIDE:] + after[:_BESIDE]


def sureness(shown: ShownEmphasis, renderer: Renderer | None) -> Confidence | None:
    """Return how sure it is that readers see the marks; None where their renderer makes bold of them."""
    if shown.mark != "**" or shown.message == "stray":
        return Confidence.HIGH
    is_open, is_closed = shown.inner[:1].isspace(), shown.inner[-1:].isspace()
    if renderer is Renderer.KRAMDOWN:
        is_seen = is_open or is_closed
    else:
        # Python-Markdown and mdsvex close bold behind a blank.
        is_seen = is_open or renderer in (None, Renderer.COMMONMARK)
    if not is_seen:
        return None
    return Confidence.MEDIUM if renderer is None and not is_open and not is_closed else Confidence.HIGH
