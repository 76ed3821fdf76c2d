"""untranslated-block: a whole block left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from bilint.evidence import priors
from bilint.lexicon import content_of, said, stretch_of
from bilint.model import (
    WRITTEN,
    AlignedPair,
    Article,
    Bitext,
    Block,
    Confidence,
    Document,
    Finding,
    Kind,
    Role,
    Severity,
    Span,
)
from bilint.reading.within import components_around
from bilint.rules import Context, Options, rule
from bilint.text.mentions import quoted_spans
from bilint.text.scripts import han_count, has_han, is_traditional, latin_count
from bilint.text.words import FUNCTION_WORDS, words

_ROLES = WRITTEN - {Role.LINKS, Role.LANGUAGES, Role.CITATION}
"""References and titles of things in English stay in English."""


_ROW = 10
"""So many blocks with no Chinese between them were left out together, and are one finding."""
_SEVERAL = 3
_WHOLE = 12
"""An article with fewer Han characters than a twelfth of its English letters is not translated at all."""
_SAID = 3.0
"""From this log-likelihood ratio on, a neighbour is the translation; those on another subject reach 2 by chance."""
_SURE = 8
"""So many English words are a sentence; fewer may be a name."""
_LETTERS = 15
_BYTES = 1.3
"""A text with fewer Latin letters is a name; one with more bytes for a character is more than a seventh Han."""
_KEPT = 0.1
_ORDINARY = 0.5
_FUNCTION = 2
"""Prose has so many function words, and half of its words are such that published translations hardly ever keep."""
_ALIGNED = 0.6
_ANYWHERE = 0.9
"""Share of the words that a block has from the English block that it repeats: the aligned one, or any other."""
_BILINGUAL = 5
_THIRD = 0.3
_LABEL = 30
"""So many paragraphs in English, and about half of all, are one language beside the other; labels do not count."""
_LONG = 300
_ADDRESS = re.compile(r"(?<!\w)\w++://[^\s<>\"'（），。]+")
_SHOWS_OUTPUT = re.compile("console|terminal|output|log|shell", re.IGNORECASE)
"""Components that show what a program prints."""
_OUTPUT = re.compile(
    r"\W*+(?:(?:[A-Za-z.]*(?:Error|Exception|Warning)|fatal|error|warning)(?:\[\w+\])?:|Uncaught |Traceback )|"
    r"\W*+(?:Refused to|Failed to|Cannot|Could not|Unable to) \w+[^.]*$"
)
"""How messages of programs begin."""
_CITATION = re.compile(r"^.{,60}?[“\"][^“”\"]{8,}[,.]?[”\"].*\b(?:(?:19|20)\d\d\b|pp?\. ?[\dIVX])")
"""The quoted title of a text with its year or page, in less than `_LONG` characters."""
_LICENCE = re.compile(
    'Permission is hereby granted|WITHOUT WARRANT|["“]AS IS["”]|[Ll]icensed under|All rights reserved|'
    "General Public License|Creative Commons|Copyright (?:\\(c\\)|©)"
)
"""Texts that are valid in English only."""


class BlockOptions(Options, frozen=True):
    """Options of untranslated-block."""

    min_words: int = 5
    """A block with fewer English words is not judged: it may be a name, a command or a title."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="accuracy/untranslated",
    options=BlockOptions,
    messages={
        "left": "this {kind} of {words} words is left in English",
        "row": "{blocks} blocks in a row with {words} words are left in English",
        "whole": "the whole article of {words} words is in English",
    },
)
def check(article: Article, context: Context[BlockOptions]) -> Iterator[Finding]:
    """A paragraph, heading or list item that is still English.

    ## Why
    A block overlooked by the translator is the plainest fault there is. Lists of names, commands, quoted titles,
    credit lines, licences, messages of programs and code are English by nature, and a quotation may stand beside its
    translation, so a block counts only when it reads like prose: function words, and
    words that published translations do not keep.

    ## Bad
    ```en
    The service keeps a copy of every file that you have changed.
    ```
    ```zh
    The service keeps a copy of every file that you have changed.
    ```

    ## Good
    ```en
    The service keeps a copy of every file that you have changed.
    ```
    ```zh
    该服务会为你改动过的每个文件保留一份副本。
    ```

    ## Options
    - `min-words`: a block with fewer English words is not judged (default 5).

    ## Source
    MQM 2.0, Accuracy / Untranslated.
    """
    left = [b for b in article.target.blocks if _is_english(b.prose.text) and _is_left(b, context)]
    if not left or (article.bitext is None and _is_bilingual(article.target)):
        return
    sources = [(block, source) for block in left if (source := _source(block, context)) is not None]
    found = [(b, s) for b, s in sources if article.bitext is None or not _is_translated_beside(b, s, article.bitext)]
    if _is_whole(found, article.target):
        yield _finding(found, context, is_whole=True)
        return
    for row in _rows(found, article.target):
        yield _finding(row, context, is_whole=False)


_Found = tuple[Block, tuple[Block, ...]]
"""A block left in English, with the English block that it repeats; with none in an article checked alone."""


def _rows(found: list[_Found], document: Document) -> Iterator[list[_Found]]:
    """The blocks one by one, and those with no Chinese between them together where there are several."""
    numbers = {id(block): number for number, block in enumerate(document.blocks)}
    row: list[_Found] = []
    for each in found:
        between = document.blocks[numbers[id(row[-1][0])] : numbers[id(each[0])]] if row else ()
        if any(block.kind is not Kind.CODE and _is_chinese(block.prose.text) for block in between):
            yield from [row] if len(row) >= _ROW else ([one] for one in row)
            row = []
        row.append(each)
    yield from [row] if len(row) >= _ROW else ([one] for one in row)


def _is_chinese(text: str) -> bool:
    return has_han(text) and not _is_english(text)


def _is_whole(found: list[_Found], document: Document) -> bool:
    """Whether there is next to nothing in the article but this English."""
    english = sum(latin_count(block.prose.text) for block, _ in found)
    return len(found) >= _SEVERAL and sum(han_count(block.prose.text) for block in document.blocks) * _WHOLE < english


def _finding(row: list[_Found], context: Context[BlockOptions], *, is_whole: bool) -> Finding:
    blocks = [block for block, _ in row]
    sources = [source for _, source in row if source]
    counts = [len(words(_without_addresses(block.prose.text))) for block in blocks]
    sure = [
        _confidence(block, count) if source else Confidence.MEDIUM
        for (block, source), count in zip(row, counts, strict=True)
    ]
    make = partial(
        context.finding,
        span=_span(blocks[0]),
        source=sources[0][0].span if sources else None,
        confidence=max(sure, key=lambda each: each.rank),
        evidence=(("english_words", sum(counts)),),
        words=sum(counts),
    )
    if is_whole:
        return make("whole")
    if len(row) == 1:
        return make("left", kind=blocks[0].kind)
    return make("row", blocks=len(blocks), more=tuple(map(_span, blocks[1:])))


def _span(block: Block) -> Span:
    return Span(min(block.start, block.prose.position(0)), block.prose.span(0, len(block.prose.text)).end)


def _source(block: Block, context: Context[BlockOptions]) -> tuple[Block, ...] | None:
    """The English block that this one repeats; None when the original does not say it: it is the translator's own."""
    if context.article.bitext is None:
        return ()
    english = context.article.bitext.source.blocks
    behind = _behind(_without_addresses(block.prose.text), context.article.pair_of(block), english)
    return (behind,) if behind else None


def _is_translated_beside(block: Block, source: tuple[Block, ...], bitext: Bitext) -> bool:
    """Whether the Chinese for an English block stands right above or below it: both are shown on purpose."""
    blocks, own = bitext.target.blocks, bitext.pair_of(block)
    at = next(number for number, each in enumerate(blocks) if each is block)
    for other in (*blocks[max(at - 1, 0) : at], *blocks[at + 1 : at + 2]):
        pair = bitext.pair_of(other)
        if _is_chinese(other.prose.text) and (pair is None or pair is own or not pair.source):
            stretch = stretch_of((other,), traditional=is_traditional(other.prose.text))
            if said(content_of(source), stretch).ratio > _SAID:
                return True
    return False


def _confidence(block: Block, count: int) -> Confidence:
    """Strings of components, mostly descriptions of pictures, are left in English by many teams."""
    is_caption = "<figcaption" in block.content
    if block.kind is Kind.HTML and block.content.startswith("<") and "=" in block.content and not is_caption:
        return Confidence.LOW
    return Confidence.HIGH if count >= _SURE else Confidence.MEDIUM


def _is_left(block: Block, context: Context[BlockOptions]) -> bool:
    """Whether an English block is prose, and nothing says that it is English on purpose."""
    text = _without_addresses(block.prose.text)
    if block.kind in (Kind.CODE, Kind.TITLE) or context.reading.role(block) not in _ROLES or _is_quotation(text):
        return False
    if not _is_english(text) or _OUTPUT.match(text) or _LICENCE.search(text):
        return False
    if (len(text) < _LONG and _CITATION.search(text)) or _names_links_only(block):
        return False
    if any(map(_SHOWS_OUTPUT.search, components_around(block, context.article.target))):
        return False
    return _reads_like_prose(text, context.options.min_words)


def _names_links_only(block: Block) -> bool:
    """Whether all that an item says in sentences are the titles that it links to: `Anna Berg: [Learning to fly](…)`."""
    outside = block.prose.text
    for link in reversed(block.links()):
        outside = outside[: link.text.start] + outside[link.text.end :]
    return outside != block.prose.text and FUNCTION_WORDS.isdisjoint(words(outside))


def _without_addresses(text: str) -> str:
    """The text without addresses: their words are no English."""
    return _ADDRESS.sub(" ", text) if "://" in text else text


def _is_quotation(text: str) -> bool:
    """Whether Chinese words introduce English in quotation marks: an error message, a slogan."""
    rest, at = "", 0
    for start, end in sorted(quoted_spans(text)) if has_han(text) else ():
        rest, at = rest + text[at:start], max(at, end)
    return at > 0 and not _is_english(rest + text[at:])


def _is_english(text: str) -> bool:
    if len(text.encode("utf-8", "surrogatepass")) > _BYTES * len(text):
        return False  # cheap: more than a seventh is not Latin
    latin = latin_count(text)
    return latin >= _LETTERS and han_count(text) * _WHOLE < latin


def _reads_like_prose(text: str, least: int) -> bool:
    found = [word for word in words(text) if len(word) > 1]
    if len(found) < least:
        return False
    known = priors()
    ordinary = 0
    for word in found:
        kept = known.kept(word)
        if kept and kept[1] <= _KEPT * kept[0]:
            ordinary += 1
    function = sum(word in FUNCTION_WORDS for word in found)
    return ordinary >= _ORDINARY * len(found) and function >= _FUNCTION and text != text.title()


def _behind(text: str, pair: AlignedPair, english: Sequence[Block]) -> Block | None:
    """The English block that this one repeats: the aligned one, else any of the original."""
    found = words(text)
    if pair.source and _overlap(found, pair.source) >= _ALIGNED:
        return pair.source[0]
    return next((block for block in english if _overlap(found, (block,)) >= _ANYWHERE), None)


def _overlap(found: list[str], source: tuple[Block, ...]) -> float:
    """Share of the words that stand in these English blocks."""
    english = {word for block in source for word in words(block.prose.text)}
    return sum(word in english for word in found) / len(found)


@lru_cache(maxsize=8)
def _is_bilingual(document: Document) -> bool:
    """Whether the article itself shows English beside Chinese, paragraph by paragraph: then English is no fault."""
    prose = [b for b in document.blocks if b.kind in (Kind.PARAGRAPH, Kind.ITEM) and len(b.prose.text) > _LABEL]
    english = sum(_is_english(block.prose.text) for block in prose)
    return english >= _BILINGUAL and _THIRD * len(prose) <= english <= (1 - _THIRD) * len(prose)
