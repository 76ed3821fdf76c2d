"""A folder with one sound article and its original, and the command line to run on it."""

from __future__ import annotations

import gc
import io
import sys
from typing import TYPE_CHECKING

import pytest
from histories import Repository
from runs import CHINESE, ENGLISH, Done, Folder

from bilint.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    made = Folder(tmp_path)
    made.write("zh/kettle.md", CHINESE)
    made.write("en/kettle.md", ENGLISH)
    return made


@pytest.fixture
def repository(folder: Folder) -> Repository:
    """A repository with one commit and an old fault in each of its two articles."""
    (folder.path / "zh/kettle.md").unlink()
    (folder.path / "en/kettle.md").unlink()
    made = Repository(folder)
    made.edit("zh", "a", "/plan/kettle)", "/plan/old-kettle)")
    made.edit("zh", "b", "要用勺子的人", "要用勺子的[](https://example.com/spoon)人")
    made.commit()
    return made


@pytest.fixture
def bilint(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Done]]:
    """Run the command line in this process; whatever happens, nobody is shown a traceback."""

    def run(*words: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as stop:
            main(list(words))
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert isinstance(stop.value.code, int)
        return Done(stop.value.code, out, err)

    yield run
    gc.enable()  # a run leaves it off: right for one run, not for hundreds
