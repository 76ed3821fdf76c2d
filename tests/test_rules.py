"""Promises that every rule keeps; a new rule is held to them by being there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rule_cases
from bilint.model import Confidence, Failure, Place, Report
from bilint.rules import Options, Rule, all_rules
from rule_cases import FOLDER, Case, fences, lines, run, without_fences

RULES = list(all_rules().values())
CASES = [case for name in all_rules() for case in rule_cases.read(FOLDER / f"{name}.md")]
MQM = re.compile(
    r"accuracy/(untranslated|omission|addition|mistranslation|do-not-translate)"
    r"|terminology/(inconsistent-use|inconsistent-with-resource)"
    r"|linguistic-conventions/(punctuation|spelling|character-encoding|spacing)"
    r"|locale-conventions/number-format|style/[a-z-]+"
    r"|design-and-markup/(link|markup-tag|code|structure)|meta"
)
SECTIONS = ("Why", "Bad", "Good", "Options", "Source")
ENGLISH = "# The old kettle\n\nThe kettle is older than the house, and nobody knows who brought it here.\n"
ODD = {
    "empty": "",
    "a line end": "\n",
    "only a title": "# 老水壶",
    "only code": "```python\nprint('水')\n```\n",
    "only HTML": '<div align="center">\n<img src="kettle.png">\n</div>\n',
    "only front matter": "---\ntitle: 老水壶\n---\n",
    "CRLF": "# 老水壶\r\n\r\n水烧开之后,先关火。\r\n\r\n- **注意：**烫\r\n- [](a.md)\r\n",
    "invisible characters": "老\u00a0水\u200b壶\u200d比\ufeff房子\u2028还要\u2029老\u3000的 \u00adkettle\u0085。\n",
    "emoji": "水壶 👩‍👩‍👧‍👦 很老 🫖🇨🇳，**重要：**🔥烧水 e\u0301。\n",
    "a long line": "水壶比房子还要老，and the kettle 烧水 [](x) **很：**快。" * 80 + "\n",
    "an unclosed fence": "# 老水壶\n\n```python\nprint('水')\n\n水烧开之后,先关火。\n",
    "unclosed everything": "<div>\n**水 [壶](http://a（b `code <!-- 注释\n| a | b\n|--\n> - 1. ![\n---\nx: [\n",
    "control characters": "水\ue000壶\U0010ffff烧\x01水\x1b[31m。\n",
}


def named(rule: Rule) -> str:
    return rule.name


def titled(case: Case) -> str:
    return f"{case.rule}: {case.title}"


def sections(rule: Rule) -> dict[str, str]:
    """The sections of a rule's manual by heading."""
    starts = [*re.finditer(r"^## (.+)\n", without_fences(rule.manual), re.MULTILINE)]
    ends = [match.start() for match in starts[1:]] + [len(rule.manual)]
    return {match[1]: rule.manual[match.end() : end] for match, end in zip(starts, ends, strict=True)}


def options(rule: Rule) -> list[str]:
    return [field for field in rule.options.__struct_encode_fields__ if field not in Options.__struct_encode_fields__]


def check_places(report: Report) -> None:
    """Every finding stands where it says, in an article of the run and in its original."""
    originals = {article.path: article.original for article in report.articles}
    for finding in report.findings:
        original = originals[finding.target.place.path]
        assert written(finding.target.place) == finding.target.text
        for place in finding.more:
            written(place)
            assert place.path in originals
        if finding.source:
            assert original is not None
            assert finding.source.place.path == original.path
            assert written(finding.source.place) == finding.source.text


def written(place: Place) -> str:
    """The text that stands at a place; fails when the place is not inside the file."""
    text = Path(place.path).read_bytes().decode("utf-8-sig")
    rows = text.split("\n")
    assert (1, 1) <= (place.line, place.column) <= (place.end_line, place.end_column)
    assert place.end_line <= len(rows)
    assert place.column <= len(rows[place.line - 1]) + 1
    assert place.end_column <= len(rows[place.end_line - 1]) + 1
    start, end = (
        sum(len(row) + 1 for row in rows[: line - 1]) + column - 1
        for line, column in ((place.line, place.column), (place.end_line, place.end_column))
    )
    return text[start:end]


def check_messages(report: Report) -> None:
    """Every message is one line, starts in lower case and ends without a full stop; its facts are arguments."""
    for finding in report.findings:
        template = all_rules()[finding.rule].messages[finding.message_id]
        assert (finding.message, finding.help) == template.fill(dict(finding.arguments))
        assert re.fullmatch(r"[^\sA-Z](.*[^\s.。])?", finding.message)


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=[pytest.mark.xfail(strict=True)] * case.is_known_miss) for case in CASES],
    ids=titled,
)
def test_a_case_reports_what_it_says(case: Case, tmp_path: Path) -> None:
    report = run(case.rule, case.files, tmp_path)
    assert lines(report) == case.expected
    assert "broken" in case.files or not report.problems
    assert case.rule != "internal-error" or bool(report.problems) == bool(case.expected)
    check_places(report)
    check_messages(report)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_rule_has_cases_that_fire_and_cases_that_stay_silent(rule: Rule) -> None:
    cases = [case for case in CASES if case.rule == rule.name and not case.is_known_miss]
    assert sum(bool(case.expected) for case in cases) >= 1
    assert sum(not case.expected for case in cases) >= 3
    assert len({case.title for case in cases}) == len(cases)


@pytest.mark.parametrize(
    ("rule", "option"), [pytest.param(r, o, id=f"{r.name} {o}") for r in RULES for o in options(r)]
)
def test_every_option_has_an_effect_on_a_case(rule: Rule, option: str, tmp_path: Path) -> None:
    """There is a case that sets the option, and without that line it would be reported otherwise."""
    line = re.compile(rf"^{option} = .*\n", re.MULTILINE)
    cases = [case for case in CASES if case.rule == rule.name and line.search(case.files.get("settings", ""))]
    assert cases, f"no case of {rule.name} sets {option}"
    for number, case in enumerate(cases):
        folder = tmp_path / str(number)
        folder.mkdir()
        without = {**case.files, "settings": line.sub("", case.files["settings"])}
        if lines(run(case.rule, without, folder)) != case.expected:
            return
    pytest.fail(f"no case of {rule.name} is reported otherwise without {option}")


def test_every_case_file_belongs_to_a_rule() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.md")) == list(all_rules())


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_rule_is_named_as_its_file(rule: Rule) -> None:
    assert rule.check.__module__ == f"bilint.rules.{rule.name.replace('-', '_')}"
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_manual_has_its_sections(rule: Rule) -> None:
    first, blank, *_ = rule.manual.split("\n")
    assert re.fullmatch(r"[A-Z].*[^.]\.", first)
    assert not blank
    left_out = {"Bad", "Good"} if rule.scope is Failure else set[str]()
    left_out |= set() if options(rule) else {"Options"}
    found = sections(rule)
    assert list(found) == [name for name in SECTIONS if name not in left_out]
    assert all(text.strip() for text in found.values())


@pytest.mark.parametrize("rule", [rule for rule in RULES if options(rule)], ids=named)
def test_the_manual_documents_every_option(rule: Rule) -> None:
    listed = dict(re.findall(r"^- `([a-z-]+)`: (.+(?:\n  .+)*)", sections(rule)["Options"], re.MULTILINE))
    assert list(listed) == options(rule)
    defaults = rule.options()
    for name, field in zip(options(rule), rule.options.__struct_fields__, strict=True):
        default = getattr(defaults, field)
        if isinstance(default, int | float):
            assert f"(default {default})" in listed[name]


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_category_is_one_of_mqm(rule: Rule) -> None:
    assert MQM.fullmatch(rule.mqm)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.scope is not Failure], ids=named)
def test_the_examples_of_the_manual_are_true(rule: Rule, tmp_path: Path) -> None:
    found = sections(rule)
    for name, fires in (("Bad", True), ("Good", False)):
        folder = tmp_path / name
        folder.mkdir()
        report = run(rule.name, fences(found[name], f"{rule.name}, {name}"), folder)
        check_places(report)
        assert any(fires or f.confidence.rank >= Confidence.MEDIUM.rank for f in report.findings) is fires
        assert not report.problems


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_no_rule_breaks_on_an_odd_article(text: str, tmp_path: Path) -> None:
    originals = {
        "none": None,
        "plain": ENGLISH,
        "odd": f"{text}\n\n{ENGLISH}",
        "page": f"<!doctype html>\n<p>{text}</p><p>A kettle.",
    }
    for name, original in originals.items():
        folder = tmp_path / name
        folder.mkdir()
        files = {"zh": text} if original is None else {"zh": text, "en": original}
        report = run("all", files, folder)
        assert not report.problems
        check_places(report)


def test_the_same_cases_give_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    pairs = []
    for number, case in enumerate(CASES):
        for kind in {"en", "zh"} & case.files.keys():
            (tmp_path / f"{number}.{kind}.md").write_bytes(case.files[kind].encode())
        if {"en", "zh"} <= case.files.keys():
            pairs.append(f"{number}.zh.md\t{number}.en.md\n")
    (tmp_path / "pairs.tsv").write_bytes("".join(pairs).encode())
    reports = [_checked(tmp_path, seed) for seed in ("1", "2")]
    assert reports[0] == reports[1]
    assert len(json.loads(reports[0])["findings"]) > len(all_rules())


def _checked(folder: Path, hash_seed: str) -> bytes:
    words = ["check", ".", "--pairs", "pairs.tsv", "--format", "json", "--min-confidence", "low", "--jobs", "1"]
    command = [sys.executable, "-c", "from bilint.cli import main; main()", *words]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).stdout


_WORDS = st.sampled_from(
    [
        *(
            "水壶比房子还要老",
            "the old kettle",
            "生成式",
            "生成型",
            "uncertainty",
            "請稍等",
            "开源，软件。",
            "注意：",
            "1998",
        ),
        *("**", "****", "*", "_", "`", "[", "](", ")", "<", ">", "#", "&", "|", "\\"),
        *("\t", "\n", "\r\n", "\u00a0", "\u200b", "👩\u200d👧"),
    ]
)
_PROSE = st.lists(_WORDS, min_size=1, max_size=8).map(" ".join)
_LINK = st.sampled_from(
    ["[{}](https://example.com/kettle)", "[{}]()", "[{}][1]", "![{}](kettle.png)", "<https://example.com/{}>"]
)
_MARKS = st.sampled_from(
    ["**{}**", "*{}*", "~~{}~~", "`{}`", "<b>{}</b>", "${}$", "“{}”", "（{}）", "《{}》", "{}[^1]", "<!-- {} -->"]
)
_INLINE = st.builds(str.format, _LINK | _MARKS, _PROSE) | _PROSE
_TEXT = st.lists(_INLINE, min_size=1, max_size=4).map("".join)
_BLOCK = st.builds(
    str.format,
    st.sampled_from(
        [
            "{}",
            "# {}",
            "### {} #",
            "{}\n===",
            "- {0}\n- {0}\n  1. {0}",
            "> {}",
            "> [!NOTE]\n> {}",
            "```\n{}\n```",
            "    {}",
            "| {0} | {0} |\n|---|---|\n| {0} | {0} |",
            "<div>{}</div>",
            "<Note>\n\n{}\n\n</Note>",
            "[1]: https://example.com/a\n\n[^1]: {}",
            "::: tip {0}\n{0}\n:::",
            "{{{{< note >}}}}{}{{{{< /note >}}}}",
            "<!-- bilint-disable-next-line -->\n{}",
            "译注：{}",
            "---\n{}",
            "```{}",
        ]
    ),
    _TEXT,
)
_ARTICLE = st.lists(_BLOCK, max_size=6).map("\n\n".join)


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(target=_ARTICLE, source=_ARTICLE | st.none())
def test_no_rule_breaks_on_random_markdown(
    target: str, source: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("random")
    files = {"zh": target} if source is None else {"zh": target, "en": f"{source}\n\n{ENGLISH}"}
    report = run("all", files, folder)
    assert not report.problems
    check_places(report)
