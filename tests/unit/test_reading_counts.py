"""What a project says of a word: kept on purpose, said in Chinese, or neither."""

from __future__ import annotations

import pytest

from bilint.align import align
from bilint.evidence import Evidence, Tally
from bilint.model import Article
from bilint.parse import parse
from bilint.reading.counts import KeptOnPurpose, WordUses, word_uses
from bilint.reading.reading import Reading


def _project(source: dict[str, int], kept: dict[str, int]) -> Evidence:
    return Evidence({f"{word_uses.__module__}.{word_uses.__qualname__}": WordUses(Tally(source), Tally(kept))})


@pytest.mark.parametrize(
    ("source", "kept", "on_purpose"),
    [
        ({"outage": 5}, {"outage": 5}, True),
        ({"outage": 4}, {"outage": 4}, False),
        ({"outage": 40}, {"outage": 5}, False),
        ({"outage": 40}, {"outage": 2}, False),
        ({"outage": 10}, {}, False),
        ({"outage": 12}, {}, False),
        ({"outage": 20, "outages": 20}, {"outage": 3, "outages": 3}, True),
    ],
)
def test_what_a_project_says_of_a_word(source: dict[str, int], kept: dict[str, int], *, on_purpose: bool) -> None:
    project, forms = _project(source, kept), ("outage", "outages")
    assert KeptOnPurpose(forms).verdict(project) is on_purpose


def test_what_is_not_translated_says_nothing_of_a_word() -> None:
    source = parse("The outage was long.\n\nAn outage is dear.\n\nNo outage since.\n", "en.md")
    target = parse("这次 outage 很久。\n\nAn outage is dear.\n\n此后没有停电。\n", "zh.md")
    counts = word_uses(Reading(Article(target, bitext=align(source, target))))
    assert counts.source["outage"] == 3
    assert counts.kept["outage"] == 1
