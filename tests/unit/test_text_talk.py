"""What models say to their users is found whichever of its signs stands in it."""

from __future__ import annotations

import pytest

from bilint.text.talk import talk

SAID = {
    "好的，下面是第一部分：": "preface",
    "當然可以，請看：": "preface",
    "没问题！我会逐段处理：": "preface",
    "如果你还有其他需要，请告诉我": "closing",
    "如果需要進一步調整，請告訴我": "closing",
    "若有需要修改之处，请随时告知": "closing",
    "如果您还需要润色，请尽管吩咐": "closing",
    "如果你有其他修改意见，欢迎提出": "closing",
    "（接下一条）": "omission",
    "抱歉，我无法处理这份文档": "refusal",
    "作为一个AI语言模型，我没有看法": "refusal",
    "作為大型語言模型，我不能回答": "refusal",
    "（其余部分略）": "omission",
    "（以下步骤忽略）": "omission",
    "由于篇幅限制，只能分批给出": "omission",
    "因为输出有限，仅给出一部分": "omission",
    "因字数过长，分次给出": "omission",
    "【未完待续】": "omission",
    "（续下条）": "omission",
    "（內容過長）": "omission",
    "思考过程：先看标题": "thinking",
}


@pytest.mark.parametrize("text", SAID)
def test_it_is_found(text: str) -> None:
    assert [kind for kind, _, _ in talk(text)] == [SAID[text]]


@pytest.mark.parametrize("text", ["作为管理员，我会检查", "缓存（以下策略）", "继续下一步", "限制很多", "好的做法"])
def test_what_authors_say_is_no_talk(text: str) -> None:
    assert not list(talk(text))
