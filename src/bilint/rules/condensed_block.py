"""condensed-block: a paragraph that was boiled down to a clause."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import BODY, AlignedPair, Bitext, Confidence, Finding, Role, Severity
from bilint.reading import held_pairs
from bilint.reading.condensed import is_condensed, readable_length
from bilint.rules import Context, Options, rule


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/omission",
    messages={"short": "{english} characters of English are {chinese} characters of Chinese here: most is not said"},
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A whole paragraph of the original is summed up in a few words.

    ## Why
    Chinese needs about two fifths of the characters of English. Where a paragraph has less than a sixth, most of it was
    left out.

    ## Bad
    ```en
    Every night the server copies all notes to another disk.

    The second disk should be at least as large as the first. If it is smaller, the oldest copies are dropped before the
    week is over, and the list shows a yellow sign beside each of them.

    Only owners may remove a copy, and nobody can bring it back.
    ```
    ```zh
    服务器每晚会把全部笔记复制到另一块磁盘。

    第二块磁盘要足够大。

    只有所有者才能删除备份，谁也无法恢复。
    ```

    ## Good
    ```en
    Every night the server copies all notes to another disk.

    The second disk should be at least as large as the first. If it is smaller, the oldest copies are dropped before the
    week is over, and the list shows a yellow sign beside each of them.

    Only owners may remove a copy, and nobody can bring it back.
    ```
    ```zh
    服务器每晚会把全部笔记复制到另一块磁盘。

    第二块磁盘至少要和第一块一样大。如果更小，最旧的备份会在一周结束前被删除，列表中对应的备份旁会显示黄色标记。

    只有所有者才能删除备份，谁也无法恢复。
    ```

    ## Source
    MQM 2.0, Accuracy / Omission.
    """
    for pair in held_pairs(bitext):
        if is_condensed(pair) and _is_told(pair, context):
            original, block = pair.source[0], pair.target[0]
            english, chinese = readable_length(original), readable_length(block)
            yield context.finding("short", block.span, source=original.span, english=english, chinese=chinese)


def _is_told(pair: AlignedPair, context: Context[Options]) -> bool:
    """Whether both sides stand in the text, and are neither links nor a list that was squeezed into a paragraph."""
    roles = {context.reading.role(block) for block in (*pair.source, *pair.target)}
    return roles <= BODY - {Role.LINKS, Role.PROMOTION} and "\n- " not in pair.source[0].prose.text
