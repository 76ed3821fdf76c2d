"""A report in parts: all files of the folder, one after the other, have the bytes of the whole report."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from runs import CHINESE, ENGLISH, FAULT, Done, Folder

from bilint import parallel
from bilint.cache import DIGEST, Near, digest_of
from bilint.commands import parts
from bilint.model import UserError
from bilint.report import jsonl

if TYPE_CHECKING:
    from histories import Repository

    from bilint.model import Placed

Run = Callable[..., Done]
NUMBER = 8
NAMES = ["part-00000.jsonl", "part-00001.jsonl", "part-00002.jsonl", "summary.jsonl"]
THREE = ("zh/03.md", "zh/04.md", "zh/05.md")
IN_PARTS = ("check", "zh", "--output-dir", "found", "--min-confidence", "low")
WHOLE = ("check", "zh", "--format", "jsonl", "--min-confidence", "low", "--no-cache")
DIES = """
import os, signal
from bilint import parallel
from bilint.commands import parts
parallel.cores = lambda: 2
parts.ARTICLES = 3
first, written = os.getpid(), parts._written
def dies(keeper, part):
    if {where}:
        os.kill(os.getpid(), signal.SIGKILL)
    return written(keeper, part)
parts._written = dies
from bilint.cli import main
main()
"""


@pytest.fixture(autouse=True)
def project(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setattr(parts, "ARTICLES", 3)
    for number in range(NUMBER - 1):
        folder.write(f"en/{number:02}.md", ENGLISH)
        folder.write(f"zh/{number:02}.md", CHINESE + f"\n{FAULT}" * number)
    return folder


def read(folder: str = "found") -> str:
    return "".join(file.read_text("utf-8") for file in sorted(Path(folder).iterdir()))


def paths(name: str) -> set[str]:
    lines = Path("found", name).read_text("utf-8").split("\n")[:-1]
    return {found["path"] for line in lines if (found := json.loads(line))["type"] == "finding"}


def killed(where: str) -> Done:
    done = subprocess.run(
        [sys.executable, "-c", DIES.format(where=where), *IN_PARTS, "--jobs", "2"], capture_output=True, check=False
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_they_have_the_bytes_of_the_whole(bilint: Run, monkeypatch: pytest.MonkeyPatch, jobs: str) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: 2)
    whole = bilint(*WHOLE)
    assert bilint(*IN_PARTS, "--jobs", jobs) == Done(1, "", "")
    assert sorted(os.listdir("found")) == NAMES
    assert read() == whole.out
    assert [paths(name) for name in NAMES] == [{"zh/01.md", "zh/02.md"}, set(THREE), {"zh/06.md"}, set()]


def test_so_they_have_with_what_an_earlier_run_has_kept(project: Folder, bilint: Run) -> None:
    Path(".bilint").mkdir()
    for text in (CHINESE, CHINESE + "\n水开了,就关火。\n"):
        project.write("zh/02.md", text)
        whole = bilint(*WHOLE)
        for _ in range(2):
            bilint(*IN_PARTS)
            assert read() == whole.out


def test_so_they_have_where_not_all_can_be_shown(project: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = jsonl.finding_object

    def breaks(finding: Placed) -> dict[str, object]:
        if finding.target.place.path == "zh/04.md":
            raise ZeroDivisionError
        return shown(finding)

    monkeypatch.setattr(jsonl, "finding_object", breaks)
    project.write("zh/03.md", b"\xff\xfe\x00")
    project.write(os.fsdecode(b"zh/\xff.md"), CHINESE + FAULT)
    whole = bilint(*WHOLE)
    in_parts = bilint(*IN_PARTS)
    assert (whole.code, in_parts.code) == (2, 2)
    assert read() == whole.out
    assert [json.loads(line)["path"] for line in whole.out.split("\n") if '"problem"' in line] == [
        "zh/03.md",
        "zh/04.md",
    ]
    assert in_parts.err == whole.err
    assert "zh/03.md: " in in_parts.err


def test_known_findings_are_left_out(bilint: Run) -> None:
    bilint("baseline", "write", "zh", "--file", "known.json")
    known = Path("known.json")
    entries = json.loads(known.read_text("utf-8"))
    entries["findings"] = [each for each in entries["findings"] if each["path"] != "zh/05.md"]
    known.write_text(json.dumps(entries), encoding="utf-8")
    whole = bilint(*WHOLE, "--baseline", "known.json")
    bilint(*IN_PARTS, "--baseline", "known.json")
    assert read() == whole.out
    assert {json.loads(line).get("path") for line in whole.out.rstrip("\n").split("\n")} == {"zh/05.md", None}


def test_only_what_has_changed(repository: Repository, bilint: Run) -> None:
    with Path("zh/a.md").open("a", encoding="utf-8") as article:
        article.write(f"\n{FAULT}")
    whole = bilint("check", "zh", "--since", "HEAD", "--format", "jsonl")
    bilint("check", "zh", "--since", "HEAD", "--output-dir", "found")
    assert read() == whole.out
    assert '"empty-link"' in whole.out


def test_exit_codes(bilint: Run) -> None:
    for fail_on, code in (("error", 0), ("warning", 1), ("never", 0)):
        assert bilint(*IN_PARTS, "--select", "empty-link", "--fail-on", fail_on).code == code
    Path("none").mkdir()
    none = bilint("check", "none", "--output-dir", "empty")
    assert none.code == 3
    assert "nothing was checked" in none.err
    assert sorted(os.listdir("empty")) == ["summary.jsonl"]
    assert read("empty") == bilint("check", "none", "--format", "jsonl").out


def test_what_an_earlier_run_left_is_gone(bilint: Run) -> None:
    bilint(*IN_PARTS)
    Path("found/part-00003.jsonl").write_text('{"type": "finding"}\n', encoding="utf-8")
    Path("found/.bilint-abc_12xy").write_text("half", encoding="utf-8")
    bilint("check", "zh/05.md", "zh/06.md", "--output-dir", "found")
    assert sorted(os.listdir("found")) == ["part-00000.jsonl", "summary.jsonl"]


def test_a_run_that_did_not_end_leaves_no_summary_of_the_run_before(
    bilint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    bilint(*IN_PARTS)

    def stop(*_: object, **__: object) -> None:
        raise UserError("stopped")

    monkeypatch.setattr("bilint.commands.parts.outcomes", stop)
    assert bilint(*IN_PARTS).code == 2
    assert "summary.jsonl" not in os.listdir("found")


def _foreign(found: Path) -> None:
    (found / "notes.txt").write_text("mine", encoding="utf-8")


def _named_alike(found: Path) -> None:
    (found / "part-00007.jsonl").write_text('{"row": 1}\n', encoding="utf-8")


def _folder(found: Path) -> None:
    (found / "part-00007.jsonl").mkdir()


def _link(found: Path) -> None:
    Path("elsewhere").write_text('{"type": "finding"}\n', encoding="utf-8")
    (found / "part-00000.jsonl").symlink_to(Path("elsewhere").absolute())


@pytest.mark.parametrize("spoil", [_foreign, _named_alike, _folder, _link])
def test_a_folder_with_anything_else_is_left_alone(
    bilint: Run, spoil: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("found").mkdir()
    spoil(Path("found"))
    (name,) = os.listdir("found")
    monkeypatch.setattr(parts, "outcomes", lambda *_, **__: pytest.fail("the work is done in vain"))
    done = bilint(*IN_PARTS)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: found: holds {name}, which is no part of a report\n  hint: ")
    assert os.listdir("found") == [name]


def test_what_comes_to_lie_there_meanwhile_is_left_alone(bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    bilint(*IN_PARTS)
    before = read()
    all_written = parts._all_written

    def meanwhile(*given: object) -> object:
        _link(Path("found/"))
        return all_written(*given)  # type: ignore[arg-type]

    Path("found/part-00000.jsonl").unlink()
    monkeypatch.setattr(parts, "_all_written", meanwhile)
    assert "found: holds part-00000.jsonl" in bilint(*IN_PARTS).err
    assert Path("elsewhere").read_text("utf-8") == '{"type": "finding"}\n'
    assert Path("found/part-00001.jsonl").read_text("utf-8") in before, "no part was removed"


def test_a_place_that_cannot_be_written_to(project: Folder, bilint: Run) -> None:
    project.write("file", "")
    assert "error: file: cannot be written: " in bilint("check", "zh", "--output-dir", "file").err
    assert "error: file/found: cannot be written: " in bilint("check", "zh", "--output-dir", "file/found").err


def test_a_part_that_cannot_be_written(bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: 2)
    replaced = parts.replace_file

    def full(path: str, pieces: object) -> None:
        if "00001" in path:
            raise OSError(28, os.strerror(28))
        replaced(path, pieces)  # type: ignore[arg-type]

    monkeypatch.setattr(parts, "replace_file", full)
    for jobs in ("1", "2"):
        done = bilint(*IN_PARTS, "--jobs", jobs)
        assert done.code == 2
        assert done.err.startswith("error: found/part-00001.jsonl: cannot be written: ")
        assert "summary.jsonl" not in os.listdir("found")


def test_a_part_that_is_not_here_is_missed(bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "replace_file", lambda *_: None)
    done = bilint(*IN_PARTS)
    assert done.code == 2
    assert "found: part-00000.jsonl, which was written elsewhere, is not here" in done.err


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="kills workers as only Unix does")
def test_a_killed_run_leaves_no_summary_and_a_killed_worker_nothing_undone(bilint: Run) -> None:
    whole = bilint(*WHOLE)
    assert killed("os.getpid() != first and '00001' in part.file") == Done(1, "", "")
    assert read() == whole.out
    assert killed("os.getpid() == first or 'never' in part.file").code == 1
    assert killed("'00001' in part.file").code < 0
    assert "summary.jsonl" not in os.listdir("found")
    bilint(*IN_PARTS)
    assert read() == whole.out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_odd_cache_is_not_believed(bilint: Run, monkeypatch: pytest.MonkeyPatch, jobs: str) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: 2)
    Path(".bilint").mkdir()
    whole = bilint(*IN_PARTS) and read()
    with sqlite3.connect(".bilint/cache") as made:
        for config, path, row in made.execute("SELECT config, path, near FROM articles").fetchall():
            near = msgspec.structs.replace(msgspec.msgpack.decode(row[DIGEST:], type=Near), shown=b"odd")
            data = msgspec.msgpack.encode(near)
            new = digest_of(data) + data
            made.execute("UPDATE articles SET near = ? WHERE config = ? AND path = ?", (new, config, path))
    done = bilint(*IN_PARTS, "--jobs", jobs)
    assert "the cache .bilint/cache is not used" in done.err
    assert read() == whole


def refused() -> Iterator[tuple[str, str]]:
    for option in ("--format json", "--output r.json", "--statistics", "--fix", "--diff"):
        yield option, option.split()[0]


@pytest.mark.parametrize(("option", "name"), list(refused()))
def test_it_is_a_report_of_its_own(bilint: Run, option: str, name: str) -> None:
    done = bilint(*IN_PARTS, *option.split())
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: --output-dir and {name} exclude each other")
    assert not Path("found").exists()


def test_it_is_for_files(bilint: Run) -> None:
    done = bilint("check", "-", "--output-dir", "found", stdin=CHINESE.encode())
    assert done.code == 2
    assert "--output-dir is for files" in done.err


def test_people_are_spoken_to_in_their_language_and_programs_in_english(bilint: Run) -> None:
    whole = bilint(*WHOLE)
    bilint(*IN_PARTS, "--language", "zh")
    assert read() == whole.out
    Path("found/mine").touch()
    assert "error" not in bilint(*IN_PARTS, "--language", "zh").err
