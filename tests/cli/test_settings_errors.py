"""Settings that cannot be used: `file:line`, what is wrong, and what was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from runs import Done, Folder

    Run = Callable[..., Done]

MEANT = "did you mean `{}`?"
OVERRIDE = '\n[[overrides]]\npaths = ["a"]\n'
WRONG = {
    "not TOML": ('select = [\n"a"\nb\n', "bilint.toml:3: is not valid TOML: ", ""),
    "key given twice": ("\nignore = []\nignore = []\n", "bilint.toml:3: is not valid TOML: ", ""),
    "key": ('exclude = []\n\nfial-on = "error"\n', "bilint.toml:3: unknown key `fial-on`", MEANT.format("fail-on")),
    "key with underscore": ('fail_on = "error"\n', "bilint.toml:1: unknown key `fail_on`", MEANT.format("fail-on")),
    "table": ("[orginals]\n", "bilint.toml:1: unknown key `orginals`", MEANT.format("originals")),
    "key in a table": (
        '[originals]\nfoldr = "x"\n',
        "bilint.toml:2: unknown key `foldr` in `[originals]`",
        MEANT.format("folder"),
    ),
    "key in overrides": (
        OVERRIDE + "ignor = []\n",
        "bilint.toml:4: unknown key `ignor` in `[overrides[0]]`",
        MEANT.format("ignore"),
    ),
    "number for a word": ("\nfail-on = 3\n", "bilint.toml:2: `fail-on`: expected `str", ""),
    "word for a list": ('select = "all"\n', "bilint.toml:1: `select`: expected `array`, got `str`", ""),
    "number in a table": ("[originals]\nfolder = 3\n", "bilint.toml:2: `originals.folder`: expected `str`", ""),
    "table for a list": ('overrides = {paths = ["a"]}\n', "bilint.toml:1: `overrides`: expected `array`", ""),
    "no paths": ("\n[[overrides]]\nignore = []\n", "bilint.toml:2: `overrides[0]`: object missing required", ""),
    "mistyped word": ('\nfail-on = "eror"\n', "bilint.toml:2: `fail-on`: invalid", MEANT.format("error")),
    "wrong word": ('fail-on = "x"\n', "bilint.toml:1: `fail-on`: invalid", "known are error, info, warning"),
    "selected rule": (
        '\nselect = [\n  "wrong-term",\n  "empty-lnk",\n]\n',
        "bilint.toml:4: unknown rule `empty-lnk`",
        MEANT.format("empty-link"),
    ),
    "ignored rule": ('ignore = ["empty-lnk"]\n', "bilint.toml:1: unknown rule", MEANT.format("empty-link")),
    "configured rule": ("\n[rules.empty-lnk]\n", "bilint.toml:2: unknown rule", MEANT.format("empty-link")),
    "overridden rule": (
        OVERRIDE + 'ignore = ["empty-link"]\n' + OVERRIDE + 'ignore = ["empty-lnk"]\n',
        "bilint.toml:8: unknown rule `empty-lnk`",
        MEANT.format("empty-link"),
    ),
    "rule configured in overrides": (
        OVERRIDE + "[overrides.rules.empty-lnk]\n",
        "bilint.toml:4: unknown rule",
        MEANT.format("empty-link"),
    ),
    "option": (
        "[rules.missing-block]\nmin-wrods = 3\n",
        "bilint.toml:2: unknown key `min-wrods` in `[rules.missing-block]`",
        MEANT.format("min-words"),
    ),
    "option of a rule that is off": (
        'ignore = ["missing-block"]\n[rules.missing-block]\nmin-wrods = 3\n',
        "bilint.toml:3: unknown key `min-wrods`",
        MEANT.format("min-words"),
    ),
    "option in overrides": (
        OVERRIDE + "[overrides.rules.missing-block]\nmin-wrods = 3\n",
        "bilint.toml:5: unknown key `min-wrods`",
        MEANT.format("min-words"),
    ),
    "option of no rule": (
        "[rules.empty-link]\nfoo = 1\n",
        "bilint.toml:2: unknown key `foo`",
        "known are confidence, severity",
    ),
    "key of every rule": (
        '[rules.empty-link]\nseverty = "info"\n',
        "bilint.toml:2: unknown key `severty`",
        MEANT.format("severity"),
    ),
    "severity of the second rule": (
        '[rules.wrong-term]\nseverity = "info"\n[rules.empty-link]\nseverity = "infos"\n',
        "bilint.toml:4: `rules.empty-link.severity`: invalid",
        MEANT.format("info"),
    ),
    "value of an option": (
        '[rules.missing-block]\nmin-words = "a"\n',
        "bilint.toml:2: `rules.missing-block.min-words`: expected `int`, got `str`",
        "",
    ),
    "glossary": ('glossaries = ["ai-mll"]\n', "ai-mll: no such glossary", "shipped glossaries: ai-ml"),
    "not UTF-8": (b"\xff\xfe", "bilint.toml: is not UTF-8", "save the file as UTF-8"),
}


@pytest.mark.parametrize(("text", "message", "hint"), WRONG.values(), ids=WRONG.keys())
def test_wrong_settings(folder: Folder, bilint: Run, text: str | bytes, message: str, hint: str) -> None:
    folder.write("bilint.toml", text)
    done = bilint("check", "zh")
    assert (done.code, done.out) == (2, "")
    first, *rest = done.err.rstrip("\n").split("\n")
    assert first.startswith(f"error: {message}")
    assert len(rest) <= 1
    assert rest == ([] if not hint else [rest[0]])
    assert hint in "".join(rest)


def test_pyproject(folder: Folder, bilint: Run) -> None:
    folder.write("pyproject.toml", '[tool.ruff.lint]\nselect = ["E"]\n\n[tool.bilint]\nselect = ["empty-lnk"]\n')
    done = bilint("check", "zh")
    assert done.code == 2
    assert done.err.startswith("error: pyproject.toml:5: unknown rule `empty-lnk`")
    folder.write("pyproject.toml", '[tool.bilint]\nfial-on = "error"\n')
    assert bilint("check", "zh").err.startswith("error: pyproject.toml:2: unknown key `fial-on`")
    folder.write("pyproject.toml", '[tool.bilint]\nfail-on = "error"\n')
    assert bilint("check", "zh").code == 0


@pytest.mark.parametrize("command", [["check"], ["show", "settings"], ["show", "files"]])
def test_every_command_refuses_wrong_settings(folder: Folder, bilint: Run, command: list[str]) -> None:
    folder.write("bilint.toml", "foldr = 3\n")
    done = bilint(*command, "zh")
    assert done.code == 2
    assert done.err.startswith("error: bilint.toml:1: unknown key `foldr`")


def test_settings_file_that_is_not_there(folder: Folder, bilint: Run) -> None:
    done = bilint("check", "zh", "--config", "none.toml")
    assert (done.code, done.err) == (2, "error: none.toml: no such file or folder\n")
    assert bilint("check", "zh", "--config", "zh").err.startswith("error: zh: cannot be read: is a directory")


def test_settings_of_a_folder_above(folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("bilint.toml", "foldr = 3\n")
    monkeypatch.chdir("zh")
    done = bilint("check", "kettle.md")
    assert done.err.startswith(f"error: {folder.path / 'bilint.toml'}:1: unknown key `foldr`")


def test_byte_order_mark(folder: Folder, bilint: Run) -> None:
    folder.write("bilint.toml", '\ufeffselect = ["empty-link"]\n')
    assert bilint("check", "zh").code == 0


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_unknown_rule_on_the_command_line(folder: Folder, bilint: Run, option: str) -> None:
    done = bilint("check", "zh", option, "wrong-term,empty-lnk")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"error: {option}: unknown rule `empty-lnk`\n  hint: did you mean `empty-link`?\n"
    done = bilint("check", "zh", option, "zzz")
    assert done.err == f"error: {option}: unknown rule `zzz`\n  hint: `bilint rule` lists all rules\n"


def test_unknown_rule_to_read_about(folder: Folder, bilint: Run) -> None:
    done = bilint("rule", "empty-lnk")
    assert (done.code, done.out) == (2, "")
    assert done.err == "error: unknown rule `empty-lnk`\n  hint: did you mean `empty-link`?\n"


@pytest.mark.parametrize("name", ["bilint.toml", ".bilint.toml", "pyproject.toml"])
@pytest.mark.parametrize("kind", ["folder", "device", "nowhere"])
def test_what_is_called_settings_and_is_no_file_is_said(folder: Folder, bilint: Run, name: str, kind: str) -> None:
    if kind == "folder":
        (folder.path / name).mkdir()
    else:
        (folder.path / name).symlink_to("/dev/zero" if kind == "device" else "nowhere")
    done = bilint("check", "zh")
    assert done.code == 2
    assert f"error: {name}: " in done.out + done.err


def test_a_number_that_python_refuses(folder: Folder, bilint: Run) -> None:
    folder.write("glossary.toml", f"[[term]]\nterm = {'9' * 5000}\n")
    folder.write("bilint.toml", 'glossaries = ["glossary.toml"]\n')
    done = bilint("check", "zh")
    assert (done.code, done.err) == (2, "error: glossary.toml: has a number that is too long\n")
    folder.write("bilint.toml", f"max-seconds = {'9' * 5000}\n")
    done = bilint("check", "zh")
    assert (done.code, done.err) == (2, "error: bilint.toml: has a number that is too long\n")
