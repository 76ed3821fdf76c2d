"""The sample articles come out as `fixtures/expected.toml` says: every planted fault, and nothing else."""

from __future__ import annotations

import gc
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bilint import pipeline, settings
from bilint.discover import discover
from bilint.model import Confidence, Place, Placed, Report, Severity
from bilint.rules import all_rules

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
ARTICLES: list[dict[str, Any]] = tomllib.loads((FIXTURES / "expected.toml").read_text(encoding="utf-8"))["article"]


@pytest.fixture(scope="module")
def report() -> Report:
    """The report with findings of low confidence."""
    loaded = settings.load(FIXTURES)
    everything = msgspec.structs.replace(loaded.settings, min_confidence=Confidence.LOW)
    loaded = msgspec.structs.replace(loaded, settings=everything)
    try:
        return pipeline.run(discover([str(FIXTURES)], everything, FIXTURES), pipeline.Plan.of(loaded, {}))
    finally:
        gc.enable()


def found(report: Report, path: str) -> list[Placed]:
    return [finding for finding in report.findings if Path(finding.target.place.path) == FIXTURES / path]


def places(finding: Placed) -> list[Place]:
    return [finding.target.place, *finding.more]


def is_meant(finding: Placed, expected: dict[str, Any]) -> bool:
    """Whether a finding is (a part of) what is expected or allowed: rule, lines, text, and lines of the original."""
    if finding.rule != expected["rule"]:
        return False
    if "lines" not in expected:
        return True
    lines = [place.line for place in places(finding)]
    if expected.get("within"):
        first, last = expected["lines"]
        on_them = all(first <= line <= last for line in lines)
    else:
        on_them = set(lines) <= set(expected["lines"])
    marked = expected.get("text", "")
    return on_them and (marked in finding.target.text or finding.target.text in marked)


def text_at(place: Place) -> str:
    row = Path(place.path).read_text(encoding="utf-8").split("\n")[place.line - 1]
    return row[place.column - 1 : place.end_column - 1] if place.end_line == place.line else row[place.column - 1 :]


def test_every_article_is_listed(report: Report) -> None:
    assert [Path(each.path).relative_to(FIXTURES).as_posix() for each in report.articles] == sorted(
        article["path"] for article in ARTICLES
    )
    assert not report.problems


def test_every_rule_that_is_named_exists() -> None:
    named = {each["rule"] for article in ARTICLES for key in ("expect", "allow") for each in article.get(key, ())}
    assert named <= all_rules().keys()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["path"])
def test_the_original_is_found(article: dict[str, Any], report: Report) -> None:
    checked = next(each for each in report.articles if Path(each.path) == FIXTURES / article["path"])
    if "original" not in article:
        assert checked.original is None
        return
    assert checked.original is not None
    assert checked.original.path is not None
    assert (Path(checked.original.path), checked.original.found_by) == (
        FIXTURES / article["original"],
        article["found_by"],
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(article["path"], each, id=f"{article['path']}: {each['rule']} {each['lines']}")
        for article in ARTICLES
        for each in article.get("expect", ())
    ],
)
def test_a_planted_fault_is_reported(path: str, expected: dict[str, Any], report: Report) -> None:
    meant = [finding for finding in found(report, path) if is_meant(finding, expected)]
    assert meant
    assert {finding.confidence is Confidence.LOW for finding in meant} == {expected.get("confidence") == "low"}
    if not expected.get("within"):
        assert sorted(place.line for finding in meant for place in places(finding)) == expected["lines"]
    for finding in meant:
        for place in finding.more:
            assert text_at(place) in expected["text"] or expected["text"] in text_at(place)
    if "source" in expected:
        assert all(finding.source is not None for finding in meant)
        lines = [expected["source"][0], expected["source"][-1]]
        for finding in meant:
            assert finding.source is not None
            assert lines[0] <= finding.source.place.line <= finding.source.place.end_line <= lines[1]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["path"])
def test_nothing_else_is_reported(article: dict[str, Any], report: Report) -> None:
    meant = [*article.get("expect", ()), *article.get("allow", ())]
    for finding in found(report, article["path"]):
        if finding.severity.rank >= Severity.WARNING.rank and finding.confidence is not Confidence.LOW:
            assert any(is_meant(finding, each) for each in meant), finding.message
