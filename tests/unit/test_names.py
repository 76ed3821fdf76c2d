"""The shipped names, and persons found by the dot in their Chinese names."""

from __future__ import annotations

from collections import Counter

import pytest

from bilint.model import AlignedPair
from bilint.parse import parse
from bilint.reading.persons import persons
from bilint.text.names import known_names
from bilint.text.scripts import converted


def test_no_form_of_the_shipped_names_is_another_ones_and_all_are_simplified() -> None:
    forms = [form for name in known_names().values() for form in name.forms]
    assert all(name.forms for name in known_names().values())
    assert [form for form, count in Counter(forms).items() if count > 1] == []
    assert [form for form in forms if converted(form, "t2s") != form] == []


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("Google", "Google tests it", True),
        ("Google", "在Google工作", True),
        ("Google", "Googles test it", False),
        ("Google", "see docs/Google", False),
        ("Torvalds", "Linus Torvalds said", True),
    ],
)
def test_a_name_stands_alone(name: str, text: str, *, stands: bool) -> None:
    assert bool(known_names()[name].alone.search(text)) is stands


def test_a_given_name_belongs_to_the_name() -> None:
    found = known_names()["Torvalds"].alone.search("when Linus Torvalds said")
    assert found
    assert found[0] == "Linus Torvalds"


@pytest.mark.parametrize(
    ("english", "chinese", "expected"),
    [
        (
            ["Ada Lovelace wrote it.", "Ask Ada Lovelace."],
            ["阿达·洛芙莱斯写的。", "问阿达·洛夫莱斯。"],
            {"Ada Lovelace": 2},
        ),
        (
            ["Ada Lovelace wrote it.", "Ada Lovelace read it."],
            ["阿达·洛芙莱斯写的。", "阿达·洛芙莱斯比他早。"],
            {"Ada Lovelace": 1},
        ),
        (["Ada Lovelace and Ida Lovelock."], ["阿达·洛芙莱斯和艾达·洛芙洛克。"], {}),
        (["Nobody wrote it."], ["阿达·洛芙莱斯写的。"], {}),
    ],
    ids=["two transliterations", "the word behind it is not part of it", "who is who", "no name in the original"],
)
def test_persons(english: list[str], chinese: list[str], expected: dict[str, int]) -> None:
    pairs = [
        AlignedPair(parse(source, "en.md").blocks, parse(target, "zh.md").blocks, 1.0)
        for source, target in zip(english, chinese, strict=True)
    ]
    assert {name: len(forms) for name, forms in persons(pairs).items()} == expected
