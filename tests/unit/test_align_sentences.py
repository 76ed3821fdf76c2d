from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.align.sentences import align_sentences, segments
from bilint.align.terms import TermScores
from bilint.model import AlignedPair, Block, Kind, Prose, Segment, Span
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


def block(text: str) -> Block:
    return parse(text, "a.md").blocks[0]


def shape(english: str, chinese: str) -> list[tuple[int, int]]:
    found = align_sentences(AlignedPair((block(english),), (block(chinese),), 1.0))
    return [(len(pair.source), len(pair.target)) for pair in found]


def test_sentences_in_step() -> None:
    pair = AlignedPair((block(" ".join(ENGLISH)),), (block("".join(CHINESE)),), 1.0)
    found = align_sentences(pair)
    assert [(s.source[0].text[:8], s.target[0].text[:2]) for s in found] == [
        ("The serv", "服务"),
        ("Write th", "每小"),
        ("A friend", "我的"),
        ("The serv", "如果"),
        ("In the m", "早上"),
    ]
    assert min(s.score for s in found) > 0.5


@pytest.mark.parametrize("lost", range(5))
def test_a_sentence_left_out_is_unaligned(lost: int) -> None:
    chinese = "".join(text for number, text in enumerate(CHINESE) if number != lost)
    assert shape(" ".join(ENGLISH), chinese) == [(1, 0) if number == lost else (1, 1) for number in range(5)]


@pytest.mark.parametrize("added", range(5))
def test_a_sentence_added_is_unaligned(added: int) -> None:
    english = " ".join(text for number, text in enumerate(ENGLISH) if number != added)
    assert shape(english, "".join(CHINESE)) == [(0, 1) if number == added else (1, 1) for number in range(5)]


def test_two_sentences_joined() -> None:
    chinese = CHINESE[0] + CHINESE[1].replace("。", "，") + "而" + CHINESE[2] + CHINESE[3] + CHINESE[4]
    assert shape(" ".join(ENGLISH), chinese) == [(1, 1), (2, 1), (1, 1), (1, 1)]


def test_one_sentence_cut_in_two() -> None:
    chinese = CHINESE[0] + CHINESE[1] + CHINESE[2] + CHINESE[3].replace("，", "。") + CHINESE[4]
    assert shape(" ".join(ENGLISH), chinese) == [(1, 1), (1, 1), (1, 1), (1, 2), (1, 1)]


def test_one_sentence_cut_in_three() -> None:
    english = "Measure 30 grams of ash, stir it into 2 litres of water, and pour it through the sieve of 80 mesh."
    chinese = "称量 30 克灰。把它搅拌到 2 升水中。再倒入 80 目的筛子。"
    assert shape(f"{english} {ENGLISH[1]}", chinese + CHINESE[1]) == [(1, 3), (1, 1)]


def test_sentences_that_say_other_things_are_unaligned() -> None:
    other = "本文配图由 Ines Roth 于 2019 年 3 月拍摄，版权归她所有，转载请注明出处。"
    assert (1, 0) in shape(f"{ENGLISH[1]} {ENGLISH[0]}", other + CHINESE[0])


def test_one_block_against_two() -> None:
    source = (block(" ".join(ENGLISH)),)
    target = (block("".join(CHINESE[:2])), block("".join(CHINESE[2:])))
    found = align_sentences(AlignedPair(source, target, 1.0))
    assert [[s.block for s in pair.target] for pair in found] == [[target[0]], [target[0]], [target[1]]] + [
        [target[1]]
    ] * 2


@pytest.mark.parametrize(
    ("text", "count"), [("# One. Two. Three.", 1), ("```\na. B. C.\n```", 1), ("One. Two.", 2), ("- One. Two.", 2)]
)
def test_segments_of_a_block(text: str, count: int) -> None:
    found = segments(block(text))
    assert len(found) == count
    assert "".join(s.text for s in found)


def test_an_unaligned_pair_has_unaligned_segments() -> None:
    found = align_sentences(AlignedPair((block("One day. Two days."),), ()))
    assert [(len(pair.source), pair.target, pair.score) for pair in found] == [(1, (), 0.0), (1, (), 0.0)]


TEXT = st.lists(st.sampled_from((*ENGLISH, *CHINESE, "…… ", "”", " \n", "3.5", "Mr. ")), max_size=9).map("".join)


@given(TEXT, TEXT)
def test_every_segment_is_in_one_pair_in_order_and_inside_the_prose(english: str, chinese: str) -> None:
    source, target = (Block(Kind.PARAGRAPH, Span(0, len(t)), Prose(t, ((0, 0),))) for t in (english, chinese))
    found = align_sentences(AlignedPair((source,), (target,), 0.5))
    for side, whole in ((lambda p: p.source, source), (lambda p: p.target, target)):
        paired: list[Segment] = list(chain.from_iterable(map(side, found)))
        assert paired == list(segments(whole))
        assert all(0 <= s.span.start < s.span.end <= len(whole.prose.text) for s in paired)
    assert all(pair.source or pair.target for pair in found)
    assert all(0 <= pair.score <= 1 for pair in found)


FREE = (
    "The password of the database is stored in a folder. Only the administrator can read it. "
    "Every night a script copies the photographs to another disk."
)


def test_words_tell_which_sentences_were_merged() -> None:
    assert shape(FREE, "数据库的密码存放在一个文件夹里，只有管理员可以读。每晚，脚本把照片复制到另一块磁盘上。") == [
        (2, 1),
        (1, 1),
    ]


def test_words_tell_which_sentence_was_left_out() -> None:
    assert shape(FREE, "数据库的密码存放在一个文件夹里。每晚都有一个脚本把照片复制到另一块磁盘上。") == [
        (1, 1),
        (1, 0),
        (1, 1),
    ]


def test_a_word_that_stands_everywhere_tells_nothing() -> None:
    english = "The server is old. The server is at the door. The server sends photographs."
    chinese = "服务器有些年头了。它是服务器，放在门口。服务器发送照片。"
    score = TermScores([*map(str.strip, english.split("."))][:3], chinese.split("。")[:3])
    assert abs(score(1, 2, 1, 1)) < 1
    assert score(3, 3, 1, 1) > 1 > score(1, 3, 1, 1)


def test_terms_of_runs_count_once() -> None:
    score = TermScores(["A password.", "The password again."], ["密码。", "还是密码。"])
    assert score(2, 2, 2, 2) <= score(1, 1, 1, 1) + score(2, 2, 1, 1) + 0.01


def test_absent_terms_say_only_so_much() -> None:
    source = " ".join(("password database folder administrator script photograph disk server printer",) * 3)
    assert TermScores([source], ["夏天的海边。"])(1, 1, 1, 1) == -2
