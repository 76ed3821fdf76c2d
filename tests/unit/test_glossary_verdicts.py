"""What is said for a term in a sentence pair: labelled cases, and what holds for all."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bilint.glossary import Glossary, Term
from bilint.glossary.chinese import Normal, normal
from bilint.glossary.entries import COLUMNS, Cells, term_of
from bilint.glossary.near import near
from bilint.glossary.terms import Layer
from bilint.glossary.verdicts import Kind, Verdict, mentions_in, verdicts

if TYPE_CHECKING:
    import pytest

CASES = Path(__file__).parent / "data" / "glossary_cases.tsv"
NONE = "none"
GROUPS = {Kind.INSTEAD: "absent", Kind.TRANSLATED: "stays", Kind.MISSING: "stays"}
"""Which word stands there instead is for the lexicon to know; the labels say what is wrong."""
SILENT = frozenset({NONE, "right"})
LEAST_F1 = 0.98


def entry(line: str) -> Term:
    cells = next(csv.reader([line]))
    return term_of(Cells(dict(zip(COLUMNS, cells, strict=False)), "terms.csv:2"), Layer.OWN)


def judged(english: str, chinese: str, entries: str) -> str:
    """The verdict on the first of the entries."""
    terms = tuple(map(entry, entries.split(";;")))
    glossary = Glossary(terms)
    mentions = mentions_in(english, glossary, near(glossary, english.lower()))
    found = [each for each in verdicts(mentions, english, chinese, glossary) if each.term == terms[0]]
    return str(GROUPS.get(found[0].kind, found[0].kind)) if found else NONE


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_labelled_cases_are_judged_as_we_judge_them(capsys: pytest.CaptureFixture[str]) -> None:
    confusion: Counter[tuple[str, str]] = Counter()
    wrong = []
    for case in cases():
        found = judged(case["english"], case["chinese"], case["entries"])
        confusion[case["verdict"], found] += 1
        if found != case["verdict"]:
            wrong.append(f"{case['verdict']} judged {found}: {case}")
    right = sum(n for (label, found), n in confusion.items() if label == found and label not in SILENT)
    said = sum(n for (_, found), n in confusion.items() if found not in SILENT)
    due = sum(n for (label, _), n in confusion.items() if label not in SILENT)
    f1 = 2 * right / (said + due)
    with capsys.disabled():
        print(f"\nglossary cases: {confusion.total()}, F1 {f1:.3f}")
        for (label, found), count in sorted(confusion.items()):
            print(f"  {label:9} judged {found:9} {count:4}")
    assert f1 >= LEAST_F1, "\n".join(wrong)


def test_there_are_enough_labelled_cases_of_every_kind() -> None:
    kinds = Counter(case["kind"] for case in cases())
    assert kinds.total() >= 300
    assert min(kinds.values()) >= 10
    assert {case["verdict"] for case in cases()} == {
        "right", "none", "forbidden", "absent", "beside", "left", "stays",
    }  # fmt: skip


LABELLED = cases()
some_case = st.sampled_from(LABELLED)
WIDE = {code: code + 0xFEE0 for code in range(ord("0"), ord("z") + 1) if chr(code).isalnum()}


def all_of(case: dict[str, str], chinese: str, *more: Term) -> list[Verdict]:
    terms = (*map(entry, case["entries"].split(";;")), *more)
    glossary = Glossary(terms)
    mentions = mentions_in(case["english"], glossary, near(glossary, case["english"].lower()))
    return list(verdicts(mentions, case["english"], chinese, glossary))


def kinds(found: list[Verdict]) -> list[tuple[str, Kind]]:
    return [(each.term.source, each.kind) for each in found]


@given(some_case)
def test_an_approved_rendering_that_stands_is_never_missed(case: dict[str, str]) -> None:
    for each in all_of(case, case["chinese"]):
        for form in each.term.approved:
            again = [v for v in all_of(case, f"{case['chinese']}，{form}。") if v.term == each.term]
            assert {v.kind for v in again} <= {Kind.RIGHT, Kind.FORBIDDEN, Kind.BESIDE}


@given(some_case)
def test_a_forbidden_rendering_that_stands_alone_is_always_found(case: dict[str, str]) -> None:
    for each in all_of(case, case["chinese"]):
        for form in each.term.forbidden:
            again = [v for v in all_of(case, f"{case['chinese']}，{form}。") if v.term == each.term]
            assert {v.kind for v in again} == {Kind.FORBIDDEN}


@given(some_case, st.data())
def test_spaces_beside_chinese_change_nothing(case: dict[str, str], data: st.DataObject) -> None:
    text = case["chinese"]
    gaps = [at for at in range(1, len(text)) if ord(text[at]) > 0x2000 or ord(text[at - 1]) > 0x2000]
    at = data.draw(st.sampled_from(gaps))
    blank = data.draw(st.sampled_from([" ", "\u3000", "\n", "\u00a0"]))
    plain = kinds(all_of(case, text))
    if not {Kind.LEFT, Kind.TRANSLATED, Kind.MISSING} & {
        kind for _, kind in plain
    }:  # English is a word with its blanks
        assert kinds(all_of(case, text[:at] + blank + text[at:])) == plain


@given(some_case)
def test_terms_that_the_english_does_not_have_change_nothing(case: dict[str, str]) -> None:
    other = Term("zyzzyva beetle", ("象鼻虫",), ("词元", "缓存", "代币"))
    assert kinds(all_of(case, case["chinese"], other)) == kinds(all_of(case, case["chinese"]))


@given(some_case)
def test_places_lie_in_the_texts(case: dict[str, str]) -> None:
    for each in all_of(case, case["chinese"]):
        assert 0 <= each.source.start < each.source.end <= len(case["english"])
        assert 0 <= each.place.start <= each.place.end <= len(case["chinese"])
        if each.form:
            assert normal(case["chinese"][each.place.start : each.place.end]) == normal(each.form)


@given(st.text(st.sampled_from("词元 AＡiＩ\u3000\n\t-—·•bB１1İ\u200b。s"), max_size=30))
def test_a_compared_text_knows_the_way_back(text: str) -> None:
    compared = Normal(text)
    places = [compared.place(at) for at in range(len(compared.text))]
    assert places == sorted(set(places))
    for at, place in enumerate(places):
        assert Normal(text[place]).text in (compared.text[at], "")


def test_a_form_is_found_in_all_its_places() -> None:
    assert list(Normal("令令牌牌令").find("令")) == [(0, 1), (1, 2), (4, 5)]
    assert list(Normal("牌牌牌").find("牌牌")) == [(0, 2), (1, 3)]


@given(st.text(st.sampled_from("词元令牌AIai "), min_size=1, max_size=12), st.text(max_size=20))
def test_wide_letters_are_letters(form: str, around: str) -> None:
    assert normal(form.translate(WIDE)) == normal(form)
    assert normal(normal(around)) == normal(around)


def test_a_term_in_every_clause_of_a_long_sentence_costs_as_much_as_the_sentence_is_longer() -> None:
    glossary = Glossary((Term("repository", ("仓库",)),))

    def seconds(count: int) -> float:
        english, chinese = "Open the package repository, " * count, "打开软件包存储库，" * count
        start = process_time()
        found = list(verdicts(mentions_in(english, glossary), english, chinese, glossary))
        assert [each.kind for each in found] == [Kind.INSTEAD]
        return process_time() - start

    short, long = (min(seconds(count) for _ in range(3)) for count in (400, 3200))
    assert long < 24 * short  # eight times as long; with its square, it would be 64
