"""The door between a rule and the checked tree: what it tells, and what it never tells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bilint.files import Files, Grounds

if TYPE_CHECKING:
    import pytest


def door(folder: Path) -> Files:
    return Files(Grounds(()).and_below(folder))


def test_it_tells_whether_a_file_or_folder_is_there(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.png").touch()
    files = door(tmp_path)
    assert files.has(f"{tmp_path}/images/a.png")
    assert files.has(f"{tmp_path}/guide/../images")
    assert not files.has(f"{tmp_path}/images/b.png")


def test_what_lies_outside_is_as_if_it_were_there(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "link").symlink_to(outside)
    files = door(inside)
    assert not files.holds(str(outside))
    assert files.has(str(outside / "none.png"))
    assert files.has(f"{inside}/../outside/none.png")
    assert files.has(str(inside / "link" / "none.png")), "a link must not tell what lies elsewhere"


def test_every_way_to_a_file_is_the_one_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    (inside / "deep").mkdir(parents=True)
    (outside / "deep").mkdir(parents=True)
    (inside / "to-file").symlink_to(outside / "file")
    (inside / "to-nothing").symlink_to("deep/none")
    (inside / "round").symlink_to("round")
    (inside / "to-folder").symlink_to("../outside/deep")
    (outside / "back").symlink_to("../inside/deep")
    monkeypatch.chdir(inside)
    grounds = Grounds(()).and_below(inside)
    names = "to-file to-nothing round round/a to-folder to-folder/a to-folder/.. to-folder/../back deep/a deep/.. "
    names += "deep/../.. deep/. deep/ . .. a ../outside/back/a a/b/c"
    ways = ["", *names.split()]
    for start in ("", f"{inside}/", "deep/../", "./"):
        files = door(inside)
        told = [(name, files.holds(start + name)) for name in (*ways, *ways)]
        assert told == [(name, grounds.hold(start + name)) for name in (*ways, *ways)]


def test_names_that_no_system_takes_are_nobodys_business(tmp_path: Path) -> None:
    files = door(tmp_path)
    assert files.has(f"{tmp_path}/a\0b.png")
    assert not files.has(f"{tmp_path}/{'a' * 5000}.png")


def test_an_answer_is_recorded_and_stays_the_same(tmp_path: Path) -> None:
    files = door(tmp_path)
    assert not files.has(str(tmp_path / "a.png"))
    assert files.given == {str(tmp_path / "a.png"): False}
    (tmp_path / "a.png").touch()
    assert not files.has(str(tmp_path / "a.png")), "one run gives one answer"
