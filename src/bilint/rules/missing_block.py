"""missing-block: the translation leaves out a block or a section."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Bitext, Confidence, Finding, Format, Gap, Kind, Role, Severity, Side, Span, Where
from bilint.reading.counts import ArticlesOf, originals
from bilint.reading.differences import is_rewritten
from bilint.rules import Context, Options, rule
from bilint.text.words import words


class MissingOptions(Options, frozen=True):
    """Options of missing-block."""

    min_words: int = 8
    """Left-out English of fewer words is reported with low confidence."""


_PASSAGE = 25
"""From so many words on, hardly a translator leaves a passage out on purpose."""
_CERTAIN = -5.0
"""Up to this ratio a passage is certainly not said beside; merged ones are at -3 and above."""
_OPENING = 15
_ABSENT = -9.0
"""A first paragraph of so many words under a translated title was overlooked where hardly any of it is said."""
_BIOGRAPHY = 60
_MUCH = 0.25
"""What is missing at the start or end has more words than a biography, and is more than this share of the article."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/omission",
    yields_to="other-edition",
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
    (biographies), unless most of the article is gone, or the first paragraph under a translated title.

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
        is_sure = _is_opening(bitext, context, gap) or _is_most(bitext, context, gap)
        return Confidence.MEDIUM if is_sure else Confidence.LOW
    if gap.words < context.options.min_words or not context.reading.is_difference(gap):
        return Confidence.LOW
    is_sure = gap.words >= _PASSAGE and context.reading.said(gap) <= _CERTAIN
    return Confidence.HIGH if is_sure else Confidence.MEDIUM


def _is_opening(bitext: Bitext, context: Context[MissingOptions], gap: Gap) -> bool:
    """Whether the first paragraph is missing below a translated title."""
    if gap.where is not Where.START or len(gap.blocks) > 1 or bitext.source.format is Format.HTML:
        return False
    is_below = gap.before is not None and bool(gap.before.source and gap.before.target)
    return (
        is_below
        and gap.words >= _OPENING
        and not is_rewritten(gap)
        and context.ask(ArticlesOf(bitext.source.path)) == 1
        and context.reading.said(gap) <= _ABSENT
    )


def _is_most(bitext: Bitext, context: Context[MissingOptions], gap: Gap) -> bool:
    """Whether so much is gone at the start or end that it is no biography, and in no other part of a series."""
    if (
        gap.words <= _BIOGRAPHY
        or bitext.source.format is Format.HTML
        or context.ask(ArticlesOf(bitext.source.path)) > 1
    ):
        return False
    return gap.words > _MUCH * sum(len(words(block.prose.text)) for block in bitext.source.blocks)


def _place(bitext: Bitext, gap: Gap) -> Span:
    """The end of the last target block before the gap, else the start of the text."""
    for pair in reversed(bitext.pairs[: gap.first]):
        if pair.target:
            end = pair.target[-1].span.end
            return Span(max(pair.target[-1].span.start, end - 1), end)
    start = next((pair.target[0].span.start for pair in bitext.pairs if pair.target), 0)
    return Span(start, start + 1)
