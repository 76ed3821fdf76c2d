"""Terms of which one word was left in English."""

from __future__ import annotations

import pytest

from bilint.reading.half_terms import without_noun


@pytest.mark.parametrize(
    ("rendering", "behind", "left"),
    [
        ("哈希值", " 值复制到", "哈希"),
        ("日志文件", "文件里", "日志"),
        ("主目录", " 目录", "主"),
        ("哈希值", "的内容", ""),
        ("值", "值", ""),
    ],
)
def test_the_noun_that_stands_behind_is_not_suggested_again(rendering: str, behind: str, left: str) -> None:
    assert without_noun(rendering, behind) == left
