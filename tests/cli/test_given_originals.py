"""Originals given by the user or named by the article: missing, empty, listed wrongly, the article itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from runs import CHINESE, ENGLISH, FAULT

if TYPE_CHECKING:
    from collections.abc import Callable

    from runs import Done, Folder

    Run = Callable[..., Done]


def sources(done: Done) -> list[str | None]:
    return [article["source"] and article["source"]["path"] for article in done.report["articles"]]


def test_source(folder: Folder, bilint: Run) -> None:
    folder.write("tea.md", CHINESE)
    done = bilint("check", "tea.md", "--source", "en/kettle.md", "--format", "json")
    assert (done.code, sources(done)) == (0, ["en/kettle.md"])


def test_source_that_is_missing(folder: Folder, bilint: Run) -> None:
    done = bilint("check", "zh/kettle.md", "--source", "en/none.md")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: en/none.md: no such file")
    assert bilint("check", "zh/kettle.md", "--source", "en").code == 2


def test_source_that_is_empty(folder: Folder, bilint: Run) -> None:
    folder.write("en/empty.md", "")
    done = bilint("check", "zh/kettle.md", "--source", "en/empty.md", "--format", "json")
    assert done.code == 2
    assert "en/empty.md: the original of zh/kettle.md has no text" in done.err


@pytest.mark.parametrize("source", ["zh/kettle.md", "./zh/../zh/kettle.md", "zh/alias.md"])
def test_source_that_is_the_article(folder: Folder, bilint: Run, source: str) -> None:
    (folder.path / "zh/alias.md").symlink_to("kettle.md")
    done = bilint("check", "zh/kettle.md", "--source", source)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: --source: {source} is the article itself")


def test_source_for_two_articles(folder: Folder, bilint: Run) -> None:
    folder.write("zh/other.md", CHINESE)
    for paths in (["zh"], ["zh/kettle.md", "zh/other.md"]):
        done = bilint("check", *paths, "--source", "en/kettle.md")
        assert (done.code, done.out) == (2, "")
        assert done.err == "error: --source goes with one article, 2 are given\n  hint: use --pairs for several\n"


def test_source_and_pairs(folder: Folder, bilint: Run) -> None:
    folder.write("pairs.tsv", "zh/kettle.md\ten/kettle.md\n")
    done = bilint("check", "zh/kettle.md", "--source", "en/kettle.md", "--pairs", "pairs.tsv")
    assert (done.code, done.err) == (2, "error: --source and --pairs exclude each other\n")


def test_pairs(folder: Folder, bilint: Run) -> None:
    folder.write("tea.md", CHINESE)
    folder.write("pairs.tsv", "# target, source\r\n\r\ntea.md\ten/kettle.md\r\n")
    done = bilint("check", "--pairs", "pairs.tsv", "--format", "json")
    assert (done.code, done.checked, sources(done)) == (0, ["tea.md"], ["en/kettle.md"])
    done = bilint("check", "zh", "tea.md", "--pairs", "pairs.tsv", "--format", "json")
    assert done.checked == ["tea.md", "zh/kettle.md"]


MALFORMED = {
    "blanks for a tab": ("zh/kettle.md en/kettle.md\n", "pairs.tsv:1: is not a line `target<TAB>source`"),
    "one column": ("# x\nzh/kettle.md\n", "pairs.tsv:2: is not a line `target<TAB>source`"),
    "three columns": ("zh/kettle.md\ten/kettle.md\tx\n", "pairs.tsv:1: is not a line"),
    "missing target": ("zh/none.md\ten/kettle.md\n", "pairs.tsv:1: target zh/none.md is not a file"),
    "missing source": ("\nzh/kettle.md\ten/none.md\n", "pairs.tsv:2: source en/none.md is not a file"),
    "target twice": (
        "zh/kettle.md\ten/kettle.md\n./zh/kettle.md\ten/kettle.md\n",
        "pairs.tsv:2: target ./zh/kettle.md is already paired at pairs.tsv:1",
    ),
    "the article itself": ("zh/kettle.md\tzh/kettle.md\n", "pairs.tsv: zh/kettle.md is the article itself"),
    "not UTF-8": (b"zh/kettle.md\t\xff\n", "pairs.tsv: is not UTF-8"),
}


@pytest.mark.parametrize(("text", "message"), MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_pairs(folder: Folder, bilint: Run, text: str | bytes, message: str) -> None:
    folder.write("pairs.tsv", text)
    for paths in ([], ["zh"]):
        done = bilint("check", *paths, "--pairs", "pairs.tsv")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"error: {message}")


def test_pairs_that_are_missing_or_empty(folder: Folder, bilint: Run) -> None:
    assert bilint("check", "--pairs", "none.tsv").err.startswith("error: none.tsv: no such file")
    folder.write("pairs.tsv", "# nothing yet\n")
    done = bilint("check", "--pairs", "pairs.tsv")
    assert (done.code, done.err) == (3, "error: nothing was checked: no Markdown files found\n")


ALONE = {
    "nothing": (CHINESE, "names no original"),
    "missing page": ("# 茶\n\n> 原文：<https://example.com/tea>\n\n正文。\n", "index.tsv does not list it"),
    "missing file": ("# 茶\n\n> 原文：[茶](./tea.en.md)\n\n正文。\n", "there is no such file"),
    "itself": ("# 茶\n\n> 原文：[茶](./tea.md)\n\n正文。\n", "names itself as its original (line 3"),
}


@pytest.mark.parametrize(("text", "why"), ALONE.values(), ids=ALONE.keys())
def test_checked_alone_with_a_reason(folder: Folder, bilint: Run, text: str, why: str) -> None:
    folder.write("tea.md", text)
    done = bilint("check", "tea.md", "zh")
    assert done.code == 0
    assert why in done.out
    assert "1 article has no original at hand: checked alone" in done.out
    assert why in bilint("show", "originals", "tea.md").out


def test_malformed_index(folder: Folder, bilint: Run) -> None:
    folder.write("originals/index.tsv", "https://example.com/tea\ttea.md\nnonsense\n")
    done = bilint("check", "zh")
    assert (done.code, done.out) == (2, "")
    assert "index.tsv:2: is not a line `URL<TAB>file`" in done.err


def test_standard_input_by_mirrored_path(folder: Folder, bilint: Run) -> None:
    words = ("check", "-", "--stdin-filename", "zh/kettle.md", "--format", "json")
    done = bilint(*words, stdin=(CHINESE + "\n" + FAULT).encode())
    assert (done.code, done.checked, sources(done)) == (1, ["zh/kettle.md"], ["en/kettle.md"])
    assert "empty-link" in done.rules


def test_standard_input_by_link(folder: Folder, bilint: Run) -> None:
    folder.write("originals/index.tsv", "https://example.com/kettle\tkettle.md\n")
    folder.write("originals/kettle.md", ENGLISH)
    text = CHINESE.replace("\n\n", "\n\n> 原文：<https://example.com/kettle>\n\n", 1)
    done = bilint("check", "-", "--stdin-filename", "new.md", "--format", "json", stdin=text.encode())
    assert (done.code, sources(done)) == (0, ["originals/kettle.md"])
    assert sources(bilint("check", "-", "--format", "json", stdin=text.encode())) == ["originals/kettle.md"]


def test_standard_input_with_source_and_among_files(folder: Folder, bilint: Run) -> None:
    done = bilint("check", "-", "--source", "en/kettle.md", "--format", "json", stdin=CHINESE.encode())
    assert (done.code, sources(done)) == (0, ["en/kettle.md"])
    done = bilint("check", "-", "zh", "--format", "json", stdin=b"")
    assert done.checked == ["<stdin>", "zh/kettle.md"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff\xfe\x00", "tea.md: is UTF-16"),
        ("题\n\0".encode(), "tea.md:2: has a NUL"),
        (b"\n\xff", "tea.md:2: is not"),
    ],
)
def test_standard_input_that_is_no_text(folder: Folder, bilint: Run, data: bytes, message: str) -> None:
    done = bilint("check", "-", "--stdin-filename", "tea.md", stdin=data)
    assert done.code == 2
    assert done.err.startswith(f"error: {message}")


def test_name_without_standard_input(folder: Folder, bilint: Run) -> None:
    done = bilint("check", "zh", "--stdin-filename", "tea.md")
    assert done.code == 2
    assert done.err.startswith("error: --stdin-filename goes with `-`")
