from __future__ import annotations

import pytest

from bilint.align.margins import margins
from bilint.align.sentences import segments
from bilint.parse.markdown import parse

ENGLISH = (
    "The server needs 6 hours to copy 1240 files.",
    "Write the result into `copy.log` every hour.",
    "A friend of mine once forgot the password.",
    "The service stops when the configuration is wrong.",
    "In the morning, open the log and wait for Orton to call.",
)
CHINESE = (
    "服务器需要 6 小时才能复制 1240 个文件。",
    "每小时把结果写入 `copy.log`。",
    "我的一位朋友曾经忘了密码。",
    "如果配置错误，服务就会停止。",
    "早上打开日志，等待 Orton 的电话。",
)


def found(*without: int) -> list[float]:
    """The margins of the English sentences, the Chinese without some."""
    kept = "".join(text for number, text in enumerate(CHINESE) if number not in without)
    source, target = (segments(parse(text, "a.md").blocks[0]) for text in (" ".join(ENGLISH), kept))
    return margins(source, target)


def test_sentences_that_are_there_are_not_left_over() -> None:
    assert max(found()) < -5


@pytest.mark.parametrize("gone", range(5))
def test_a_sentence_that_is_gone_is_left_over(gone: int) -> None:
    margin = found(gone)

    assert margin[gone] > -1
    assert max(m for number, m in enumerate(margin) if number != gone) < -5


@pytest.mark.parametrize("gone", [(0, 1), (1, 2), (2, 3, 4)])
def test_a_run_of_sentences_is_left_over_as_a_whole(gone: tuple[int, ...]) -> None:
    assert [number for number, margin in enumerate(found(*gone)) if margin > -1] == list(gone)
