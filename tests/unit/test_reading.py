"""What is said of an article once for all rules: roles, gaps, how sure pairs are, sentence pairs."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest

from bilint.align import align
from bilint.model import BODY, EVERYTHING, WRITTEN, AlignedPair, Article, Gap, Role, SegmentPair, Side, Where
from bilint.parse import parse
from bilint.reading import Reading, may_be_beside, pairing, role_of

STEPS = [
    ("The first step is to install the package on your own computer.", "第一步是在你自己的电脑上安装这个软件包。"),
    ("The second step is to write the settings that fit your team.", "第二步是编写适合你的团队的设置。"),
    ("The third step is to run the program every night.", "第三步是每天晚上运行该程序。"),
    ("The last step is to read the report with a cup of tea.", "最后一步是喝着茶阅读报告。"),
]


def reading(english: list[str], chinese: list[str]) -> Reading:
    source, target = (parse("\n\n".join(side), path) for side, path in ((english, "en.md"), (chinese, "zh.md")))
    return Reading(Article(target, bitext=align(source, target)))


def steps(*without: int) -> tuple[list[str], list[str]]:
    """The steps in both languages, the Chinese without some."""
    return [en for en, _ in STEPS], [zh for number, (_, zh) in enumerate(STEPS) if number not in without]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("水烧开之后先关火。", Role.BODY),
        ("译者：某某", Role.CREDIT),
        ("作者：[某某](https://example.com)", Role.CREDIT),
        ("本文按 CC BY 4.0 许可发布。", Role.LICENCE),
        ("水烧开之后先关火（译注：旧水壶）。", Role.NOTE),
        ("图 3-1：水壶的剖面", Role.CAPTION),
        ("[English](en.md) | [简体中文](zh.md) | [日本語](ja.md)", Role.LANGUAGES),
        ("[下一章](b.md)", Role.LINKS),
        ("Smith, J. The Kettle. Retrieved on March 3 from the archive.", Role.CITATION),
        ("Subscribe to our newsletter for more of this.", Role.PROMOTION),
        ("**Recommended read**: [A kettle for every kitchen](https://example.com/k), a test of nine", Role.PROMOTION),
        ("## Support us! 🙏", Role.PROMOTION),
        ("To help our kettle, consider giving us a star on the forge of your choice.", Role.PROMOTION),
        ("## Kettles by post - Sponsor", Role.PROMOTION),
        ("Stay in touch via [Telegram](https://t.example) and never miss a kettle!", Role.PROMOTION),
        ("Please share your opinions in the comments.", Role.PROMOTION),
        ("Psst, here is a free learning resource on kettles 🤓", Role.PROMOTION),
        ("view raw kettle.py hosted with ❤ by the forge", Role.PROMOTION),
        ("Nine Kettles ComparedWhich one to buy.![](a.png)The Kettle NewsJane Doe![](b.png)", Role.PROMOTION),
        ("推荐阅读：九把水壶", Role.PROMOTION),
        ("## Contents", Role.NAVIGATION),
        ("据维基百科：水壶发明于青铜时代。", Role.NOTE),
        ("If you download the kettle plan, read its first page before you share the file.", Role.BODY),
        ("The comments in the plan tell you where the sponsor of a tap goes.", Role.BODY),
        ("The kettle supports us in winter. ![](a.png) It is in the picture. ![](b.png)", Role.BODY),
        ("+----+ 水 +----+", Role.DRAWING),
    ],
)
def test_a_block_has_a_role(text: str, role: Role) -> None:
    assert role_of(parse(text, "zh.md").blocks[0]) is role


def test_front_matter_and_html_have_roles() -> None:
    roles = [role_of(b) for b in parse("---\ntitle: 老水壶\n---\n\n<div>提交</div>\n", "zh.md").blocks]
    assert roles == [Role.DATA, Role.COMPONENT]
    (block,) = parse("首页和别的页面", "zh.md").blocks
    assert role_of(msgspec.structs.replace(block, container=("nav", "ul"))) is Role.NAVIGATION


def test_only_blocks_of_the_roles_are_given_back() -> None:
    article = Article(parse("译者：某某\n\n水烧开之后先关火。\n\n水壶很旧（译注：指旧版）。\n", "zh.md"))
    known = Reading(article)
    assert known.target(EVERYTHING) is article.target
    assert [b.prose.text for b in known.target(WRITTEN).blocks] == ["水烧开之后先关火。", "水壶很旧（译注：指旧版）。"]
    assert [b.prose.text for b in known.target(BODY).blocks] == ["水烧开之后先关火。"]
    assert known.target(BODY).text == article.target.text
    assert [pair.target[0].prose.text for pair in known.pairs(BODY)] == ["水烧开之后先关火。"]
    assert tuple(known.among(known.pairs(EVERYTHING), BODY)) == known.pairs(BODY)


def test_a_pair_whose_one_side_is_a_credit_is_left_out() -> None:
    (body, credit), source = parse("水烧开了。\n\n译者：某某", "zh.md").blocks, parse("Water boils.", "en.md").blocks
    english, chinese = steps()
    known = reading([*english, "By: Someone"], [*chinese, "作者：某某"])
    assert len(known.pairs(EVERYTHING)) == len(STEPS) + 1
    assert len(known.pairs(WRITTEN)) == len(STEPS)
    assert known.role(credit) is Role.CREDIT
    assert known.role(body) is known.role(source[0]) is Role.BODY


def gaps(english: list[str], chinese: list[str]) -> list[Gap]:
    return list(reading(english, chinese).gaps(BODY))


@pytest.mark.parametrize(("lost", "where"), [(0, Where.START), (1, Where.INSIDE), (3, Where.END)])
def test_a_gap_lies_where_it_lies(lost: int, where: Where) -> None:
    (gap,) = gaps(*steps(lost))
    assert (gap.side, gap.where) == (Side.SOURCE, where)
    assert [block.prose.text for block in gap.blocks] == [STEPS[lost][0]]
    assert gap.words == len(STEPS[lost][0].split())
    assert (gap.before is None, gap.after is None) == (lost == 0, lost == len(STEPS) - 1)


def test_blocks_in_a_row_are_one_gap_with_its_neighbours() -> None:
    (gap,) = gaps(*steps(1, 2))
    assert len(gap.blocks) == gap.end - gap.first == 2
    assert gap.before
    assert gap.after
    assert [pair.source[0].prose.text for pair in (gap.before, gap.after)] == [STEPS[0][0], STEPS[3][0]]
    assert not gap.opposite
    assert not may_be_beside(gap)


def test_a_neighbour_that_is_too_long_by_far_has_room_for_a_gap() -> None:
    said = [
        " ".join(f"{word} of the {number} step is told here at length." for word in ("All", "Some"))
        for number in range(6)
    ]
    short, long = "这里详细讲述了第一步的全部内容。", "这里详细讲述了第二步的全部内容。"
    source, target = parse(" ".join(said), "en.md"), parse(f"{short}\n\n{long}", "zh.md")
    before = AlignedPair(source.blocks, target.blocks[:1], 1.0)
    gap = Gap(Side.TARGET, target.blocks[1:], 15, Where.INSIDE, 1, 2, before, None, ())
    assert may_be_beside(gap)
    even = AlignedPair(parse("All of the first step is told.", "en.md").blocks, target.blocks[:1], 1.0)
    assert not may_be_beside(dataclasses.replace(gap, before=even))


def test_what_was_added_is_a_gap_of_the_target() -> None:
    english, chinese = steps()
    extra = "夏天的海边总是挤满了来自各地的游客，他们在沙滩上晒太阳。"
    (gap,) = gaps(english, [*chinese[:2], extra, *chinese[2:]])
    assert (gap.side, gap.where, gap.words) == (Side.TARGET, Where.INSIDE, len(extra) - 2)


def test_a_gap_knows_the_gap_opposite() -> None:
    english, chinese = steps(1)
    lost, added = gaps(english, [chinese[0], "```sh\nrm -rf build dist\n```", *chinese[1:]])
    assert {lost.side, added.side} == {Side.SOURCE, Side.TARGET}
    assert lost.opposite == added.blocks
    assert added.opposite == lost.blocks


def test_a_gap_without_the_roles_is_none() -> None:
    english, chinese = steps()
    assert not gaps([*english[:2], "By: Someone Else", *english[2:]], chinese)


def test_nothing_is_said_of_gaps_where_hardly_anything_is_aligned() -> None:
    assert not gaps([STEPS[0][0]], ["夏天的海边总是挤满了来自各地的游客。", "他们在沙滩上晒太阳。"])


@pytest.mark.parametrize(
    ("score", "likely", "firm"), [(0.0, False, False), (0.5, True, False), (0.9, True, False), (0.95, True, True)]
)
def test_how_sure_a_pair_is(score: float, likely: bool, firm: bool) -> None:
    source, target = parse("Water.", "en.md").blocks, parse("水。", "zh.md").blocks
    pair = AlignedPair(source, target, score)
    assert (pair.is_likely, pair.is_firm) == (likely, firm)
    assert not AlignedPair((), target, score).is_likely


def test_the_pair_of_a_block_is_found_from_both_sides() -> None:
    bitext = reading(*steps()).article.bitext
    assert bitext is not None
    for pair in bitext.pairs:
        assert bitext.pair_of(pair.source[0]) is bitext.pair_of(pair.target[0]) is pair
    assert bitext.pair_of(parse("水。", "zh.md").blocks[0]) is None


def test_sentences_are_paired_when_asked_for() -> None:
    known = reading(["Water boils. The kettle sings."], ["水烧开了。水壶在唱歌。"])
    pairs = list(known.segment_pairs(BODY))
    assert all(isinstance(pair, SegmentPair) for pair in pairs)
    assert [(p.source[0].text, p.target[0].text) for p in pairs] == [
        ("Water boils.", "水烧开了。"),
        ("The kettle sings.", "水壶在唱歌。"),
    ]


MEASURED = (
    "The rope is 6 feet long, the bucket is 20 inches wide, it weighs 5 pounds, and the water should stay below 77 °F. "
    "Leave enough room around the bucket, so that warm air can move away and you can reach the handle.",
    "绳子长约 1.8 米，水桶宽约 51 厘米，重约 2.3 公斤，水温应低于 25 °C。请在水桶周围留出足够的空间，让热空气能散开，"
    "也方便你够到把手。",
)


def test_converted_measures_do_not_part_an_article_from_its_original() -> None:
    en, zh = (
        "# The well\n\nThe well is old.\n\n{}\n\nIt never froze.\n",
        "# 水井\n\n这口井很老。\n\n{}\n\n它从未结冰。\n",
    )
    source, target = parse(en.format(MEASURED[0]), "en.md"), parse(zh.format(MEASURED[1]), "zh.md")
    assert pairing(align(source, target)).fits
    other = parse(
        zh.format("夏天的海边挤满了来自各地的游客，他们在沙滩上晒太阳，孩子们堆城堡，老人下棋，直到天黑才回家。" * 2),
        "zh.md",
    )
    assert not pairing(align(source, other)).fits
