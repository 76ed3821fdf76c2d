from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.text.sentences import sentence_spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The kiln is warm.", "Now put the bowls in!", "Is it hot?", "Yes."],
        ["Dr. Ashby and Mrs. Okafor met at St. Anne's.", "They talked."],
        ["J. R. Hartwell wrote it in Aug. 1984.", "He lived on an island."],
        ["Use a cone, e.g. Cone 6, for stoneware.", "Others melt."],
        ["See Fig. 3 and no. 12.", "The answer is no.", "It never was."],
        ["Version 2.5.1 needs Node.js 18.3 or newer.", "It costs 3.75 euros."],
        ["Read https://example.org/a.b?c=d.", "Then come back."],
        ["She said “Put it down.”", "He did."],
        ['"Why?" he asked.', "Nobody knew."],
        ["Wait... not yet.", "Wait...", "Now it is done."],
        ["The U.S. Navy bought two.", "It opened in the U.S. market.", "Then it closed."],
        ["Clay shrinks;", "glaze does not.", "Mind that."],
        ["1. Wedge the clay."],
        ["Save it as bowl.toml.", "The file is read at once."],
        ["Call \ufffc first.", "\ufffc comes later."],
        ["Nothing ends here"],
    ],
)
def test_english_sentences(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("窑已经热了。把碗放进去！够热吗？够了。", ["窑已经热了。", "把碗放进去！", "够热吗？", "够了。"]),
        ("他停了下来……然后又走了。", ["他停了下来……", "然后又走了。"]),
        ("陶土会收缩；釉不会。", ["陶土会收缩；", "釉不会。"]),
        ("她说：“放下。”他照做了。", ["她说：“放下。”", "他照做了。"]),
        ("“放下。”她说。他照做了。", ["“放下。”她说。", "他照做了。"]),
        ("她读过《谁动了我的陶轮？》，很喜欢。", ["她读过《谁动了我的陶轮？》，很喜欢。"]),
        ("你需要：陶土、水、耐心。", ["你需要：陶土、水、耐心。"]),
        ("为什么?因为太冷了!快关门。", ["为什么?", "因为太冷了!", "快关门。"]),
        ("需要 Node.js 18.3 版。价格是 3.75 元。", ["需要 Node.js 18.3 版。", "价格是 3.75 元。"]),
        ("怎么会这样？！没人知道。", ["怎么会这样？！", "没人知道。"]),
        ("（注意温度。）然后关窑。", ["（注意温度。）", "然后关窑。"]),
        ("这样就好了。\ufffc", ["这样就好了。\ufffc"]),
        ("第一行\n\n第二行", ["第一行", "第二行"]),
        ("一行断成\n两行。", ["一行断成\n两行。"]),
    ],
)
def test_chinese_sentences(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_blank_text_has_no_sentences() -> None:
    assert sentence_spans("") == sentence_spans(" \n ") == []


@given(st.text(alphabet="ab AB1.。！？；…?!;”\"'）)《》他说\n\ufffc"))
def test_sentences_are_in_order_and_leave_out_only_white_space(text: str) -> None:
    spans = sentence_spans(text)
    ends = [0, *(end for _, end in spans), len(text)]
    starts = [0, *(start for start, _ in spans), len(text)]
    assert all(start < end for start, end in spans)
    assert all(not text[end:start].strip() for end, start in zip(ends, starts[1:], strict=False))
