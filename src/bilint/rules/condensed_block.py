"""condensed-block: a paragraph that was boiled down to a clause."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import BODY, AlignedPair, Bitext, Block, Confidence, Finding, InlineKind, Kind, Role, Severity
from bilint.reading import held_pairs
from bilint.rules import Context, Options, rule
from bilint.text.scripts import han_count

_LEAST = 150
"""English characters from which the lengths of two paragraphs tell something."""
_RATIO = 0.16
"""Characters of Chinese for one of English; 3 of 1,643 good paragraphs have fewer."""
_PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CELL})


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
        if len(pair.source) > 1 or len(pair.target) > 1:
            continue
        original, block = pair.source[0], pair.target[0]
        if len(original.prose.text) < _LEAST or original.kind not in _PROSE:
            continue
        english, chinese = _length(original), _length(block)
        if chinese < _RATIO * english and han_count(block.prose.text) and _is_told(pair, context):
            yield context.finding("short", block.span, source=original.span, english=english, chinese=chinese)


def _is_told(pair: AlignedPair, context: Context[Options]) -> bool:
    """Whether both sides stand in the text, and are neither links nor a list that was squeezed into a paragraph."""
    roles = {context.reading.role(block) for block in (*pair.source, *pair.target)}
    return roles <= BODY - {Role.LINKS, Role.PROMOTION} and "\n- " not in pair.source[0].prose.text


def _length(block: Block) -> int:
    """Characters of the readable text, with code and formulas: they are copied, and as long on both sides."""
    copied = (inline for inline in block.inlines if inline.kind in (InlineKind.CODE, InlineKind.MATH))
    return len(block.prose.text.strip()) + sum(len(inline.content) for inline in copied)
