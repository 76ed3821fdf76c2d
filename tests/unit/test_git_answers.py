"""A Git that does not answer, or whose answer broke off, is not waited for, nor taken at its word."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from bilint.library import git
from bilint.library.git_directory import Place, find

pytestmark = pytest.mark.skipif(os.name == "nt" or shutil.which("git") is None, reason="needs git and a shell")

SLOW = """#!/bin/sh
case " $* " in *" {command} "*) echo $$ >> '{log}'; {wait} ;; esac
exec '{real}' "$@"
"""
WAITS = ("exec sleep 300", "sleep 300", "trap '' TERM PIPE; while :; do sleep 300; done")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A repository with the files `a.md`, "one", and `b.md`, "two", and one second for every answer."""
    monkeypatch.setattr(git, "_SECONDS", 1)
    monkeypatch.setattr(git, "_silent", set())
    here = tmp_path / "site"
    here.mkdir()
    for words in (("init", "-q"), ("add", "-A"), ("-c", "user.name=a", "-c", "user.email=a@a", "commit", "-qm", "x")):
        (here / "a.md").write_text("one", encoding="utf-8")
        (here / "b.md").write_text("two", encoding="utf-8")
        subprocess.run(["git", "-C", str(here), *words], check=True, capture_output=True)
    found = find(here)
    assert found is not None
    return found


def slow(folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, wait: str) -> Path:
    """Put a Git first on PATH that does not answer one command; return where it notes that it was started."""
    log = folder / "started"
    program = folder / "bin" / "git"
    program.parent.mkdir()
    program.write_text(SLOW.format(command=command, wait=wait, log=log, real=shutil.which("git")), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return log


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("wait", WAITS)
def test_a_running_git_that_is_silent(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: str) -> None:
    log = slow(tmp_path, monkeypatch, "cat-file", wait)
    start = time.monotonic()
    batch = git.Batch(place)
    with pytest.raises(git.NoAnswerError, match="git has not answered within 1 s"):
        batch.read("HEAD:a.md", 99)
    assert time.monotonic() - start < 30
    assert not is_running(int(log.read_text(encoding="utf-8")))
    with pytest.raises(git.NoAnswerError):  # and once is enough
        git.Batch(place)
    assert len(log.read_text(encoding="utf-8").split()) == 1


@pytest.mark.parametrize("wait", WAITS)
def test_one_question_to_a_git_that_is_silent(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: str
) -> None:
    log = slow(tmp_path, monkeypatch, "rev-list", wait)
    start = time.monotonic()
    for _ in range(40):
        with pytest.raises(git.NoAnswerError):
            git.history(place, "HEAD", "a.md", 9)
    assert time.monotonic() - start < 30
    assert not is_running(int(log.read_text(encoding="utf-8")))


def test_what_is_too_large_is_not_read_to_its_end(place: Place) -> None:
    assert place.top is not None
    (place.top / "large").write_bytes(bytes(30_000_000))
    name = subprocess.run(
        ["git", "-C", str(place.top), "hash-object", "-w", "large"], check=True, capture_output=True, text=True
    ).stdout.strip()
    batch = git.Batch(place)
    found = batch.read(name, 99)
    assert found is not None
    assert (found.kind, found.body) == ("blob", None)
    assert not batch.is_usable
    assert not is_running(batch._process.pid)


def test_what_is_wrong_is_said_not_a_hint(place: Place) -> None:
    with pytest.raises(git.GitError, match=r"^Needed a single revision$"):
        git.commit(place, "HEAD..HEAD")


def test_an_answer_that_broke_off_is_not_the_next_ones(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = git.Batch(place)
    whole = git._answer

    def broken(process: subprocess.Popen[bytes], name: str, most: int) -> git.GitObject | None:
        assert process.stdin is not None
        process.stdin.write(b"HEAD:a.md\n")
        raise KeyboardInterrupt

    monkeypatch.setattr(git, "_answer", broken)
    with pytest.raises(KeyboardInterrupt):
        batch.read("HEAD:a.md", 99)
    monkeypatch.setattr(git, "_answer", whole)
    assert not batch.is_usable
    found = git.Batch(place).read("HEAD:b.md", 99)
    assert found is not None
    assert found.body == b"two"
