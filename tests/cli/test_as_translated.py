"""The repository around the articles: originals as they were when they were translated."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from runs import Done, Folder

    Run = Callable[..., Done]

HEAD = "The first tram of the day leaves the depot at 4:30 in the morning."
LAST = "The last tram of the day comes back at 1:15 in the night."
ADDED = "Nobody has ever asked the dog on the back seat for ticket number {}, not even the new inspector."
CHINESE = "当天的第一班有轨电车在早上 4:30 驶出车库。\n\n当天的最后一班有轨电车在夜里 1:15 回来。\n"
SETTING = "[originals]\nas-translated = true\n"


def commit(folder: Folder, text: str) -> str:
    who = ("-c", "user.name=Ines", "-c", "user.email=ines@example.com")
    for words in (("add", "-A"), (*who, "commit", "-q", "-m", text)):
        subprocess.run(["git", "-C", str(folder.path), *words], check=True)
    done = subprocess.run(["git", "-C", str(folder.path), "rev-parse", "HEAD"], check=True, capture_output=True)
    return done.stdout.decode().strip()


@pytest.fixture
def history(folder: Folder) -> list[str]:
    """Twenty commits: the original grows in each, the translation is made in the third together with it."""
    subprocess.run(["git", "init", "-q", str(folder.path)], check=True)
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
def test_without_the_setting_the_original_is_taken_as_it_is(folder: Folder, bilint: Run) -> None:
    done = bilint("check", "zh/tram.md", "--format", "json")
    assert "stale-translation" not in found(done)
    assert done.code == 1


def test_what_is_stale_is_not_called_missing(folder: Folder, bilint: Run, history: list[str]) -> None:
    folder.write("bilint.toml", SETTING)
    done = bilint("check", "zh/tram.md", "--format", "json")
    assert found(done) == ["stale-translation"]
    assert history[2] in str(done.report["articles"])


@pytest.mark.usefixtures("history")
def test_a_translation_that_was_changed_since_is_compared_with_the_original_as_it_is(
    folder: Folder, bilint: Run
) -> None:
    folder.write("bilint.toml", SETTING)
    folder.write("zh/tram.md", CHINESE.replace("驶出", "开出"))
    done = bilint("check", "zh/tram.md", "--format", "json")
    assert "stale-translation" not in found(done)


@pytest.mark.usefixtures("history")
def test_a_shallow_clone_does_not_tell(folder: Folder, bilint: Run) -> None:
    folder.write("bilint.toml", SETTING)
    (folder.path / ".git/shallow").write_text("")
    done = bilint("check", "zh/tram.md", "--format", "json")
    assert "stale-translation" not in found(done)


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
