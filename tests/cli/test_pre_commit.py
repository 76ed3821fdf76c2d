"""The hooks that we offer judge the text that is staged; where they name HEAD, only what the commit changes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from histories import Repository
    from runs import Done

ROOT = Path(__file__).parents[2]
OFFERED = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
DOCUMENTED = re.findall(r"^ +entry: (bilint .*)$", (ROOT / "docs/ci.md").read_text(encoding="utf-8"), re.MULTILINE)
ENTRIES = [*(f"{hook['entry']} {' '.join(hook['args'])}" for hook in OFFERED), *DOCUMENTED]
OF_THE_COMMIT = sorted({entry for entry in ENTRIES if "--since" in entry and "--fix" not in entry})
(MENDING,) = (entry for entry in ENTRIES if "--fix" in entry)

Run = Callable[..., "Done"]


def test_what_a_commit_changes_can_be_asked_for() -> None:
    assert {hook["id"]: "--since HEAD" in hook["entry"] for hook in OFFERED} == {
        "bilint": False,
        "bilint-changed": True,
        "bilint-fix": True,
    }
    assert DOCUMENTED
    assert all("--since HEAD" in entry for entry in DOCUMENTED)


def hook(repository: Repository, bilint: Run, entry: str) -> Done:
    """Run a hook as pre-commit does: unstaged changes are away, the staged articles are its arguments."""
    program, *words = entry.split()
    assert program == "bilint"
    staged = repository.git("diff", "--cached", "--name-only", "--diff-filter=ACMRT", "--", "zh").split()
    with set_aside(repository):
        return bilint(*words[:-1], "--format", "json", words[-1], *staged)


@contextmanager
def set_aside(repository: Repository) -> Iterator[None]:
    texts = {(language, name): repository.read(language, name) for language in ("zh", "en") for name in "ab"}
    repository.git("checkout", "--", ".")
    yield
    for (language, name), text in texts.items():
        repository.write(language, name, text)


def stage(repository: Repository, *edit: str) -> None:
    repository.edit("zh", "a", *edit)
    repository.git("add", "zh")


@pytest.mark.parametrize("entry", OF_THE_COMMIT)
def test_old_findings_do_not_block_an_edit(repository: Repository, bilint: Run, entry: str) -> None:
    stage(repository, "要用抹布的人", "想用抹布的人")
    done = hook(repository, bilint, entry)
    assert (done.code, done.rules, done.checked) == (0, [], ["zh/a.md"])
    assert done.report["summary"]["unchanged"] == 1


def test_without_a_revision_they_do(repository: Repository, bilint: Run) -> None:
    stage(repository, "要用抹布的人", "想用抹布的人")
    (entry,) = set(ENTRIES) - {*OF_THE_COMMIT, MENDING}
    assert hook(repository, bilint, entry).rules == ["changed-link"]


def test_what_a_commit_changes_can_be_mended(repository: Repository, bilint: Run) -> None:
    stage(repository, "/manual/lid)", "/manual/lids)")
    _, *words = MENDING.split()
    assert bilint(*words[:-1], "--format", "json", words[-1], "zh/a.md").rules == []
    assert "/manual/lid)" in repository.read("zh", "a")
    assert "/plan/old-kettle)" in repository.read("zh", "a")


@pytest.mark.parametrize("entry", OF_THE_COMMIT)
def test_a_fault_that_is_staged_is_found(repository: Repository, bilint: Run, entry: str) -> None:
    stage(repository, "/manual/lid)", "/manual/lids)")
    done = hook(repository, bilint, entry)
    assert (done.code, done.rules) == (1, ["changed-link"])


@pytest.mark.parametrize("entry", OF_THE_COMMIT)
def test_a_fault_that_is_staged_and_mended_since_is_found(repository: Repository, bilint: Run, entry: str) -> None:
    stage(repository, "/manual/lid)", "/manual/lids)")
    repository.edit("zh", "a", "/manual/lids)", "/manual/lid)")
    assert hook(repository, bilint, entry).rules == ["changed-link"]
    assert "/manual/lid)" in repository.read("zh", "a")


@pytest.mark.parametrize("entry", OF_THE_COMMIT)
def test_a_fault_that_is_not_staged_is_not_judged(repository: Repository, bilint: Run, entry: str) -> None:
    stage(repository, "要用抹布的人", "想用抹布的人")
    repository.edit("zh", "a", "/manual/lid)", "/manual/lids)")
    repository.edit("en", "a", "/manual/handle)", "/manual/handles)")
    done = hook(repository, bilint, entry)
    assert (done.code, done.rules, done.checked) == (0, [], ["zh/a.md"])
    assert "/manual/lids)" in repository.read("zh", "a")


@pytest.mark.parametrize("entry", OF_THE_COMMIT)
def test_english_that_is_staged_with_an_article_counts(repository: Repository, bilint: Run, entry: str) -> None:
    stage(repository, "要用抹布的人", "想用抹布的人")
    repository.edit("en", "a", "/manual/lid)", "/manual/lids)")
    repository.git("add", "en")
    assert hook(repository, bilint, entry).rules == ["changed-link"]


@pytest.mark.parametrize("entry", OF_THE_COMMIT)
def test_the_environment_of_a_hook_leads_nowhere(
    repository: Repository, bilint: Run, entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(repository, "/manual/lid)", "/manual/lids)")
    for name, value in {"GIT_DIR": "elsewhere", "GIT_INDEX_FILE": "elsewhere/index", "GIT_PREFIX": "zh/"}.items():
        monkeypatch.setenv(name, value)
    words = entry.split()[1:]
    assert bilint(*words[:-1], "--format", "json", words[-1], "zh/a.md").rules == ["changed-link"]
