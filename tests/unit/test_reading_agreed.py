"""What an article says for the terms of a glossary, in pairs of blocks of every kind."""

from __future__ import annotations

import pytest

from bilint.glossary import Glossary, Term
from bilint.glossary.verdicts import Kind
from bilint.model import AlignedPair, Article, Bitext
from bilint.model import Kind as BlockKind
from bilint.parse import parse
from bilint.reading.agreed import told

ENGLISH = "The gasket seals the chamber of the pump."
GLOSSARY = Glossary((Term("gasket", ("密封垫圈",), ("垫子",)), Term("pump", ("水泵",))))
LISTING = "```text\nlever\n```"


def found(chinese: str) -> list[tuple[Kind, str]]:
    """The verdicts where all of the Chinese translates the one English sentence, and what each points at."""
    source, target = parse(ENGLISH, "en.md"), parse(chinese, "zh.md")
    pair = AlignedPair(source.blocks, target.blocks, 0.95)
    article = Article(target, bitext=Bitext(source, target, (pair,)))
    return [(each.verdict.kind, target.text[slice(*each.place)]) for each in told(article, (pair,), GLOSSARY)]


@pytest.mark.parametrize(
    ("chinese", "expected"),
    [
        ("垫子密封着泵的腔室。", [(Kind.FORBIDDEN, "垫子"), (Kind.ABSENT, "垫子密封着泵的腔室。")]),
        (f"{LISTING}\n\n密封垫圈密封着水泵的腔室。", []),
        (f"{LISTING}\n\n垫子密封着泵的腔室。", [(Kind.FORBIDDEN, "垫子"), (Kind.ABSENT, "垫子密封着泵的腔室。")]),
        (f"密封垫圈密封着泵的腔室。\n\n{LISTING}", [(Kind.ABSENT, "密封垫圈密封着泵的腔室。")]),
        (LISTING, []),
    ],
)
def test_a_block_without_prose_is_not_pointed_at(chinese: str, expected: list[tuple[Kind, str]]) -> None:
    assert any(block.kind is BlockKind.CODE for block in parse(chinese, "zh.md").blocks) == (LISTING in chinese)
    assert found(chinese) == expected
