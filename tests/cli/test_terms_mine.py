"""`bilint terms mine`: what it writes, and how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from runs import Done, Folder

    Run = Callable[..., Done]

ENGLISH = "\n\n".join(f"The compiler reads the file number {n} again." for n in range(7))
CHINESE = "\n\n".join(f"编译器会再次读取第 {n} 个文件。" for n in range(7))


def test_a_list_is_proposed(folder: Folder, bilint: Run) -> None:
    folder.write("zh/lamp.md", CHINESE)
    folder.write("en/lamp.md", ENGLISH)
    done = bilint("terms", "mine", "zh", "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert {each["term"]: each["approved"] for each in json.loads(done.out)}["compiler"] == ["编译器"]


def test_what_is_written_is_a_glossary(folder: Folder, bilint: Run) -> None:
    folder.write("zh/lamp.md", CHINESE)
    folder.write("en/lamp.md", ENGLISH)
    assert bilint("terms", "mine", "zh", "-o", "terms.csv").code == 0
    folder.write("bilint.toml", 'glossaries = ["terms.csv"]\n')
    assert bilint("check", "zh/lamp.md").code == 0


def test_nothing_is_frequent_enough(folder: Folder, bilint: Run) -> None:
    done = bilint("terms", "mine", "zh", "--min-uses", "99")
    assert (done.code, done.out) == (1, "")
    assert "no term has 99 uses" in done.err


def test_there_is_nothing_to_read(folder: Folder, bilint: Run) -> None:
    folder.write("empty/note.txt", "x")
    assert bilint("terms", "mine", "empty").code == 3


def test_at_most_so_many(folder: Folder, bilint: Run) -> None:
    folder.write("zh/lamp.md", CHINESE)
    folder.write("en/lamp.md", ENGLISH)
    done = bilint("terms", "mine", "zh", "--limit", "1", "--format", "csv")
    assert done.out.count("\n") == 2
