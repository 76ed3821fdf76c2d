"""Comments of a translation that say that something is not translated yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Article, InlineKind, Kind, Span

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


def _code(article: Article) -> Iterator[Span]:
    for block in article.target.blocks:
        if block.kind is Kind.CODE:
            yield block.span
        yield from (inline.span for inline in block.inlines if inline.kind is InlineKind.CODE)
