"""What is said for a term in a sentence pair: labelled cases, and what holds for all."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.glossary import Glossary, Term
from bilint.glossary.entries import COLUMNS, Cells, term_of
from bilint.glossary.near import near
from bilint.glossary.terms import Layer
from bilint.glossary.verdicts import Kind, verdicts

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
    applies = near(glossary, english.lower())
    found = [each for each in verdicts(english, chinese, glossary, applies=applies) if each.term == terms[0]]
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
