"""`--fix`, `--unsafe-fixes` and `--diff`: what is written, what is left, and what is said."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bilint import fix
from bilint.commands import fixing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from runs import Done, Folder

    Bilint = Callable[..., Done]

COMMA = "水烧开之后, 先关火。\n"
MENDED = "水烧开之后，先关火。\n"
NAME = "把它写在 Github 上。\n"
ON = ("--select", "half-width-punctuation")


def text(folder: Folder, name: str) -> str:
    return (folder.path / name).read_bytes().decode()


def test_what_is_safe_is_mended_and_the_rest_is_reported(folder: Folder, bilint: Bilint) -> None:
    folder.write("zh/a.md", COMMA + "\n请看[](https://example.com/kettle)。\n")
    done = bilint("check", "zh/a.md", "--fix", "--format", "json", "--ignore", "no-original")
    assert text(folder, "zh/a.md").startswith(MENDED)
    assert (done.rules, done.code) == (["empty-link"], 1)
    assert "note: mended 1 place in 1 article\n" in done.err
    again = bilint("check", "zh/a.md", "--fix", "--format", "json", "--ignore", "no-original")
    assert again.out == done.out
    assert "note: nothing to mend\n" in again.err


def test_what_remains_decides_the_exit_code(folder: Folder, bilint: Bilint) -> None:
    folder.write("a.md", COMMA)
    assert bilint("check", "a.md", "--fail-on", "info", *ON).code == 1
    assert bilint("check", "a.md", "--fail-on", "info", "--fix", *ON).code == 0


def test_a_diff_changes_no_file_and_exits_as_without_it(folder: Folder, bilint: Bilint) -> None:
    folder.write("a.md", COMMA + "没有换行,没有")
    done = bilint("check", "a.md", "--fail-on", "info", "--diff", *ON)
    assert text(folder, "a.md") == COMMA + "没有换行,没有"
    assert done.code == 1
    assert done.out == (
        "--- a.md\n+++ a.md\n@@ -1,2 +1,2 @@\n"
        f"-{COMMA}-没有换行,没有\n\\ No newline at end of file\n"
        f"+{MENDED}+没有换行，没有\n\\ No newline at end of file\n"
    )
    assert "note: would mend 2 places in 1 article\n" in done.err


def test_a_report_can_be_written_beside_a_diff(folder: Folder, bilint: Bilint) -> None:
    folder.write("a.md", COMMA)
    done = bilint("check", "a.md", "--diff", "--output", "r.json", *ON)
    assert done.out.startswith("--- a.md\n")
    assert '"rule": "half-width-punctuation"' in text(folder, "r.json")


def test_what_needs_a_look_is_mended_only_when_asked_for(folder: Folder, bilint: Bilint) -> None:
    folder.write("en.md", "Write it on GitHub.\n")
    folder.write("a.md", NAME)
    on = ("a.md", "--source", "en.md", "--select", "miscased-name")
    done = bilint("check", *on, "--fix")
    assert text(folder, "a.md") == NAME
    assert "note: nothing to mend\nnote: 1 finding more with --unsafe-fixes\n" in done.err
    bilint("check", *on, "--fix", "--unsafe-fixes")
    assert text(folder, "a.md") == NAME.replace("Github", "GitHub")


def test_unsafe_fixes_alone_is_a_mistake(folder: Folder, bilint: Bilint) -> None:
    done = bilint("check", "zh", "--unsafe-fixes")
    assert done.code == 2
    assert "--unsafe-fixes goes with --fix or --diff" in done.err


def test_bytes_that_are_not_mended_stay(folder: Folder, bilint: Bilint) -> None:
    given = b"\xef\xbb\xbf# \xe5\xa3\xb6\r\n\r\n" + COMMA.encode().replace(b"\n", b"\r\n") + "很烫,\t小心".encode()
    folder.write("a.md", given)
    (folder.path / "a.md").chmod(0o640)
    bilint("check", "a.md", "--fix", *ON)
    written = (folder.path / "a.md").read_bytes()
    assert written == given.replace(b", ", "，".encode()).replace(b",", "，".encode())
    assert stat.S_IMODE((folder.path / "a.md").stat().st_mode) == 0o640
    assert sorted(os.listdir(folder.path)) == ["a.md", "en", "zh"]


def test_what_is_not_shown_is_not_mended(folder: Folder, bilint: Bilint) -> None:
    given = f"<!-- bilint-disable-next-line half-width-punctuation: as it was said -->\n{COMMA}\n很烫,小心。\n"
    folder.write("a.md", given)
    for words in (("--select", "typo"), ("--min-severity", "error")):
        bilint("check", "a.md", "--fix", *words)
        assert text(folder, "a.md") == given
    bilint("check", "a.md", "--fix", *ON)
    assert text(folder, "a.md") == given.replace("很烫,", "很烫，")


def test_what_the_baseline_knows_is_not_mended(folder: Folder, bilint: Bilint) -> None:
    folder.write("a.md", COMMA)
    bilint("baseline", "write", "a.md")
    folder.write("a.md", f"{COMMA}\n很烫,小心。\n")
    bilint("check", "a.md", "--fix", "--baseline", "bilint-baseline.json", *ON)
    assert text(folder, "a.md") == f"{COMMA}\n很烫，小心。\n"


def test_standard_input_is_mended_to_standard_output(folder: Folder, bilint: Bilint) -> None:
    done = bilint("check", "-", "--fix", *ON, stdin=COMMA.encode())
    assert done.out == MENDED
    assert "1 article" in done.err
    assert bilint("check", "-", "--fix", *ON, stdin=MENDED.encode()).out == MENDED
    assert bilint("check", "-", "--diff", *ON, stdin=COMMA.encode()).out.startswith("--- <stdin>\n+++ <stdin>\n")


def test_only_the_chinese_of_an_article_in_both_languages_is_mended(folder: Folder, bilint: Bilint) -> None:
    pairs = [
        ("Fill the kettle with cold water, then wait.", "把水壶装满冷水,然后等。"),
        ("Turn off the fire after the water boils, please.", "水烧开之后,请关火。"),
        ("Pour the water into the cup, and be careful.", "把水倒进杯子,要小心。"),
        ("The kettle is older than the house, they say.", "据说,水壶比房子还要老。"),
    ]
    folder.write("a.md", "".join(f"{english}\n\n{chinese}\n\n" for english, chinese in pairs))
    bilint("check", "a.md", "--fix", *ON)
    mended = "".join(f"{english}\n\n{chinese.replace(',', '，')}\n\n" for english, chinese in pairs)
    assert text(folder, "a.md") == mended


def test_a_link_out_of_the_folder_is_left_alone(
    folder: Folder, bilint: Bilint, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "notes.md"
    outside.write_text(COMMA, encoding="utf-8")
    (folder.path / "a.md").symlink_to(outside)
    done = bilint("check", "a.md", "--fix", *ON)
    assert outside.read_text(encoding="utf-8") == COMMA
    assert f"is a link that leads outside, to {outside}" in done.err


def test_a_link_within_the_folder_stays_a_link(folder: Folder, bilint: Bilint) -> None:
    folder.write("zh/b.md", COMMA)
    (folder.path / "a.md").symlink_to("zh/b.md")
    bilint("check", "a.md", "--fix", *ON)
    assert text(folder, "zh/b.md") == MENDED
    assert (folder.path / "a.md").is_symlink()


def test_a_file_that_changes_meanwhile_is_left_alone(
    folder: Folder, bilint: Bilint, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.md", COMMA)
    mend = fix.mend

    def slowly(*words: object) -> fix.Mended:
        folder.write("a.md", "别人刚刚写下的, 新的一行。\n")
        return mend(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(fix, "mend", slowly)
    done = bilint("check", "a.md", "--fix", *ON)
    assert text(folder, "a.md") == "别人刚刚写下的, 新的一行。\n"
    assert "a.md: was changed while it was mended" in done.out + done.err
    assert done.code == 2


def test_what_cannot_be_written_is_an_error_and_leaves_nothing_behind(
    folder: Folder, bilint: Bilint, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.md", COMMA)
    folder.write("b.md", COMMA)
    replace = os.replace

    def full(old: str, new: str) -> None:
        if str(new).endswith("a.md"):
            raise OSError(28, "No space left on device")
        replace(old, new)

    monkeypatch.setattr(os, "replace", full)
    done = bilint("check", "a.md", "b.md", "--fix", *ON)
    assert (text(folder, "a.md"), text(folder, "b.md")) == (COMMA, MENDED)
    assert done.code == 2
    assert "no space left on device" in done.out + done.err
    assert not list(Path(folder.path).glob(".bilint-*"))


def test_what_would_break_other_marks_is_refused_with_the_place(
    folder: Folder, bilint: Bilint, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.md", f"{COMMA}\n**很烫,**小心。\n")
    monkeypatch.setattr("bilint.fix.is_kept", lambda *words: False)
    done = bilint("check", "a.md", "--fix", *ON)
    assert text(folder, "a.md").startswith(COMMA)
    assert "half-width-punctuation is not mended: it would change what other marks mean" in done.err


def test_an_article_that_would_have_a_new_fault_is_left_as_it_was(
    folder: Folder, bilint: Bilint, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.md", COMMA)
    monkeypatch.setattr(fixing, "_is_worse", lambda work, before, report: work.give_up("worse") or True)
    done = bilint("check", "a.md", "--fix", *ON)
    assert text(folder, "a.md") == COMMA
    assert "note: a.md is left as it was: worse" in done.err


@pytest.mark.parametrize(
    ("rule", "fault"),
    [("damaged-text", "\n\ufffd丢了一个字。\n"), ("empty-link", "\n请看[](https://example.com/kettle)。\n")],
    ids=["an error", "a warning about mark-up"],
)
def test_a_new_fault_is_named_and_nothing_is_written(
    folder: Folder, bilint: Bilint, monkeypatch: pytest.MonkeyPatch, rule: str, fault: str
) -> None:
    folder.write("a.md", COMMA)
    mend = fix.mend

    def clumsy(text: str, path: str, wanted: Iterable[fix.Repair]) -> fix.Mended:
        made = mend(text, path, wanted)
        return made._replace(text=made.text + fault)

    monkeypatch.setattr(fix, "mend", clumsy)
    done = bilint("check", "a.md", "--fix", "--select", f"half-width-punctuation,{rule}")
    assert text(folder, "a.md") == COMMA
    assert f"note: a.md is left as it was: mended, it would have another fault ({rule}: " in done.err


def test_saved_pages_of_html_are_not_mended(folder: Folder, bilint: Bilint) -> None:
    page = f"<!doctype html><html><body><p>{COMMA}</p></body></html>\n"
    folder.write("a.html", page)
    bilint("check", "a.html", "--fix", *ON)
    assert text(folder, "a.html") == page
