"""Sentences left out of a paragraph, where the article is put together in odd ways."""

from __future__ import annotations

from bilint.model import AlignedPair, Article, Bitext, Document
from bilint.parse.markdown import parse
from bilint.reading import Reading
from bilint.reading.unsaid import left_out

ENGLISH = (
    "Every night the server copies all notes to another disk.",
    "The printer stands beside the kitchen door. Visitors must ask the manager for a password before they connect to "
    "the network. Paper is kept in the second drawer.",
    "Only owners may remove a copy, and nobody can bring it back.",
)
CHINESE = (
    "服务器每晚会把全部笔记复制到另一块磁盘。",
    "打印机就放在厨房门的旁边，谁都可以随时使用。打印用的纸张放在柜子的第二个抽屉里。",
    "只有所有者才能删除备份，谁也无法恢复。",
)


def _read(english: tuple[str, ...], *sides: tuple[int, ...]) -> Reading:
    """An article of these paragraphs; `sides` are the numbers of those that stand for a Chinese one each."""
    source, target = (parse("\n\n".join(texts), "a.md") for texts in (english, CHINESE))
    return Reading(Article(target, bitext=_paired(source, target, sides)))


def _paired(source: Document, target: Document, sides: tuple[tuple[int, ...], ...]) -> Bitext:
    pairs = (
        AlignedPair(tuple(source.blocks[number] for number in numbers), (block,), 0.99)
        for numbers, block in zip(sides, target.blocks, strict=True)
    )
    return Bitext(source, target, tuple(pairs))


def test_the_sentence_that_is_not_said_is_told_by_its_number() -> None:
    found = left_out(_read(ENGLISH, (0,), (1,), (2,)))
    assert [(each.number, each.sentences) for each in found] == [(2, 3)]


def test_a_paragraph_that_is_aligned_together_with_a_credit() -> None:
    english = (ENGLISH[0], "Photo by Ada", *ENGLISH[1:])
    found = left_out(_read(english, (0,), (1, 2), (3,)))
    assert [each.segment.text[:8] for each in found] == ["Visitors"]
