"""How much an article says below its titles."""

from __future__ import annotations

import pytest

from bilint.parse import parse
from bilint.reading.amount import amount_said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("灯塔的灯\n----\n", 0),
        ("灯塔\n的灯\n亮了\n----\n", 0),
        ("灯亮。\n人看。\n船来。\n港开。\n----\n", 8),
        ("# 灯\n", 0),
        ("灯 on 了\n", 3),
    ],
)
def test_a_title_of_a_few_lines_says_nothing(text: str, said: int) -> None:
    """Paragraphs without blank lines are one title where a line of dashes follows, and say what they say."""
    assert sum(map(amount_said, parse(text, "a.md").blocks)) == said
