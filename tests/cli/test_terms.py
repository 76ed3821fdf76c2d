"""`bilint terms check`, and the terms that an article decides for itself."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from runs import Done, Folder

Run = Callable[..., Done]
ENGLISH = "The gasket seals the chamber of the pump.\n"
CHINESE = "垫子密封着泵的腔室。\n"


def test_sound_lists_are_counted(folder: Folder, bilint: Run) -> None:
    folder.write("a.csv", "term,approved\ntoken,词元\ncache,缓存\n")
    done = bilint("terms", "check", "a.csv")
    assert (done.code, done.out) == (0, "2 terms in 1 lists, 0 to mend\n")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "term,approved\ntoken,词元\ntokens,令牌\n",
            [
                "a.csv:3: warning: `tokens` and `token` (a.csv:2) are one term with nothing in common",
            ],
        ),
        (
            "term,approved,forbidden\nagent,代理,\nAI agent,智能体,代理\n",
            ["a.csv:2: warning: `代理` is approved for `agent`, and forbidden for `AI agent` (a.csv:3)"],
        ),
        (
            "term,approved\ncache,缓存\nserver,服务器\nnetwork,網絡\n",
            ["a.csv:4: warning: `網絡` has Traditional characters in a list that is Simplified"],
        ),
        (
            "term,approved\nnetwork,網路\nserver,伺服器|軟體設備\nwrite,书写\n",
            ["a.csv:4: warning: `书写` has Simplified characters in a list that is Traditional"],
        ),
    ],
)
def test_what_is_wrong_between_entries_is_named_with_its_line(
    folder: Folder, bilint: Run, content: str, expected: list[str]
) -> None:
    folder.write("a.csv", content)
    done = bilint("terms", "check", "a.csv")
    assert [line for line in done.out.split("\n") if line.startswith("a.csv")] == expected
    assert done.code == 1


@pytest.mark.parametrize(
    "content",
    [
        "term,approved\ntoken,词元\ntokens,词元|令牌\n",
        "term,approved,forbidden\nagent,代理,\nbroker,经纪人,代理\n",
        "term,approved,keep\ntoken,词元,\ntokens,,yes\n",
        "term,approved,context\npipeline,流水线,ci\npipeline,管道,data\n",
        "term,approved\ncache,缓存\nheaven,乾坤|著作\n",
    ],
)
def test_what_is_right_is_not_named(folder: Folder, bilint: Run, content: str) -> None:
    folder.write("a.csv", content)
    done = bilint("terms", "check", "a.csv")
    assert (done.code, done.out.count("\n")) == (0, 1)


def test_a_later_list_has_the_last_word(folder: Folder, bilint: Run) -> None:
    folder.write("team.csv", "term,approved\ntoken,词元|令牌\n")
    folder.write("project.csv", "term,approved\nToken,令牌\n")
    folder.write("bilint.toml", 'glossaries = ["team.csv", "project.csv"]\n')
    done = bilint("terms", "check")
    assert done.code == 0
    assert done.out.startswith("project.csv:2: info: `Token` replaces team.csv:2\n  not approved any more: `词元`\n")


def test_all_faults_are_named_and_the_exit_code_says_so(folder: Folder, bilint: Run) -> None:
    folder.write("a.csv", "term,approved\n,甲\ntoken,词元\ntoken,令牌\n")
    done = bilint("terms", "check", "a.csv", "missing.csv", "--format", "json")
    assert done.code == 2
    assert [(each["place"], each["severity"]) for each in json.loads(done.out)] == [
        ("a.csv:2", "error"),
        ("a.csv:4", "error"),
        ("missing.csv", "error"),
    ]


def test_without_lists_nothing_was_checked(folder: Folder, bilint: Run) -> None:
    done = bilint("terms", "check")
    assert (done.code, done.out) == (3, "")
    assert "name files" in done.err


def checked(folder: Folder, bilint: Run, comment: str) -> Done:
    folder.write("en/a.md", ENGLISH)
    folder.write("zh/a.md", f"{comment}\n\n{CHINESE}")
    folder.write("terms.csv", "term,approved\ngasket,密封垫圈\n")
    folder.write("bilint.toml", 'glossaries = ["terms.csv"]\nselect = ["wrong-term", "unused-suppression"]\n')
    return bilint("check", "zh/a.md", "--source", "en/a.md", "--format", "json")


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("", ["`gasket` is not rendered as agreed: `密封垫圈`"]),
        ("<!-- bilint-term gasket: 垫子 -->", []),
        ("<!-- bilint-term gasket：垫子 | 垫片 -->", []),
        ("<!-- bilint-term gasket: 垫片 | !垫子 -->", ["`垫子` is not the agreed rendering of `gasket`"]),
        ("<!-- bilint-term gasket: keep -->", ["`gasket` stays in English, and is not there"]),
        (
            "<!-- bilint-term gasket: 垫子 -->\n<!-- bilint-term pump: 水泵 -->",
            ["`pump` is not rendered as agreed: `水泵`"],
        ),
    ],
)
def test_an_article_has_the_last_word(folder: Folder, bilint: Run, comment: str, expected: list[str]) -> None:
    done = checked(folder, bilint, comment)
    assert [each["message"] for each in done.report["findings"]] == expected


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- bilint-term -->",
        "<!-- bilint-term gasket -->",
        "<!-- bilint-term gasket: -->",
        "<!-- bilint-term gasket: 垫子 | ! -->",
        "<!-- bilint-term 垫子: gasket -->",
        "<!-- bilint-term gasket: 垫子 -->\n<!-- bilint-term gasket: 垫片 -->",
    ],
)
def test_a_comment_that_makes_no_sense_is_named_and_the_rest_is_checked(
    folder: Folder, bilint: Run, comment: str
) -> None:
    done = checked(folder, bilint, comment)
    assert done.code == 2
    assert [each["rule"] for each in done.report["findings"]] == ["wrong-term"]
    assert "error: zh/a.md:" in done.err


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("bilint-terms:\n  gasket: 垫子", []),
        ("bilint-terms:\n  gasket: 垫子 | 垫片", []),
        ("bilint-terms:\n  gasket: [垫子, 垫片]", []),
        ("bilint-terms:\n  - 'gasket: 垫子'", []),
        ('bilint-terms:\n  gasket: ["垫片", "!垫子"]', ["`垫子` is not the agreed rendering of `gasket`"]),
        ("bilint-terms:\n  gasket: keep", ["`gasket` stays in English, and is not there"]),
        (
            "bilint-terms:\n  gasket: 垫子\n  pump: 水泵\n  Node.js: keep",
            ["`pump` is not rendered as agreed: `水泵`"],
        ),
        ("title: 泵\nterms:\n  gasket: 垫子", ["`gasket` is not rendered as agreed: `密封垫圈`"]),
    ],
)
def test_an_article_says_its_terms_in_its_front_matter(
    folder: Folder, bilint: Run, fields: str, expected: list[str]
) -> None:
    done = checked(folder, bilint, f"---\n{fields}\n---")
    assert (done.code, [each["message"] for each in done.report["findings"]]) == (int(bool(expected)), expected)


def test_toml_front_matter_and_comments_say_more(folder: Folder, bilint: Run) -> None:
    toml = '+++\nbilint-terms.gasket = "垫子"\n+++'
    assert checked(folder, bilint, toml).report["findings"] == []
    done = checked(folder, bilint, f"{toml}\n\n<!-- bilint-term pump: 水泵 -->")
    assert [each["message"] for each in done.report["findings"]] == ["`pump` is not rendered as agreed: `水泵`"]


@pytest.mark.parametrize("field", ["gasket", "gasket:", "gasket: 垫子 | ! ", "垫子: gasket", "- gasket"])
def test_a_field_that_makes_no_sense_is_named_with_its_line(folder: Folder, bilint: Run, field: str) -> None:
    fields = "bilint-terms: " + field if field == "gasket" else f"bilint-terms:\n  {field}"
    done = checked(folder, bilint, f"---\ntitle: 泵\n{fields}\n---")
    if field == "gasket:":  # a field without a value says nothing
        assert done.code == 1
        return
    assert done.code == 2
    assert "error: zh/a.md:" in done.err


def test_terms_of_the_front_matter_are_not_prose(folder: Folder, bilint: Run) -> None:
    folder.write("en/a.md", f"---\ntitle: The pump\n---\n\n# The pump\n\n{ENGLISH}")
    fields = "title: 泵\nbilint-terms:\n  title: '標題,题目'\n  gasket: 垫子"
    folder.write("zh/a.md", f"---\n{fields}\n---\n\n# 泵\n\n{CHINESE}")
    done = bilint("check", "zh", "--format", "json", "--min-confidence", "low")
    assert done.report["findings"] == []
