"""The repository around the articles: originals as they were when they were translated."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from bilint.library import git as library_git

if TYPE_CHECKING:
    from collections.abc import Callable

    from runs import Done, Folder

    Run = Callable[..., Done]

HEAD = "The first tram of the day leaves the depot at 4:30 in the morning."
LAST = "The last tram of the day comes back at 1:15 in the night."
ADDED = "Nobody has ever asked the dog on the back seat for ticket number {}, not even the new inspector."
CHINESE = "当天的第一班有轨电车在早上 4:30 驶出车库。\n\n当天的最后一班有轨电车在夜里 1:15 回来。\n"
AS_IT_IS = "[originals]\nas-translated = false\n"


OF_TODAY = "1 article is compared with its original of today: {} (originals.as-translated)"
WHO = ("-c", "user.name=Ines", "-c", "user.email=ines@example.com")


def git(folder: Folder, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder.path), *words], check=True, capture_output=True)
    return done.stdout.decode().strip()


def commit(folder: Folder, text: str) -> str:
    git(folder, "add", "-A")
    git(folder, *WHO, "commit", "-q", "-m", text)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def history(folder: Folder) -> list[str]:
    """Twenty commits: the original grows in each, the translation is made in the third together with it."""
    git(folder, "init", "-q")
    commits = []
    for number in range(20):
        added = "".join(f"{ADDED.format(n)}\n\n" for n in range(10, 10 + number))
        folder.write("en/tram.md", f"{HEAD}\n\n{added if number > 2 else ''}{LAST}\n")
        folder.write("notes.txt", str(number))
        if number == 2:
            folder.write("zh/tram.md", CHINESE)
        commits.append(commit(folder, str(number)))
    return commits


def found(done: Done) -> list[str]:
    return [f["rule"] for f in done.report["findings"] if f["severity"] != "info"]


@pytest.mark.usefixtures("history")
def test_the_setting_takes_the_original_as_it_is(folder: Folder, bilint: Run) -> None:
    folder.write("bilint.toml", AS_IT_IS)
    done = bilint("check", "zh/tram.md", "--format", "json")
    assert "stale-translation" not in found(done)
    assert done.code == 1


def test_what_is_stale_is_not_called_missing(folder: Folder, bilint: Run, history: list[str]) -> None:
    done = bilint("check", "zh/tram.md", "--format", "json")
    assert found(done) == ["stale-translation"]
    assert history[2] in str(done.report["articles"])
    folder.write("bilint.toml", AS_IT_IS)
    assert bilint("check", "zh/tram.md", "--format", "json").report["signature"] != done.report["signature"]


@pytest.mark.usefixtures("history")
def test_a_translation_that_was_changed_since_is_compared_with_the_original_as_it_is(
    folder: Folder, bilint: Run
) -> None:
    folder.write("zh/tram.md", CHINESE.replace("驶出", "开出"))
    assert "stale-translation" not in found(bilint("check", "zh/tram.md", "--format", "json"))
    assert OF_TODAY.format("the translation is not as it was committed") in bilint("check", "zh/tram.md").out


@pytest.mark.usefixtures("history")
def test_a_shallow_clone_does_not_tell(folder: Folder, bilint: Run) -> None:
    (folder.path / ".git/shallow").write_text("")
    assert "stale-translation" not in found(bilint("check", "zh/tram.md", "--format", "json"))
    assert (
        OF_TODAY.format(
            "the clone is shallow, get the history with `git fetch --unshallow` or, in CI, `fetch-depth: 0`"
        )
        in bilint("check", "zh/tram.md").out
    )


def test_an_original_that_has_not_changed_since_is_the_file_that_lies_there(
    folder: Folder, bilint: Run, history: list[str]
) -> None:
    folder.write("zh/tram.md", f"{CHINESE}\n没有人问过后座上的狗要票。\n")
    commit(folder, "a sentence more")
    done = bilint("check", "zh/tram.md", "--format", "json")
    assert done.report["articles"][0]["source"]["path"] == "en/tram.md"


def test_a_merge_that_takes_over_a_translation_has_not_changed_it(
    folder: Folder, bilint: Run, history: list[str]
) -> None:
    git(folder, "checkout", "-q", "-b", "side", history[5])
    folder.write("zh/tram.md", CHINESE.replace("驶出", "开出"))
    made = commit(folder, "mended")
    git(folder, "checkout", "-q", "-")
    git(folder, *WHO, "merge", "-q", "--no-edit", "side")
    done = bilint("check", "zh/tram.md", "--format", "json")
    assert done.report["articles"][0]["source"]["path"] == f"git:.@{made}:en/tram.md"


def test_files_named_like_commits_and_in_chinese_are_told_apart(folder: Folder, bilint: Run) -> None:
    git(folder, "init", "-q")
    name = "0123456789abcdef0123456789abcdef01234567"
    folder.write("zh/电车.md", CHINESE)
    folder.write(f"zh/{name}", "")
    folder.write("en/电车.md", f"{HEAD}\n\n{LAST}\n")
    made = commit(folder, "both")
    folder.write("en/电车.md", f"{HEAD}\n\n{ADDED.format(3)}\n\n{LAST}\n")
    commit(folder, "the original")
    done = bilint("check", "zh/电车.md", "--format", "json")
    assert done.report["articles"][0]["source"]["path"] == f"git:.@{made}:en/电车.md"


def test_a_commit_that_the_article_names_needs_no_store(folder: Folder, bilint: Run, history: list[str]) -> None:
    folder.write("zh/tram.md", f"---\ndefault_lang_commit: {history[1]} # patched\n---\n\n{CHINESE}")
    done = bilint("check", "zh/tram.md", "--format", "json")
    assert found(done) == ["stale-translation"]


def test_a_commit_that_nobody_has_is_left_aside(folder: Folder, bilint: Run, history: list[str]) -> None:
    folder.write("zh/tram.md", f"---\ndefault_lang_commit: {history[1][::-1]}\n---\n\n{CHINESE}")
    done = bilint("check", "zh/tram.md", "--format", "json")
    assert done.report["articles"][0]["source"]["path"] == "en/tram.md"


def test_a_page_without_text_on_both_sides_is_no_error(folder: Folder, bilint: Run) -> None:
    for language in ("en", "zh"):
        folder.write(f"{language}/_index.md", "---\nweight: 3\n---\n")
    assert bilint("check", "zh/_index.md").code == 0


def test_a_mirrored_original_of_which_nothing_aligns_was_rewritten(folder: Folder, bilint: Run) -> None:
    folder.write(
        "en/tram.md", "# Soup\n\nPeel 3 carrots and an onion, and boil them in a litre of water with some salt.\n"
    )
    folder.write("zh/tram.md", "# 用 SQLite 记录天气\n\n我们先来设计一张数据表：每天一行，记下日期、最高气温和备注。\n")
    done = bilint("check", "zh/tram.md", "--format", "json")
    wrong = [f for f in done.report["findings"] if f["rule"] == "wrong-original"]
    assert [f["message_id"] for f in wrong] == ["rewritten"]


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_git_is_asked_once_for_the_articles_of_a_folder(
    folder: Folder, bilint: Run, monkeypatch: pytest.MonkeyPatch, algorithm: str
) -> None:
    asked: list[str] = []
    read = library_git.Batch.read

    def noted(batch: library_git.Batch, name: str, most: int) -> library_git.GitObject | None:
        asked.append(name)
        return read(batch, name, most)

    monkeypatch.setattr(library_git.Batch, "read", noted)
    git(folder, "init", "-q", f"--object-format={algorithm}")
    names = ["a", "é t", "c", "changed", "linked"]
    for name in names:
        folder.write(f"en/{name}.md", f"{HEAD}\n\n{LAST}\n")
        folder.write(f"zh/{name}.md", f"{CHINESE}\n")
    (folder.path / "zh/linked.md").unlink()
    (folder.path / "zh/linked.md").symlink_to("a.md")
    translated = commit(folder, "translated")
    for name in names:
        folder.write(f"en/{name}.md", f"{HEAD}\n\n{ADDED.format(7)}\n\n{LAST}\n")
    commit(folder, "more")
    folder.write("zh/changed.md", f"{CHINESE}\n\n\n")
    done = bilint("check", *(f"zh/{name}.md" for name in names), "--format", "json")
    compared = {each["path"]: each["source"]["path"] for each in done.report["articles"]}
    then = {name: f"git:.@{translated}:en/{name}.md" for name in names} | {"changed": "en/changed.md"}
    assert compared == {f"zh/{name}.md": then[name] for name in names}
    assert [name for name in asked if name.startswith("HEAD:")] == ["HEAD:zh", "HEAD:zh/linked.md"]
    assert asked.count(f"{translated}^{{commit}}") == 1
