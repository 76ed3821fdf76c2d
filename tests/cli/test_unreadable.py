"""Files and paths that cannot be used: one clear line, exit code 2, and the other files are still checked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from runs import CHINESE, FAULT

if TYPE_CHECKING:
    from runs import Done, Folder

    from bilint.align.numbered import Numbered
    from bilint.discover import Target
    from bilint.model import Article
    from bilint.pipeline import Plan

    Run = Callable[..., Done]

BROKEN = {
    "gbk": (b"# \xc4\xe3\n\n\xba\xc3\n", "zh/broken.md:1: is not UTF-8 (byte 0xc4)"),
    "cut off": (CHINESE.encode()[:-2], "zh/broken.md:3: is not UTF-8"),
    "utf-16, little end first": ("\ufeff题\n".encode("utf-16-le"), "zh/broken.md: is UTF-16"),
    "utf-16, big end first": ("\ufeff题\n".encode("utf-16-be"), "zh/broken.md: is UTF-16"),
    "utf-16 without a mark": ("# 题\n".encode("utf-16-le"), "zh/broken.md:1: has a NUL byte"),
    "nul": ("# 题\n\n正\0文\n".encode(), "zh/broken.md:3: has a NUL byte"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "zh/broken.md:3: has a NUL byte"),
}


@pytest.mark.parametrize(("content", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_not_utf_8(folder: Folder, bilint: Run, content: bytes, message: str) -> None:
    folder.write("zh/broken.md", content)
    done = bilint("check", "zh", "--format", "json")
    assert done.code == 2
    assert done.err.startswith(f"error: {message}")
    assert done.checked == ["zh/kettle.md"]
    assert [problem["path"] for problem in done.report["problems"]] == ["zh/broken.md"]


@pytest.mark.parametrize("format_", ["full", "concise", "github"])
def test_the_report_on_a_terminal_names_the_place(folder: Folder, bilint: Run, format_: str) -> None:
    folder.write("zh/broken.md", b"ok\n\xff\n")
    done = bilint("check", "zh", "--format", format_)
    assert done.code == 2
    assert done.err == ""
    (line,) = (line for line in done.out.split("\n") if "is not UTF-8" in line)
    assert "zh/broken.md:2: is not UTF-8 (byte 0xff)" in line
    assert "1 article checked" in done.out
    assert "1 problem" in done.out


def test_broken_original(folder: Folder, bilint: Run) -> None:
    folder.write("en/kettle.md", b"\xff\n")
    folder.write("zh/other.md", FAULT)
    done = bilint("check", "zh", "--format", "json")
    assert done.code == 2
    assert "en/kettle.md:1: is not UTF-8" in done.err
    assert done.checked == ["zh/other.md"]


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff", "<!-- nothing -->\n"])
def test_empty_original(folder: Folder, bilint: Run, content: str) -> None:
    folder.write("en/kettle.md", content)
    folder.write("zh/other.md", FAULT)
    done = bilint("check", "zh", "--format", "json")
    assert done.code == 2
    assert done.err.startswith("error: en/kettle.md: the original of zh/kettle.md has no text")
    assert done.checked == ["zh/other.md"]


@pytest.mark.parametrize("content", ["", "\n", "\ufeff"])
def test_empty_article(folder: Folder, bilint: Run, content: str) -> None:
    folder.write("zh/empty.md", content)
    done = bilint("check", "zh/empty.md", "--format", "json")
    assert done.code == 1
    assert done.rules == ["empty-page", "no-original"]


def test_missing_path(folder: Folder, bilint: Run) -> None:
    done = bilint("check", "nope")
    assert done.code == 2
    assert "nope: no such file or folder" in done.out
    assert "nothing was checked" in done.out


def test_mistyped_path_among_good_ones(folder: Folder, bilint: Run) -> None:
    folder.write("zh/faulty.md", FAULT)
    done = bilint("check", "zh", "zh/ketle.md", "--format", "json")
    assert done.code == 2
    assert done.err == "error: zh/ketle.md: no such file or folder\n"
    assert done.checked == ["zh/faulty.md", "zh/kettle.md"]
    assert "empty-link" in done.rules


@pytest.mark.parametrize("stage", ["files", "originals", "blocks", "alignment", "terms"])
def test_stages_go_on_too(folder: Folder, bilint: Run, stage: str) -> None:
    done = bilint("show", stage, "zh", "zh/ketle.md", "--format", "json")
    assert done.code == 2
    assert done.err == "error: zh/ketle.md: no such file or folder\n"
    assert done.out.startswith("[")
    assert "kettle" in done.out or stage == "terms"


def test_empty_folder(folder: Folder, bilint: Run) -> None:
    (folder.path / "empty").mkdir()
    done = bilint("check", "empty")
    assert done.code == 3
    assert done.err == "error: nothing was checked: no Markdown files found in empty\n"
    done = bilint("check", "empty", "--format", "json")
    assert (done.code, done.checked) == (3, [])
    assert bilint("show", "files", "empty").code == 3


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="who may read everything is refused nothing")
def test_no_permission(folder: Folder, bilint: Run) -> None:
    (folder.path / folder.write("zh/secret.md", CHINESE)).chmod(0)
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (2, ["zh/kettle.md"])
    assert done.err == "error: zh/secret.md: cannot be read: permission denied\n"


def forbid(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let no file of these names be opened, as for a user who may not: root may everything."""
    real = os.open

    def refuse(path: str | Path, *words: int, **more: int) -> int:
        if os.path.basename(path) in names:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *words, **more)

    monkeypatch.setattr(os, "open", refuse)


def test_no_permission_simulated(folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("zh/secret.md", CHINESE)
    forbid(monkeypatch, "secret.md")
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (2, ["zh/kettle.md"])
    assert done.err == "error: zh/secret.md: cannot be read: permission denied\n"


def test_a_folder_that_cannot_be_listed(folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("zh/secret/a.md", CHINESE)
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("secret"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (2, ["zh/kettle.md"])
    assert done.err.startswith("error: zh/secret: cannot be read")


@pytest.mark.parametrize("words", [("zh",), ("zh/shut", "zh/kettle.md")])
def test_a_folder_that_cannot_be_entered(
    folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    folder.write("zh/shut/a.md", CHINESE)

    def shutting(real: Callable[..., object]) -> Callable[..., object]:
        def refuse(path: object, *rest: object, **more: object) -> object:
            if "/shut/" in str(path):
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *rest, **more)

        return refuse

    for name in ("stat", "open"):
        monkeypatch.setattr(os, name, shutting(getattr(os, name)))
    done = bilint("check", *words, "--format", "json")
    assert (done.code, done.checked) == (2, ["zh/kettle.md"])
    assert done.err == "error: zh/shut/a.md: cannot be read: permission denied\n"


def test_symlink_loops(folder: Folder, bilint: Run) -> None:
    (folder.path / "zh/round").symlink_to(".", target_is_directory=True)
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (0, ["zh/kettle.md"])
    (folder.path / "zh/itself.md").symlink_to("itself.md")
    (folder.path / "zh/gone.md").symlink_to("nowhere.md")
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (2, ["zh/kettle.md"])
    assert "error: zh/gone.md: no such file" in done.err
    assert "error: zh/itself.md: cannot be read: " in done.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(folder: Folder, bilint: Run) -> None:
    os.mkfifo(folder.path / "zh/pipe.md")
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (0, ["zh/kettle.md"])


def test_a_folder_named_like_an_article(folder: Folder, bilint: Run) -> None:
    folder.write("zh/inner.md/a.md", FAULT)
    done = bilint("check", "zh/inner.md", "--format", "json")
    assert (done.code, done.checked) == (1, ["zh/inner.md/a.md"])


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_a_name_that_is_not_utf_8(folder: Folder, bilint: Run) -> None:
    name = os.fsdecode(b"zh/\xff.md")
    try:
        folder.write(name, FAULT)
    except OSError:
        pytest.skip("the file system takes UTF-8 only")
    assert "zh/\udcff.md" in bilint("check", "zh", "--format", "json").checked
    assert bilint("check", "zh").code == 1
    assert "zh/\\udcff.md\n" in bilint("show", "files", "zh").out


def test_an_article_that_breaks_bilint(folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from bilint import pipeline

    def prepare(target: Target, plan: Plan, known: Numbered | None) -> Article:
        if "broken" in target.path:
            raise IndexError("made to break")
        return original(target, plan, known)

    original = pipeline.prepare
    monkeypatch.setattr(pipeline, "prepare", prepare)
    folder.write("zh/broken.md", CHINESE)
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (2, ["zh/kettle.md"])
    assert done.err.startswith("error: zh/broken.md: internal error: IndexError: made to break")
