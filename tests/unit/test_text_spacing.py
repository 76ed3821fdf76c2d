"""Borders of Chinese with letters and digits: where they are, and how many a text has."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from bilint.text.spacing import border_counts, borders

PIECES = ("中文", "，", " ", "K", "线", "T恤", "阿Q", "三K党", "Git", "9", "x86", "[[", "安装git", "]]", "\n", "(")


@pytest.mark.parametrize("seed", range(40))
def test_they_are_counted_as_they_are_found(seed: int) -> None:
    text = "".join(random.Random(seed).choices(PIECES, k=60))
    found = Counter((border.beside, border.is_spaced) for border in borders(text))
    assert +border_counts(text) == found


def test_a_text_of_many_blocks_has_the_borders_of_each() -> None:
    blocks = ["用 Git", "中文", "[[a", "b]]中", "T恤和K", "线"]
    found = Counter((border.beside, border.is_spaced) for block in blocks for border in borders(block))
    assert border_counts("\0".join(blocks)) == found == {("letters", True): 1, ("letters", False): 1}


def test_a_word_that_is_written_with_a_letter_has_no_border() -> None:
    assert [text for text in ("T恤", "卡拉OK", "三K党", "大V领") if border_counts(text).total()] == ["大V领"]
    assert [border.start for border in borders("买T恤")] == [0]
