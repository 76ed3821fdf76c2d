"""missing-code: a listing of the original that the translation leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import EVERYTHING, AlignedPair, Bitext, Block, Confidence, Finding, Gap, Kind, Severity, Side, Span
from bilint.rules import Context, Options, rule

_INCLUDED = re.compile(r"\s*\{[!#*%{<]|\s*(?:<<<|@\[code)")
"""Listings that only name a file are written in other ways by other versions of a generator."""
_WORD = re.compile(r"[A-Za-z0-9_]{2,}")
_FENCES = ("```", "~~~")


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/omission",
    roles=EVERYTHING,
    messages={
        "one": "a listing of the original is missing here: `{line}`",
        "several": "{listings} listings of the original are missing here; the first begins with `{line}`",
    },
)
def check(gap: Gap, context: Context[Options]) -> Iterator[Finding]:
    """A listing stands in the original, and the translation has nothing in its place.

    ## Why
    Readers are told to run a command that they cannot see. Listings of which a line stands anywhere in the translation
    are not reported, nor those that only include a file, nor those that a whole passage around them is missing with.

    ## Bad
    ````en
    # Copies

    The server copies all notes to another disk each night, so that nothing is lost when one disk breaks.

    Take a copy by hand:

    ```sh
    tidepool copy now --keep 30
    ```

    The command waits until the copy is complete, and prints the name of the copy.

    Choose the copy that you want to go back to. The current notes are moved to the trash for a month.
    ````
    ````zh
    # 备份

    服务器每晚都会把全部笔记复制到另一块磁盘，这样即使有磁盘损坏也不会丢失内容。

    手动备份：

    该命令会一直等到备份完成，并打印出备份的名称。

    选择要恢复到的那份备份。当前的笔记会移到回收站，保留一个月。
    ````

    ## Good
    ````en
    # Copies

    The server copies all notes to another disk each night, so that nothing is lost when one disk breaks.

    Take a copy by hand:

    ```sh
    tidepool copy now --keep 30
    ```

    The command waits until the copy is complete, and prints the name of the copy.

    Choose the copy that you want to go back to. The current notes are moved to the trash for a month.
    ````
    ````zh
    # 备份

    服务器每晚都会把全部笔记复制到另一块磁盘，这样即使有磁盘损坏也不会丢失内容。

    手动备份：

    ```sh
    tidepool copy now --keep 30
    ```

    该命令会一直等到备份完成，并打印出备份的名称。

    选择要恢复到的那份备份。当前的笔记会移到回收站，保留一个月。
    ````

    ## Source
    MQM 2.0, Accuracy / Omission.
    """
    bitext = context.article.bitext
    if gap.side is not Side.SOURCE or bitext is None or gap.opposite or not gap.before or not gap.before.is_likely:
        return
    if any(block.kind is not Kind.CODE for block in gap.blocks) or (gap.after and not gap.after.is_likely):
        return
    if _is_other_listing(gap.before) or _is_other_listing(gap.after):
        return
    beside = [pair for pair in (gap.before, gap.after) if pair]
    here = "\n".join(bitext.target.text[b.span.start : b.span.end] for pair in beside for b in pair.target)
    lost = [block for block in gap.blocks if _is_lost(block, bitext) and not _is_said(block, here)]
    if not lost:
        return
    end = gap.before.target[-1].span.end
    yield context.finding(
        "several" if len(lost) > 1 else "one",
        Span(max(end - 1, 0), end),
        source=Span(lost[0].span.start, lost[-1].span.end),
        listings=len(lost),
        line=lost[0].content.strip().split("\n")[0].strip(),
        is_gap=True,
    )


def _is_other_listing(pair: AlignedPair | None) -> bool:
    """Whether a listing beside it is another one than the original's: what stands between them is hard to tell."""
    if pair is None or pair.source[0].kind is not Kind.CODE:
        return False
    return pair.source[0].content != pair.target[0].content


def _is_said(block: Block, here: str) -> bool:
    """Whether the passages beside have most words of a listing: it was written as code within a sentence."""
    listed = set(_WORD.findall(block.content))
    return 2 * len(listed.intersection(_WORD.findall(here))) >= len(listed)


def _is_lost(block: Block, bitext: Bitext) -> bool:
    """Whether a fenced listing says something, and no line of it stands in the translation."""
    if not bitext.source.text.startswith(_FENCES, block.span.start) or _INCLUDED.match(block.content):
        return False
    lines = [line.strip() for line in block.content.split("\n") if line.strip()]
    return bool(lines) and not any(line in bitext.target.text for line in lines)
