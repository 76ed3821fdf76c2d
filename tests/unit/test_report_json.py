from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from report_samples import FULL, MIXED_TERM, UNTRANSLATED, finding, report

from bilint.model import Kind
from bilint.report import Style, pieces, render
from bilint.report.json import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bilint.model import Report

STYLE = Style(color=False, width=80)


def parsed(given: Report) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(render(given, "json", style=STYLE))
    return made


def validate(value: object) -> None:
    Draft202012Validator(schema()).validate(value)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("given", [FULL, report(), report(articles=())])
def test_reports_are_valid(given: Report) -> None:
    validate(parsed(given))


@pytest.mark.parametrize("key", ["signature", "findings", "problems"])
def test_a_missing_key_is_not_valid(key: str) -> None:
    value = parsed(FULL)
    del value[key]
    with pytest.raises(ValidationError):
        validate(value)


def test_an_unknown_severity_is_not_valid() -> None:
    value = parsed(FULL)
    value["findings"][0]["severity"] = "fatal"
    with pytest.raises(ValidationError):
        validate(value)


def test_keys_stand_in_the_order_of_the_contract() -> None:
    value = parsed(FULL)
    top = "schema_version tool signature articles findings summary problems"
    each = (
        "rule mqm severity confidence message_id arguments message help path line column end_line end_column text "
        "more source evidence suggestions fix fingerprint"
    )
    assert list(value) == top.split()
    assert [list(finding) for finding in value["findings"]] == [each.split()] * 4
    assert list(value["findings"][0]["source"]) == ["path", "line", "column", "end_line", "end_column", "text"]
    article = "path source pairs unaligned_source unaligned_target why words"
    assert list(value["articles"][1]) == article.split()
    assert list(value["summary"]) == [
        "articles",
        "findings",
        "error",
        "warning",
        "info",
        "suppressed",
        "hidden",
        "problems",
        "minor",
        "unchanged",
        "baselined",
        "expired",
        "sources",
    ]


def test_the_facts_of_a_message_stand_beside_it() -> None:
    given = finding(message="{words} words in `{a}` {kind}: {links}", help="read {links}")
    facts = (("words", 3), ("a", "{b}"), ("kind", Kind.ITEM), ("links", ("x", "y")))
    made = parsed(report(findings=(replace(given, arguments=facts),)))["findings"][0]
    assert made["message"] == "3 words in `{b}` list item: `x`, `y`"
    assert made["help"] == "read `x`, `y`"
    assert made["message_id"] == "sample"
    assert made["arguments"] == {"words": 3, "a": "{b}", "kind": "item", "links": ["x", "y"]}


def test_articles_say_why_they_were_checked_alone() -> None:
    assert [article["why"] for article in parsed(FULL)["articles"]] == ["names no original", ""]


def test_findings_are_sorted_by_place() -> None:
    given = report(findings=(UNTRANSLATED, MIXED_TERM))
    assert [finding["line"] for finding in parsed(given)["findings"]] == [3, 5]


def test_columns_count_code_points_and_text_is_not_escaped() -> None:
    text = render(FULL, "json", style=STYLE)
    first = parsed(FULL)["findings"][0]
    assert (first["column"], first["end_column"], first["text"]) == (9, 12, "生成型")
    assert first["fix"] == {
        "title": "write `生成式`",
        "safe": True,
        "edits": [{"start": 16, "end": 19, "line": 3, "column": 9, "end_line": 3, "end_column": 12, "new": "生成式"}],
    }
    assert '"text": "生成型"' in text


def test_a_report_is_made_finding_by_finding_and_looks_as_if_made_at_once() -> None:
    given = report(findings=(MIXED_TERM, replace(UNTRANSLATED, suggestions=("a\nb", "c  d"))))
    made = list(pieces(given, "json", style=STYLE))
    assert max(piece.count('"fingerprint"') for piece in made) == 1
    assert "".join(made) == json.dumps(json.loads("".join(made)), ensure_ascii=False, indent=1) + "\n"


def test_evidence_that_is_no_number_is_refused() -> None:
    given = report(findings=(replace(MIXED_TERM, evidence=(("share", float("nan")),)),))
    with pytest.raises(ValueError, match="not JSON compliant"):
        render(given, "json", style=STYLE)


def leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of everything in a JSON value that has a name, but for what a rule may name as it likes."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            if key not in ("evidence", "arguments"):
                yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))


def changed(path: tuple[str | int, ...], change: Callable[[Any, str | int], None]) -> object:
    value: Any = parsed(FULL)
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    change(inner, path[-1])
    return value


@pytest.mark.parametrize("path", list(leaves(parsed(FULL))), ids=lambda path: ".".join(map(str, path)))
def test_the_schema_knows_every_field(path: tuple[str | int, ...]) -> None:
    """What is left out, is of another type, or has another name beside it is refused, wherever it stands."""
    for change in (
        lambda inner, key: inner.pop(key),
        lambda inner, key: inner.update({key: [[1.5]]}),
        lambda inner, key: inner.update({f"{key}_": inner[key]}),
    ):
        with pytest.raises(ValidationError):
            validate(changed(path, change))
