"""What a stranger's .gitignore says is heeded, and keeps nobody waiting."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from bilint import lint_paths
from bilint.ignored import ignored_in

LETTERS = st.sampled_from(["a", "b", "ab", "c"])
PIECES = st.lists(st.sampled_from(["a", "b", "*", "?", "[ab]", "[!a]", "*a", "b*"]), min_size=1, max_size=6).map(
    "".join
)
PATTERNS = st.lists(st.one_of(PIECES, st.just("**")), min_size=1, max_size=5).map("/".join)
PATHS = st.lists(st.lists(LETTERS, min_size=1, max_size=4).map("".join), min_size=1, max_size=6).map("/".join)


def holds(folder: Path, lines: str, path: str, *, is_folder: bool = False) -> bool:
    (folder / ".gitignore").write_text(lines, encoding="utf-8")
    return ignored_in(folder).holds(folder / path, is_folder=is_folder)


@settings(deadline=None, max_examples=600)
@given(st.lists(PATTERNS, min_size=1, max_size=3), PATHS, st.booleans(), st.booleans())
def test_says_what_the_library_says(
    tmp_path_factory: pytest.TempPathFactory, patterns: list[str], path: str, is_folder: bool, is_negated: bool
) -> None:
    lines = [*patterns[:-1], ("!" if is_negated else "") + patterns[-1]]
    expected = GitIgnoreSpec.from_lines(lines).check_file(path + "/" * is_folder).include
    folder = tmp_path_factory.getbasetemp().resolve()
    assert holds(folder, "\n".join(lines), path, is_folder=is_folder) == bool(expected)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 24 + "*b", "a" * 200 + ".md"),
        ("*?" * 40 + "b", "a" * 200 + ".md"),
        ("**/a/" * 12 + "b", "a/" * 60 + "c.md"),
        ("**/a*a*/" * 12 + "b", "aaa/" * 60 + "c.md"),
    ],
)
def test_keeps_nobody_waiting(tmp_path: Path, pattern: str, path: str) -> None:
    before = time.process_time()
    assert not holds(tmp_path.resolve(), f"{pattern}\n", path)
    assert time.process_time() - before < 5


def test_a_pattern_with_many_stars_is_heeded(tmp_path: Path) -> None:
    assert holds(tmp_path.resolve(), "*a*b*c*d.md\n", "xaxbxcxd.md")
    assert not holds(tmp_path.resolve(), "*a*b*c*d.md\n", "xaxcxbxd.md")
    assert holds(tmp_path.resolve(), "a/**/b*c/**/d\n", "a/x/bxc/y/z/d")


def test_settings_keep_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = "a" * 200 + ".md"
    Path(name).write_text("# 水壶\n\n装满冷水，等水烧开。\n", encoding="utf-8")
    stars = "*a" * 24 + "*b"
    globs = f'include = ["**/*.md", "{stars}"]\nexclude = ["{stars}"]\n'
    lines = f'{globs}[[overrides]]\npaths = ["{stars}"]\nignore = ["no-original"]\n'
    Path("bilint.toml").write_text(lines, encoding="utf-8")
    before = time.process_time()
    assert [article.path for article in lint_paths(["."]).articles] == [name]
    assert time.process_time() - before < 5
