"""What people read is in their language; what programs read is the same in every one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from runs import FAULT, Done, Folder

from bilint.report import FORMATS

Run = Callable[..., Done]
FOR_PROGRAMS = ("json", "jsonl")
SHOWN_BY_TOOLS = ("checkstyle", "gitlab", "junit", "rdjson", "rdjsonl", "sarif")
FOR_PEOPLE = sorted({*FORMATS} - {*FOR_PROGRAMS, *SHOWN_BY_TOOLS})
SENTENCE = re.compile(r"(?<![`/<\w-])[a-z]+(?: [a-z]+){2,}")
"""Three English words in a row."""
CODE = re.compile(r"```.*?```|`[^`]*`|\[[^\]]*\]|bilint(?: [a-z-]+)+|(?m:^# .*?$)", re.DOTALL)
"""Code, names of rules, commands, headings of settings."""


@pytest.fixture
def faulty(folder: Folder) -> Folder:
    """An article with a fault, one that names an original that is not there, and one that cannot be read."""
    folder.write("zh/cup.md", FAULT)
    folder.write("zh/pot.md", "> 原文：<https://example.com/pot>\n\n# 锅\n\n把锅放在炉子上，然后等水烧开。\n")
    folder.write("zh/broken.md", b"\xff")
    return folder


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("format_", FOR_PROGRAMS)
def test_reports_for_programs_know_no_language(bilint: Run, format_: str) -> None:
    english = bilint("check", "zh", "--format", format_)
    assert bilint("check", "zh", "--format", format_, "--language", "zh").out == english.out


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("format_", SHOWN_BY_TOOLS)
def test_reports_that_tools_show_change_when_it_is_asked_for(
    bilint: Run, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    english = bilint("check", "zh", "--format", format_)
    asked = bilint("check", "zh", "--format", format_, "--language", "zh")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert bilint("check", "zh", "--format", format_).out == english.out
    assert "没有文字" in asked.out
    assert re.findall(r"[0-9a-f]{40,}", asked.out) == re.findall(r"[0-9a-f]{40,}", english.out)


@pytest.mark.usefixtures("faulty")
def test_code_scanning_shows_chinese_rules_when_it_is_asked_for(bilint: Run) -> None:
    english, chinese = (
        json.loads(bilint("check", "zh", "--format", "sarif", "--language", language).out)["runs"][0]
        for language in ("en", "zh")
    )
    for rule, other in zip(english["tool"]["driver"]["rules"], chinese["tool"]["driver"]["rules"], strict=True):
        assert rule["id"] == other["id"]
        for said in ("shortDescription", "fullDescription", "help"):
            assert not re.search("[\u4e00-\u9fff]", rule[said]["text"].partition("\n")[0])
            assert re.search("[\u4e00-\u9fff]", other[said]["text"].partition("\n")[0])
    known = [[each["partialFingerprints"] for each in run["results"]] for run in (english, chinese)]
    assert known[0] == known[1]


def test_code_scanning_says_what_a_fix_does_in_the_language_that_is_asked_for(folder: Folder, bilint: Run) -> None:
    folder.write("zh/kettle.md", "# 水壶\n\n水烧开之后, 先关火。\n")
    said = bilint("check", "zh", "--format", "sarif", "--select", "half-width-punctuation", "--language", "zh").out
    (result,) = json.loads(said)["runs"][0]["results"]
    assert [fix["description"]["text"] for fix in result["fixes"]] == ["改成 `，`"]


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("format_", FOR_PEOPLE)
def test_reports_for_people_follow_the_locale(bilint: Run, monkeypatch: pytest.MonkeyPatch, format_: str) -> None:
    english = bilint("check", "zh", "--format", format_)
    assert "has no text" in english.out
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    chinese = bilint("check", "zh", "--format", format_)
    assert "没有文字" in chinese.out
    assert chinese.code == english.code
    assert bilint("check", "zh", "--format", format_, "--language", "en") == english


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    "words",
    [
        "check zh",
        "check zh --format concise",
        "check zh --format github",
        "check zh --format markdown",
        "check zh --statistics",
        "check nowhere",
        "check en",
        "check zh --select emty-link",
        "check zh --since HEAD",
        "align zh",
        "coverage zh",
        "coverage nothing",
        "init zh",
        "init --check zh",
        "show originals zh",
        "show settings",
        "show terms zh",
        "baseline write zh",
        "baseline show",
        "rule",
        "rule empty-link",
        "rule emty-link",
        "terms check",
        "terms mine zh",
        "score zh",
        "fetch zh/kettle.md",
        "--help",
        "check --help",
        "init --help",
        "chek",
    ],
)
def test_no_english_sentence_is_left(bilint: Run, words: str) -> None:
    if words == "baseline show":
        bilint("baseline", "write", "zh")
    done = bilint(*words.split(), "--language", "zh")
    text = CODE.sub("", done.out + done.err)
    assert text.strip()
    assert [line for line in text.split("\n") if "kettle" not in line and SENTENCE.search(line)] == []
