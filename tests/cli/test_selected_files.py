"""Which files a run is about: what .gitignore says, which settings file holds, what cannot be looked into."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from runs import CHINESE, FAULT

if TYPE_CHECKING:
    from runs import Done, Folder

    Run = Callable[..., Done]

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def forbid(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let no file or folder of these names be opened, as for a user who may not: root may everything."""

    def refusing(real: Callable[..., object]) -> Callable[..., object]:
        def refuse(path: str | Path, *words: object, **more: object) -> object:
            if os.path.basename(path) in names:
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *words, **more)

        return refuse

    monkeypatch.setattr(os, "open", refusing(os.open))
    monkeypatch.setattr(os, "scandir", refusing(os.scandir))


@pytest.mark.parametrize("in_repository", [pytest.param(True, marks=needs_git), False])
def test_an_inner_gitignore_outweighs_an_outer_one(folder: Folder, bilint: Run, *, in_repository: bool) -> None:
    if in_repository:
        subprocess.run(["git", "init", "-q"], check=True)
        # `docs` alone would not show that Git is asked from the folder given, and knows the one above it.
        folder.write(".gitignore", "*.md\n!kettle.md\n")
        folder.write("zh/.gitignore", "!keep.md\n/build/\n")
    else:
        folder.write("zh/.gitignore", "*.md\n!kettle.md\n/build/\n")
        folder.write("zh/inner/.gitignore", "!keep.md\n")
    for name in ("zh/lost.md", "zh/inner/keep.md", "zh/inner/lost.md", "zh/build/keep.md"):
        folder.write(name, CHINESE)
    assert bilint("check", "zh", "--format", "json").checked == ["zh/inner/keep.md", "zh/kettle.md"]
    folder.write("bilint.toml", "respect-gitignore = false\n")
    assert len(bilint("check", "zh", "--format", "json").checked) == 5


@needs_git
def test_git_is_asked(folder: Folder, bilint: Run) -> None:
    for words in (["init", "-q"], ["add", "-f", "."]):
        subprocess.run(["git", *words], check=True)
    folder.write(".git/info/exclude", "*.md\n")
    folder.write("zh/new.md", CHINESE)
    inner = folder.path / "zh/other"
    subprocess.run(["git", "init", "-q", str(inner)], check=True)
    folder.write("zh/other/a.md", CHINESE)
    (folder.path / "more").mkdir()
    folder.write("more/b.md", CHINESE)
    (folder.path / "zh/link").symlink_to("../more")
    folder.write(".git/info/exclude", "new.md\n")
    expected = ["zh/kettle.md", "zh/link/b.md", "zh/other/a.md"]
    assert bilint("check", "zh", "--format", "json").checked == expected
    (folder.path / ".git/index").write_bytes(b"broken")
    expected.insert(2, "zh/new.md")  # what Git cannot say any more is read from the patterns
    assert bilint("check", "zh", "--format", "json").checked == expected


@pytest.mark.parametrize("name", [".gitignore", "zh/.gitignore", "pyproject.toml", "../pyproject.toml", "bilint.lock"])
def test_an_unreadable_file_beside_the_articles(
    folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (folder.path / "site").mkdir()
    (folder.path / "zh").rename(folder.path / "site/zh")
    monkeypatch.chdir(folder.path / "site")
    if shutil.which("git"):
        subprocess.run(["git", "init", "-q"], check=True)
    Path(name).write_text("", encoding="utf-8")
    forbid(monkeypatch, os.path.basename(name))
    for command in (("check",), ("show", "files"), ("show", "originals"), ("align",)):
        done = bilint(*command, "zh", *(["--format", "json"] if command[0] != "align" else []))
        assert done.code == 2
        assert "zh/kettle.md" in done.out or command[0] == "align"
        assert f"{os.path.basename(name)}: cannot be read: permission denied" in done.err
        assert "report this bug" not in done.err


def test_an_unreadable_index(folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("originals/index.tsv", "")
    forbid(monkeypatch, "index.tsv")
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (2, ["zh/kettle.md"])
    assert "index.tsv: cannot be read: permission denied" in done.err


def test_a_folder_whose_files_cannot_be_reached(folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("zh/secret/a.md", CHINESE)
    folder.write("zh/secret/deep/b.md", CHINESE)
    forbid(monkeypatch, "a.md", "deep")
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (2, ["zh/kettle.md"])
    assert [problem["path"] for problem in done.report["problems"]] == ["zh/secret/a.md", "zh/secret/deep"]


@pytest.mark.parametrize("name", ["originals", ".bilint/originals"])
def test_a_file_where_a_folder_should_be(folder: Folder, bilint: Run, name: str) -> None:
    folder.write(name, "")
    done = bilint("check", "zh")
    assert done.code == 2
    assert f"{name} is not a folder" in done.err


@pytest.mark.parametrize("text", ["[tool]\nbilint = 3\n", "[tool]\nbilint = [1]\n"])
def test_settings_that_are_no_table(folder: Folder, bilint: Run, text: str) -> None:
    folder.write("pyproject.toml", text)
    done = bilint("check", "zh")
    assert (done.code, done.err.split("\n")[0]) == (2, "error: pyproject.toml: `tool.bilint` is not a table")


def test_settings_beside_the_paths(folder: Folder, bilint: Run) -> None:
    folder.write("website/docs/zh/a.md", FAULT)
    assert bilint("check", "website/docs/zh").code == 1
    folder.write("website/bilint.toml", 'ignore = ["empty-link"]\n')
    for words in (
        ("website/docs/zh",),
        ("website/docs/zh/a.md",),
        ("zh", "website/docs/zh", "--config", "website/bilint.toml"),
    ):
        assert bilint("check", *words).code == 0, words
    assert "website/bilint.toml" in bilint("show", "settings", "website/docs").out
    folder.write("pairs.tsv", "website/docs/zh/a.md\ten/kettle.md\n")
    assert bilint("check", "--pairs", "pairs.tsv", "--format", "json").rules.count("empty-link") == 0
    stdin = ("-", "--stdin-filename", "website/docs/zh/b.md")
    assert bilint("check", *stdin, stdin=FAULT.encode()).code == 0


def test_two_settings_files_in_a_run(folder: Folder, bilint: Run) -> None:
    folder.write("website/docs/zh/a.md", CHINESE)
    folder.write("website/bilint.toml", "")
    folder.write("bilint.toml", "")
    done = bilint("check", "zh", "website/docs")
    assert done.code == 2
    assert "bilint.toml is the settings file of zh, website/bilint.toml that of website/docs" in done.err
    assert bilint("check", "website", "website/docs").code == 0
    assert bilint("check", "zh", "website/docs", "--config", "bilint.toml").code == 0


def test_one_error_of_the_settings_is_said_once(folder: Folder, bilint: Run) -> None:
    for name in ("a", "b", "c"):
        folder.write(f"zh/{name}.md", f"# 题\n\n> 原文：<https://example.com/{name}>\n\n正文。\n")
    for name, text in (
        ("bilint.lock", "broken\n"),
        ("bilint.toml", 'originals.paths = [{target = "{x}", source = "{x}"}]\n'),
    ):
        folder.write(name, text)
        done = bilint("check", "zh")
        assert done.code == 2
        assert (done.out + done.err).count("error") == 1
        (folder.path / name).unlink()
