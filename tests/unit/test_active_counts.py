"""What is counted in each article: only what active rules ask for."""

from __future__ import annotations

from pathlib import Path

from bilint.reading.counts import originals, word_uses
from bilint.reading.typography import typography
from bilint.rules import all_rules
from bilint.selection import Selection
from bilint.settings import Loaded, Override, Settings

UNTRANSLATED = ("untranslated-label", "untranslated-link", "untranslated-noun", "untranslated-words")


def _counts(settings: Settings) -> tuple[object, ...]:
    return Selection(Loaded(settings, Path())).counts


def test_all_rules_are_counted_for_once() -> None:
    counted = _counts(Settings())
    assert set(counted) == {count for rule in all_rules().values() for count in rule.counts}
    assert len(counted) == len(set(counted))


def test_a_rule_that_is_not_selected_counts_nothing() -> None:
    assert _counts(Settings(select=("mixed-spacing", "typo"))) == (typography,)


def test_a_rule_that_is_ignored_counts_nothing_unless_another_asks_for_the_same() -> None:
    counted = _counts(Settings(ignore=("mixed-spacing", *UNTRANSLATED)))
    assert typography in counted
    assert originals in counted
    assert word_uses not in counted


def test_what_an_override_selects_is_counted_in_all_articles() -> None:
    overrides = (
        Override(paths=("docs/*",), select=("untranslated-words",)),
        Override(paths=("x/*",), ignore=("typo",)),
    )
    assert _counts(Settings(select=("typo",), overrides=overrides)) == (word_uses,)
