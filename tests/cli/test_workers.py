"""Several processes: killed, interrupted, too many. The workers are slowed or made to die from within."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from runs import CHINESE, FAULT, Done

from bilint import parallel

if TYPE_CHECKING:
    from collections.abc import Callable

    from runs import Folder

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for the workers in /proc")
PROGRAM = """
import os, signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what a shell runs in the background
from bilint import parallel, pipeline
parallel.cores = lambda: 4
{step} = pipeline.{step}
def made_worse(*given):
    {worse}
    return {step}(*given)
pipeline.{step} = made_worse
from bilint.cli import main
main()
"""
SLOW = "time.sleep(.1)"
BUSY = 60
"""Seconds in which a process is under way, however busy the machine is."""
DIES = "'killer' in {path} and os.kill(os.getpid(), signal.SIGKILL)"
DIES_ONCE = "'killer' in {path} and not os.path.exists('died') and (open('died', 'w'), os.kill(os.getpid(), 9))"
PATHS = {"prepare": "given[0].path", "judge": "given[0].article.target.path"}


def started(words: str, worse: str, step: str = "prepare") -> subprocess.Popen[str]:
    program = PROGRAM.format(step=step, worse=worse.format(path=PATHS[step]))
    return subprocess.Popen(
        [sys.executable, "-c", program, *words.split()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def finished(words: str, worse: str, step: str = "prepare") -> Done:
    process = started(words, worse, step)
    out, err = process.communicate(timeout=60)
    return Done(process.returncode, out, err)


def children(process: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def many(folder: Folder) -> Folder:
    for number in range(200):
        folder.write(f"zh/{number:03}.md", CHINESE + FAULT)
    return folder


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_its_parent(many: Folder, how: signal.Signals) -> None:
    process = started("check zh --jobs 3", SLOW)
    assert until(lambda: len(children(process.pid)) == 3, BUSY)
    workers = children(process.pid)
    process.send_signal(how)
    process.wait(timeout=10)
    assert until(lambda: not any(map(lives, workers)))
    process.communicate()


def test_an_interrupt_ends_at_once_with_130_and_leaves_what_was_written(many: Folder) -> None:
    many.write("report.txt", "before")
    process = started("check zh --jobs 3 --output report.txt", SLOW)
    assert until(lambda: len(children(process.pid)) == 3, BUSY)
    workers = children(process.pid)
    before = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert time.monotonic() - before < 3
    assert (process.returncode, out, err) == (130, "", "")
    assert not any(map(lives, workers))
    assert (many.path / "report.txt").read_text() == "before"


@pytest.mark.parametrize("step", ["prepare", "judge"])
def test_a_worker_that_dies_on_an_article_loses_only_this_one(folder: Folder, step: str) -> None:
    for name in "abcdef":
        folder.write(f"zh/{name}.md", CHINESE + FAULT)
    folder.write("zh/d-killer.md", CHINESE + FAULT)
    done = finished("check zh --jobs 2 --format json", DIES, step)
    assert done.code == 2
    assert done.checked == [f"zh/{name}.md" for name in (*"abcdef", "kettle")]
    assert [problem["path"] for problem in done.report["problems"]] == ["zh/d-killer.md"]
    assert "died on this article" in done.err
    assert done.rules.count("empty-link") == 6


@pytest.mark.parametrize("step", ["prepare", "judge"])
def test_a_worker_that_is_killed_once_loses_nothing(folder: Folder, step: str) -> None:
    for name in ("a", "b", "c-killer", "d"):
        folder.write(f"zh/{name}.md", CHINESE + FAULT)
    done = finished("check zh --jobs 2 --format json", DIES_ONCE, step)
    assert (done.code, done.err) == (1, "")
    assert Path("died").exists()
    assert done.rules.count("empty-link") == 4
    alone = finished("check zh --jobs 1 --format json", "pass")
    assert done.out == alone.out


def _lost(item: int) -> NoReturn:
    raise AssertionError(item)


def test_no_more_workers_than_cores_and_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: 3)
    step: parallel.Step[int, tuple[int, int]] = parallel.Step(lambda item: (os.getpid(), item), _lost)
    for items, most in ((range(20), 3), (range(2), 2)):
        made = [result for _, result in parallel.spread(items, step, 150)]
        assert sorted(item for _, item in made) == list(items)
        assert 1 < len({process for process, _ in made}) <= most
