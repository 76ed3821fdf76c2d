"""Pages in the layout of well-known sites: the article comes out as its Markdown would, and only it is aligned.

Beside each `tests/pages/NAME.html` stand the Markdown of its article and a translation, block for block.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bilint import parse
from bilint.align import align
from bilint.model import Block, InlineKind

PAGES = Path(__file__).parent.parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
BOILERPLATE = {"nav", "header", "footer", "aside", "form"}


def blocks(name: str) -> tuple[Block, ...]:
    return parse.read(str(PAGES / name)).blocks


def shape(block: Block) -> tuple[object, ...]:
    inlines = [
        (i.kind, i.text, i.content if i.kind is not InlineKind.LINK else "", i.destination, i.title)
        for i in block.inlines
    ]
    return block.kind, block.level, block.prose.text, block.info, block.content, inlines


def words(block: Block) -> str:
    return block.prose.text or block.content


def article_of(name: str) -> tuple[list[Block], list[Block]]:
    """The page's blocks that are the article's, told by their shape, and the others."""
    wanted = [shape(block) for block in blocks(f"{name}.en.md")]
    article: list[Block] = []
    others: list[Block] = []
    for block in blocks(f"{name}.html"):
        is_next = len(article) < len(wanted) and shape(block) == wanted[len(article)]
        (article if is_next else others).append(block)
    return article, others


@pytest.mark.parametrize("name", NAMES)
def test_the_article_of_a_page_is_what_its_markdown_would_be(name: str) -> None:
    article, others = article_of(name)
    expected = blocks(f"{name}.en.md")
    left = [shape(block) for block in others]
    assert [shape(block) for block in article] == [shape(block) for block in expected], left


@pytest.mark.parametrize("name", NAMES)
def test_only_the_article_is_aligned(name: str) -> None:
    pairs = align(*(parse.read(str(PAGES / f"{name}.{suffix}")) for suffix in ("html", "zh.md"))).pairs
    article, _ = article_of(name)
    target = blocks(f"{name}.zh.md")
    assert len(article) == len(target)
    found = [([words(b) for b in p.source], [words(b) for b in p.target]) for p in pairs if p.target]
    assert found == [([words(s)], [words(t)]) for s, t in zip(article, target, strict=True)]
