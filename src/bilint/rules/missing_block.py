"""missing-block: the translation leaves out a block or a section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilint.model import Bitext, Block, Confidence, Finding, Format, Gap, Kind, Role, Severity, Side, Span, Where
from bilint.reading import may_be_beside
from bilint.reading.counts import ArticlesOf, originals
from bilint.rules import Context, Options, rule
from bilint.text.words import words


class MissingOptions(Options, frozen=True):
    """Options of missing-block."""

    min_words: int = 8
    """Left-out English of fewer words is reported with low confidence."""


_FURNITURE = 20
"""A web page has bylines, teasers and buttons of fewer words between its paragraphs."""
_PASSAGE = 25
"""From so many words on, hardly a translator leaves a passage out on purpose."""
_BIOGRAPHY = 60
_MUCH = 0.25
"""What is missing at the start or end has more words than a biography, and is more than this share of the article."""
_NEAR = 2
_SAME = 0.8
"""A passage of which a neighbour, at most so many pairs away, has this share of the words is said twice."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/omission",
    options=MissingOptions,
    roles=frozenset({Role.BODY, Role.CITATION}),
    counts=(originals,),
    messages={
        "one": "a {kind} of the original ({words} words) has no counterpart here",
        "several": "{blocks} blocks of the original ({words} words) have no counterpart here",
    },
)
def check(gap: Gap, context: Context[MissingOptions]) -> Iterator[Finding]:
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
    bitext = context.article.bitext
    if gap.side is not Side.SOURCE or bitext is None or all(block.kind is Kind.CODE for block in gap.blocks):
        return
    yield context.finding(
        "several" if len(gap.blocks) > 1 else "one",
        _place(bitext, gap),
        kind=gap.blocks[0].kind,
        blocks=len(gap.blocks),
        words=gap.words,
        source=Span(gap.blocks[0].span.start, gap.blocks[-1].span.end),
        confidence=_confidence(bitext, context, gap),
        evidence=(("blocks", len(gap.blocks)), ("words", gap.words)),
        is_gap=True,
    )


def _confidence(bitext: Bitext, context: Context[MissingOptions], gap: Gap) -> Confidence:
    if gap.where is not Where.INSIDE:
        return Confidence.MEDIUM if _is_most(bitext, context, gap) else Confidence.LOW
    is_page = bitext.source.format is Format.HTML
    if gap.words < max(context.options.min_words, _FURNITURE if is_page else 0):
        return Confidence.LOW
    if may_be_beside(gap) or _is_said_beside(bitext, gap):
        return Confidence.LOW
    return Confidence.HIGH if gap.words >= _PASSAGE else Confidence.MEDIUM


def _is_most(bitext: Bitext, context: Context[MissingOptions], gap: Gap) -> bool:
    """Whether so much is gone at the start or end that it is no biography, and in no other part of a series."""
    if (
        gap.words <= _BIOGRAPHY
        or bitext.source.format is Format.HTML
        or context.ask(ArticlesOf(bitext.source.path)) > 1
    ):
        return False
    return gap.words > _MUCH * sum(len(words(block.prose.text)) for block in bitext.source.blocks)


def _is_said_beside(bitext: Bitext, gap: Gap) -> bool:
    """Whether a neighbour of the original says the same words: damaged pages have fragments twice."""
    lost = _vocabulary(gap.blocks)
    beside = (*bitext.pairs[max(gap.first - _NEAR, 0) : gap.first], *bitext.pairs[gap.end : gap.end + _NEAR])
    said = (_vocabulary(pair.source) for pair in beside if pair.target)
    return any(len(lost & other) >= _SAME * len(lost) for other in said)


def _vocabulary(blocks: Iterable[Block]) -> set[str]:
    return {word for block in blocks for word in words(block.prose.text)}


def _place(bitext: Bitext, gap: Gap) -> Span:
    """The end of the last target block before the gap, else the start of the text."""
    for pair in reversed(bitext.pairs[: gap.first]):
        if pair.target:
            end = pair.target[-1].span.end
            return Span(max(pair.target[-1].span.start, end - 1), end)
    start = next((pair.target[0].span.start for pair in bitext.pairs if pair.target), 0)
    return Span(start, start + 1)
