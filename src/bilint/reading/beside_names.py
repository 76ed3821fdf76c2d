"""Ordinary words beside names: what tells `git repo` and `Python channel` from `npm install` and `Art and Craft`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilint.lexicon import verbness
from bilint.model import Article, Span
from bilint.reading.english import Run, in_address
from bilint.reading.kept import has_one_rendering
from bilint.reading.leftover import Leftover, is_mostly_kept, is_within
from bilint.reading.search import prose_of, words_of_code
from bilint.text.naming import is_bracketed, is_named, is_used
from bilint.text.scripts import has_han

_ACTION = 0.15
"""A word that is a verb in more of its uses (0 to 1) may be what a program is told to do: `npm install`."""
JOINING = frozenset({"and", "or"})
"""What stands between names and is in none of them, unless two are the name of one thing."""


def names_in(run: Run, kept: Sequence[Span]) -> list[re.Match[str]]:
    """Return the words of a run that are names: with capitals, kept by a glossary, or kept by most translations."""
    return [
        match
        for match in run.words
        if not match[0].islower() or is_within(match.span(), kept) or is_mostly_kept(match[0])
    ]


def is_command(names: Sequence[re.Match[str]], item: Leftover, article: Article) -> bool:
    """Return whether a name in small letters before a word may be a program, and the word what it is told to do."""
    if not any(name[0].islower() and name.end() <= item.start for name in names):
        return False
    return verbness(item.word) > _ACTION or item.head in words_of_code(article.target)


def is_noun_beside(run: Run, items: Sequence[Leftover], article: Article) -> bool:
    """Return whether names are followed by a noun in small letters that no code of the article has: `Python channel`.

    The noun has one rendering on which translations agree: a channel is 频道 or 通道, a repo always 仓库.
    """
    if len(items) != 1 or items[0].end != run.end or items[0].start == run.start:
        return False
    word = items[0].word
    if not run.block.prose.text[items[0].start : run.end].islower() or not has_one_rendering(word):
        return False
    return verbness(word) <= _ACTION and word not in words_of_code(article.target)


def joins_names(run: Run, items: Sequence[Leftover], article: Article) -> bool:
    """Return whether nothing but an "and" or "or" is left between names, which together are not the name of one thing.

    What the original says together more than once, and what the Chinese calls something, is a name: Art and Craft.
    """
    text, start, end = run.block.prose.text, run.start, run.end
    if len(items) > 1 or items[0].word not in JOINING or is_named(text, start, end) or is_used(text, start, end):
        return False
    said = prose_of(article.bitext.source).text if article.bitext else ""
    is_place = in_address(run, [match[0].lower() for match in run.words])
    return said.count(text[start:end]) <= 1 and not (is_place or is_label(run) or is_bracketed(text, start, end))


def is_label(run: Run) -> bool:
    """Return whether a run stands in a link that lies on no Chinese: a title, a name, or what was overlooked."""
    text = run.block.prose.text
    spans = ((link.text.start, link.text.end) for link in run.block.links())
    return any(first <= run.start and run.end <= last and not has_han(text[first:last]) for first, last in spans)
