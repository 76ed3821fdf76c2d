from __future__ import annotations

import time
from pathlib import Path

import pytest
from real_sluggers import FROM_PYPI, ON_NPM, Asked, from_npm

from bilint.text.slugs import Generator, Slugger, guesses, may_be, slugs


def _table() -> list[tuple[Asked, list[str]]]:
    text = (Path(__file__).with_name("data") / "slugs.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("# ")]
    return [((generator, tuple(headings.split("|"))), made.split("|")) for generator, headings, made in rows]


TABLE = _table()


@pytest.mark.parametrize("generator", Generator)
def test_headings_get_the_slugs_of_the_table(generator: Generator) -> None:
    rows = [(headings, made) for (name, headings), made in TABLE if name == generator]
    assert len(rows) >= 12
    for headings, made in rows:
        assert slugs(headings, generator) == made


def test_table_is_long_enough() -> None:
    assert sum(len(headings) for (_, headings), _ in TABLE) >= 120


def test_table_is_what_the_sluggers_of_npm_say() -> None:
    asked = [(question, made) for question, made in TABLE if question[0] in ON_NPM]
    answers = from_npm([question for question, _ in asked])
    if isinstance(answers, str):
        pytest.skip(answers)
    checked = [(question, made, answer) for (question, made), answer in zip(asked, answers, strict=True) if answer]
    if not checked:
        pytest.skip("no slugger of npm is installed there")
    for question, made, answer in checked:
        assert made == answer, question


@pytest.mark.parametrize("generator", sorted(FROM_PYPI))
def test_table_is_what_the_sluggers_of_pypi_say(generator: str) -> None:
    try:
        ask = FROM_PYPI[generator]()
    except ImportError as error:
        pytest.skip(f"{error.name} is not installed: pip install 'bilint[sluggers]'")
    for (name, headings), made in TABLE:
        if name == generator:
            assert ask(headings) == made, headings


def test_explicit_ids_are_taken() -> None:
    assert slugs(["Setup", "Setup"], Generator.GITHUB, taken=["setup"]) == ["setup-1", "setup-2"]
    assert slugs(["Setup"], Generator.MKDOCS, taken=["setup"]) == ["setup_1"]
    assert slugs(["Setup"], Generator.MDN, taken=["setup"]) == ["setup_2"]


def test_slugger_goes_heading_by_heading() -> None:
    slugger = Slugger(Generator.VITEPRESS)
    assert [slugger.slug("1. 安装"), slugger.slug("1. 安装")] == ["_1-安装", "_1-安装-1"]


def test_guesses_have_the_slug_of_every_generator() -> None:
    heading = "参数（可选）：`--fix`"
    assert guesses(heading) >= {slugs([heading], generator)[0] for generator in (Generator.GITHUB, Generator.VITEPRESS)}
    assert "参数可选--fix" in guesses(heading)
    assert "参数-可选-fix" in guesses(heading)
    assert "" not in guesses("！")


def test_a_fragment_may_be_a_heading_where_some_generator_makes_it() -> None:
    heading = "参数（可选）：`--fix`"
    assert all(may_be(fragment, heading) for fragment in guesses(heading))
    assert not any(may_be(fragment, heading) for fragment in ("", "fixed", "参数"))


@pytest.mark.parametrize("generator", Generator)
def test_many_equal_headings_take_linear_time(generator: Generator) -> None:
    begun = time.process_time()
    made = slugs(["示例 a_1"] * 20_000, generator)
    assert time.process_time() - begun < 2
    assert len(made) == 20_000
