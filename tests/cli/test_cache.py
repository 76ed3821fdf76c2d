"""The result cache: taken over where nothing has changed, never believed where somebody else may have made it."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from runs import CHINESE, ENGLISH, FAULT, PROGRAM, Done, Folder

from bilint import cache, cache_door, conditions, judging, pipeline, sums
from bilint.cache import DIGEST, Far, Near, digest_of

if TYPE_CHECKING:
    from histories import Repository

    from bilint.align.numbered import Numbered
    from bilint.discover import Target
    from bilint.evidence import Evidence

Run = Callable[..., Done]
CHECK = ("check", "zh", "--format", "json", "--jobs", "1")
FILE = Path(".bilint/cache")
NUMBER = 12
DIES = """
import os, signal
from bilint import cache
from bilint.cli import main
noted, runs = cache.Cache._note_run, []
def note_run(self):
    noted(self)
    runs.append(self)
    if len(runs) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
cache.Cache._note_run = note_run
cache._BATCH = 5
main()
"""


@pytest.fixture
def project(folder: Folder) -> Folder:
    for number in range(NUMBER - 1):
        folder.write(f"en/{number:02}.md", ENGLISH)
        folder.write(f"zh/{number:02}.md", CHINESE + FAULT)
    return folder


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles that are read and aligned."""
    paths: list[str] = []
    original = pipeline.prepare

    def noted(target: Target, plan: pipeline.Plan, known: Numbered | None) -> object:
        paths.append(target.path)
        return original(target, plan, known)

    monkeypatch.setattr(pipeline, "prepare", noted)
    return paths


def test_what_has_not_changed_is_taken_over(project: Folder, bilint: Run, prepared: list[str]) -> None:
    cold = bilint(*CHECK)
    assert len(prepared) == NUMBER
    prepared.clear()
    assert bilint(*CHECK) == cold
    assert prepared == []
    assert stat.S_IMODE(FILE.stat().st_mode) & 0o077 == 0
    assert Path(".bilint/.gitignore").read_text(encoding="utf-8") == "*\n"
    project.write("zh/03.md", CHINESE)
    assert bilint(*CHECK).rules.count("empty-link") == NUMBER - 2
    assert prepared == ["zh/03.md"]


def test_a_glossary_that_changes_is_noticed(project: Folder, bilint: Run, prepared: list[str]) -> None:
    project.write("bilint.toml", 'glossaries = ["terms.csv"]\n')
    project.write("terms.csv", "term,approved\nkettle,水壶\n")
    bilint(*CHECK)
    prepared.clear()
    project.write("terms.csv", "term,approved\nkettle,茶壶\n")
    warm = bilint(*CHECK)
    assert len(prepared) == NUMBER
    assert warm == bilint(*CHECK, "--no-cache")


@pytest.mark.parametrize(
    ("article", "later"),
    [("![壶](kettle.png)\n", "zh/kettle.png"), ("", "en/new.md")],
    ids=["a picture", "an original"],
)
def test_a_file_that_comes_to_be_is_noticed(
    project: Folder, bilint: Run, prepared: list[str], article: str, later: str
) -> None:
    project.write("zh/new.md", CHINESE + article)
    if article:
        project.write("en/new.md", ENGLISH + article)
    bilint(*CHECK)
    prepared.clear()
    project.write(later, ENGLISH)
    warm = bilint(*CHECK)
    assert set(prepared) == {"zh/new.md"}
    assert warm == bilint(*CHECK, "--no-cache")


def test_what_findings_weigh_changes_no_result(project: Folder, bilint: Run, prepared: list[str]) -> None:
    bilint("score", "zh", "--jobs", "1")
    prepared.clear()
    project.write("bilint.toml", "[score]\nwarning = 3\n")
    weighed = bilint("score", "zh", "--jobs", "1")
    assert prepared == []
    assert weighed == bilint("score", "zh", "--jobs", "1", "--no-cache")


def test_an_original_that_changes_is_noticed(project: Folder, bilint: Run, prepared: list[str]) -> None:
    bilint(*CHECK)
    prepared.clear()
    project.write("en/03.md", ENGLISH.replace("cold water", "2 cups of cold water"))
    warm = bilint(*CHECK)
    assert prepared == ["zh/03.md"]
    assert warm == bilint(*CHECK, "--no-cache")


@pytest.mark.parametrize(
    ("words", "settings"),
    [
        ([*CHECK, "--no-cache"], ""),
        ([*CHECK], "cache = false"),
        (["check", "-", "zh", "--format", "json"], ""),
        (["check", "zh/00.md", "--format", "json"], ""),
        (["baseline", "write", "zh", "--no-cache"], ""),
        (["score", "zh", "--no-cache"], ""),
    ],
)
def test_nothing_is_written(project: Folder, bilint: Run, words: list[str], settings: str) -> None:
    project.write("bilint.toml", settings)
    bilint(*words, stdin=CHINESE.encode())
    assert not FILE.exists()


def test_since_a_revision_nothing_is_taken_over(repository: Repository, bilint: Run) -> None:
    Path(".bilint").mkdir()
    bilint("check", "zh", "--since", "HEAD")
    assert not FILE.exists()


def test_a_library_call_writes_nothing(project: Folder) -> None:
    from bilint import lint_paths

    Path(".bilint").mkdir()
    assert len(lint_paths(["zh"]).articles) == NUMBER
    assert not FILE.exists()


def _link() -> None:
    FILE.rename("elsewhere")
    FILE.symlink_to(Path("elsewhere").absolute())


def _linked_folder() -> None:
    FILE.parent.rename("elsewhere")
    FILE.parent.symlink_to("elsewhere")


def _pipe() -> None:
    FILE.unlink()
    os.mkfifo(FILE)


def _folder() -> None:
    FILE.unlink()
    FILE.mkdir()


def _hard_link() -> None:
    os.link(FILE, "elsewhere")


def _open_to_others() -> None:
    FILE.chmod(0o660)


def _garbage() -> None:
    FILE.write_bytes(b"not a database, whatever its name says" * 40)


def _cut() -> None:
    FILE.write_bytes(FILE.read_bytes()[:5000])


def _trigger() -> None:
    with sqlite3.connect(FILE) as made:
        made.execute("CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM articles; END")


def _rewritten(part: str, value: bytes) -> None:
    with sqlite3.connect(FILE) as made:
        for config, path, row in made.execute("SELECT config, path, near FROM articles").fetchall():
            near = msgspec.msgpack.decode(row[DIGEST:], type=Near)
            data = msgspec.msgpack.encode(msgspec.structs.replace(near, **{part: value}))
            new = digest_of(data) + data
            made.execute("UPDATE articles SET near = ? WHERE config = ? AND path = ?", (new, config, path))


def _pickled() -> None:
    _rewritten("shown", b"cos\nsystem\n(S'touch pwned'\ntR.")


def _without_verdicts() -> None:
    _rewritten("told", b"\xc0")


def _without_inputs() -> None:
    _rewritten("inputs", b"\x81\x01")


HOSTILE = [
    *(_link, _linked_folder, _pipe, _folder, _hard_link, _open_to_others),
    *(_garbage, _cut, _trigger, _pickled, _without_verdicts, _without_inputs),
]


@pytest.mark.skipif(os.name == "nt", reason="links, pipes and modes of POSIX")
@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__.strip("_"))
def test_an_odd_cache_is_said_once_and_not_used(
    project: Folder, bilint: Run, prepared: list[str], make: Callable[[], None]
) -> None:
    cold = bilint(*CHECK)
    make()
    prepared.clear()
    project.write("zh/03.md", CHINESE + FAULT + "\n")  # something is asked of all that was told
    warm = bilint(*CHECK)
    assert warm.rules == cold.rules
    assert len(prepared) >= NUMBER - 1
    assert warm.err.count("the cache .bilint/cache is not used") == 1
    assert not Path("pwned").exists()


def test_a_cache_that_git_tracks_is_not_read(repository: Repository, bilint: Run, prepared: list[str]) -> None:
    Path(".bilint").mkdir()
    cold = bilint(*CHECK)
    repository.git("add", "-f", ".bilint/cache")
    prepared.clear()
    done = bilint(*CHECK)
    assert (done.out, len(prepared)) == (cold.out, 2)
    assert "the cache .bilint/cache is not used: it is in the Git repository" in done.err
    repository.git("rm", "-q", "--cached", ".bilint/cache")
    assert bilint(*CHECK).err == ""


@pytest.mark.parametrize(
    ("name", "is_cache"),
    [
        *((".bilint/cache", True), (".BILINT/Cache", True), (".bilint", True), (".bilint/cache-journal", True)),
        *((".bilint/originals/a.md", False), (".bilint/.gitignore", False)),
    ],
)
def test_the_names_that_a_commit_could_bring_it_under(name: str, *, is_cache: bool) -> None:
    assert cache_door._is_cache(name) is is_cache


def test_a_cache_of_another_user_is_not_read(project: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    bilint(*CHECK)
    monkeypatch.setattr(os, "geteuid", lambda: 123_456)
    assert "it belongs to another user" in bilint(*CHECK).err


def test_a_cache_that_is_locked_is_not_waited_for(
    project: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold = bilint(*CHECK)
    monkeypatch.setattr(cache, "_PATIENCE", 0.05)
    holder = sqlite3.connect(FILE, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    done = bilint(*CHECK)
    holder.close()
    assert done.out == cold.out
    assert "is not used: database is locked" in done.err
    assert bilint(*CHECK) == cold


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the system keeps nobody out")
def test_a_folder_that_cannot_be_written_stays_as_it_is(project: Folder, bilint: Run) -> None:
    project.path.chmod(0o555)
    try:
        assert bilint(*CHECK).err == ""
    finally:
        project.path.chmod(0o755)


def test_two_at_once(project: Folder, bilint: Run) -> None:
    cold = bilint(*CHECK, "--no-cache")
    runs = [subprocess.Popen([*PROGRAM, *CHECK], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    for run in runs:
        out, err = run.communicate()
        assert (out.decode(), err.decode()) == (cold.out, "")
    assert bilint(*CHECK) == cold


def test_a_run_that_is_killed_leaves_nothing_half(project: Folder, bilint: Run, prepared: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", DIES, *CHECK], capture_output=True, check=False)
    assert done.returncode < 0
    cold = bilint(*CHECK, "--no-cache")
    prepared.clear()
    assert bilint(*CHECK) == cold
    assert len(prepared) == NUMBER - 5, "what was written before is there"
    prepared.clear()
    assert bilint(*CHECK) == cold
    assert prepared == []


def rows() -> Iterator[str]:
    with sqlite3.connect(FILE) as made:
        yield from (config for (config,) in made.execute("SELECT DISTINCT config FROM articles"))


def test_another_version_cleans_up(project: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    bilint(*CHECK)
    bilint(*CHECK, "--ignore", "mixed-term")
    before = set(rows())
    assert len(before) == 2
    monkeypatch.setattr(conditions, "_digest_of_program", lambda: "another")
    bilint(*CHECK)
    assert len(set(rows())) == 1
    assert not before & set(rows())


def test_its_size_is_bounded_and_the_oldest_gives_way(
    project: Folder, bilint: Run, prepared: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bilint(*CHECK)
    most = FILE.stat().st_size + 20_000
    monkeypatch.setattr(cache, "LARGEST", most)
    for rule in ("mixed-term", "empty-link", "wrong-term", "mixed-heading"):
        done = bilint(*CHECK, "--ignore", rule)
        assert bilint(*CHECK, "--ignore", rule) == done
        assert FILE.stat().st_size <= most + 30_000
        prepared.clear()
        assert bilint(*CHECK, "--ignore", rule) == done
        assert prepared == []
    assert len(set(rows())) < 5


def test_pages_in_the_folder_of_the_cache_are_no_articles(project: Folder, bilint: Run) -> None:
    bilint("check", ".", "--format", "json", "--jobs", "1")
    assert FILE.exists()
    assert not any(".bilint" in path for path in bilint("check", ".", "--format", "json").checked)


def test_where_nobody_knows_what_bilint_is_made_of(
    project: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(conditions, "requires", unknown)
    conditions._digest_of_program.cache_clear()
    done = bilint(*CHECK)
    assert (done.rules.count("empty-link"), FILE.exists()) == (NUMBER - 1, False)
    assert "is not used: No package metadata was found for bilint" in done.err


SYSTEMS = "We use Linux and Docker, also Podman, Fedora, Debian and Ubuntu, and Arch.\n"
TIGHT = "我们用Linux和Docker，也用Podman、Fedora、Debian和Ubuntu，还有Arch。\n"
SPACED = "我们用 Linux 和 Docker，也用 Podman、Fedora、Debian 和 Ubuntu，还有 Arch。\n"


def _asked_of_whom(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the questions of which it is asked whether the answer is still the same."""
    names: list[str] = []
    is_same = sums._is_same

    def noted(project: Evidence, record: sums.Told) -> bool:
        names.append(record[0].rpartition(".")[2])
        return is_same(project, record)

    monkeypatch.setattr(sums, "_is_same", noted)
    return names


@pytest.fixture
def habit(project: Folder) -> Folder:
    for number in range(NUMBER - 1):
        project.write(f"en/{number:02}.md", f"{ENGLISH}\n{SYSTEMS}")
        project.write(f"zh/{number:02}.md", f"{CHINESE}\n{SPACED if number else TIGHT}")
    return project


def test_only_what_has_changed_in_the_project_is_asked_again(
    habit: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    bilint(*CHECK)
    asked = _asked_of_whom(monkeypatch)
    looked = []
    over_all = judging.OverAll._looked
    monkeypatch.setattr(judging.OverAll, "_looked", lambda self, each: looked.append(each) or over_all(self, each))
    habit.write("zh/05.md", f"{CHINESE}\n{SPACED}\n而且水很凉。\n")
    assert "mixed-spacing" in bilint(*CHECK).rules
    assert looked == []
    assert asked.count("ArticlesOf") == 1, "what was told of one original, to the article itself"
    asked.clear()
    habit.write("en/05.md", f"{ENGLISH}\n## Usage\n\n{SYSTEMS}")
    habit.write("zh/05.md", f"{CHINESE}\n## 用法\n\n{TIGHT}")
    warm = bilint(*CHECK)
    assert asked.count("ArticlesOf") == 1
    assert looked, "headings are compared with those of all articles"
    assert warm == bilint(*CHECK, "--no-cache")


def test_what_another_run_has_concluded_meanwhile_is_asked_again(habit: Folder, bilint: Run) -> None:
    assert "mixed-spacing" in bilint(*CHECK).rules
    with sqlite3.connect(FILE) as made:
        total = made.execute("SELECT * FROM totals").fetchall()
    alone = bilint("check", "zh/00.md", "--format", "json", "--jobs", "1")
    assert "mixed-spacing" not in alone.rules
    with sqlite3.connect(FILE) as made:
        made.executemany("INSERT OR REPLACE INTO totals VALUES (?, ?)", total)
    habit.write("zh/05.md", f"{CHINESE}\n{SPACED}\n而且水很凉。\n")
    assert bilint(*CHECK) == bilint(*CHECK, "--no-cache")


def test_what_rules_have_found_and_cannot_be_read_is_found_again(habit: Folder, bilint: Run) -> None:
    bilint(*CHECK)
    with sqlite3.connect(FILE) as made:
        for config, path, row, rest in made.execute("SELECT config, path, near, far FROM articles").fetchall():
            far = msgspec.structs.replace(msgspec.msgpack.decode(rest, type=Far), found=b"odd")
            others = msgspec.msgpack.encode(far)
            near = msgspec.structs.replace(msgspec.msgpack.decode(row[DIGEST:], type=Near), far=digest_of(others))
            data = msgspec.msgpack.encode(near)
            where = (digest_of(data) + data, others, config, path)
            made.execute("UPDATE articles SET near = ?, far = ? WHERE config = ? AND path = ?", where)
    for number in range(1, NUMBER - 1):
        habit.write(f"zh/{number:02}.md", f"{CHINESE}\n{TIGHT}")
    warm = bilint(*CHECK)
    assert "mixed-spacing" not in warm.rules
    assert warm == bilint(*CHECK, "--no-cache")
