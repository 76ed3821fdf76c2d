"""What mends faults of several kinds, each from what the rule found and the original says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bilint.model import Alters, Article, Block, Edit, Fix, Inline, Span

_POLITE, _PLURAL = "您", ("们", "們")
_MARKS = re.compile(r"#{1,6}(?=[ \t])")
_SCRIPTS = frozenset("\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Joiners and marks of direction: in some scripts they change what is read."""
_ENDS = frozenset("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
"""Where some programs begin a new line."""


def led_back(link: Inline, block: Block, article: Article) -> Fix | None:
    """Return the fix that writes the address of the original's link; None where it may be another one's."""
    bitext, text = article.bitext, article.target.text
    pair = bitext.pair_of(block) if bitext else None
    if pair is None or not pair.is_likely:
        return None
    here = [each.destination for beside in pair.target for each in beside.links()]
    there = [each.destination for original in pair.source for each in original.links()]
    lost = [address for address in there if address and address not in here]
    if len(here) != len(there) or here.count("") != 1 or len(lost) != 1 or not text.endswith("]()", 0, link.span.end):
        return None
    at = link.span.end - 1
    return Fix.of([Edit(Span(at, at), lost[0])], safe=True, alters=Alters.ADDRESS)


def levelled(heading: Block, level: int, text: str) -> Fix | None:
    """Return the fix that gives a heading with `#` another level."""
    marks = _MARKS.match(text, heading.span.start)
    edits = [Edit(Span(*marks.span()), "#" * level)] if marks else []
    return Fix.of(edits, safe=False, alters=Alters.BLOCK)


def addressed_as(wanted: str, spans: Iterable[Span], text: str) -> Iterator[Edit]:
    """Yield the other word for the reader, but for more than one of them, who are never 您们."""
    for span in spans:
        if wanted != _POLITE or text[span.end : span.end + 1] not in _PLURAL:
            yield Edit(span, wanted)


def deleted(chars: str, span: Span, alters: Alters) -> Fix | None:
    """Return the fix that takes characters out: safe where they do nothing in any script, and end no line."""
    if _ENDS.intersection(chars):
        return None
    return Fix.of([Edit(span, "")], safe=not _SCRIPTS.intersection(chars), alters=alters)
