from __future__ import annotations

import csv
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.glossary import Glossary, Term, load
from bilint.glossary.terms import PartOfSpeech
from bilint.model import UserError

SHIPPED = Path(__file__).parents[2] / "glossaries" / "ai-ml.csv"
AI_ML = load(["ai-ml"], Path())
HEADER = "term,approved,forbidden,keep,case,note\n"


def found(source: str, text: str, **flags: Any) -> list[str]:
    glossary = Glossary((Term(source, ("译",), **flags),))
    return [text[start:end] for _, start, end in glossary.in_source(text)]


def forbidden(text: str, *terms: Term) -> list[tuple[str, str]]:
    return [(form, text[start:end]) for _, form, start, end in Glossary(terms).forbidden_in(text)]


def written(folder: Path, content: str, name: str = "terms.csv") -> Glossary:
    (folder / name).write_bytes(content.encode())
    return load([name], folder)


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("neural network", "Neural Networks and a neural\nnetwork's layers", ["Neural Networks", "neural\nnetwork"]),
        ("fine-tuning", "fine tuning, finetuning, Fine‑tuning", ["fine tuning", "finetuning", "Fine‑tuning"]),
        ("machine learning", "a machine-learning model; machine. Learning", ["machine-learning"]),
        ("emergent ability", "emergent abilities", ["emergent abilities"]),
        ("matrix", "matrices, matrix", ["matrices", "matrix"]),
        ("bias", "biases", ["biases"]),
        ("hypothesis", "hypotheses", ["hypotheses"]),
        ("corpus", "corpora", ["corpora"]),
        ("tokenize", "tokenized, tokenising, tokenizes", ["tokenized", "tokenising", "tokenizes"]),
        ("quantify", "quantified, quantifies, quantifying", ["quantified", "quantifies", "quantifying"]),
        ("token", "tokenizer access_token token.py https://a.example/token x.token", []),
        ("token", "token-based (tokens)", ["token", "tokens"]),
        ("prompt", "it prompted us, prompting", []),
        ("Bayes' theorem", "Bayes’ theorem", ["Bayes’ theorem"]),
        ("C++", "C and C++.", ["C++"]),
        ("Node.js", "Node.js, node js", ["Node.js"]),
        ("transformer", "用Transformer训练", ["Transformer"]),
        ("test set", "test\ufffcset, test/set", []),
    ],
)
def test_english_terms_are_found_by_words(source: str, text: str, expected: list[str]) -> None:
    assert found(source, text) == expected


@pytest.mark.parametrize(("pos", "expected"), [(PartOfSpeech.VERB, ["sets up", "setting up"]), (PartOfSpeech.NOUN, [])])
def test_only_of_a_verb_the_first_word_is_inflected(pos: PartOfSpeech, expected: list[str]) -> None:
    glossary = Glossary((Term("set up", ("搭建",), pos=pos),))
    text = "Ada sets up the tent, Bo is setting up the lamp."
    assert [text[start:end] for _, start, end in glossary.in_source(text)] == expected


def test_case_counts_when_the_list_says_so() -> None:
    assert found("RAG", "RAGs, rag, Rag", case_sensitive=True) == ["RAGs"]
    assert found("Hugging Face", "hugging face", case_sensitive=True) == []


def test_an_acronym_is_case_sensitive_by_itself(tmp_path: Path) -> None:
    glossary = written(tmp_path, HEADER + "IT,信息技术,,,,\nA,甲,,,,\n")
    assert [term.case_sensitive for term in glossary.terms] == [True, False]
    assert [start for _, start, _ in glossary.in_source("so it is IT")] == [9]


def test_the_longest_term_wins() -> None:
    glossary = Glossary(
        (Term("language", ("语言",)), Term("language model", ("模型",)), Term("large language model", ("大",)))
    )
    text = "a large language model, language models, language"
    assert [(term.source, text[a:b]) for term, a, b in glossary.in_source(text)] == [
        ("large language model", "large language model"),
        ("language model", "language models"),
        ("language", "language"),
    ]


def test_a_listed_form_goes_before_a_derived_one() -> None:
    glossary = Glossary((Term("weight", ("权重",)), Term("weights", ("权值",))))
    assert [term.source for term, _, _ in glossary.in_source("weights")] == ["weights"]


def test_forbidden_forms_are_found_without_word_boundaries() -> None:
    generative = Term("generative", ("生成式",), ("生成型",))
    assert forbidden("这是生成型人工智能。", generative) == [("生成型", "生成型")]


def test_a_space_between_han_and_latin_does_not_matter() -> None:
    term = Term("AI agent", ("AI 智能体",), ("AI 特工", "Agent特工"))
    text = "AI特工、AI 特工、Agent 特工、OpenAI 特工"
    assert [match for _, match in forbidden(text, term)] == ["AI特工", "AI 特工", "Agent 特工"]


def test_a_forbidden_form_inside_a_longer_approved_one_is_passed_over() -> None:
    terms = Term("pattern", ("样式",), ("模型",)), Term("large language model", ("大模型", "AI 模型库"))
    assert [match for _, match in forbidden("大模型、AI模型库、模型", *terms)] == ["模型"]
    longer = Term("generative", ("生成",), ("生成型",))
    assert forbidden("生成型", longer) == [("生成型", "生成型")]


def test_every_term_that_forbids_a_form_is_named() -> None:
    terms = Term("generative", (), ("生成型",)), Term("generative AI", (), ("生成型",))
    assert [term.source for term, *_ in Glossary(terms).forbidden_in("生成型")] == ["generative", "generative AI"]


def test_csv_and_toml_say_the_same(tmp_path: Path) -> None:
    table = written(tmp_path, "\ufeff" + HEADER + '\ntoken,词元| 令牌,标牌,yes,no,"a, b"\n')
    tables = (
        '[[term]]\nterm = "token"\napproved = ["词元", "令牌"]\nforbidden = "标牌"\nkeep = true\ncase = false\n'
        'note = "a, b"\n'
    )
    same = written(tmp_path, tables, "terms.toml")
    assert table.digest == same.digest
    assert table.terms[0] == Term("token", ("词元", "令牌"), ("标牌",), True, False, "a, b", "terms.csv:3")
    assert same.terms[0].origin == "terms.toml:1"


@pytest.mark.parametrize(
    ("content", "where", "words"),
    [
        ("term,aproved\n", "terms.csv:1", "unknown column `aproved`"),
        ("term;approved\n", "terms.csv:1", "unknown column"),
        ("approved\n", "terms.csv:1", "no column `term`"),
        ("term,term\n", "terms.csv:1", "comes twice"),
        ("", "terms.csv:1", "is empty"),
        (HEADER + ",词元\n", "terms.csv:2", "empty term"),
        (HEADER + "词元,词元\n", "terms.csv:2", "no Latin letter"),
        (HEADER + "token,词元\n\nToken,令牌\n", "terms.csv:4", "duplicate term `Token`"),
        (HEADER + 'a,"甲\n乙"\nfine-tune,微调\nfine tune,微调\n', "terms.csv:5", "duplicate term"),
        (HEADER + "token,词元|令牌,令牌\n", "terms.csv:2", "both approved and forbidden"),
        (HEADER + "token,,,no\n", "terms.csv:2", "nothing is said"),
        (HEADER + "token,,,maybe\n", "terms.csv:2", "neither yes nor no"),
        (HEADER + "token,词元||令牌\n", "terms.csv:2", "cannot be split"),
        (HEADER + "token,词元｜令牌\n", "terms.csv:2", "cannot be split"),
        (HEADER + "token,词元,,,,a,b\n", "terms.csv:2", "7 cells under 6 columns"),
        (HEADER + 'token,"词元\n', "terms.csv:2", "not valid CSV"),
    ],
)
def test_a_bad_csv_is_refused_with_its_line(tmp_path: Path, content: str, where: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        written(tmp_path, content)
    assert caught.value.message.startswith(where + ":")
    assert words in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("content", "where", "words"),
    [
        ("[[term]\n", "terms.toml:1", "not valid TOML"),
        ("\n[[terms]]\nterm = 'a'\n", "terms.toml:2", "unexpected `terms`"),
        ("term = 3\n", "terms.toml:1", "unexpected `term`"),
        ("term = ['token']\n", "terms.toml:1", "unexpected `term`"),
        ("[[term]]\nterm = 'a'\nkeep = true\n[[term]]\nkeeps = true\n", "terms.toml:4", "unknown key `keeps`"),
        ("[[term]]\nterm = 'a'\napproved = [1]\n", "terms.toml:1", "wrong value for `approved`"),
    ],
)
def test_a_bad_toml_is_refused_with_its_line(tmp_path: Path, content: str, where: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        written(tmp_path, content, "terms.toml")
    assert caught.value.message.startswith(where + ":")
    assert words in caught.value.message


def test_a_duplicate_names_both_lines(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        written(tmp_path, HEADER + "token,词元\ntoken,令牌\n")
    assert "terms.csv:3" in caught.value.message
    assert "terms.csv:2" in caught.value.hint


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_bytes(HEADER.encode() + "token,词元\n".encode("gb18030"))
    with pytest.raises(UserError, match=r"terms\.csv:2: is not UTF-8"):
        load(["terms.csv"], tmp_path)


@pytest.mark.parametrize("name", ["missing.csv", "ai-lm", "../ai-ml"])
def test_a_missing_list_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError) as caught:
        load([name], tmp_path)
    assert name in caught.value.message
    assert caught.value.hint


def test_a_later_list_replaces_terms_of_an_earlier_one(tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text(HEADER + "Token,标记\n", encoding="utf-8")
    both = load(["ai-ml", "ours.csv"], tmp_path)
    assert len(both.terms) == len(AI_ML.terms)
    assert [t.approved for t in both.terms if t.source.lower() == "token"] == [("标记",)]
    assert both.digest != AI_ML.digest


def test_no_list_finds_nothing() -> None:
    empty = load([], Path())
    assert empty == Glossary()
    assert list(empty.in_source("a token")) == []
    assert list(empty.forbidden_in("生成型")) == []


def test_the_digest_depends_on_neither_order_nor_place() -> None:
    one, two = Term("a", ("甲",), origin="x:1"), Term("b", ("乙",), origin="y:1")
    moved = Term("a", ("甲",), origin="z:9")
    assert Glossary((one, two)).digest == Glossary((two, moved)).digest


def test_a_glossary_survives_pickling() -> None:
    copy = pickle.loads(pickle.dumps(AI_ML))
    assert list(copy.in_source("large language models")) == list(AI_ML.in_source("large language models"))


def test_the_shipped_list_is_sorted_and_says_why() -> None:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [row["term"] for row in rows]
    assert names == sorted(names, key=str.casefold)
    assert len(names) >= 180
    assert [row["term"] for row in rows if row["forbidden"] and not row["note"]] == []
    assert not re.search(r"[\u201c\u201d\r]", SHIPPED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("term", AI_ML.terms, ids=lambda term: term.source)
def test_every_shipped_term_finds_itself(term: Term) -> None:
    assert [(t.source, a, b) for t, a, b in AI_ML.in_source(term.source)] == [(term.source, 0, len(term.source))]
    for form in term.forbidden:
        assert any(t == term and f == form for t, f, _, _ in AI_ML.forbidden_in(form)), form


def folded(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold().replace("is", "iz")


words = st.sampled_from(
    [t.source for t in AI_ML.terms] + ["the", "models", "Networks", "C++", "données", "İ", "x_y", "的"]
)
ends = st.sampled_from([" ", "s ", "-", "es ", ", ", ".\n", "’s ", "\ufffc", "/", "\u00a0"])
english = st.lists(st.tuples(words, ends).map("".join), max_size=30).map("".join) | st.text()


@given(english)
def test_matches_are_ordered_apart_and_inflections_of_their_terms(text: str) -> None:
    done = 0
    for term, start, end in AI_ML.in_source(text):
        assert done <= start < end <= len(text)
        stem = folded(term.source)[:-2]
        assert folded(text[start:end]).startswith(stem)
        assert len(folded(text[start:end])) <= len(folded(term.source)) + 3
        done = end


forms = [form for t in AI_ML.terms for form in (*t.forbidden, *t.approved)]
chinese = st.lists(st.sampled_from([*forms, " ", "的", "AI", "，"]), max_size=30).map("".join) | st.text()


@given(chinese)
def test_forbidden_places_are_ordered_and_hold_the_form(text: str) -> None:
    places = []
    for term, form, start, end in AI_ML.forbidden_in(text):
        assert form in term.forbidden
        assert re.sub(r"\s", "", text[start:end]) == re.sub(r"\s", "", form)
        places.append((start, end))
    assert places == sorted(places)
