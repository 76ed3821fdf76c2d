from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.align import align
from bilint.model import Bitext
from bilint.parse.markdown import parse

SECTIONS = (
    (
        "## Install the package\n\nDownload version 2.4 of the package from the Tomnet mirror and check its size.\n\n"
        "Add your user to the group before the server starts for the first time.",
        "## 安装软件包\n\n从 Tomnet 镜像下载 2.4 版的软件包，并检查它的大小。\n\n"
        "在服务器首次启动之前，将你的用户添加到该组。",
    ),
    (
        "## Configure the database\n\nCreate a database with 300 tables and set the password in `harbour.toml`.\n\n"
        "Every change in the configuration needs a restart of the service.",
        "## 配置数据库\n\n创建一个有 300 张表的数据库，并在 `harbour.toml` 中设置密码。\n\n"
        "配置中的每次更改都需要重启服务。",
    ),
    (
        "## Read the log files\n\nThe log of the Ostrava node shows an error message every 45 seconds.\n\n"
        "Send the output to the network team when the memory is full.",
        "## 阅读日志文件\n\nOstrava 节点的日志每 45 秒显示一条错误消息。\n\n当内存已满时，将输出发送给网络团队。",
    ),
)


def bitext(english: str, chinese: str) -> Bitext:
    return align(parse(english, "en.md"), parse(chinese, "zh.md"))


def pairs(english: str, chinese: str) -> list[tuple[list[str], list[str]]]:
    return [
        ([b.prose.text[:8] for b in pair.source], [b.prose.text[:4] for b in pair.target])
        for pair in bitext(english, chinese).pairs
    ]


def article(order: tuple[int, ...], side: int) -> str:
    return "\n\n".join(SECTIONS[number][side] for number in order)


def test_blocks_of_a_faithful_translation_are_paired_one_to_one() -> None:
    found = bitext(article((0, 1, 2), 0), article((0, 1, 2), 1)).pairs
    assert [(len(pair.source), len(pair.target)) for pair in found] == [(1, 1)] * 9
    assert min(pair.score for pair in found) > 0.9


@pytest.mark.parametrize("order", [(1, 2, 0), (2, 0, 1), (1, 0, 2), (0, 2, 1)])
def test_a_moved_section_is_paired_with_its_counterpart(order: tuple[int, ...]) -> None:
    found = bitext(article((0, 1, 2), 0), article(order, 1))
    assert all(len(pair.source) == len(pair.target) == 1 for pair in found.pairs)
    blocks = found.source.blocks
    expected = [blocks[3 * number + n] for number in order for n in range(3)]
    assert [pair.source[0] for pair in found.pairs] == expected
    targets = [pair.target[0].span.start for pair in found.pairs]
    assert targets == sorted(targets)


def test_a_repeated_block_is_not_taken_for_a_moved_one() -> None:
    english, chinese = article((0, 1, 2), 0), article((0, 1, 2), 1)
    repeated = "从 Tomnet 镜像下载 2.4 版的软件包，并检查它的大小。"
    found = pairs(english, chinese + "\n\n" + repeated)
    assert found[-1] == ([], [repeated[:4]])


def test_a_dropped_section_and_a_note_stay_unaligned() -> None:
    note = "译注：这里说的是中国南方常见的小型电窑，北方多用煤气窑。"
    found = pairs(article((0, 1, 2), 0), article((0,), 1) + "\n\n" + note + "\n\n" + article((2,), 1))
    assert ([], [note[:4]]) in found
    assert [source for source, target in found if not target] == [["Configur"], ["Create a"], ["Every ch"]]


def test_an_inserted_lead_image_stays_unaligned() -> None:
    found = pairs(article((0, 1), 0), "![](https://img.example.cn/lead.jpg)\n\n" + article((0, 1), 1))
    assert found[0][0] == []
    assert all(source and target for source, target in found[1:])


def test_two_paragraphs_merged_into_one() -> None:
    english = "The server starts in a minute.\n\nThe network then needs a password.\n\nRaku needs 2 files."
    found = pairs(english, "服务器会在一分钟内启动。然后网络需要一个密码。\n\nRaku 需要 2 个文件。")
    assert [(len(source), len(target)) for source, target in found] == [(2, 1), (1, 1)]


def test_one_paragraph_split_in_two() -> None:
    english = (
        "Heat the kiln to 1240 degrees overnight. Open the door at 90 degrees in the morning.\n\nRaku needs 2 buckets."
    )
    found = pairs(english, "将窑在夜里加热到 1240 度。\n\n早上在 90 度时打开门。\n\nRaku 需要 2 个桶。")
    assert [(len(source), len(target)) for source, target in found] == [(1, 2), (1, 1)]


def test_translated_code_is_paired_with_its_original() -> None:
    english = (
        "Print it:\n\n```\nprint('the kiln is hot')  # say it\nopen_door(kiln)\n```\n\nThen wait.\n\n```\nx = 1\n```"
    )
    chinese = (
        "打印出来：\n\n```\nprint('窑很热')  # 说出来\nopen_door(kiln)  # 打开门\n```\n\n然后等待。\n\n```\nx = 1\n```"
    )
    assert all(source and target for source, target in pairs(english, chinese))


def test_a_short_text_is_known_by_how_it_was_said_elsewhere() -> None:
    english = "\n\n".join(f"### Bowl {n}\n\nGlaze 90{n}\n\nNotes" for n in range(4)) + "\n\nFiring\n\nNotes"
    chinese = "\n\n".join(f"### 碗 {n}\n\n釉 90{n}\n\n附记" for n in range(4)) + "\n\n附记"
    assert pairs(english, chinese)[-2:] == [(["Firing"], []), (["Notes"], ["附记"])]


@given(st.permutations(range(3)), st.permutations(range(3)), st.integers(0, 9), st.integers(0, 9))
def test_every_block_is_in_exactly_one_pair_in_the_order_of_the_target(
    left: list[int], right: list[int], first: int, last: int
) -> None:
    english = article(tuple(left), 0)
    chinese = "\n\n".join(article(tuple(right), 1).split("\n\n")[first : 9 - last])
    found = bitext(english, chinese)
    assert sorted(map(id, chain.from_iterable(p.source for p in found.pairs))) == sorted(map(id, found.source.blocks))
    assert list(map(id, chain.from_iterable(p.target for p in found.pairs))) == list(map(id, found.target.blocks))
    assert all(0 <= pair.score <= 1 and (pair.score == 0 or (pair.source and pair.target)) for pair in found.pairs)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The bridge has 1,144 such wires, each 3 feet long. On a breezy day it's a choir.",
         "桥上这样的金属丝有 1144 根，每根长约 90 厘米。起风的日子里，它就是一支合唱团。"),
        ("In all, £86,000 went into rubber sleeves, and 2,300 people wanted the humming back.",
         "橡胶套管一共花掉 8.6 万英镑，却有 2300 人联名，要求让它重新哼起来。"),
        ("Get there before eight. It's flat, 2.2 miles long, and closed to cars after that.",
         "道路平坦，全长 3.5 公里，记得八点以前去，之后禁止汽车通行。"),
    ],
)  # fmt: skip
def test_figures_that_are_written_or_measured_otherwise_part_no_pair(english: str, chinese: str) -> None:
    before, after = ("Nobody listened.\n\n", "\n\nThe mayor was late."), ("没有人在听。\n\n", "\n\n市长迟到了。")
    found = bitext(english.join(before), chinese.join(after)).pairs
    assert [(len(pair.source), len(pair.target)) for pair in found] == [(1, 1)] * 3
    assert found[1].is_likely


def test_thousands_that_are_counted_wrongly_are_still_the_same_place() -> None:
    english = "Each year the service sends between 300 and 400 million letters to its users."
    assert bitext(english, "这项服务每年给用户发送 300 万到 400 万封信。").pairs[0].is_likely
