"""Pairs scored by what blocks look like score as they do one by one, and there are few of them to score."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from bilint.align import align, likelihoods
from bilint.align.features import Features
from bilint.align.likelihoods import Likelihoods
from bilint.align.scores import Scorer
from bilint.model import Kind
from bilint.parse.markdown import parse

KINDS = (Kind.PARAGRAPH, Kind.CODE)
BLOCKS = 30


def block(random: Random) -> Features:
    """Any block of little variety: many look alike but for tokens that stand in one block, in several, or there too."""
    names = {f"n{random.randrange(40)}" for _ in range(random.randrange(4))}
    kept = {f"k{random.randrange(40)}" for _ in range(random.randrange(3))}
    lexical = {f"l{random.randrange(40)}" for _ in range(random.randrange(3))}
    kind = random.choice(KINDS)
    exact = names if kind is Kind.CODE else names | kept
    return Features(kind, "", (), exact, kept, lexical, random.choice((0, 9)), 40.0, kind is not Kind.CODE)


@pytest.mark.parametrize("seed", range(20))
def test_looks_say_what_each_pair_says(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)
    source, target = ([block(random) for _ in range(BLOCKS)] for _ in range(2))
    steps = [(i, di, dj) for i, di, dj in product(range(2, BLOCKS + 1), (1, 2), (1, 2))]
    one_by_one = Likelihoods(source, target)
    expected = [one_by_one.row(i, di, dj, 2, BLOCKS + 1) for i, di, dj in steps]
    monkeypatch.setattr(likelihoods, "_MANY", 0)
    by_looks = Likelihoods(source, target)
    assert [by_looks.row(i, di, dj, 2, BLOCKS + 1) for i, di, dj in steps] == expected


@pytest.mark.parametrize(
    "text",
    [
        ("water `call_{}` water", "冷水 `call_{}` 冷水"),
        ("water **water{}** there.", "冷水**冷水b{}**，"),
        ("```\nrun n{}\n```", "```\nrun n{}\n```"),
    ],
)
def test_blocks_that_differ_in_a_name_are_scored_once(text: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likelihoods, "_MANY", 0)
    scored = 0
    score = Scorer.__call__

    def counted(self: Scorer, source: Features, target: Features) -> float:
        nonlocal scored
        scored += 1
        return score(self, source, target)

    monkeypatch.setattr(Scorer, "__call__", counted)
    english, chinese = ([side.format(at) for at in range(100, 300)] for side in text)
    align(parse("\n\n".join(english), "en.md"), parse("\n\n".join(reversed(chinese)), "zh.md"))
    assert scored < 20 * 200
