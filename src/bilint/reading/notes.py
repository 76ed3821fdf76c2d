"""Comments of a translation that say that something is not translated yet."""

from __future__ import annotations

import re
from bisect import bisect_right
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


class Settled:
    """Tells of notes of an article whether what stands behind one has been translated since, and nothing is left out.

    The next block with words is Chinese then, and says what in the original follows on what stands above the note.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._written = list(filter(_has_words, article.target.blocks))
        self._ends = [block.span.end for block in self._written]
        self._there = article.bitext.source.blocks if article.bitext else ()
        self._numbers = {id(block): number for number, block in enumerate(self._there)}

    def __call__(self, note: Span) -> bool:
        """Return whether a note is out of date."""
        above, behind = bisect_right(self._ends, note.start) - 1, bisect_right(self._ends, note.end)
        if above < 0 or behind >= len(self._written) or not has_han(self._written[behind].prose.text):
            return False
        before, after = (self._article.pair_of(self._written[number]).source for number in (above, behind))
        return bool(before and after) and not self._between(before[-1], after[0])

    def _between(self, before: Block, after: Block) -> bool:
        """Whether the original says something between two of its blocks."""
        between = self._there[self._numbers[id(before)] + 1 : self._numbers[id(after)]]
        return any(map(_has_words, between))


def _has_words(block: Block) -> bool:
    return block.kind is not Kind.CODE and bool(block.prose.text.strip())


def _code(article: Article) -> Iterator[Span]:
    for block in article.target.blocks:
        if block.kind is Kind.CODE:
            yield block.span
        yield from (inline.span for inline in block.inlines if inline.kind is InlineKind.CODE)
