"""Pointed at a place without articles, every command says why there are none, and what to name instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from runs import ENGLISH, Done, Folder

Run = Callable[..., Done]

COMMANDS = (
    ("check",),
    ("show", "originals"),
    ("align",),
    ("fetch",),
    ("init", "--check"),
    ("baseline", "write"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_originals_that_the_settings_leave_out(folder: Folder, bilint: Run, command: tuple[str, ...]) -> None:
    folder.write("bilint.toml", 'include = ["/zh/**/*.md"]\n')
    folder.write("en/pot.md", ENGLISH)
    done = bilint(*command, "en")
    assert done.code == 3
    assert (
        "2 Markdown files in en are left out by `include` and `exclude` in bilint.toml, and not in Chinese" in done.err
    )
    assert "hint: translations are checked, and their originals found by bilint: name the folder of the" in done.err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_translations_that_the_settings_leave_out(folder: Folder, bilint: Run, command: tuple[str, ...]) -> None:
    folder.write("bilint.toml", 'exclude = ["/zh/"]\n')
    done = bilint(*command, "zh")
    assert done.code == 3
    assert "1 Markdown file in zh is left out by `include` and `exclude` in bilint.toml\n" in done.err
    assert "`bilint show settings` prints the patterns" in done.err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_git_ignores(folder: Folder, bilint: Run, command: tuple[str, ...]) -> None:
    folder.write("zh/.gitignore", "*.md\n")
    done = bilint(*command, "zh")
    assert (done.code, "1 Markdown file in zh is named by .gitignore" in done.err) == (3, True)
    assert "`respect-gitignore = false`" in done.err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_markdown_at_all(folder: Folder, bilint: Run, command: tuple[str, ...]) -> None:
    (folder.path / "empty").mkdir()
    done = bilint(*command, "empty")
    assert (done.code, "no Markdown files found in empty" in done.err) == (3, True)


def test_english_alone_is_no_set_of_articles(folder: Folder, bilint: Run) -> None:
    long = "Fill the kettle with cold water and wait until it boils, and never leave it alone on the fire.\n"
    folder.write("en/kettle.md", f"# The kettle\n\n{long}")
    done = bilint("init", "--check", "en")
    assert (done.code, done.err) == (
        3,
        "error: no articles found: nothing here is Chinese\n  hint: name the folder of the translations\n",
    )
