"""The shipped names, and persons found by the dot in their Chinese names."""

from __future__ import annotations

from collections import Counter

import pytest

from bilint.evidence import Evidence, Tally, name_of
from bilint.model import AlignedPair
from bilint.parse import parse
from bilint.reading.names import OtherHabit, names_used
from bilint.reading.persons import persons
from bilint.text.names import known_names, names_in
from bilint.text.scripts import converted
from bilint.text.words import words_as_written


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask Twitter, or Google.", ["Google", "Twitter"]),
        ("Google's lamp, in两Google处", ["Google"]),
        ("Googles test it", []),
        ("", []),
    ],
)
def test_the_names_of_a_text_in_the_order_of_the_list(text: str, expected: list[str]) -> None:
    assert [name.text for name in names_in(text, set(words_as_written(text)))] == expected


def test_every_shipped_name_is_found() -> None:
    assert [
        name
        for name in known_names()
        if known_names()[name] not in names_in(f"See {name}.", set(words_as_written(name)))
    ] == []


@pytest.mark.parametrize(
    ("articles", "form", "other"),
    [
        ({"谷歌": 9, "": 1}, "", "谷歌"),
        ({"谷歌": 9, "": 1}, "谷歌", None),
        ({"": 10}, "谷歌", ""),
        ({"谷歌": 5, "": 5}, "", None),
        ({"谷歌": 7}, "", None),
    ],
)
def test_how_a_project_says_a_name_otherwise(articles: dict[str, int], form: str, other: str | None) -> None:
    counted = Tally({("zh", "Google", said): count for said, count in articles.items()})
    project = Evidence({name_of(names_used): counted})
    assert OtherHabit("Google", form, ("zh/sub", "zh", "")).verdict(project) == other


def test_a_given_name_belongs_to_the_name() -> None:
    found = known_names()["Torvalds"].alone.search("when Linus Torvalds said")
    assert found
    assert found[0] == "Linus Torvalds"


@pytest.mark.parametrize(
    ("english", "chinese", "expected"),
    [
        (["Ada Lovelace " + "Never Wrote " * 20_000], ["阿达·洛芙莱斯没有写。"], {}),
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
    ids=[
        "a title",
        "two transliterations",
        "the word behind it is not part of it",
        "who is who",
        "no name in the original",
    ],
)
def test_persons(english: list[str], chinese: list[str], expected: dict[str, int]) -> None:
    pairs = [
        AlignedPair(parse(source, "en.md").blocks, parse(target, "zh.md").blocks, 1.0)
        for source, target in zip(english, chinese, strict=True)
    ]
    assert {name: len(forms) for name, forms in persons(pairs).items()} == expected
