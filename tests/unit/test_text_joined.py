"""Many texts searched as one."""

from __future__ import annotations

import re

import pytest

from bilint.text.joined import Joined

TEXTS = ["", "one fish", "two", "", "red fish, blue fish", ""]


@pytest.mark.parametrize(
    ("pattern", "numbers"), [("fish", [1, 4]), (r"(?<![a-z])[a-z]", [1, 2, 4]), (r"[a-z](?! )\b", [1, 2, 4]), ("x", [])]
)
def test_texts_that_hold_a_pattern(pattern: str, numbers: list[int]) -> None:
    assert list(Joined(TEXTS).holding(re.compile(pattern))) == numbers


def test_the_number_of_a_text_leads_back_from_each_character() -> None:
    joined = Joined(TEXTS)
    found = [TEXTS[joined.number(at)] for at, char in enumerate(joined.text) if char == "e"]
    assert found == ["one fish", "red fish, blue fish", "red fish, blue fish"]


def test_no_texts() -> None:
    assert list(Joined([]).holding(re.compile("."))) == []
