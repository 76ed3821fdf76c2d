"""Characters and words that were typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LEGAL = {
    "的": ("目的|标的|众矢之的|有的放矢", "的确|的士|的当"),
    "了": ("为了|除了|罢了|得了|不得了|大不了|免不了|少不了", "了解|了结|了断|了却|了然|了如|了事|了无"),
    "是": (
        "但是|可是|就是|不是|还是|只是|总是|于是|凡是|要是|正是|若是|或是|国是|算是|倒是|也是|都是|像是|如是|实事求是",
        "是否|是非",
    ),
    "在": (
        "现在|存在|正在|所在|内在|外在|潜在|实在|自在|好在|旨在|在于",
        "在线|在乎|在意|在场|在职|在于|在校|在位|在案|在地|在野|在途|在即|在逃|在世|在家|在学|在制",
    ),
    "和": (
        "总和|饱和|缓和|共和|温和|平和|中和|柔和|混和|随和|求和|之和|谐和|祥和|亲和|的和|暖和|掺和|附和|人和|A和|数和|校验和|检验和|向量和|加权和|部分和|维和|违和|讲和|议和|言和|媾和|谋和",
        "和平|和谐|和解|和弦|和睦|和声|和气|和风|和服|和约|和尚|和善|和式|和缓|和局|和美",
    ),
    "与": ("参与|赋予|给与|授与|相与|付与|赠与", "与会|与否|与众|与其|与共|与时"),
    "有": (
        "所有|没有|拥有|具有|含有|只有|还有|享有|占有|持有|私有|特有|固有|专有|国有|公有|共有|原有|现有|仅有|稀有|富有|应有|既有|带有|未有|少有|都有",
        "有效|有关|有限|有些|有时|有趣|有用|有序|有意|有权|有机|有人|有向|有的|有名|有害|有利|有益|有望|有待|有损|有线|有符|有着|有没|有点|有所|有多",
    ),
    "为": (
        "因为|行为|认为|作为|成为|以为|称为|更为|较为|极为|最为|人为|视为|分为|改为|变为|设为|尤为|颇为|略为|大为",
        "为了|为何|为止|为准|为什|为主|为例|为此|为难|为期|为首|为数|为生|为人|为本|为空|为零",
    ),
    "这": ("", "这些|这样|这里|这种|这么|这个|这时|这类|这边"),
    "把": ("一把", "把握|把手|把控|把关|把戏|把柄"),
    "被": ("棉被|植被", "被动|被子|被告|被害"),
    "从": (
        "自从|服从|跟从|遵从|主从|听从|顺从|无从|随从|盲从|屈从",
        "从而|从事|从属|从不|从未|从来|从头|从前|从众|从机|从此|从中|从业",
    ),
    "将": ("即将|必将|行将|终将|小将|武将|名将|麻将|干将", "将军|将来|将近|将就|将要|将会|将领|将士"),
    "并": ("合并|归并|吞并|兼并|一并", "并且|并行|并发|并列|并非|并不|并没|并未|并入|并联|并存|并集|并购|并排|并肩"),
    "或": ("", "或者|或许|或是|或多|或缺"),
    "也": ("", "也许|也就"),
    "而": ("从而|然而|因而|反而|进而|时而|继而|故而|幸而|偶而|忽而|俄而|既而", "而且|而是|而已|而言"),
    "就": (
        "成就|造就|铸就|一蹴而就|将就|迁就|早就|练就|屈就|高就",
        "就是|就业|就绪|就近|就此|就地|就算|就职|就读|就要|就座|就餐|就医",
    ),
}
"""By character: the words that end in it and those that begin with it, behind or before which it stands twice."""
_WORDS = (
    "这个 那个 这些 那些 可以 使用 如果 因为 但是 所以 进行 需要 通过 没有 已经 以及 或者 并且 根据 由于 "
    "对于 关于 为了 当前 所有 一些 其他 其它 能够 应该 必须 然后 因此 就是 不是 还是 这样 提供 支持 包括 包含"
)
"""Pronouns and nouns are left out: 告诉他们他们的文件, 源文件文件名."""
_CHARACTERS = "".join(char for char in _LEGAL if len(char) == 1)
# Written out, not with references: text without their first letters is passed over.
DOUBLED = re.compile("|".join(once * 2 for once in (*_CHARACTERS, *_WORDS.split(" "))))


def doubled(text: str) -> Iterator[tuple[int, int]]:
    """Yield where something stands twice that is said once in Chinese, as (start, end), in order."""
    for found in DOUBLED.finditer(text):
        start, end = found.span()
        if len(found[0]) > 2:
            if text[end : end + 2] != text[start : start + 2] and text[start] != "一":
                yield start, end
        elif text[end : end + 1] != text[start] and not _is_legal(text, start, text[start]):
            yield start, end


def _is_legal(text: str, start: int, char: str) -> bool:
    """Whether the first of the two ends a word, or the second begins one."""
    ending, beginning = _LEGAL[char]
    before, after = text[max(0, start - 4) : start + 1], text[start + 1 : start + 4]
    return any(before.endswith(word) for word in ending.split("|") if word) or any(
        after.startswith(word) for word in beginning.split("|") if word
    )
