"""Comments of a translation that say that something is not translated yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Article, Block, InlineKind, Kind, Span
from bilint.text.scripts import has_han

_NOTE = re.compile(
    r"<!--[ \t]*+(?:(?:TODO|FIXME|XXX)\b[^\n]{0,20}?(?:translat|l10n|i18n|翻译|翻譯)|"
    r"未翻[译譯]|待翻[译譯]|需要翻[译譯]|TODO[:： ]*+翻[译譯]|"
    r"(?:(?:needs?|missing|pending|requires?) translation|(?:un|not (?:yet )?)translated)\b)[^\n]{0,60}?-->",
    re.IGNORECASE,
)


def untranslated_notes(article: Article) -> Iterator[Span]:
    """Yield where such notes stand, in file order: not in code, and not those that the original has as well."""
    target, bitext = article.target, article.bitext
    if "<!--" not in target.text:
        return
    there = bitext.source.text.lower() if bitext else ""
    code: list[Span] | None = None
    for found in _NOTE.finditer(target.text):
        code = list(_code(article)) if code is None else code
        if found[0].lower() not in there and not any(at.start <= found.start() < at.end for at in code):
            yield Span(*found.span())


def is_settled(note: Span, article: Article) -> bool:
    """Return whether what stands behind a note has been translated since, and nothing is left out there.

    The next block with words is Chinese then, and says what in the original follows on what stands above the note.
    """
    written = [block for block in article.target.blocks if block.kind is not Kind.CODE and block.prose.text.strip()]
    above = [block for block in written if block.span.end <= note.start]
    behind = [block for block in written if block.span.start >= note.end or block.span.end > note.end]
    if not (above and behind and has_han(behind[0].prose.text)):
        return False
    before, after = article.pair_of(above[-1]).source, article.pair_of(behind[0]).source
    return bool(before and after) and not _between(before[-1], after[0], article)


def _between(before: Block, after: Block, article: Article) -> bool:
    """Whether the original says something between two of its blocks."""
    blocks = article.bitext.source.blocks if article.bitext else ()
    numbers = {id(block): number for number, block in enumerate(blocks)}
    between = blocks[numbers[id(before)] + 1 : numbers[id(after)]]
    return any(block.kind is not Kind.CODE and block.prose.text.strip() for block in between)


def _code(article: Article) -> Iterator[Span]:
    for block in article.target.blocks:
        if block.kind is Kind.CODE:
            yield block.span
        yield from (inline.span for inline in block.inlines if inline.kind is InlineKind.CODE)
