"""Words that are English for programs and, where people read them, in their language."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

import catalogue
from bilint.cli import main
from bilint.commands.help import asked_language
from bilint.messages import of_locale, phrase, phrases, say, say_number, speaking
from bilint.messages.manuals import in_chinese, sections
from bilint.messages.rules import in_words, rule_words
from bilint.model import Confidence, Finding, Kind, Message, Severity, Span, UserError
from bilint.rules import all_rules
from bilint.text.width import cells


def test_a_phrase_is_english_for_programs() -> None:
    text = phrase("{path}: is UTF-16", path="a.md")
    assert (text, text == "a.md: is UTF-16", f"{text}!") == ("a.md: is UTF-16", True, "a.md: is UTF-16!")
    assert say(text) == "a.md: is UTF-16"


def test_a_phrase_is_said_in_chinese() -> None:
    with speaking("zh"):
        assert say(phrase("{path}: is UTF-16", path="{a}.md")) == "{a}.md: 文件编码是 UTF-16"
        assert say("nobody translated {this}") == "nobody translated {this}"
        assert say("") == ""
    assert say(phrase("{path}: is UTF-16", path="a.md")) == "a.md: is UTF-16"


def test_a_phrase_in_a_phrase_is_said_too_and_text_of_articles_is_not() -> None:
    inner = phrase("no such file or directory")
    with speaking("zh"):
        assert say(phrase("{path}: {what}", path="heading", what=inner)) == "heading: 没有这个文件或目录"


@pytest.mark.parametrize(("number", "english"), [(1, "1 article"), (2, "2 articles"), (0, "0 articles")])
def test_a_number_decides_between_the_english_words(number: int, english: str) -> None:
    text = phrases("{number} article", "{number} articles", number)
    assert text == english
    with speaking("zh"):
        assert say(text) == say_number("{number} article", "{number} articles", number) == f"{number} 篇文章"


def test_phrases_survive_the_way_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(phrases("{number} article", "{number} articles", 2)))
    error = pickle.loads(pickle.dumps(UserError("{path}: is UTF-16", "convert it to UTF-8", path="a.md")))
    with speaking("zh"):
        assert (say(sent), say(error.message), say(error.hint)) == (
            "2 篇文章",
            "a.md: 文件编码是 UTF-16",
            "请转换为 UTF-8",
        )


def test_a_user_error_without_arguments_may_hold_braces() -> None:
    assert UserError("use {root}").message == "use {root}"
    assert UserError("{name} has {{braces}}", "or {{not}}", name="a").hint == "or {not}"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "de_DE"}, "zh"),
        ({"LC_CTYPE": "zh_CN.UTF-8", "LANG": "de_DE"}, "en"),
    ],
)
def test_the_locale_names_the_language(environment: dict[str, str], language: str) -> None:
    assert of_locale(environment) == language


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["check", "a.md", "--language", "zh"], "zh"),
        (["--language=zh", "check"], "zh"),
        (["check", "--language", "fr"], None),
        (["check", "--", "--language", "zh"], None),
        (["check", "--language"], None),
        ([], None),
    ],
)
def test_the_command_line_names_the_language_anywhere(words: list[str], language: str | None) -> None:
    assert asked_language(words) == language


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (["check", "--help", "--language", "zh"], {"LC_ALL": "C"}),
        (["--language", "zh", "check", "--help"], {"LC_ALL": "C"}),
        (["check", "--help"], {"LC_ALL": "zh_CN.UTF-8"}),
    ],
)
def test_help_is_in_the_language_of_the_user(words: list[str], environment: dict[str, str]) -> None:
    told = CliRunner().invoke(main, words, env=environment).stdout
    assert "检查文章" in told
    assert "选项" in told
    assert "Show this message" not in told
    assert all(cells(line) <= 80 or "--format" in line for line in told.split("\n"))


def test_complaints_about_the_command_line_are_in_the_language_of_the_user() -> None:
    told = CliRunner().invoke(main, ["check", "--formt", "full", "--language", "zh"], env={"LC_ALL": "C"})
    assert told.exit_code == 2
    assert "没有这个选项" in told.stderr
    english = CliRunner().invoke(main, ["check", "--formt", "full"], env={"LC_ALL": "C"})
    assert "No such option" in english.stderr


def test_an_unknown_language_is_refused() -> None:
    assert CliRunner().invoke(main, ["check", "--language", "fr", "."], env={"LC_ALL": "C"}).exit_code == 2


_CHINESE = """
[messages]
one = "{kind}里有 {texts}"
[help]
other = "没有人这样说"
"""


def _finding(message: Message, **arguments: str | Kind | tuple[str, ...]) -> Finding:
    place = Span(0, 1)
    return Finding("r", "meta", Severity.INFO, Confidence.LOW, message, tuple(arguments.items()), place)


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The module of an installed rule that brings its Chinese."""
    (tmp_path / "kettle_rule.py").write_text("", encoding="utf-8")
    (tmp_path / "kettle_rule.zh.toml").write_text(_CHINESE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return "kettle_rule"


def test_a_rule_speaks_chinese_by_the_file_beside_it(plugin: str) -> None:
    found = _finding(Message("one", "{kind} with {texts}", "mend the {kind}"), kind=Kind.ITEM, texts=("a", "b"))
    assert in_words(found, plugin) == ("list item with `a`, `b`", "mend the list item")
    with speaking("zh"):
        assert in_words(found, plugin) == ("列表项里有 `a`、`b`", "mend the list item")
        assert in_words(found, "bilint.rules.kinds") == ("list item with `a`, `b`", "mend the list item")
    assert rule_words("bilint.rules.kinds").messages == {}


def test_help_that_is_an_argument_alone_needs_no_words(plugin: str) -> None:
    found = _finding(Message("none", "x", "{why}"), why=phrase("{path}: is UTF-16", path="a.md"))
    with speaking("zh"):
        assert in_words(found, plugin) == ("x", "a.md: 文件编码是 UTF-16")


def test_the_chinese_fits_its_english() -> None:
    assert [*catalogue.misfits(catalogue.read()), *catalogue.misfits_of_rules()] == []


SPEAKING = [name for name, rule in all_rules().items() if rule_words(rule.check.__module__).summary]
"""A new rule may be without its Chinese: English is shown, and `make lint` names it."""


def test_a_rule_that_speaks_chinese_leaves_nothing_out() -> None:
    assert [line for line in catalogue.missing_of_rules() if line.partition(":")[0] in SPEAKING] == []


@pytest.mark.parametrize("name", SPEAKING)
def test_a_manual_in_chinese_has_the_same_sections_and_examples(name: str) -> None:
    rule = all_rules()[name]
    words = rule_words(rule.check.__module__)
    english, chinese = dict(sections(rule.manual)), dict(sections(in_chinese(rule.manual, words)))
    assert len(chinese) == len(english)
    assert chinese["为什么"] == words.why.strip()
    assert (chinese.get("有问题的例子"), chinese.get("没有问题的例子")) == (english.get("Bad"), english.get("Good"))
    assert ("选项" in chinese) == bool(words.options)
    assert not {"Why", "Options", "Source"} & chinese.keys()


def test_a_heading_inside_an_example_is_none() -> None:
    manual = "Sum.\n\n## Why\nText.\n\n## Bad\n````zh\n```\n## 安装\n````\n"
    assert list(sections(manual)) == [("Why", "Text."), ("Bad", "````zh\n```\n## 安装\n````")]
