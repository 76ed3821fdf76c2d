"""What a finding is known by: rule, cause and the text of its blocks on both sides, never where they stand.

So it stays the same when text is reflowed, when something is inserted, when sections move and when files are renamed;
when a block of it changes, it is another finding.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from typing import TYPE_CHECKING

from bilint.model import Article, Block, Document, Finding, Kind, KnownBy, Print, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LENGTH = 16
"""Hexadecimal digits that are kept: among a million findings two are taken for one with a chance of 1 to 37 million."""
_EXCERPT = 60
"""Characters of what stands at a place that are kept beside its fingerprint: enough to find it again."""


class Fingerprints:
    """What the findings of one article are known by; what blocks say is read once, however many findings they have."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._digests: dict[tuple[int, ...], str] = {}

    def of(self, finding: Finding, known: KnownBy) -> tuple[Print, ...]:
        """Return what each place of a finding is known by, the first one's first; equal texts have equal fingerprints.

        What is left out is known block by block: the gap it is in may be parted or grow. `known` says which text makes
        a finding of this rule the same one.
        """
        article = self._article
        if finding.is_gap and finding.source_span and article.bitext:
            source = article.bitext.source
            left_out = (block for block in blocks_at(source, finding.source_span) if content(block))
            prints = tuple(Print(_digest(finding.rule, content(b)), _shown(source, b.span)) for b in left_out)
            if prints:
                return prints
        cause = (finding.rule, finding.key.partition("\n")[0] or _cause(finding))
        return tuple(
            Print(_digest(*cause, *self._texts(span, known)), _shown(article.target, span))
            for span in (finding.span, *finding.more_spans)
        )

    def _texts(self, span: Span, known: KnownBy) -> tuple[str, str]:
        """What stands in the translation, and what in the original."""
        target = self._article.target
        if known is KnownBy.ARTICLE or (span.start == 0 and span.end == len(target.line(1))):
            return _title(target), ""
        here = list(blocks_at(target, span))
        if not here or known is KnownBy.LINE:
            return _lines(target, span), ""
        there = aligned(self._article, here) if known is KnownBy.BOTH else ()
        return self._said(here), self._said(there)

    def _said(self, blocks: Iterable[Block]) -> str:
        blocks = tuple(blocks)
        key = tuple(map(id, blocks))
        if key not in self._digests:
            self._digests[key] = _digest(_text(blocks)) if blocks else ""
        return self._digests[key]


def blocks_at(document: Document, span: Span) -> Iterator[Block]:
    """Yield the blocks of a document that a span has characters of, or that an empty one touches."""
    blocks = document.blocks
    number = bisect_right(blocks, span.start, key=lambda block: block.span.start) - 1
    end = max(span.end, span.start + 1)
    for block in blocks[max(number, 0) :]:
        if block.span.start >= end:
            return
        if block.span.end > span.start or (not span and block.span.end == span.start):
            yield block


def content(block: Block) -> str:
    """Return what a block says, without white space: how its lines are broken and indented makes no difference."""
    inner = (f"{i.kind}\0{i.content}\0{i.destination}\0{i.title}" for i in block.inlines)
    text = "\0".join((block.prose.text, block.content, *inner))
    return "".join(text.split())


def _cause(finding: Finding) -> str:
    """Numbers are left out, and how lines are broken: lines, counts and shares change with the text around."""
    words = (
        f"{name}={''.join(str(value).split())}"
        for name, value in finding.arguments
        if not isinstance(value, int | float)
    )
    return "\0".join((finding.message_id, *words))


def _shown(document: Document, span: Span) -> str:
    return document.text[span.start : min(span.end, span.start + _EXCERPT)]


def aligned(article: Article, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of the original that are aligned with those of the target."""
    pairs = [article.bitext.pair_of(block) for block in blocks] if article.bitext else []
    for number, pair in enumerate(pairs):
        if pair and not any(pair is earlier for earlier in pairs[:number]):
            yield from pair.source


def _lines(document: Document, span: Span) -> str:
    place = document.place(span)
    return "".join("".join(map(document.line, range(place.line, place.end_line + 1))).split())


def _title(document: Document) -> str:
    """What an article is called: its heading of the first level, else its field; nothing where it has no name.

    No other heading will do: sections move.
    """
    headings = (block for block in document.blocks if block.kind is Kind.HEADING and block.level == 1)
    fields = (block for block in document.blocks if block.kind is Kind.FIELD and block.info.lower() == "title")
    return _text(next(([block] for named in (headings, fields) for block in named), []))


def _text(blocks: Iterable[Block]) -> str:
    return "\0".join(map(content, blocks))


def _digest(*parts: str) -> str:
    data = "\0\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:_LENGTH]
