"""Articles that hold their own original: English and Chinese paragraph by paragraph, in table columns, or in comments.

Such an article is split into a source and a target that share its text, so every place stays true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from bilint.model import Block, Document, Kind
from bilint.text.scripts import han_count, has_han, latin_count
from bilint.text.words import FUNCTION_WORDS, words

_LEAST = 3
"""Fewer English blocks with Chinese behind them may be quotations."""
_SHARE = 0.6
"""From which share of the English blocks on, on both sides of the count, the article is taken for interleaved."""
_MARKUP = frozenset({Kind.CODE, Kind.HTML, Kind.FIELD, Kind.TITLE})
_NOT_PROSE = re.compile(r"^\s*(?:bilint-|markdownlint-|prettier-|CO_OP_|<|\{)")


def split(document: Document) -> tuple[Document, Document] | None:
    """Return the English and the Chinese half of an article that has both one after the other; None for any other.

    What belongs to no language (code, images, names) stands in both halves. Chinese must follow English as often as
    English is followed by Chinese: a translation in which some paragraphs were forgotten is not split.
    """
    foreign = [block for block in document.blocks if block.kind not in _MARKUP and not has_han(block.prose.text)]
    english = sum(_language(block) == "en" for block in foreign) if len(foreign) >= _LEAST else 0
    if english < _LEAST:
        return None  # true of most translations, and cheap to tell
    labels = [_language(block) for block in document.blocks]
    spoken = [label for label in labels if label]
    partners = sum(_partners(spoken))
    if partners < _LEAST or partners < _SHARE * english or partners < _SHARE * spoken.count("zh"):
        return None
    return _half(document, labels, "en"), _half(document, labels, "zh")


def commented(document: Document) -> str | None:
    """Return the text with only the English in its comments left, when each Chinese block has its English above it so.

    Parsed, it is the source: line feeds stand for all the rest, so offsets (not lines) are those of the article.
    """
    comments = [(at, text) for at, text in document.comments if _is_prose(text) and not _NOT_PROSE.match(text)]
    if len(comments) < _LEAST:
        return None
    chinese = [block.span.start for block in document.blocks if _language(block) == "zh"]
    if len(comments) < _SHARE * len(chinese) or not _each_followed([at for at, _ in comments], chinese):
        return None
    out, done = [], 0
    for at, text in comments:
        start = document.text.index(text, at)
        out += ["\n" * (start - done), text]
        done = start + len(text)
    return "".join((*out, "\n" * (len(document.text) - done)))


def _language(block: Block) -> str:
    """`en`, `zh`, or nothing for a block that any language may have."""
    if block.kind in _MARKUP:
        return ""
    han = han_count(block.prose.text)
    if han and han * 8 >= latin_count(block.prose.text):
        return "zh"
    return "en" if not han and _is_prose(block.prose.text, least=2) else ""


def _is_prose(text: str, least: int = 4) -> bool:
    """Whether the text is English: so many words, one of them in lower case or a function word."""
    found = words(text)
    lower = re.search(r"(?<![\w-])[a-z]{3,}", text) is not None
    return len(found) >= least and not han_count(text) and (lower or any(word in FUNCTION_WORDS for word in found))


def _partners(labels: Sequence[str]) -> Iterator[int]:
    """For each run of English with Chinese right behind it, how many blocks of both can be partners."""
    runs = [(label, len(list(run))) for label, run in groupby(labels)]
    for (label, count), (_, following) in pairwise(runs):
        if label == "en":
            yield min(count, following)


def _each_followed(starts: Sequence[int], chinese: Sequence[int]) -> bool:
    """Whether nearly every comment has a Chinese block of its own before the next comment."""
    ends = [*starts[1:], chinese[-1] + 1 if chinese else 0]
    followed = sum(any(start < at < end for at in chinese) for start, end in zip(starts, ends, strict=True))
    return followed >= 0.8 * len(starts)


def _half(document: Document, labels: Sequence[str], language: str) -> Document:
    blocks = (block for block, label in zip(document.blocks, labels, strict=True) if label in ("", language))
    return replace(document, blocks=tuple(blocks))
