"""missing-block: the translation leaves out a block or a section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilint.model import AlignedPair, Bitext, Block, Confidence, Finding, Format, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import is_body, may_be_beside, runs
from bilint.text.credits import is_credit, is_promotion
from bilint.text.words import words


class MissingOptions(Options, frozen=True):
    """Options of missing-block."""

    min_words: int = 8
    """Left-out English of fewer words is reported with low confidence."""


_SHORT_COMPONENT = 20
"""A component with fewer words (a button, a card) holds no prose of the article."""


class _Gap(NamedTuple):
    """The pairs `first` to `end` without a target: the blocks in them, their words, between aligned blocks or not."""

    first: int
    end: int
    blocks: tuple[Block, ...]
    words: int
    inside: bool


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/omission",
    options=MissingOptions,
    messages={
        "one": "a {kind} of the original ({words} words) has no counterpart here",
        "several": "{blocks} blocks of the original ({words} words) have no counterpart here",
    },
)
def check(bitext: Bitext, context: Context[MissingOptions]) -> Iterator[Finding]:
    """A paragraph, list item, heading or whole section of the original has no counterpart.

    ## Why
    Readers cannot see what is not there. Blocks in a row that are missing are one finding, shown at the place in the
    translation where they belong. What translators drop on purpose is not reported: credits, navigation, promotion,
    lines of links, and, with low confidence only, what stands before the first or after the last aligned block
    (biographies), unless most of the article is gone.

    ## Bad
    ```en
    The first step is to install the package on your own computer.

    The second step is to write the settings that fit your team and its habits.

    The last step is to run the program every night and to read its report.
    ```
    ```zh
    第一步是在你自己的电脑上安装这个软件包。

    最后一步是每天晚上运行该程序，并阅读它的报告。
    ```

    ## Good
    ```en
    The first step is to install the package on your own computer.

    The last step is to run the program every night and to read its report.
    ```
    ```zh
    第一步是在你自己的电脑上安装这个软件包。

    最后一步是每天晚上运行该程序，并阅读它的报告。
    ```

    ## Options
    - `min-words`: left-out English of fewer words is reported with low confidence (default 8).

    ## Source
    MQM 2.0, Accuracy / Omission.
    """
    gaps = runs(not pair.target for pair in bitext.pairs)
    if not gaps:
        return
    top = next((number for number, pair in enumerate(bitext.pairs) if _is_solid(pair)), 0)
    bottom = next((number for number in reversed(range(len(bitext.pairs))) if _is_solid(bitext.pairs[number])), 0)
    if top == bottom:
        return
    for first, end in gaps:
        lost = [block for pair in bitext.pairs[first:end] for block in pair.source if is_body(block)]
        blocks = tuple(block for block in lost if not _leads_elsewhere(block))
        if all(block.kind is Kind.CODE for block in blocks):
            continue
        gap = _Gap(first, end, blocks, _word_count(blocks), top < first and end <= bottom)
        yield _finding(bitext, context, gap, _confidence(bitext, context, gap))


def _leads_elsewhere(block: Block) -> bool:
    """Whether a block is promotion, or little more than links: translators drop it on purpose."""
    if block.kind is Kind.HTML and len(words(block.prose.text)) < _SHORT_COMPONENT:
        return True
    linked = sum(link.text.end - link.text.start for link in block.links())
    return is_promotion(block.prose.text) or linked > 0.7 * len(block.prose.text.strip())


def _word_count(blocks: Iterable[Block]) -> int:
    return sum(len(words(block.prose.text)) for block in blocks)


def _is_solid(pair: AlignedPair) -> bool:
    if not pair.source or not pair.target or pair.score <= 0.9 or pair.target[0].kind in (Kind.FIELD, Kind.TITLE):
        return False
    return not is_credit(pair.target[0].prose.text)


def _confidence(bitext: Bitext, context: Context[MissingOptions], gap: _Gap) -> Confidence:
    if not gap.inside:
        if context.project.sources[bitext.source.path] > 1:
            return Confidence.LOW  # the rest may be in another part of the series
        is_long = gap.words > 60 and bitext.source.format is Format.MARKDOWN
        is_most = is_long and gap.words > 0.25 * _word_count(bitext.source.blocks)
        return Confidence.MEDIUM if is_most else Confidence.LOW
    # A web page has bylines, teasers and buttons between its paragraphs.
    if gap.words < context.options.min_words or (bitext.source.format is Format.HTML and gap.words < 20):
        return Confidence.LOW
    if may_be_beside(bitext, gap.first, gap.end) or _is_said_beside(bitext, gap):
        return Confidence.LOW
    return Confidence.HIGH if gap.words >= 25 else Confidence.MEDIUM


def _is_said_beside(bitext: Bitext, gap: _Gap) -> bool:
    """Whether a neighbour of the original says the same words: damaged pages have fragments twice."""
    lost = {word for block in gap.blocks for word in words(block.prose.text)}
    beside = (*bitext.pairs[max(gap.first - 2, 0) : gap.first], *bitext.pairs[gap.end : gap.end + 2])
    said = ({word for block in pair.source for word in words(block.prose.text)} for pair in beside if pair.target)
    return any(len(lost & other) >= 0.8 * len(lost) for other in said)


def _finding(bitext: Bitext, context: Context[MissingOptions], gap: _Gap, confidence: Confidence) -> Finding:
    blocks = gap.blocks
    return context.finding(
        "several" if len(blocks) > 1 else "one",
        _where(bitext, gap.first),
        kind=blocks[0].kind,
        blocks=len(blocks),
        words=gap.words,
        source=Span(blocks[0].span.start, blocks[-1].span.end),
        confidence=confidence,
        evidence=(("blocks", len(blocks)), ("words", gap.words)),
        is_gap=True,
    )


def _where(bitext: Bitext, first: int) -> Span:
    """The end of the last target block before the gap, else the start of the text."""
    for pair in reversed(bitext.pairs[:first]):
        if pair.target:
            end = pair.target[-1].span.end
            return Span(max(pair.target[-1].span.start, end - 1), end)
    start = next((pair.target[0].span.start for pair in bitext.pairs if pair.target), 0)
    return Span(start, start + 1)
