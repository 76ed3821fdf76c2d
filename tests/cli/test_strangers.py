"""A stranger's pull request: nothing in it is executed, nothing outside is read because an article says so."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from runs import CHINESE, ENGLISH, FAULT, Folder

if TYPE_CHECKING:
    from runs import Done

    Run = Callable[..., Done]

pytestmark = pytest.mark.skipif(os.name == "nt" or shutil.which("git") is None, reason="needs git and a shell")

RUNS = re.compile(
    r"(?:program|command|cmd|helper|hooks?|hookspath|driver|textconv|editor|pager|path|proxy|askpass|external|clean"
    r"|smudge|process|tool|alias|fsmonitor|uploadpack|receivepack|packobjectshook|vcs|filter|ssh|prefix|run"
    r"|browser|viewer|trustexitcode|allowany|signature|\*|<[^>]*>)$",
    re.IGNORECASE,
)
"""The last words of keys in git-config(1) whose value is, or leads to, a program."""
TRUE_OR_FALSE = re.compile(r"advice\.|color\.|core\.quotepath|diff\..*prefix|.*cachetextconv|.*exitcode", re.IGNORECASE)
HELD = {"log.showsignature": "true", "include.path": "more", "core.hookspath": "hooks"}
"""The values of keys that lead to a program by something else."""
BESIDES = (
    *(f"pager.{name}" for name in ("log", "rev-list", "rev-parse", "cat-file", "ls-files")),
    *(f"alias.{name}" for name in ("rev-list", "rev-parse", "cat-file", "ls-files")),
    *("gpg.openpgp.program", "gpg.x509.program", "gpg.ssh.program", "filter.evil.process", "credential.helper"),
)
HOOKS = (
    *("applypatch-msg", "pre-applypatch", "post-applypatch", "pre-commit", "pre-merge-commit", "prepare-commit-msg"),
    *("commit-msg", "post-commit", "pre-rebase", "post-checkout", "post-merge", "pre-push", "pre-receive", "update"),
    *("proc-receive", "post-receive", "post-update", "reference-transaction", "push-to-checkout", "pre-auto-gc"),
    *("post-rewrite", "sendemail-validate", "fsmonitor-watchman", "query-watchman", "post-index-change"),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder that has nothing beside it but what the test puts there."""
    made = Folder(tmp_path / "site")
    made.write("zh/kettle.md", CHINESE)
    made.write("en/kettle.md", ENGLISH)
    monkeypatch.chdir(made.path)
    return made


def git(folder: Path, *words: str, stdin: str = "") -> str:
    who = {f"GIT_{who}_{what}": "a@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", "-C", str(folder), *words],
        input=stdin,
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
    )
    return done.stdout.strip()


def keys() -> Iterator[tuple[str, str]]:
    """Yield every key this Git knows whose value it might run, and a value's kind."""
    for line in git(Path.cwd(), "help", "--config").split("\n"):
        name = line.strip()
        is_key = re.fullmatch(r"[a-zA-Z0-9]+\.\S+", name) and not TRUE_OR_FALSE.match(name)
        if is_key and RUNS.search(name):
            yield re.sub(r"<[^>]*>|\*", "evil", name), HELD.get(name.lower(), "")
    yield from ((name, "") for name in BESIDES)


def plant(directory: Path, marker: Path) -> None:
    """Make a repository's directory start a program wherever its files can say so."""
    script = directory / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch '{marker}'\n", encoding="utf-8")
    script.chmod(0o755)
    (directory / "more").write_text(f"[core]\n\tfsmonitor = {script}\n[gpg]\n\tprogram = {script}\n", encoding="utf-8")
    planted = [("protocol.ext.allow", "always"), *keys()]
    assert len(planted) > 60
    lines = []
    files = {name: str(directory / name) for name in ("more", "hooks")}
    for key, value in planted:
        section, _, rest = key.partition(".")
        inner, _, last = rest.rpartition(".")
        head = f'[{section} "{inner}"]' if inner else f"[{section}]"
        lines.append(f"{head}\n\t{last} = {files.get(value, value) or script}\n")
    lines.append('[remote "evil"]\n\turl = ext::' + f"{script}\n\tpromisor = true\n")
    with (directory / "config").open("a", encoding="utf-8") as config:
        config.write("".join(lines))
    (directory / "hooks").mkdir(exist_ok=True)
    for name in HOOKS:
        shutil.copy(script, directory / "hooks" / name)
    (directory / "info").mkdir(exist_ok=True)
    (directory / "info/attributes").write_text("* filter=evil diff=evil merge=evil\n", encoding="utf-8")


def recorded(text: str) -> str:
    digest = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return f'<!-- {{"original_hash": "{digest}", "source_file": "en/kettle.md"}} -->\n{CHINESE}'


def signed(folder: Path) -> None:
    """Replace the newest commit by one with a signature, which `git log` would have checked."""
    body = git(folder, "cat-file", "commit", "HEAD")
    head, _, message = body.partition("\n\n")
    text = f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n{message}\n"
    git(folder, "update-ref", "HEAD", git(folder, "hash-object", "-t", "commit", "-w", "--stdin", stdin=text))


@pytest.fixture
def repository(folder: Folder) -> Path:
    """The folder as a repository whose English was changed after it was translated."""
    git(folder.path, "init", "-q", "-b", "main")
    folder.write(".gitattributes", "* filter=evil diff=evil merge=evil\n")
    folder.write("zh/kettle.md", recorded(ENGLISH))
    git(folder.path, "add", "-A")
    git(folder.path, "commit", "-q", "-m", "one")
    folder.write("en/kettle.md", f"{ENGLISH}\nNew.\n")
    git(folder.path, "commit", "-q", "-a", "-m", "two")
    signed(folder.path)
    return folder.path


@pytest.mark.parametrize("command", [("check", "--format", "json"), ("show", "originals"), ("align",), ("fetch",)])
def test_no_key_of_a_repository_starts_a_program(
    folder: Folder, bilint: Run, repository: Path, command: tuple[str, ...]
) -> None:
    marker = folder.path / "marker"
    git(repository.parent, "clone", "-q", "--bare", str(repository), "store.git")
    for directory in (repository / ".git", repository.parent / "store.git"):
        plant(directory, marker)
    folder.write("bilint.toml", 'originals.stores = ["git:.@HEAD", "git:../store.git@main"]\n')
    folder.write("zh/kettle.md", recorded(ENGLISH) + "\n")
    folder.write("zh/other.md", f"---\nsourceCommit: {'1' * 40}\n---\n{CHINESE}")
    bilint(command[0], *command[1:], "zh")
    assert not marker.exists()
    subprocess.run(["git", "-C", str(repository), "log", "--oneline"], capture_output=True, check=False)
    assert marker.exists(), "what is planted is alive"


def test_a_repository_among_the_files_is_no_store(folder: Folder, bilint: Run, repository: Path) -> None:
    git(repository, "clone", "-q", "--bare", ".", "evil.git")
    plant(repository / "evil.git", folder.path / "marker")
    folder.write("bilint.toml", 'originals.stores = ["git:evil.git@main"]\n')
    done = bilint("check", "zh", "--format", "json")
    assert done.code == 2
    assert "evil.git is a repository that lies among the files of the checked tree" in done.err
    assert "--trust-store evil.git" in done.err
    for words in (("check",), ("show", "originals"), ("align",)):
        assert "lies among" not in bilint(*words, "zh", "--trust-store", "evil.git").err
    assert not (folder.path / "marker").exists()


@pytest.mark.parametrize("store", ["git:.@main", "git:..@main"])
def test_settings_in_a_repository_of_plain_files(folder: Folder, bilint: Run, repository: Path, store: str) -> None:
    git(repository, "clone", "-q", "--bare", ".", "docs")
    plant(repository / "docs", folder.path / "marker")
    folder.write("docs/site/bilint.toml", f'originals.stores = ["{store}"]\n')
    folder.write("docs/site/zh/kettle.md", recorded(ENGLISH))
    done = bilint("check", "docs/site/zh", "--format", "json")
    assert done.code == 2
    assert "lies among the files of the checked tree" in done.err
    assert not (folder.path / "marker").exists()


def test_a_repository_of_plain_files_hides_no_article_from_git(folder: Folder, bilint: Run, repository: Path) -> None:
    git(repository, "clone", "-q", "--bare", ".", "zh/evil.git")
    folder.write("zh/evil.git/.gitignore", "left-out.md\n")
    folder.write("zh/evil.git/left-out.md", CHINESE)
    folder.write("zh/evil.git/a.md", CHINESE)
    assert bilint("show", "files", "zh/evil.git").out == "zh/evil.git/a.md\n"
    assert bilint("check", "zh", "--since", "HEAD").code in {0, 1}


@pytest.mark.parametrize("revision", ["HEAD^{/(((x{1,255}){1,255}){1,255}){1,255}}", "main@{1000000.days.ago}"])
def test_a_revision_that_is_searched_for_is_none(folder: Folder, bilint: Run, repository: Path, revision: str) -> None:
    folder.write("zh/kettle.md", f"---\nsourceCommit: {revision!r}\n---\n{CHINESE}")
    assert bilint("check", "zh", "--format", "json").code in {0, 1}
    folder.write("bilint.toml", 'originals.stores = ["git:.@HEAD"]\n')
    assert "which no Git store has" in bilint("show", "originals", "zh").out


def test_the_trees_own_repositories_are_stores(folder: Folder, bilint: Run, repository: Path) -> None:
    git(repository, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repository), "sub")
    git(repository, "worktree", "add", "-q", "inner", "HEAD~1")
    for store in ("git:.@HEAD", "git:sub@HEAD", "git:inner@HEAD", "git:zh@HEAD"):
        folder.write("bilint.toml", f'originals.stores = ["{store}"]\n')
        assert bilint("check", "zh/kettle.md", "--format", "json").code in {0, 1}, store


SECRET = "The secret text is here.\n"


@pytest.mark.parametrize(
    "article",
    [
        f"---\nsource: ../../secret/s.md\n---\n{CHINESE}",
        f"---\nsource: ../link/s.md\n---\n{CHINESE}",
        f"---\nsource: ./link.md\n---\n{CHINESE}",
        "# 题\n\n> 原文：[A](../../secret/s.md)\n\n正文。\n",
        f"<!-- source: ../../secret/s.md -->\n{CHINESE}",
        f'<!-- {{"original_hash": "x", "source_file": "../secret/s.md"}} -->\n{CHINESE}',
    ],
)
def test_no_article_leads_outside(folder: Folder, bilint: Run, article: str) -> None:
    outside = folder.path.parent / "secret"
    outside.mkdir()
    (outside / "s.md").write_text(SECRET, encoding="utf-8")
    (folder.path / "link").symlink_to(outside)
    (folder.path / "zh/link.md").symlink_to(outside / "s.md")
    folder.write("zh/a.md", article)
    done = bilint("check", "zh/a.md", "--format", "json")
    assert done.report["articles"][0]["source"] is None
    assert done.rules == ["no-original"]
    shown = bilint("show", "originals", "zh/a.md")
    assert "outside the repository" in shown.out
    assert "secret text" not in done.out + done.err + shown.out


def test_mirrored_paths_and_lists_do_not_lead_outside_by_links(folder: Folder, bilint: Run) -> None:
    (folder.path.parent / "s.md").write_text(SECRET, encoding="utf-8")
    (folder.path / "en/kettle.md").unlink()
    (folder.path / "en/kettle.md").symlink_to("../../s.md")
    folder.write("originals/index.tsv", "https://example.com/s\t../../s.md\n")
    (folder.path / "originals/t.md").symlink_to("../../s.md")
    folder.write("zh/a.md", "# 题\n\n> 原文：<https://example.com/s>\n\n正文。\n")
    folder.write("zh/b.md", "# 题\n\n> 原文：<https://example.com/t>\n\n正文。\n")
    done = bilint("check", "zh", "--format", "json")
    assert [article["source"] and article["source"]["path"] for article in done.report["articles"]] == [None] * 3
    assert "secret text" not in done.out


def test_a_folder_that_settings_name_may_lie_outside(folder: Folder, bilint: Run) -> None:
    outside = folder.path.parent / "english"
    outside.mkdir()
    (outside / "kettle.md").write_text(ENGLISH, encoding="utf-8")
    shutil.rmtree(folder.path / "en")
    for settings in (
        'originals.paths = [{target = "zh/{path}", source = "../english/{path}"}]\n',
        'originals.folder = "../english"\n',
    ):
        folder.write("bilint.toml", settings)
        folder.write("zh/kettle.md", f"---\nsource: ../../english/kettle.md\n---\n{CHINESE}")
        assert bilint("check", "zh/kettle.md", "--format", "json").report["articles"][0]["source"], settings


def test_what_a_walk_meets_stays_inside(folder: Folder, bilint: Run) -> None:
    outside = folder.path.parent / "outside"
    outside.mkdir()
    (outside / "s.md").write_text(f"秘密。{FAULT}", encoding="utf-8")
    (folder.path / "zh/pw.md").symlink_to(outside / "s.md")
    (folder.path / "zh/zero.md").symlink_to("/dev/zero")
    (folder.path / "zh/in.md").symlink_to("/dev/stdin")
    (folder.path / "zh/folder").symlink_to(outside)
    os.mkfifo(outside / "fifo")
    (folder.path / "zh/fifo.md").symlink_to(outside / "fifo")
    (folder.path / "zh/fine.md").symlink_to("../en/kettle.md")
    done = bilint("check", "zh", "--format", "json")
    assert done.code == 2
    assert done.checked == ["zh/fine.md", "zh/kettle.md"]
    met = ["zh/fifo.md", "zh/folder", "zh/in.md", "zh/pw.md", "zh/zero.md"]
    assert [problem["path"] for problem in done.report["problems"]] == met
    assert "秘密" not in done.out + done.err
    folder.write("bilint.toml", 'exclude = ["zh/[fpiz]*.md", "zh/folder/"]\n')
    assert bilint("check", "zh", "--format", "json").code == 0


@pytest.mark.parametrize("named", ["zero.md", "fifo.md"])
def test_a_name_that_never_ends_is_not_waited_for(folder: Folder, bilint: Run, named: str) -> None:
    (folder.path / "zero.md").symlink_to("/dev/zero")
    os.mkfifo(folder.path / "fifo.md")
    done = bilint("check", named, "zh", "--format", "json")
    assert (done.code, done.checked) == (2, ["zh/kettle.md"])
    assert f"{named}: is not a regular file" in done.err


def test_what_is_named_on_the_command_line_may_lie_anywhere(folder: Folder, bilint: Run) -> None:
    outside = folder.path.parent / "outside"
    (outside / "zh").mkdir(parents=True)
    (outside / "zh/a.md").write_text(FAULT, encoding="utf-8")
    (folder.path / "link.md").symlink_to(outside / "zh/a.md")
    for path in (str(outside), str(outside / "zh/a.md"), "../outside/zh", "link.md"):
        assert bilint("check", path, "--format", "json").code == 1, path
    done = bilint("check", "link.md", "--source", str(outside / "zh/a.md"))
    assert "the same file" in done.err or "itself" in done.err


def test_the_largest_file(folder: Folder, bilint: Run) -> None:
    folder.write("bilint.toml", "max-file-bytes = 200\n")
    folder.write("zh/large.md", "长" * 67)
    done = bilint("check", "zh", "--format", "json")
    assert (done.code, done.checked) == (2, ["zh/kettle.md"])
    assert "zh/large.md: is larger than 200 bytes" in done.err
    folder.write("en/kettle.md", ENGLISH + "x" * 200)
    assert "en/kettle.md: is larger than 200 bytes" in bilint("check", "zh/kettle.md").out


@pytest.mark.parametrize("words", [(), ("--since", "HEAD")])
def test_a_git_that_never_answers_keeps_no_other_article_from_being_checked(
    folder: Folder, bilint: Run, repository: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr("bilint.library.git._SECONDS", 1)
    monkeypatch.setattr("bilint.library.git._silent", set())
    for number in range(5):
        folder.write(f"zh/named{number}.md", f"---\nsourceCommit: {'1' * 40}\n---\n{CHINESE}")
    folder.write("zh/plain.md", f"# 单独\n\n{FAULT}")
    real = shutil.which("git")
    text = f'#!/bin/sh\ncase " $* " in *" cat-file "*) sleep 300 ;; esac\nexec \'{real}\' "$@"\n'
    folder.write("../bin/git", text)
    (folder.path / "../bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder.path.parent / 'bin'}{os.pathsep}{os.environ['PATH']}")
    before = time.monotonic()
    done = bilint("check", "zh", "--jobs", "1", "--format", "json", *words)
    assert time.monotonic() - before < 30
    assert done.code == 2
    said = [line for line in done.err.split("\n") if "git has not answered within 1 s" in line]
    assert any("zh/named0.md" in line for line in said)
    if not words:
        assert "empty-link" in done.rules


def test_a_file_that_is_called_as_an_option_is_none_for_pre_commit(folder: Folder, bilint: Run) -> None:
    root = Path(__file__).parents[2]
    hooks = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    docs = (root / "docs/ci.md").read_text(encoding="utf-8")
    offered = [f"{hook['entry']} {' '.join(hook['args'])}" for hook in hooks]
    entries = [*offered, *re.findall(r"entry: (bilint .*)", docs)]
    folder.write("--output=en.md", CHINESE)
    for entry in entries:
        program, *words = entry.replace("--since HEAD", "").split()
        assert program == "bilint"
        bilint(*words, "--output=en.md", "zh/kettle.md")
        assert not (folder.path / "en.md").exists()
        assert "--output=en.md" in bilint(*words[:-1], "--format", "json", *words[-1:], "--output=en.md").checked
