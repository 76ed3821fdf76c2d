"""`--since` shows what changed, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from histories import Repository, chinese, english
from runs import Done, Folder

from bilint.since import matched

Run = Callable[..., Done]


def since(bilint: Run, revision: str, *words: str) -> list[tuple[str, str]]:
    done = bilint("check", "zh", "--since", revision, "--format", "json", *words)
    return sorted((finding["rule"], finding["path"]) for finding in done.report["findings"])


def test_staged_and_unstaged_changes_count(repository: Repository, bilint: Run) -> None:
    assert since(bilint, "HEAD") == []
    repository.edit("zh", "a", "/manual/lid)", "/manual/lids)")
    repository.git("add", "-A")
    repository.edit("zh", "b", "/manual/tray)", "/manual/trays)")
    assert since(bilint, "HEAD") == [("changed-link", "zh/a.md"), ("changed-link", "zh/b.md")]
    assert since(bilint, "HEAD", "--jobs", "2") == [("changed-link", "zh/a.md"), ("changed-link", "zh/b.md")]


def test_what_is_not_shown_is_counted(repository: Repository, bilint: Run) -> None:
    done = bilint("check", "zh", "--since", "HEAD")
    assert done.code == 0
    assert "; 2 in unchanged blocks not shown" in done.out


def test_a_new_article_and_a_renamed_one_are_new_all_over(repository: Repository, bilint: Run) -> None:
    for language in ("zh", "en"):
        repository.git("mv", f"{language}/a.md", f"{language}/c.md")
    assert since(bilint, "HEAD") == [("changed-link", "zh/c.md")]


def test_of_equal_blocks_the_added_one_is_new(repository: Repository, bilint: Run) -> None:
    faulty = "要用勺子的[](https://example.com/spoon)人，先要读[勺子的说明书](https://example.com/manual/spoon)。\n"
    repository.write("zh", "b", repository.read("zh", "b") + "\n" + faulty)
    done = bilint("check", "zh", "--since", "HEAD", "--format", "json", "--select", "empty-link")
    last = repository.read("zh", "b").count("\n")
    assert [(f["line"], f["more"]) for f in done.report["findings"]] == [(last, [])]


def test_a_paragraph_that_is_cut_out_is_missing_and_one_that_was_missing_is_old(
    repository: Repository, bilint: Run
) -> None:
    words = ("--select", "missing-block", "--min-confidence", "low")
    repository.edit("zh", "a", chinese(2), "## 抹布\n\n")
    repository.commit()
    repository.edit("zh", "a", "要用水壶的人", "要用这把水壶的人")
    assert since(bilint, "HEAD", *words) == []
    repository.edit("zh", "a", chinese(5).partition("\n\n")[2], "")
    assert since(bilint, "HEAD", *words) == [("missing-block", "zh/a.md")]
    assert len(since(bilint, "HEAD~1", *words)) == 2


def test_english_that_is_added_is_missing(repository: Repository, bilint: Run) -> None:
    added = "Nobody should ever leave the kitchen while the water in the kettle is about to boil over.\n\n"
    repository.edit("en", "a", "## The handle", added + "## The handle")
    assert since(bilint, "HEAD", "--min-confidence", "low") == [("missing-block", "zh/a.md")]


def test_an_original_that_git_ignores_is_unchanged(repository: Repository, bilint: Run) -> None:
    repository.git("rm", "-q", "-r", "--cached", "en")
    repository.folder.write(".gitignore", "en/\n")
    repository.commit()
    assert since(bilint, "HEAD") == []
    repository.edit("zh", "a", "/manual/lid)", "/manual/lids)")
    assert since(bilint, "HEAD") == [("changed-link", "zh/a.md")]


def test_before_the_first_commit_everything_is_new(folder: Folder, bilint: Run) -> None:
    Repository(folder).edit("zh", "a", "/manual/lid)", "/manual/lids)")
    assert since(bilint, "HEAD") == [("changed-link", "zh/a.md")]
    done = bilint("check", "zh", "--since", "main~1")
    assert done.code == 2


@pytest.mark.parametrize("revision", ["nowhere", "--all", "HEAD:zh/a.md", "", "HEAD\n"])
def test_a_revision_that_is_none_is_an_error(repository: Repository, bilint: Run, revision: str) -> None:
    done = bilint("check", "zh", f"--since={revision}")
    assert (done.code, done.out) == (2, "")
    assert "--since" in done.err


def test_an_article_in_no_repository_is_an_error(folder: Folder, bilint: Run) -> None:
    assert bilint("check", "zh", "--since", "HEAD").code == 2


def test_a_repository_among_plain_files_is_not_asked(repository: Repository, bilint: Run) -> None:
    for name, text in {"HEAD": "ref: refs/heads/main\n", "objects/.keep": "", "refs/.keep": ""}.items():
        repository.folder.write(f"zh/{name}", text)
    assert bilint("check", "zh", "--since", "HEAD").code == 0
    assert since(bilint, "HEAD") == []


def test_in_an_article_with_both_languages_each_side_counts(repository: Repository, bilint: Run) -> None:
    both = "".join(f"{english(n)}\n{chinese(n)}\n" for n in range(4))
    repository.folder.write("zh/both.md", both)
    repository.commit()
    repository.folder.write("zh/both.md", both.replace("/plan/stove)里", "/plan/stoves)里"))
    assert since(bilint, "HEAD") == [("changed-link", "zh/both.md")]


def test_a_folder_inside_and_a_work_tree_of_its_own(
    repository: Repository, bilint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("worktree", "add", "-q", "--detach", str(tmp_path / "other"))
    monkeypatch.chdir(tmp_path / "other/zh")
    text = Path("a.md").read_text(encoding="utf-8")
    Path("a.md").write_text(text.replace("/manual/lid)", "/manual/lids)"), encoding="utf-8")
    done = bilint("check", ".", "--since", "main", "--format", "json")
    assert done.rules == ["changed-link"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", [0, 1, 2]),
        ("abc", "axbc", [0, None, 1, 2]),
        ("abc", "acb", [0, 2, 1]),
        ("ab", "abab", [0, 1, None, None]),
        ("aab", "ab", [0, 2]),
        ("", "a", [None]),
        ("abcd", "axbacd", [0, None, 1, None, 2, 3]),
    ],
)
def test_blocks_are_matched(old: str, new: str, expected: list[int | None]) -> None:
    assert matched(old, new) == expected
