"""missing-block: the translation leaves out a block or a section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bilint.model import AlignedPair, Bitext, Block, Confidence, Finding, Format, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import is_body, runs
from bilint.text.credits import is_promotion
from bilint.text.words import words


class MissingOptions(Options, frozen=True):
    """Options of missing-block."""

    min_words: int = 8
    """Left-out English of fewer words is reported with low confidence."""


@rule(severity=Severity.ERROR, confidence=Confidence.MEDIUM, mqm="accuracy/omission", options=MissingOptions)
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
    aligned = [number for number, pair in enumerate(bitext.pairs) if _is_solid(pair)]
    if len(aligned) < 2:
        return
    gaps = runs(bitext.pairs, lambda pair: bool(pair.source) and not pair.target)
    total = _word_count(bitext.source.blocks) if gaps else 0
    for first, end in gaps:
        lost = [block for pair in bitext.pairs[first:end] for block in pair.source if is_body(block)]
        blocks = [block for block in lost if not _leads_elsewhere(block)]
        if all(block.kind is Kind.CODE for block in blocks):
            continue
        count = _word_count(blocks)
        inside = aligned[0] < first and end <= aligned[-1]
        yield _finding(bitext, context, first, blocks, _confidence(bitext, context, count, total, inside=inside))


def _leads_elsewhere(block: Block) -> bool:
    """Whether a block is promotion, or little more than links: translators drop it on purpose."""
    linked = sum(link.text.end - link.text.start for link in block.links())
    return is_promotion(block.prose.text) or linked > 0.7 * len(block.prose.text.strip())


def _word_count(blocks: Iterable[Block]) -> int:
    return sum(len(words(block.prose.text)) for block in blocks)


def _is_solid(pair: AlignedPair) -> bool:
    return (
        bool(pair.source and pair.target) and pair.score > 0.9 and pair.target[0].kind not in (Kind.FIELD, Kind.TITLE)
    )


def _confidence(
    bitext: Bitext, context: Context[MissingOptions], count: int, total: int, *, inside: bool
) -> Confidence:
    if not inside:
        return (
            Confidence.MEDIUM
            if count > 60 and count > 0.25 * total and bitext.source.format is Format.MARKDOWN
            else Confidence.LOW
        )
    # A web page has bylines, teasers and buttons between its paragraphs.
    if count < context.options.min_words or (bitext.source.format is Format.HTML and count < 20):
        return Confidence.LOW
    return Confidence.HIGH if count >= 25 else Confidence.MEDIUM


def _finding(
    bitext: Bitext, context: Context[MissingOptions], first: int, blocks: Sequence[Block], confidence: Confidence
) -> Finding:
    count = _word_count(blocks)
    one = f"a {_NAMES.get(blocks[0].kind, 'paragraph')} of the original ({count} words) has"
    many = f"{len(blocks)} blocks of the original ({count} words) have"
    return context.finding(
        f"{many if len(blocks) > 1 else one} no counterpart here",
        _where(bitext, first),
        source=Span(blocks[0].span.start, blocks[-1].span.end),
        confidence=confidence,
        evidence=(("blocks", len(blocks)), ("words", count)),
    )


_NAMES = {Kind.HEADING: "heading", Kind.ITEM: "list item", Kind.CELL: "table cell"}


def _where(bitext: Bitext, first: int) -> Span:
    """The end of the last target block before the gap, else the start of the text."""
    for pair in reversed(bitext.pairs[:first]):
        if pair.target:
            end = pair.target[-1].span.end
            return Span(max(pair.target[-1].span.start, end - 1), end)
    start = next((pair.target[0].span.start for pair in bitext.pairs if pair.target), 0)
    return Span(start, start + 1)
