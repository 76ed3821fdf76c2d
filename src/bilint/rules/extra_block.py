"""extra-block: the translation has a block the original does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilint.model import Block, Confidence, Finding, Gap, Role, Severity, Side, Span
from bilint.reading.search import repeated_texts
from bilint.rules import Context, Options, rule
from bilint.text.scripts import han_count


class ExtraOptions(Options, frozen=True):
    """Options of extra-block."""

    min_han: int = 20
    """An added block with fewer Chinese characters is reported with low confidence."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/addition",
    yields_to="other-edition",
    options=ExtraOptions,
    roles=frozenset({Role.BODY, Role.CITATION}),
    messages={
        "one": "this {kind} has no counterpart in the original",
        "several": "{blocks} blocks have no counterpart in the original",
    },
)
def check(gap: Gap, context: Context[ExtraOptions]) -> Iterator[Finding]:
    """A paragraph, list item or heading of the translation has no counterpart in the original.

    ## Why
    A block pasted from another article, or an older version left standing, misleads readers. Credits, translator's
    notes (译注), images and captions are added on purpose and not reported; neither is a repeated block, which
    `repeated-block` reports. What a page quotes is often lost when its English is saved: there the confidence is low.

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
    bitext = context.article.bitext
    if gap.side is not Side.TARGET or bitext is None:
        return
    repeated = repeated_texts(bitext.target)
    blocks = tuple(block for block in gap.blocks if block.prose.text not in repeated)
    count = sum(han_count(block.prose.text) for block in blocks)
    if not count:
        return
    is_sure = count >= context.options.min_han and context.reading.is_difference(gap) and not _is_quoted(blocks)
    yield context.finding(
        "several" if len(blocks) > 1 else "one",
        Span(blocks[0].start, blocks[-1].span.end),
        kind=blocks[0].kind,
        blocks=len(blocks),
        confidence=Confidence.MEDIUM if is_sure else Confidence.LOW,
        evidence=(("blocks", len(blocks)), ("han", count)),
    )


def _is_quoted(blocks: Sequence[Block]) -> bool:
    """Whether all of it is a quotation: what a page embeds, such as a post, is lost when its English is saved."""
    return all("quote" in block.container for block in blocks)
