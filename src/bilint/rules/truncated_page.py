"""truncated-page: the translation stops before the original does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilint.model import Article, Bitext, Block, Confidence, Document, Finding, Format, Kind, Role, Severity, Span
from bilint.reading.counts import ArticlesOf, originals
from bilint.reading.ending import behind, end_of, is_cut, is_in_list, length, word_count
from bilint.reading.fences import unclosed_listings
from bilint.rules import Context, Options, rule

_TOLD = frozenset({Role.BODY, Role.CITATION, Role.NOTE, Role.CAPTION})
_LEFT_OUT = frozenset({Role.CREDIT, Role.LICENCE, Role.DATA, Role.PROMOTION, Role.NAVIGATION})
_AROUND = frozenset({Kind.FIELD, Kind.TITLE, Kind.HTML})
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n^][^\]\n]*)\]:[ \t]*\S", re.MULTILINE)
_REFERENCE = re.compile(r"\]\[([^\]\n]+)\]")
_MOSTLY = 0.5
"""Share of the lines of an open listing, 0 to 1, that the translation has as they are: addresses, code, definitions."""
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
    rest, blocks = behind(bitext, lambda block: _is_told(block, context))
    if not rest or not is_cut(rest, blocks):
        rest, blocks = behind(bitext, lambda block: context.reading.role(block) not in _LEFT_OUT)
        if not is_in_list(rest, blocks):
            rest = ()
    if rest and len(rest) < len(blocks) and not _is_part(bitext, context) and not _is_swallowed(rest, bitext):
        yield context.finding(
            "end",
            end_of(bitext),
            share=length(rest) / length(blocks),
            words=word_count(rest),
            source=Span(rest[0].span.start, rest[-1].span.end),
            is_gap=True,
        )
    else:
        yield from _definitions(article.target, bitext.source, context)


def _says_less(source: Document, target: Document) -> bool:
    """Whether the original has less prose than its translation, which takes a third of the characters: it is torn."""
    return sum(len(block.prose.text) for block in source.blocks) < sum(len(block.prose.text) for block in target.blocks)


def _is_swallowed(rest: Sequence[Block], bitext: Bitext) -> bool:
    """Whether it ends in a listing of the original that is never closed: it swallows text that the translation has."""
    if not any(listing is rest[-1] and how == "end" for listing, how in unclosed_listings(bitext.source)):
        return False
    lines = [line.strip() for line in rest[-1].content.split("\n") if line.strip()]
    kept = sum(line in bitext.target.text for line in lines)
    return all(block.kind is Kind.CODE for block in rest[1:]) or kept >= _MOSTLY * len(lines)


def _is_told(block: Block, context: Context[Options]) -> bool:
    """Whether a block is part of the text: no card, credit, promotion, list of links, or definition that is none."""
    if block.kind in _AROUND or _DEFINITION.match(block.prose.text):
        return False
    return context.reading.role(block) in _TOLD


def _is_part(bitext: Bitext, context: Context[Options]) -> bool:
    """Whether several articles share the original, as the parts of a series do."""
    return context.ask(ArticlesOf(bitext.source.path)) > 1


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
