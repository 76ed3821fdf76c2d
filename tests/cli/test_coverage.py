"""`bilint coverage`: what is translated in trees that mirror each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from runs import Done, Folder

Run = Callable[..., Done]
TREE = ("docs/en/1.md", "docs/en/2.md", "docs/en/a/3.md", "docs/zh/1.md", "docs/zh/a/3.md", "docs/zh/old.md")


def fill(folder: Folder, *paths: str) -> None:
    for path in paths:
        folder.write(path, "x\n")


def trees(done: Done) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done.out)["trees"]
    return found


def lost(done: Done, which: str) -> list[str]:
    return [pair["source" if which == "missing" else "target"] for tree in trees(done) for pair in tree[which]]


def test_a_table_says_what_is_missing_and_what_is_gone(folder: Folder, bilint: Run) -> None:
    fill(folder, *TREE)
    done = bilint("coverage", "docs")
    assert done.code == 1
    assert done.out == (
        "docs/en/2.md: no translation, docs/zh/2.md does not exist\n"
        "docs/zh/old.md: no original, docs/en/old.md does not exist\n"
        "\n"
        "translations    originals  translated  missing  gone\n"
        "docs/zh/{path}          3     2 (66%)        1     1\n"
    )


def test_json_says_the_same(folder: Folder, bilint: Run) -> None:
    fill(folder, *TREE)
    assert trees(bilint("coverage", "docs", "--format", "json")) == [
        {
            "target": "docs/zh/{path}",
            "source": "docs/en/{path}",
            "originals": 3,
            "translated": 2,
            "missing": [{"source": "docs/en/2.md", "target": "docs/zh/2.md"}],
            "gone": [{"source": "docs/en/old.md", "target": "docs/zh/old.md"}],
        }
    ]


def test_nothing_is_missing(folder: Folder, bilint: Run) -> None:
    done = bilint("coverage", ".")
    assert done.code == 0
    assert (
        done.out
        == "translations  originals  translated  missing  gone\nzh/{path}             1    1 (100%)        0     0\n"
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/zh/a", (0, [], [])),
        ("docs/zh", (1, ["docs/en/2.md"], ["docs/zh/old.md"])),
        ("docs/zh/old.md", (3, [], [])),
    ],
)
def test_only_what_lies_in_the_paths_counts(
    folder: Folder, bilint: Run, path: str, expected: tuple[int, list[str], list[str]]
) -> None:
    fill(folder, *TREE)
    done = bilint("coverage", path, "--format", "json")
    assert (done.code, lost(done, "missing"), lost(done, "gone")) == expected


def test_originals_above_their_translations(folder: Folder, bilint: Run) -> None:
    fill(folder, "d/a.md", "d/b.md", "d/zh-CN/a.md", "d/ja/a.md", "d/i18n/fr/a.md")
    done = bilint("coverage", "d", "--format", "json")
    assert lost(done, "missing") == ["d/b.md"]


def test_originals_beside_their_translations(folder: Folder, bilint: Run) -> None:
    fill(folder, "d/a.md", "d/a.zh.md", "d/a.ja.md", "d/b.md", "d/other/c.md")
    done = bilint("coverage", "d", "--format", "json")
    assert lost(done, "missing") == ["d/b.md"]


def test_one_page_above_the_tree_does_not_make_all_of_it_originals(folder: Folder, bilint: Run) -> None:
    fill(folder, *TREE, "docs/old.md", "docs/plan.md")
    done = bilint("coverage", "docs", "--format", "json")
    assert (lost(done, "missing"), lost(done, "gone")) == (["docs/en/2.md"], [])


def test_the_patterns_are_those_of_the_settings(folder: Folder, bilint: Run) -> None:
    folder.write("bilint.toml", '[originals]\npaths = [{ target = "out/{path}", source = "in/{path}" }]\n')
    fill(folder, "out/a.md", "in/a.md", "in/b.md", "in/c.md", "docs/zh/a.md", "docs/en/a.md")
    done = bilint("coverage", ".", "--format", "json")
    assert [tree["target"] for tree in trees(done)] == ["out/{path}"]
    assert lost(done, "missing") == ["in/b.md", "in/c.md"]


def test_nothing_to_compare(folder: Folder, bilint: Run) -> None:
    done = bilint("coverage", "en")
    assert (done.code, done.out) == (3, "")
    assert "no translation with an original was found" in done.err


@pytest.mark.parametrize("words", [(), ("nowhere",), ("zh", "nowhere")])
def test_a_path_that_is_not_there_never_passes(bilint: Run, words: tuple[str, ...]) -> None:
    done = bilint("coverage", *words)
    assert done.code == 2
    assert "error:" in done.err
