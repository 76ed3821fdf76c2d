"""What reaches the terminal, standard error and files, whatever stands in articles and names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from runs import CHINESE, FAULT, PROGRAM, finish

from bilint.commands import printing
from bilint.export import FORMATS as EXPORTS
from bilint.model import UserError
from bilint.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from runs import Done, Folder

    Run = Callable[..., Done]

ACTING = [*map(chr, (*range(1, 9), *range(11, 32), *range(127, 160))), *"\u061c\u200e\u200f\u202a\u202e\u2066\u2069"]
EVIL = "".join(char for char in ACTING if char != "\n")
NAME = "zh/\x1b[31m\u202ebad\x9b.md"
COMMANDS = [
    *(f"check zh --format {name}" for name in FORMATS),
    *(f"align zh --format {name}" for name in EXPORTS),
    *(
        f"show {stage} zh --format {form}"
        for stage in ("files", "originals", "blocks", "alignment", "terms")
        for form in ("text", "json")
    ),
    "check zh/none\x1b[31m.md",
    "show originals zh/none\x9b.md",
    "align zh/none\u202e.md",
    "fetch zh",
    "fetch zh/none\x1b.md",
]


@pytest.fixture
def hostile(folder: Folder) -> Folder:
    text = f"# 水{EVIL}壶\n\n把水壶装满{EVIL}冷水，然后`{EVIL}`等水烧开。[](https://example.com/{EVIL})\n\n{FAULT}"
    folder.write(NAME, text)
    folder.write(NAME.replace("zh/", "en/"), f"# The {EVIL}kettle\n\nFill the {EVIL}kettle with cold water.\n")
    folder.write("zh/kettle.md", CHINESE.replace("冷水", "\x9b\u202e\x1b冷水"))
    folder.write("zh/url.md", f"---\nsource: https://127.0.0.1:1/\x9b\u202ea\n---\n{CHINESE}")
    return folder


@pytest.mark.parametrize("words", COMMANDS)
def test_nothing_acts_on_the_terminal(hostile: Folder, bilint: Run, words: str) -> None:
    done = bilint(*words.split(" "))
    assert not set(ACTING).intersection(done.out + done.err)


def test_json_keeps_the_data(hostile: Folder, bilint: Run) -> None:
    report = bilint("check", "zh", "--format", "json", "--select", "empty-link").report
    assert {finding["path"] for finding in report["findings"]} == {NAME}
    rows = [json.loads(line) for line in bilint("align", "zh", "--format", "jsonl").out.split("\n") if line]
    assert any("\x9b" in piece["text"] and "\u202e" in piece["text"] for row in rows for piece in row["target"])
    assert NAME in json.loads(bilint("show", "files", "zh", "--format", "json").out)


@pytest.mark.parametrize("form", ["tmx", "xliff"])
def test_xml_is_well_formed_and_keeps_what_xml_can_hold(hostile: Folder, bilint: Run, form: str) -> None:
    root = ElementTree.fromstring(bilint("align", "zh", "--format", form).out)
    text = "".join(root.itertext())
    assert "\x9b" in text
    assert "\u202e" in text
    assert "\x1b" not in text


def test_colours_are_kept(hostile: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = bilint("check", "zh").out
    assert "\x1b[" in out
    assert not {"\x9b", "\u202e", "\x1b[31m\u202e"}.intersection(out)


def closed(number: int, words: str) -> Done:
    from runs import Done

    command = f'exec "$@" {number}{"<" if number == 0 else ">"}&-'
    done = subprocess.run(["sh", "-c", command, "sh", *PROGRAM, *words.split()], capture_output=True, check=False)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize(
    ("number", "words", "code", "said"),
    [
        (0, "check -", 2, "standard input is closed"),
        (1, "check zh", 2, "standard output is closed"),
        (2, "check zh/none.md", 2, ""),
        (2, "check zh", 0, ""),
    ],
)
def test_closed_streams(folder: Folder, number: int, words: str, code: int, said: str) -> None:
    done = closed(number, words)
    assert done.code == code
    assert said in done.err
    assert "report this" not in done.err
    assert "Traceback" not in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be deleted there")
@pytest.mark.parametrize("words", ["check .", "check zh", "show originals .", "align .", "fetch .", "show settings"])
def test_a_deleted_working_directory(folder: Folder, words: str) -> None:
    gone = folder.path / "gone"
    gone.mkdir()
    command = 'cd gone && rmdir ../gone && exec "$@"'
    done = subprocess.run(["sh", "-c", command, "sh", *PROGRAM, *words.split()], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("error: the working directory does not exist any more")


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("a = " + "[" * 20_000, "bilint.toml: is nested too deeply"),
        ('glossaries = ["a\\u0000b"]', "bilint.toml:1: has a NUL character"),
        ('[originals]\nfolder = "\\u0000"', "bilint.toml:2: has a NUL character"),
    ],
)
def test_settings_that_cannot_be(folder: Folder, bilint: Run, toml: str, said: str) -> None:
    folder.write("bilint.toml", toml)
    done = bilint("check", "zh")
    assert done.code == 2
    assert said in done.err
    assert "report this" not in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_too_many_open_files_are_the_articles_problem(
    folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bilint import pipeline

    def refuse(*_: object) -> None:
        raise OSError(24, "Too many open files", "zh/kettle.md")

    monkeypatch.setattr(pipeline, "read_target", refuse)
    done = bilint("check", "zh", "--format", "concise")
    assert done.code == 2
    assert "zh/kettle.md: too many open files" in done.out
    assert "report this" not in done.out + done.err


def test_a_failed_run_leaves_the_old_file(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("report.txt", "before")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserError, match=r"report\.txt: cannot be written: no space left"):
        printing.write_file("report.txt", "after")
    assert (folder.path / "report.txt").read_text() == "before"
    assert not list(folder.path.glob(".bilint-*"))


def test_a_written_file_keeps_its_mode_and_its_link(folder: Folder) -> None:
    folder.write("real.txt", "before")
    os.chmod("real.txt", 0o640)
    os.symlink("real.txt", "link.txt")
    printing.write_file("link.txt", "half \udcff\n")
    assert os.path.islink("link.txt")
    assert (folder.path / "real.txt").read_bytes() == b"half \\udcff\n"
    assert os.stat("real.txt").st_mode & 0o777 == 0o640


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="has no devices")
def test_output_to_a_device(folder: Folder) -> None:
    assert finish(["check", "zh", "--output", "/dev/null"]).code == 0
    assert not os.path.isfile("/dev/null")


@pytest.mark.skipif(sys.platform != "linux", reason="names that are not UTF-8")
def test_names_that_are_not_utf8(folder: Folder, bilint: Run) -> None:
    folder.write("zh/\udcff.md", CHINESE)
    folder.write("en/\udcff.md", "# The kettle\n\nFill the kettle with cold water and wait until it boils.\n")
    for form in EXPORTS:
        assert bilint("align", "zh", "--format", form, "--output", f"out/\udcfe.{form}").code == 0
        if form != "text":
            assert bilint("align", "zh", "--format", form, "--output-dir", f"out/{form}").code == 0
            assert b"\\udcff.md" in (folder.path / "out" / form / "index.tsv").read_bytes()
