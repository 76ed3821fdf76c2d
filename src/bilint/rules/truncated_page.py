"""truncated-page: the translation stops before the original does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bilint.model import Article, Bitext, Block, Confidence, Document, Finding, Format, Kind, Role, Severity, Span
from bilint.reading.counts import ArticlesOf, originals
from bilint.rules import Context, Options, rule
from bilint.text.words import words

_MUCH = 0.1
"""Share of the original, 0 to 1, that is no biography any more when it is missing at the end."""
_SOME = 0.05
_PASSAGE = 20
"""Half of that will do where it has so many words; with fewer, and no heading or listing, it is a call to follow."""
_SECTION = 12
"""A heading at the end with so many words is a section, not the button of a page."""
_TOLD = frozenset({Role.BODY, Role.CITATION, Role.NOTE, Role.CAPTION})
_LEFT_OUT = frozenset({Role.CREDIT, Role.LICENCE, Role.DATA, Role.PROMOTION, Role.NAVIGATION})
_ROWS = frozenset({Kind.ITEM, Kind.CELL, Kind.HTML})
_AROUND = frozenset({Kind.FIELD, Kind.TITLE, Kind.HTML})
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n^][^\]\n]*)\]:[ \t]*\S", re.MULTILINE)
_REFERENCE = re.compile(r"\]\[([^\]\n]+)\]")
_FEW = 2
"""References that lead nowhere, from which on they are no slip."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="accuracy/omission",
    counts=(originals,),
    yields_to="unclosed-fence",
    messages={
        "end": "the translation ends early: the last {share:.0%} of the original (about {words} words) is missing",
        "definitions": "the translation ends before its link definitions: {lost} of {all} are missing",
    },
    help={"end": "translate the rest; a biography or a list that was left out on purpose can be suppressed here"},
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """The end of the original has no counterpart: the translation was cut off.

    ## Why
    Language models stop when their answer is full, and the file looks complete to whoever does not scroll down. What is
    missing behind the last aligned block is counted together. Reported is more than a tenth of the original, a section
    with its heading, or half of the link definitions; a biography or a line of credits may go. Parts of a series, and
    what stands around the article in a web page, are not reported.

    ## Bad
    ```en
    # Kettle

    Fill the kettle with cold water, and put it on the stove.

    ## Descale it

    Once a month, boil vinegar in it, wait for an hour, and rinse it twice with clean water.

    ## Store it

    Dry it with a cloth, and leave the lid open, so that no rust can form inside.
    ```
    ```zh
    # 水壶

    将水壶装满冷水，放到炉子上。

    ## 除垢

    每月用它烧一次醋，等待一小时，然后用清水冲洗两遍。
    ```

    ## Good
    ```en
    # Kettle

    Fill the kettle with cold water, and put it on the stove.

    ## Descale it

    Once a month, boil vinegar in it, wait for an hour, and rinse it twice with clean water.
    ```
    ```zh
    # 水壶

    将水壶装满冷水，放到炉子上。

    ## 除垢

    每月用它烧一次醋，等待一小时，然后用清水冲洗两遍。
    ```

    ## Source
    MQM 2.0, Accuracy / Omission.
    """
    bitext = article.bitext
    if bitext is None or bitext.source.format is Format.HTML or _says_less(bitext.source, bitext.target):
        return
    rest, blocks = _behind(bitext, lambda block: _is_told(block, context))
    if not rest or not _is_cut(rest, blocks):
        rest, blocks = _behind(bitext, lambda block: context.reading.role(block) not in _LEFT_OUT)
        if not _is_in_list(rest, blocks):
            rest = ()
    if rest and len(rest) < len(blocks) and not _is_part(bitext, context):
        yield context.finding(
            "end",
            _end(bitext),
            share=_length(rest) / _length(blocks),
            words=_words(rest),
            source=Span(rest[0].span.start, rest[-1].span.end),
            is_gap=True,
        )
    else:
        yield from _definitions(article.target, bitext.source, context)


def _says_less(source: Document, target: Document) -> bool:
    """Whether the original has less prose than its translation, which takes a third of the characters: it is torn."""
    return sum(len(block.prose.text) for block in source.blocks) < sum(len(block.prose.text) for block in target.blocks)


def _is_told(block: Block, context: Context[Options]) -> bool:
    """Whether a block is part of the text: no card, credit, promotion, list of links, or definition that is none."""
    if block.kind in _AROUND or _DEFINITION.match(block.prose.text):
        return False
    return context.reading.role(block) in _TOLD


def _behind(bitext: Bitext, counts: Callable[[Block], bool]) -> tuple[Sequence[Block], Sequence[Block]]:
    """The blocks of the original, of those that count, behind the last one that is aligned; and all that count.

    All are looked at only where there is anything behind it.
    """
    behind: list[Block] = []
    for block in filter(counts, reversed(bitext.source.blocks)):
        pair = bitext.pair_of(block)
        if pair is not None and pair.is_likely:
            break
        behind.append(block)
    return behind[::-1], list(filter(counts, bitext.source.blocks)) if behind else ()


def _is_cut(rest: Sequence[Block], blocks: Sequence[Block]) -> bool:
    share, count = _length(rest) / _length(blocks), _words(rest)
    kinds = {block.kind for block in rest}
    if Kind.HEADING in kinds and count >= _SECTION:
        return True
    if share > _MUCH and not kinds.isdisjoint((Kind.HEADING, Kind.CODE)):
        return True
    return share > _SOME and count >= _PASSAGE


def _is_in_list(rest: Sequence[Block], blocks: Sequence[Block]) -> bool:
    """Whether the translation ends inside a list, a table or a row of cards: nobody leaves out half of one."""
    if not rest or len(rest) == len(blocks):
        return False
    share, last = _length(rest) / _length(blocks), blocks[-len(rest) - 1]
    is_inside = rest[0].kind is last.kind and rest[0].kind in _ROWS and rest[0].container == last.container
    return is_inside and share > (_MUCH if len(rest) == 1 else _SOME)


def _is_part(bitext: Bitext, context: Context[Options]) -> bool:
    """Whether several articles share the original, as the parts of a series do."""
    return context.ask(ArticlesOf(bitext.source.path)) > 1


def _length(blocks: Sequence[Block]) -> int:
    return sum(block.span.end - block.span.start for block in blocks)


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(words(block.prose.text)) for block in blocks if block.kind is not Kind.HEADING)


def _end(bitext: Bitext) -> Span:
    """The last character of the last block that is aligned."""
    ends = (pair.target[-1].span.end for pair in reversed(bitext.pairs) if pair.is_likely)
    end = next(ends, len(bitext.target.text.rstrip()))
    return Span(max(end - 1, 0), end)


def _definitions(target: Document, source: Document, context: Context[Options]) -> Iterator[Finding]:
    """Report link definitions that are lost at the end, where links still ask for them."""
    if "][" not in target.text or "]:" not in source.text:
        return
    there, here = (set(_DEFINITION.findall(document.text)) for document in (source, target))
    lost = there - here
    asked = lost.intersection(_REFERENCE.findall(target.text))
    if len(asked) < _FEW or 2 * len(lost) < len(there):
        return
    end = len(target.text.rstrip())
    yield context.finding("definitions", Span(max(end - 1, 0), end), lost=len(lost), all=len(there), is_gap=True)
