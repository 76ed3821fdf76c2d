"""extra-block: the translation has a block the original does not."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Bitext, Block, Confidence, Finding, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import is_body, may_be_beside, runs
from bilint.text.scripts import han_count


class ExtraOptions(Options, frozen=True):
    """Options of extra-block."""

    min_han: int = 20
    """An added block with fewer Chinese characters is reported with low confidence."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/addition",
    options=ExtraOptions,
    messages={
        "one": "this {kind} has no counterpart in the original",
        "several": "{blocks} blocks have no counterpart in the original",
    },
)
def check(bitext: Bitext, context: Context[ExtraOptions]) -> Iterator[Finding]:
    """A paragraph, list item or heading of the translation has no counterpart in the original.

    ## Why
    A block pasted from another article, or an older version left standing, misleads readers. Credits, translator's
    notes (译注), images and captions are added on purpose and not reported; neither is a repeated block, which
    `repeated-block` reports.

    ## Bad
    ```en
    The first step is to install the package on your own computer.

    The last step is to run the program every night and to read its report.
    ```
    ```zh
    第一步是在你自己的电脑上安装这个软件包。

    夏天的海边总是挤满了来自各地的游客，他们在沙滩上晒太阳。

    最后一步是每天晚上运行该程序，并阅读它的报告。
    ```

    ## Good
    ```en
    The first step is to install the package on your own computer.
    ```
    ```zh
    第一步是在你自己的电脑上安装这个软件包。

    译注：软件包的名称可能因系统而异，请以官方文档为准。
    ```

    ## Options
    - `min-han`: an added block with fewer Chinese characters is reported with low confidence (default 20).

    ## Source
    MQM 2.0, Accuracy / Addition.
    """
    gaps = runs(not pair.source for pair in bitext.pairs)
    if not gaps:
        return
    aligned = [n for n, pair in enumerate(bitext.pairs) if pair.source and pair.target and pair.score > 0.9]
    if len(aligned) < 2:
        return
    seen = _repeated(bitext)
    for first, end in gaps:
        blocks = [b for pair in bitext.pairs[first:end] for b in pair.target if is_body(b) and b.prose.text not in seen]
        count = sum(han_count(block.prose.text) for block in blocks)
        if not blocks or not count:
            continue
        inside = aligned[0] < first and end <= aligned[-1]
        sure = inside and count >= context.options.min_han and not _is_lead(bitext, blocks[0])
        sure = sure and not may_be_beside(bitext, first, end)
        yield context.finding(
            "several" if len(blocks) > 1 else "one",
            Span(blocks[0].start, blocks[-1].span.end),
            kind=blocks[0].kind,
            blocks=len(blocks),
            confidence=Confidence.MEDIUM if sure else Confidence.LOW,
            evidence=(("blocks", len(blocks)), ("han", count)),
        )


def _is_lead(bitext: Bitext, block: Block) -> bool:
    """Whether the block stands before the first translated paragraph: many sites put a summary under the title."""
    body = (p for p in bitext.pairs if p.source and p.target and p.target[0].kind in (Kind.PARAGRAPH, Kind.ITEM))
    first = next((pair.target[0] for pair in body if len(pair.target[0].prose.text) > _SHORT), None)
    return first is not None and block.span.start < first.span.start


_SHORT = 20
"""Shorter paragraphs may be bylines or dates."""


def _repeated(bitext: Bitext) -> set[str]:
    """Texts that stand more than once in the translation."""
    seen: set[str] = set()
    twice: set[str] = set()
    blocks: list[Block] = [block for pair in bitext.pairs for block in pair.target]
    for block in blocks:
        (twice if block.prose.text in seen else seen).add(block.prose.text)
    return twice
