"""An original that was found, but is another text: what is said of it depends on how it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from runs import Done, Folder

    Run = Callable[..., Done]

BIRDS = """\
# Feeding the birds in winter

Put out seeds and fat from the first frost on, and keep the water in the bowl from freezing at night.

Clean the feeder every week, because sick birds leave their germs on it.
"""
WEATHER = """\
# 用 SQLite 记录天气

我们先来设计一张数据表：每天一行，记下日期、最高气温和备注，再给日期建一个索引。

然后写一个脚本，每晚读取温度计的数值并写入数据库。
"""
FED = """\
# 冬天喂鸟

> 原文地址：[Feeding the birds](https://birds.example.com/winter)

从第一次霜冻开始放上种子和油脂，夜里别让碗里的水结冰。

每周清洗一次喂食器，因为生病的鸟会在上面留下病菌。
"""


def said(done: Done) -> list[tuple[str, str, str, str]]:
    return [
        (each["message_id"], each["severity"], each["confidence"], each["message"])
        for each in done.report["findings"]
        if each["rule"] == "wrong-original"
    ]


MORE = """
Hang a nest box on the north side of an old tree, and clean it out every autumn, when the young have long flown.

Plant a hedge of hawthorn and elder: its berries feed the thrushes until the first snow falls on the fields.
"""


def named_as(folder: Folder, address: str, more: str = "") -> None:
    """The article names one address; its file names another as its own, and says more."""
    folder.write("zh/birds.md", FED)
    folder.write("originals/index.tsv", "https://birds.example.com/winter\tbirds.md\n")
    own = f"> Original: [Feeding the birds]({address})\n"
    folder.write("originals/birds.md", BIRDS.replace("\n\n", f"\n\n{own}\n", 1) + more)


def test_a_file_at_the_mirrored_path_was_rewritten(folder: Folder, bilint: Run) -> None:
    folder.write("en/birds.md", BIRDS)
    folder.write("zh/birds.md", WEATHER)
    (found,) = said(bilint("check", "zh/birds.md", "--format", "json"))
    assert found[:3] == ("rewritten", "error", "high")


def test_a_file_that_was_given_is_another_text(folder: Folder, bilint: Run) -> None:
    folder.write("en/birds.md", BIRDS)
    folder.write("zh/birds.md", WEATHER)
    (found,) = said(bilint("check", "zh/birds.md", "--source", "en/birds.md", "--format", "json"))
    assert found[:3] == ("other", "error", "high")


def test_the_file_names_another_address(folder: Folder, bilint: Run) -> None:
    named_as(folder, "https://garden.example.org/feeding", MORE)
    (found,) = said(bilint("check", "zh/birds.md", "--format", "json"))
    assert found == (
        "elsewhere",
        "warning",
        "medium",
        "the English file names another address as its own: `https://garden.example.org/feeding`",
    )


def test_one_that_says_the_same_names_another_address(folder: Folder, bilint: Run) -> None:
    """Only an address is wrong, on one side or the other: the text is the original."""
    named_as(folder, "https://garden.example.org/feeding")
    (found,) = said(bilint("check", "zh/birds.md", "--format", "json"))
    assert found[:3] == ("elsewhere", "info", "medium")


def test_one_found_by_its_path_may_be_named_as_well(folder: Folder, bilint: Run) -> None:
    folder.write("zh/birds.md", FED)
    own = "> Original: [Feeding the birds](https://garden.example.org/feeding)\n"
    folder.write("en/birds.md", BIRDS.replace("\n\n", f"\n\n{own}\n", 1))
    report = bilint("check", "zh", "--format", "json").report
    (help_,) = (each["help"] for each in report["findings"] if each["rule"] == "wrong-original")
    assert help_.startswith("if that is the page that was translated, name it in the line here that names it;")


def test_what_to_do_is_said_in_words_of_the_article(folder: Folder, bilint: Run) -> None:
    named_as(folder, "https://garden.example.org/feeding")
    (said_of,) = (
        each for each in bilint("check", "zh", "--format", "json").report["findings"] if "origin" in each["rule"]
    )
    assert said_of["suggestions"] == []
    assert said_of["help"] == (
        "if that is the page that was translated, name it in the link to it here; "
        "else save the right page as `originals/birds.md`, or mend the address in it"
    )


def test_the_file_names_the_same_address(folder: Folder, bilint: Run) -> None:
    named_as(folder, "http://www.birds.example.com/winter/")
    assert said(bilint("check", "zh/birds.md", "--format", "json")) == []
