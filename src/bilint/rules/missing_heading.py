"""missing-heading: a heading of the original that the translation leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import BODY, AlignedPair, Bitext, Block, Confidence, Finding, Gap, Kind, Severity, Side, Span, Where
from bilint.rules import Context, Options, rule

_FILE = re.compile(r"\.[A-Za-z]{2,4}$")
"""Converters made headings of the names of pictures."""
_TEXT = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CODE, Kind.CELL})
_MOST = 3
"""With more headings lost than this, the page is divided in another way: another edition, or a converter's work."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/omission",
    messages={"one": "a heading of the original is missing here: `{heading}`"},
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """The text of a section is there, but not its heading.

    ## Why
    The section hangs on the one before it, the table of contents lacks it, and links to it lead nowhere. Reported is a
    heading alone between passages that are aligned; not the title of the page, names of pictures, and headings of
    articles in which others moved or were added, or that lack more than three: those are divided in another way.

    ## Bad
    ```en
    Each copy is one file on the second disk.

    ## Limits

    A file may not be larger than the disk.
    ```
    ```zh
    每份备份是第二块磁盘上的一个文件。

    文件不能比磁盘大。
    ```

    ## Good
    ```en
    Each copy is one file on the second disk.

    ## Limits

    A file may not be larger than the disk.
    ```
    ```zh
    每份备份是第二块磁盘上的一个文件。

    ## 限制

    文件不能比磁盘大。
    ```

    ## Source
    MQM 2.0, Accuracy / Omission.
    """
    lost = [gap for gap in context.reading.gaps(BODY) if _is_heading(gap)]
    if not 0 < len(lost) <= _MOST or _has_others(bitext):
        return
    for gap in lost:
        end = gap.before.target[-1].span.end if gap.before else 0
        yield context.finding(
            "one",
            Span(max(end - 1, 0), end),
            source=gap.blocks[0].span,
            heading=gap.blocks[0].prose.text.strip(),
            is_gap=True,
        )


def _is_heading(gap: Gap) -> bool:
    """Whether a gap is the heading of a section that is there."""
    if gap.side is not Side.SOURCE or gap.where is not Where.INSIDE or gap.opposite or len(gap.blocks) != 1:
        return False
    heading = gap.blocks[0]
    if heading.kind is not Kind.HEADING or heading.level == 1 or _FILE.search(heading.prose.text.strip()):
        return False
    return _is_text(gap.before) and _is_text(gap.after)


def _is_text(pair: AlignedPair | None) -> bool:
    return pair is not None and pair.is_likely and pair.source[0].kind in _TEXT


def _has_others(bitext: Bitext) -> bool:
    """Whether headings of the translation have no counterpart: they moved."""
    return any(_has_heading(pair.target) for pair in bitext.pairs if not pair.source)


def _has_heading(blocks: tuple[Block, ...]) -> bool:
    return any(block.kind is Kind.HEADING for block in blocks)
