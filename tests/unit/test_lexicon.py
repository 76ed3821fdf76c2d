from __future__ import annotations

import importlib.util
import pkgutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilint.lexicon import Rivals, Table, frequent_terms, occurrences, rendered, rivals_in, table, terms

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = {
    "lexicon": "term\tuses\tarticles\tkept\tdropped\tunclear\trenderings\n"
    "kiln\t100\t40\t10\t5\t20\t窑炉:60 的窑:6 窑:2\n"
    "kiln shelf\t30\t9\t0\t0\t0\t棚板:28\n"
    "sit\t50\t30\t0\t0\t0\t坐:50\n"
    "us\t90\t80\t0\t0\t0\t使用:90\n"
    "glaze\t9\t5\t0\t0\t0\t釉:9\n"
    "ware\t20\t9\t0\t0\t0\t物:20\n"
    "unfired\t40\t9\t0\t0\t0\t烧制:20 未烧制:8 生:5\n",
    "renderings": "term\tsegments\tsampled\tkept\trenderings\n"
    "unfired\t30\t30\t0\t未烧制:20:0.700 的坯:3:0.200\n"
    "kiln\t90\t90\t9\t的窑炉:40:0.900\n",
    "said": "term\tpairs\tsaid\tlatin\tbase\tforms\n"
    "kiln\t90\t70\t5\t0.00100\t窑炉:0.750\n"
    "sit\t90\t70\t5\t0.00100\t坐:1.000\n"
    "ware\t90\t20\t0\t0.20000\t物:1.000\n",
    "chinese_background": "form\tsentences_of_556084\n窑炉\t70\n坐\t900\n釉\t9\n",
    "word_shape": "word\tuses\ta\tb\tc\nkiln\t200\t100\t2\t4\n",
    "agreement": "term\tarticles\twithin\tchance\nkiln\t12\t0.914\t0.8\n",
}
LISTS = '{"stop_said": ["the"], "stop_drift": ["of"]}'


def compiler() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compile_lexicon", ROOT / "scripts" / "compile_lexicon.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    for name, text in EVIDENCE.items():
        (tmp_path / f"{name}.tsv").write_text(text, encoding="utf-8")
    (tmp_path / "word_lists.json").write_text(LISTS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def built(evidence: Path) -> Table:
    module = compiler()
    return Table(("\n".join(module.lines(module.read(evidence))) + "\n").encode())


def test_a_term_has_what_was_counted(built: Table) -> None:
    kiln = built.term("kiln")
    assert kiln is not None
    assert (kiln.uses, kiln.articles, kiln.kept, kiln.dropped, kiln.unclear) == (100, 40, 10, 5, 20)
    assert [(form.text, form.count, form.share) for form in kiln.forms] == [
        ("窑炉", 60, 0.75),
        ("的窑", 6, 0.075),
        ("窑", 2, 0.025),
    ]
    assert kiln.kept_share == 10 / 80
    assert (kiln.agreement, kiln.verb, kiln.noun) == (0.91, 0.03, 0.5)
    assert kiln.hit == pytest.approx((70 + 5 + 1.6) / (90 + 2.2), abs=0.001)
    assert kiln.base == pytest.approx(0.0018)
    assert (kiln.share("的窑"), kiln.share("炉")) == (0.075, 0.0)


def test_a_form_of_one_character_tells_only_if_it_is_usual(built: Table) -> None:
    kiln = built.term("kiln")
    assert kiln is not None
    assert [form.text for form in kiln.telling] == ["窑炉", "的窑"]


def test_a_prefix_that_was_cut_from_a_word_is_put_back(built: Table) -> None:
    unfired, kiln = built.term("unfired"), built.term("kiln")
    assert unfired is not None
    assert kiln is not None
    assert [(form.text, form.count) for form in unfired.forms] == [("未烧制", 28), ("生", 5)]
    assert kiln.rendering == "窑炉", "的 is no part of a word"


@pytest.mark.parametrize(
    ("renderings", "main"),
    [
        (["9", "9", "0", "未烧制:20:0.400"], "未烧制"),
        (["9", "9", "0", "未烧制:20:0.390"], "烧制"),
        (["9", "9", "0", "在烧制:20:0.900"], "烧制"),
        (["9", "9", "0", "未经烧制:20:0.900"], "烧制"),
        (["9", "9", "0", ""], "烧制"),
        (None, "烧制"),
    ],
)
def test_only_what_is_counted_often_is_put_back(renderings: list[str] | None, main: str) -> None:
    assert compiler().whole([("烧制", 20)], renderings)[0] == (main, 20)


def test_rows_that_mix_words_and_terms_that_tell_nothing_have_no_rates(built: Table) -> None:
    found = {word: built.term(word) for word in ("sit", "ware", "us", "glaze")}
    assert found["us"] is None, "mostly the verb form of use"
    assert found["glaze"] is None, "too rare"
    assert found["sit"] is not None
    assert found["sit"].hit == 0, "counted with sites"
    assert found["ware"] is not None
    assert found["ware"].hit == 0, "in any text as often"


def test_background_is_known_for_forms_of_the_table(built: Table) -> None:
    assert (built.sentences("窑炉"), built.sentences("釉"), built.sentences("棚板")) == (70, 0, 0)


def test_words_of_terms_and_stop_words_are_known(built: Table) -> None:
    assert [word for word in ("kiln", "shelf", "the", "of", "glaze") if built.has_word(word)] == [
        "kiln",
        "shelf",
        "the",
        "of",
    ]


def test_the_table_is_written_alike_each_time(evidence: Path) -> None:
    def run(name: str) -> bytes:
        command = [sys.executable, ROOT / "scripts" / "compile_lexicon.py", "--evidence", evidence]
        subprocess.run([*map(str, command), "--output", str(evidence / name)], check=True, capture_output=True)
        return (evidence / name).read_bytes()

    assert run("one") == run("two")


def test_the_shipped_table_is_what_the_counts_give() -> None:
    folder = ROOT.parent / "shared" / "evidence"
    if not (folder / "said.tsv").is_file():
        pytest.skip(f"{folder}: no counts there")
    module = compiler()
    written = "\n".join(module.lines(module.read(folder))) + "\n"
    assert (module.DATA / "lexicon.tsv").read_text(encoding="utf-8") == written


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("sites", "site"),
        ("libraries", "library"),
        ("processes", "process"),
        ("caches", "cache"),
        ("cookies", "cookie"),
        ("printer’s", "printer"),
        ("class", "class"),
        ("status", "status"),
        ("does", "does"),
        ("was", "was"),
        ("us", "us"),
        ("zxqvs", "zxqvs"),
    ],
)
def test_only_the_plural_is_folded_and_only_to_a_known_term(word: str, folded: str) -> None:
    assert table().fold(word) == folded


def test_a_suggestion_has_no_glue_at_its_edges() -> None:
    found = {word: table().term(word) for word in ("ability", "garbage collection", "uncertainty")}
    renderings = {word: term.rendering for word, term in found.items() if term}
    assert renderings == {"ability": "能力", "garbage collection": "垃圾回收", "uncertainty": "不确定性"}


def test_the_longest_terms_are_taken_and_no_word_twice() -> None:
    assert [term.text for term in terms("The garbage collection of the garbage")] == ["garbage collection", "garbage"]


def test_terms_cross_no_punctuation_and_no_code() -> None:
    assert "garbage collection" not in [term.text for term in terms("garbage, collection; garbage \ufffc collection")]


def test_each_term_is_told_once_and_addresses_are_no_text() -> None:
    assert [term.text for term in terms("Servers: a server at https://uncertainty.example/folder")] == ["server"]


def test_occurrences_overlap_and_say_where_they_stand() -> None:
    text = "its garbage collections"
    found = {o.term.text: (o.first, o.end, text[o.span.start : o.span.end]) for o in occurrences(text)}
    assert found["garbage collection"] == (1, 3, "garbage collections")
    assert found["garbage"] == (1, 2, "garbage")
    assert found["collection"] == (2, 3, "collections")


def test_a_term_is_found_though_its_first_word_alone_is_none() -> None:
    assert list(table().beginning("monte")) == ["carlo"]
    assert next(occurrences("a Monte Carlo simulation")).term.text == "monte carlo"


def test_frequent_terms_are_those_that_occur_often_in_the_texts_where_they_stand() -> None:
    texts = ["The access control list of an account.", "Access control lists, accounts; access control!", "Accounts."]
    where: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for found in occurrences(text):
            where[found.term.text].append(number)
    often = {term: sorted(numbers) for term, numbers in where.items() if len(numbers) >= 3}
    assert {"account", "access control"} <= often.keys()
    assert frequent_terms(texts, 3, bool) == often
    assert frequent_terms(texts, 3, lambda term: term == "account") == {"account": [0, 1, 2]}


def test_rivals_are_told_by_a_text_that_has_both_names() -> None:
    assert set(rivals_in("先点仪表板，再看仪表盘。")) == {Rivals("dashboard", "仪表板", "仪表盘")}
    assert not {*rivals_in("先点仪表板，再看仪表板。")}
    assert not {*rivals_in("板仪，盘表；仪表 板")}, "the letters are not in a row"


def test_rivals_are_found_wherever_the_list_has_them() -> None:
    data = pkgutil.get_data("bilint", "data/rivals.tsv")
    assert data is not None
    lines = data.decode("utf-8").split("\n")[1:-1]
    listed = [Rivals(*written.split("|")) for line in lines for written in line.split("\t")[1:]]
    assert len(listed) > 8000
    for each in listed[::50]:
        assert each in set(rivals_in(f"{each.one}，{each.two}")), each


def test_what_is_not_wanted_still_takes_its_words() -> None:
    english, chinese = "The access control list of the account", "账户的访问控制列表"
    every = list(rendered(english, chinese))
    assert [found.occurrence.term.text for found in every][:1] == ["access control list"]
    assert [*rendered(english, chinese, {"account"})] == [f for f in every if f.occurrence.term.text == "account"] != []
    assert not {*rendered(english, chinese, {"access", "control", "list"})}
