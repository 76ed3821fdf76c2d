"""`bilint terms show WORD` and `bilint terms keep`: what the project does with a term."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from runs import Done, Folder

Run = Callable[..., Done]
ENGLISH = """# Tokens

The server sends a token to every client.

The client keeps the token in a cookie until it expires.

An access token is valid for one hour.

Each token has a signature.
"""
CHINESE = """# 令牌

服务器向每个客户端发送一个令牌。

客户端把标记保存在 cookie 中，直到它过期。

访问令牌的有效期为一小时。

每个 token 都有一个签名。
"""


@pytest.fixture
def project(folder: Folder) -> Folder:
    folder.write("en/a.md", ENGLISH)
    folder.write("zh/a.md", CHINESE)
    return folder


def test_every_rendering_is_shown_with_its_places(project: Folder, bilint: Run) -> None:
    done = bilint("terms", "show", "Tokens", "zh")
    assert done.code == 0
    lines = done.out.split("\n")
    assert lines[0] == "token"
    assert lines[1].startswith("  published translations: uses: ")
    assert "令牌" in lines[1]
    assert lines[2:] == [
        "  uses here: 5, articles: 1",
        "    令牌: 2",
        "      zh/a.md:1:3: 令牌",
        "      zh/a.md:3:14: 服务器向每个客户端发送一个令牌。",
        "    (left in English): 1",
        "      zh/a.md:9:4: 每个 token 都有一个签名。",
        "    标记: 1",
        "      zh/a.md:5:5: 客户端把标记保存在 cookie 中，直到它过期。",
        "    访问令牌 in `access token`: 1",
        "      zh/a.md:7:1: 访问令牌的有效期为一小时。",
        "",
    ]


def test_json_has_counts_and_places_on_both_sides(project: Folder, bilint: Run) -> None:
    project.write("team.csv", "term,approved,forbidden\ntoken,令牌,代币\n")
    project.write("bilint.toml", 'glossaries = ["team.csv"]\n')
    report = bilint("terms", "show", "token", "zh", "--format", "json").report
    assert report["term"] == "token"
    assert report["published"]["uses"] > 100
    entry = report["glossary"][0]
    assert (entry["approved"], entry["forbidden"], entry["origin"]) == (["令牌"], ["代币"], "team.csv:2")
    counts = {(each["term"], each["rendering"]): each["count"] for each in report["renderings"]}
    assert counts == {
        ("token", "令牌"): 2,
        ("token", "标记"): 1,
        ("token", "token"): 1,
        ("access token", "访问令牌"): 1,
    }
    mark = next(each for each in report["renderings"] if each["rendering"] == "标记")["places"][0]
    assert (mark["path"], mark["line"], mark["column"], mark["end_column"], mark["text"]) == (
        "zh/a.md",
        5,
        5,
        7,
        "标记",
    )
    assert mark["source"] == {"path": "en/a.md", "line": 5, "column": 22}
    assert mark["english"] == "The client keeps the token in a cookie until it expires."


def test_a_rendering_that_only_a_glossary_knows_is_found(project: Folder, bilint: Run) -> None:
    project.write("zh/a.md", CHINESE.replace("标记", "通行牌"))
    forms = {
        each["rendering"] for each in bilint("terms", "show", "token", "zh", "--format", "json").report["renderings"]
    }
    assert "通行牌" not in forms
    assert None in forms
    project.write("team.csv", "term,approved,forbidden\ntoken,令牌,通行牌\n")
    project.write("bilint.toml", 'glossaries = ["team.csv"]\n')
    forms = {
        each["rendering"] for each in bilint("terms", "show", "token", "zh", "--format", "json").report["renderings"]
    }
    assert "通行牌" in forms


def test_a_word_that_no_count_knows_is_told_by_what_stayed(project: Folder, bilint: Run) -> None:
    project.write("en/a.md", ENGLISH + "\nThe zorblax sends a warning when the queue is full.\n")
    project.write("zh/a.md", CHINESE + "\n队列满时，zorblax 会发出警告。\n")
    done = bilint("terms", "show", "zorblax", "zh")
    assert (done.code, done.out.split("\n")[1]) == (0, "  published translations: not counted")
    assert "(left in English): 1" in done.out
    assert bilint("terms", "show", "quibblefrotz", "zh").code == 1


def test_places_in_traditional_text_have_its_characters(project: Folder, bilint: Run) -> None:
    project.write("zh/a.md", "# 權杖\n\n伺服器會向每個用戶端傳送一個標記。\n")
    project.write("en/a.md", "# Tokens\n\nThe server sends a token to every client.\n")
    found = bilint("terms", "show", "token", "zh", "--format", "json").report["renderings"]
    assert ("標記", 1) in [(each["rendering"], each["count"]) for each in found]


def test_without_paths_only_what_is_known_elsewhere_is_shown(folder: Folder, bilint: Run) -> None:
    done = bilint("terms", "show", "token")
    assert (done.code, done.out.count("\n")) == (0, 2)
    assert bilint("terms", "show", " ").code == 2
    assert bilint("terms", "show", "token", "nowhere").code == 2


def kept(number: int, english: str = "square") -> tuple[str, str]:
    source = "".join(f"The {english} number {n} turns red when you click it twice.\n\n" for n in range(number))
    return source, "".join(f"当你点击两次时，编号为 {n} 的 {english} 会变成红色。\n\n" for n in range(number))


def test_words_kept_on_purpose_are_listed_with_counts(folder: Folder, bilint: Run) -> None:
    for name, count in (("a", 4), ("b", 3)):
        english, chinese = kept(count)
        folder.write(f"en/{name}.md", f"# The board\n\n{english}")
        folder.write(f"zh/{name}.md", f"# 棋盘\n\n{chinese}")
    done = bilint("terms", "keep", "zh", "--format", "json")
    assert done.code == 0
    word = done.report["words"][0]
    assert (word["word"], word["kept"], word["uses"], word["articles"]) == ("square", 7, 7, 2)
    assert word["is_decision"]
    assert word["published_share"] < 0.2
    assert not word["in_glossary"]
    assert bilint("terms", "keep", "zh").out.split("\n")[1].split() == ["square", "7", "7", "2", "12%"]


def test_what_is_kept_can_go_into_a_glossary(folder: Folder, bilint: Run) -> None:
    english, chinese = kept(7)
    folder.write("en/a.md", f"# The board\n\n{english}")
    folder.write("zh/a.md", f"# 棋盘\n\n{chinese}")
    listed = bilint("terms", "keep", "zh", "--format", "csv").out
    assert listed.split("\n")[1].startswith("square,,yes,")
    folder.write("keep.csv", listed)
    folder.write("bilint.toml", 'glossaries = ["keep.csv"]\n')
    assert bilint("terms", "check").code == 0
    assert json.loads(bilint("terms", "keep", "zh", "--format", "json").out)["words"][0]["in_glossary"]
    assert bilint("terms", "keep", "zh", "--format", "csv").out == "term,approved,keep,note\n"


def test_names_are_listed_when_asked_for(folder: Folder, bilint: Run) -> None:
    english, chinese = kept(7, "Docker")
    folder.write("en/a.md", f"# The board\n\n{english}")
    folder.write("zh/a.md", f"# 棋盘\n\n{chinese}")
    done = bilint("terms", "keep", "zh")
    assert (done.code, done.out) == (1, "")
    assert "--all" in done.err
    assert "docker" in bilint("terms", "keep", "zh", "--all").out
