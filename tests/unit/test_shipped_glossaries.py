"""The term lists that come with bilint: they load, are sorted, and agree with each other."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest

from bilint.glossary import load
from bilint.lexicon import table

FOLDER = Path(__file__).parents[2] / "glossaries"
NAMES = sorted(file.stem for file in FOLDER.glob("*.csv"))
COUNTED = ("systems-cloud", "web")
ENOUGH = 600


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", NAMES)
def test_it_loads_and_is_sorted(name: str) -> None:
    assert len(load([name], Path()).terms) == len(rows(name))
    terms = [row["term"].lower() for row in rows(name)]
    assert terms == sorted(terms)


def test_no_two_lists_have_a_term_in_common() -> None:
    for one, two in combinations(NAMES, 2):
        assert not {row["term"].lower() for row in rows(one)} & {row["term"].lower() for row in rows(two)}


def test_what_one_approves_no_other_forbids_for_the_same_words() -> None:
    for name in COUNTED:
        assert all(not row["forbidden"] and (row["approved"] or row["keep"]) for row in rows(name))


def test_web_and_systems_are_large_and_counted() -> None:
    assert sum(len(rows(name)) for name in COUNTED) >= ENOUGH
    assert all(row["note"].endswith(" uses") for name in COUNTED for row in rows(name))


@pytest.mark.parametrize("name", COUNTED)
def test_the_first_rendering_is_one_that_published_translations_have(name: str) -> None:
    for row in rows(name):
        term = table().term(" ".join(table().fold(word) for word in row["term"].lower().split()))
        assert term is not None, row["term"]
        first = row["approved"].split("|")[0]
        assert row["keep"] or term.share(first) >= 0.3, row["term"]
