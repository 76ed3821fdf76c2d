"""What goes wrong in one article: the others are reported, the article is named, and the exit code is 2."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from runs import CHINESE, FAULT

from bilint import pipeline
from bilint.guard import OutOfTime, attempt, limited, together
from bilint.model import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from runs import Done, Folder

    from bilint.align.numbered import Numbered
    from bilint.discover import Target
    from bilint.model import Article
    from bilint.pipeline import Plan

    Run = Callable[..., Done]


class Panic(BaseException):
    """As Rust's arrive in Python: no `Exception`."""


def busy() -> None:
    while True:
        sum(range(1000))


def test_an_article_that_takes_too_long(folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    original = pipeline.prepare

    def prepare(target: Target, plan: Plan, known: Numbered | None) -> Article:
        if "slow" in target.path:
            busy()
        return original(target, plan, known)

    monkeypatch.setattr(pipeline, "prepare", prepare)
    folder.write("bilint.toml", "max-seconds = 0.1\n")
    folder.write("zh/slow.md", CHINESE)
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (2, ["zh/kettle.md"])
    assert "zh/slow.md: takes more than 0.1 s of CPU time and was left out" in done.err
    assert "may depend on the machine" in done.err


def test_the_time_is_that_of_reading_and_judging(folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "judge", lambda *_: busy())
    folder.write("bilint.toml", "max-seconds = 0.1\n")
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (2, [])
    assert "zh/kettle.md: takes more than" in done.err


def test_time_is_looked_at_afterwards_where_there_is_no_timer() -> None:
    made: list[object] = []

    def work() -> None:
        made.append(attempt("a.md", lambda: sum(range(10_000_000)), seconds=0.01))
        made.append(attempt("a.md", lambda: 1, seconds=10))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert isinstance(made[0], Problem)
    assert made[1] == 1


def test_no_time_is_left_running() -> None:
    with limited(0.05):
        pass
    for _ in range(10):
        sum(range(1_000_000))
    with pytest.raises(OutOfTime), limited(0.05):
        busy()


def test_an_interrupt_is_no_fault() -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        attempt("a.md", interrupted)
    with pytest.raises(KeyboardInterrupt):
        together(["a.md"], str, interrupted)


def test_a_panic_of_the_parser(folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    original = pipeline.prepare

    def prepare(target: Target, plan: Plan, known: Numbered | None) -> Article:
        if "panic" in target.path:
            raise Panic("byte index 4 is not a char boundary")
        return original(target, plan, known)

    monkeypatch.setattr(pipeline, "prepare", prepare)
    folder.write("zh/panic.md", CHINESE)
    folder.write("zh/sound.md", CHINESE + FAULT)
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (2, ["zh/kettle.md", "zh/sound.md"])
    assert "zh/panic.md: internal error: Panic: byte index 4" in done.err


def test_a_panic_outside_of_articles(folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise Panic("here")

    monkeypatch.setattr(pipeline, "signature", broken)
    done = bilint("check", "zh")
    assert done.code == 2
    assert "internal error: Panic: here" in done.err
