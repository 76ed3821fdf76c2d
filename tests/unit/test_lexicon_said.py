from __future__ import annotations

import pytest

from bilint.align import align
from bilint.lexicon import (
    NOTHING,
    Content,
    Form,
    Stretch,
    Stretches,
    Term,
    content,
    content_of,
    gain,
    least_said,
    said,
    said_beside,
)
from bilint.lexicon.ratio import stretch_of
from bilint.model import AlignedPair, Bitext
from bilint.parse.markdown import parse

ENGLISH = "The password of the database is stored in a folder that only the administrator can read."
CHINESE = "数据库的密码存放在只有管理员才能读取的文件夹里。"
ELSEWHERE = "夏天的海边总是挤满了来自各地的游客，他们在沙滩上晒太阳。"


def term(text: str, *forms: tuple[str, float], hit: float = 0.9, base: float = 0.01) -> Term:
    made = tuple(Form(form, round(100 * share), share) for form, share in forms)
    return Term(text, 100, 50, 0, 0, 0, hit, base, 0.9, 0.0, 0.5, made, made)


def ratio(english: str, chinese: str, others: str = "") -> float:
    return said(content(english), Stretch(chinese), content(others) if others else NOTHING).ratio


def test_a_translation_says_it_and_another_sentence_does_not() -> None:
    assert ratio(ENGLISH, CHINESE) > 4
    assert ratio(ENGLISH, ELSEWHERE) < -4


def test_it_names_what_is_said_and_what_is_not() -> None:
    found = said(content("The password of the server is 1240."), Stretch("密码是 99。"))
    assert [t.text for t in found.said] == ["password"]
    assert [t.text for t in found.unsaid] == ["server"]
    assert [e.text for e in found.unsaid_exact] == ["1240"]


def test_what_the_others_say_is_explained_away() -> None:
    password = Content((term("password", ("密码", 1.0)),), ())
    manager = Content((term("password manager", ("密码管理器", 0.9)),), ())
    here = Stretch("密码管理器")
    alone = said(password, here).ratio
    assert alone > 3
    assert said(password, here, manager).ratio == 0
    half = Content((term("password manager", ("密码管理器", 0.5), ("钥匙串", 0.5)),), ())
    assert 0 < said(password, here, half).ratio < 1
    assert said(password, here, Content((term("vault", ("保险库", 1.0)),), ())).ratio == alone
    assert said(password, Stretch("密码"), manager).ratio > 3, "the manager is not said here"


def test_the_same_term_in_another_sentence_accounts_for_nearly_all() -> None:
    password = Content((term("password", ("密码", 1.0)),), ())
    assert said(password, Stretch("密码"), password).ratio == 0


def test_shares_of_several_forms_add_up() -> None:
    key = Content((term("key", ("钥", 1.0), base=0.001),), ())
    split = Content((term("keyring", ("钥匙", 0.3), ("钥环", 0.3)),), ())
    whole = Content(
        (
            term(
                "keyring",
                ("钥匙", 0.6),
            ),
        ),
        (),
    )
    assert said(key, Stretch("钥匙"), split).ratio == pytest.approx(said(key, Stretch("钥匙"), whole).ratio)


@pytest.mark.parametrize("others", ["", "The copy is on a disk.", "Only owners may remove a note on port 8080."])
@pytest.mark.parametrize(
    "sentence", ["Owners may remove the copy.", "Nobody uses port 8080 of Nginx.", "Notes are kept."]
)
def test_no_ratio_is_under_the_least(sentence: str, others: str) -> None:
    stretch = Stretch("所有者可以删除磁盘上的副本，笔记在 8080 端口。")
    least = least_said(content(sentence), stretch)
    assert least <= said(content(sentence), stretch, content(others)).ratio
    assert (least == 0.0) is not any(said(content(sentence), stretch)[2:])


def test_pieces_asked_at_once_say_what_each_says_alone() -> None:
    pieces = [("把钥匙给我。", ""), ("", "钥匙 = 1"), ("The Keys!", "key"), ("", ""), ("无", "无"), ("İ 钥匙", "")]
    pieces.append((f"见 https://a.example/{'一' * 40}", "二" * 10))
    key = term("key", ("钥匙", 1.0))
    stretches = Stretches(pieces)
    assert stretches.saying(key) == {0, 1, 2, 5} == {n for n, each in enumerate(pieces) if Stretch(*each).says(key)}
    assert stretches.lengths == [Stretch(*each).length for each in pieces]


def test_in_a_long_stretch_a_word_stands_by_chance() -> None:
    word = Content((term("word", ("词", 1.0)),), ())
    assert said(word, Stretch("词" + "无" * 200)).ratio < said(word, Stretch("词无无无无")).ratio


def test_latin_terms_count_outside_code_only() -> None:
    docker = Content((term("docker"),), ())
    assert said(docker, Stretch("用 Docker 部署")).ratio > 0
    assert said(docker, Stretch("用 dockers 部署")).ratio > 0
    assert said(docker, Stretch("用 dockerfile 部署")).ratio < 0
    assert said(docker, Stretch("部署", "docker run")).ratio < 0


def test_chinese_in_code_counts() -> None:
    assert said(content("Set the password."), Stretch("如下：", "# 密码")).ratio > 0


def test_code_names_and_numbers_are_found_as_they_are() -> None:
    source = parse("Call `load_all` with 1,500 rows from Zyxquil and 7 more.", "a.md").blocks
    found = said(content_of(source), stretch_of(parse("从 zyxquil 取 1500 行，调用 `load_all`。", "b.md").blocks))
    assert not found.unsaid_exact
    lost = said(content_of(source), Stretch("无")).unsaid_exact
    assert [each.text for each in lost] == ["load_all", "1500", "zyxquil"], "one digit says nothing"


def test_a_name_in_another_sentence_says_nothing_here() -> None:
    name = content("Zyxquil")
    assert said(name, Stretch("Zyxquil"), name).ratio == 0
    assert said(name, Stretch("无"), name).ratio < 0


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    assert not content("The Servers. Does it?").exact


def test_rates_of_the_article_may_replace_the_shipped_ones() -> None:
    password = Content((term("password", ("密码", 1.0)),), ())
    usual = said(password, Stretch("密码"))
    assert said(password, Stretch("密码"), rates=lambda each: (each.hit, 0.5)).ratio < usual.ratio
    assert not said(password, Stretch("密码"), rates=lambda _: (0.5, 0.95)).said


def bitext(english: list[str], chinese: list[str], pairs: list[tuple[int | None, int | None]]) -> Bitext:
    source, target = parse("\n\n".join(english), "en.md"), parse("\n\n".join(chinese), "zh.md")
    made = [
        AlignedPair(() if s is None else (source.blocks[s],), () if t is None else (target.blocks[t],), 0.95)
        for s, t in pairs
    ]
    return Bitext(source, target, tuple(made))


FIRST = ("The printer is connected to the network with a cable.", "打印机用一根电缆连接到网络。")
SECOND = (ENGLISH, CHINESE)
THIRD = ("Every night a script copies the photographs to another disk.", "每天晚上有一个脚本把照片复制到另一块磁盘。")
LAST = ("The weather in the mountains changes faster than one expects.", "山里的天气变化比人们预料的要快。")


def gap_of(second: str) -> float:
    english = [FIRST[0], SECOND[0], THIRD[0], LAST[0]]
    return said_beside(bitext(english, [second, THIRD[1], LAST[1]], [(0, 0), (1, None), (2, 1), (3, 2)]), 1, 2)


def test_a_block_that_is_gone_is_not_said_beside_its_gap() -> None:
    assert gap_of(FIRST[1]) < -4


def test_a_block_that_was_merged_is_said_beside_its_gap() -> None:
    assert gap_of(FIRST[1] + SECOND[1]) > 4


def test_traditional_neighbours_are_read_too() -> None:
    assert (
        gap_of(
            "這台打印機用一根電纜連接到網絡。資料庫的密碼存放在只有管理員才能讀取的文件夾裡，這是為了讓人們來說時對。"
        )
        > 0
    )


def test_a_neighbour_that_has_no_source_counts() -> None:
    english = [FIRST[0], SECOND[0], THIRD[0]]
    pairs: list[tuple[int | None, int | None]] = [(0, 0), (None, 1), (1, None), (2, 2)]
    assert said_beside(bitext(english, [FIRST[1], SECOND[1], THIRD[1]], pairs), 2, 3) > 4


def test_text_far_from_the_gap_does_not_count() -> None:
    english = [FIRST[0], SECOND[0], THIRD[0], LAST[0], FIRST[0]]
    chinese = [FIRST[1], THIRD[1], LAST[1], FIRST[1] + SECOND[1]]
    pairs: list[tuple[int | None, int | None]] = [(0, 0), (1, None), (2, 1), (3, 2), (4, 3)]
    assert said_beside(bitext(english, chinese, pairs), 1, 2) < -4


def test_without_a_neighbour_nothing_is_known() -> None:
    assert said_beside(bitext([FIRST[0]], [], [(0, None)]), 0, 1) == 0


def test_an_added_block_gains_what_its_neighbour_lacks() -> None:
    english = [FIRST[0] + " " + SECOND[0], LAST[0]]
    pairs: list[tuple[int | None, int | None]] = [(0, 0), (None, 1), (1, 2)]
    assert gain(bitext(english, [FIRST[1], SECOND[1], LAST[1]], pairs), 1, 2) >= 4
    assert gain(bitext(english, [FIRST[1], ELSEWHERE, LAST[1]], pairs), 1, 2) < 4
    assert gain(bitext(english, [FIRST[1] + SECOND[1], SECOND[1], LAST[1]], pairs), 1, 2) < 4, "said already"


def test_text_made_of_code_gains_its_words() -> None:
    english = ["```\n# the password of the database\n# the folder of the administrator\n```", LAST[0]]
    pairs: list[tuple[int | None, int | None]] = [(0, None), (None, 0), (1, 1)]
    assert gain(bitext(english, [SECOND[1], LAST[1]], pairs), 1, 2) >= 4


def test_gaps_of_an_aligned_article_are_judged() -> None:
    source = parse("\n\n".join(pair[0] for pair in (FIRST, SECOND, THIRD, LAST)), "en.md")
    target = parse("\n\n".join(pair[1] for pair in (FIRST, THIRD, LAST)), "zh.md")
    found = align(source, target)
    at = next(n for n, pair in enumerate(found.pairs) if not pair.target)
    assert said_beside(found, at, at + 1) < -4


def test_a_number_may_be_of_any_length() -> None:
    found = said(content(f"The password is {'7' * 5000}, and 30 of them."), Stretch("密码是三十个。"))
    assert [e.text for e in found.unsaid_exact] == ["7" * 5000]
