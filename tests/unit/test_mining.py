"""Proposals from aligned sentences."""

from __future__ import annotations

import csv
import io
import json

from lxml import etree

from bilint.lexicon import table
from bilint.mining import Proposal, Sentence, proposals
from bilint.mining.edges import whole_forms
from bilint.mining.formats import as_csv, as_html, as_json, as_tbx

CONTEXTS = (
    ("The {} is new.", "这个{}是新的。"),
    ("We bought a {} today.", "我们今天买了{}。"),
    ("A {} sleeps in the harbour.", "{}睡在港口里。"),
    ("Nobody likes the {} of the keeper.", "没有人喜欢看守人的{}。"),
    ("Paint the {} blue.", "把{}涂成蓝色。"),
    ("Where did they put the {}?", "他们把{}放到哪里去了？"),
    ("Rain fell upon the {}.", "雨落到{}上面。"),
)


def mined(*pairs: tuple[str, str], least: int = 3, traditional: bool = False) -> dict[str, Proposal]:
    sentences = [Sentence(english, chinese, "zh/a.md") for english, chinese in pairs]
    return {each.term: each for each in proposals(sentences, least, traditional=traditional)}


def said(english: str, chinese: str) -> list[tuple[str, str]]:
    return [(here.format(english), there.format(chinese)) for here, there in CONTEXTS]


def test_a_term_is_counted_by_what_stands_for_it() -> None:
    pairs = said("compiler", "编译器")
    found = mined(*pairs, ("The compiler sleeps.", "它在休眠。"))["compiler"]
    assert (found.approved, found.uses, found.unsaid, found.kept) == (("编译器",), 8, 1, 0)
    assert found.forms == (("编译器", 7),)
    assert found.examples[0].sentence.english == "The compiler is new."


def test_two_forms_that_both_are_frequent_are_proposed_the_main_one_first() -> None:
    pairs = [
        *said("dashboard", "仪表盘"),
        *[
            ("Close the dashboard.", "关闭仪表板。"),
            ("Open the dashboard.", "打开仪表板。"),
            ("Dashboard of tides", "潮汐仪表板"),
        ],
    ]
    assert mined(*pairs)["dashboard"].approved == ("仪表盘", "仪表板")


def test_a_term_that_stays_in_english() -> None:
    found = mined(*said("JSON", " JSON "))["json"]
    assert (found.is_kept, found.approved, found.kept) == (True, (), 7)


def test_the_same_sentence_counts_once_and_one_left_in_english_says_nothing() -> None:
    pairs = [("The compiler sleeps.", "编译器在休眠。")] * 9 + [("The compiler reads.", "The compiler reads.")] * 9
    assert "compiler" not in mined(*pairs)


def test_verbs_and_everyday_words_are_no_terms() -> None:
    found = mined(*[(f"They use this thing to write {n}.", f"他们使用这个东西来写 {n}。") for n in range(7)])
    assert found.keys().isdisjoint({"use", "thing", "write"})


def test_a_word_of_which_the_lexicon_knows_nothing_is_aligned_by_its_company() -> None:
    pairs = [
        *said("zorbelix", "潮闸"),
        *said("compiler", "编译器"),
    ]
    assert mined(*pairs)["zorbelix"].approved == ("潮闸",)


def test_a_word_of_which_nothing_is_known_and_nothing_told_is_not_proposed() -> None:
    chinese = ["打开门。", "关上窗。", "点亮灯。", "拉起帆。", "放下锚。"]
    pairs = [(f"The zorbelix does thing {n}.", text) for n, text in enumerate(chinese)]
    assert "zorbelix" not in mined(*pairs, least=5)


def test_a_compound_of_which_only_the_head_was_said_is_not_proposed() -> None:
    pairs = [
        *said("state variable", "变量"),
        *said("variable", "变量"),
    ]
    found = mined(*pairs)
    assert "variable" in found
    assert "state variable" not in found


def test_traditional_characters_are_proposed_as_such() -> None:
    found = mined(*said("compiler", "編譯器"), traditional=True)["compiler"]
    assert found.approved == ("編譯器",)


def test_a_form_that_was_cut_is_completed_and_bared() -> None:
    chinese = ["演练场上", "他爱演练场", "在演练场里", "让演练场亮", "这个演练场", "堆上有水"]
    playground = table().term("playground")
    assert whole_forms([(n, "练场") for n in range(5)], chinese, playground) == [(n, "演练场") for n in range(5)]
    assert whole_forms([(5, "堆上"), (5, "堆")], chinese, None) == [(5, "堆"), (5, "堆")]
    assert whole_forms([(5, "的堆"), (5, "堆")], chinese, None) == [(5, "堆"), (5, "堆")]


def some() -> list[Proposal]:
    pairs = [
        *said("dashboard", "仪表盘"),
        *[
            ("Close the dashboard.", "关闭仪表板。"),
            ("Open the dashboard.", "打开仪表板。"),
            ("Dashboard of tides", "潮汐仪表板"),
        ],
        *said("JSON", " JSON "),
    ]
    return [each for term, each in mined(*pairs).items() if term in ("dashboard", "json")]


def test_csv_is_a_glossary() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(some()))))
    assert [(row["term"], row["approved"], row["keep"]) for row in rows] == [
        ("dashboard", "仪表盘|仪表板", ""),
        ("json", "", "yes"),
    ]
    assert rows[0]["note"] == "10 uses: 仪表盘 7, 仪表板 3"


def test_tbx_prefers_the_first_form() -> None:
    root = etree.fromstring(as_tbx(some()).encode())
    space = "{urn:iso:std:iso:30042:ed-2}"
    first, second = root.iter(f"{space}conceptEntry")
    assert [term.text for term in first.iter(f"{space}term")] == ["dashboard", "仪表盘", "仪表板"]
    assert [note.text for note in first.iter(f"{space}termNote")] == ["preferredTerm-admn-sts", "admittedTerm-admn-sts"]
    assert [term.text for term in second.iter(f"{space}term")] == ["json", "json"]


def test_the_page_marks_the_form_in_its_sentences() -> None:
    page = as_html(some())
    assert "<mark>仪表盘</mark>" in page
    assert "stays in English" in page


def test_json_has_the_counts() -> None:
    first, _ = json.loads(as_json(some()))
    assert (first["forms"], first["keep"], first["uses"]) == ({"仪表盘": 7, "仪表板": 3}, False, 10)
    assert first["examples"][0]["path"] == "zh/a.md"
