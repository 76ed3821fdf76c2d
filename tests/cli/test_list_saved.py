"""`bilint init` on originals that were saved by hand and listed nowhere: which article each belongs to, by the text."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from runs import FIXTURES, Done, Folder

from bilint.library.index import is_listable

Run = Callable[..., Done]
BUBBLE = "https://www.example.com/opinion/generative-ai-bubble.html"
WEATHER = "https://learn.example.org/tutorials/weather-log"
LISTING = "originals/index.tsv"


@pytest.fixture
def work(folder: Folder) -> Folder:
    """Two articles that name an address, and their originals under names that say nothing, beside one of neither."""
    top = Folder(folder.path / "posts")
    for name in ("bubble.md", "weather-log.md"):
        top.write(f"articles/{name}", (FIXTURES / "zh" / name).read_bytes())
    top.write("originals/saved/1.html", (FIXTURES / "originals/bubble.html").read_bytes())
    top.write("originals/2.md", (FIXTURES / "originals/weather-log.md").read_bytes())
    top.write("originals/3.md", "# Soup\n\nCut the onions, fry them in butter, and add two litres of cold water.\n" * 9)
    return top


@pytest.fixture(autouse=True)
def there(work: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(work.path)


def test_init_says_which_file_looks_like_the_original_of_which_article(bilint: Run) -> None:
    done = bilint("init")
    assert done.code == 0, done.err
    assert "2: saved in originals/ by its looks, but not listed in originals/index.tsv\n" in done.out
    assert "  articles/bubble.md ← originals/saved/1.html\n" in done.out
    assert f"  {BUBBLE}\tsaved/1.html\n  {WEATHER}\t2.md\n" in done.out
    assert "3.md" not in done.out


def test_they_are_listed_when_that_is_asked_for(work: Folder, bilint: Run) -> None:
    assert bilint("init").code == 0
    settings = (work.path / "bilint.toml").read_bytes()
    done = bilint("init", "--list-saved")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("originals/index.tsv: 2 lines added\n  articles/bubble.md ← originals/saved/1.html\n")
    assert (work.path / LISTING).read_text(encoding="utf-8") == f"{BUBBLE}\tsaved/1.html\n{WEATHER}\t2.md\n"
    assert (work.path / "bilint.toml").read_bytes() == settings
    check = bilint("init", "--check")
    assert (check.code, "2 of 2 articles compared with the original" in check.out) == (0, True)
    assert bilint("init", "--list-saved").out == "originals/index.tsv: 0 lines added\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_what_the_list_has_stays(work: Folder, bilint: Run, end: str) -> None:
    before = f"# saved by us\nhttps://example.com/soup\t3.md{end}".encode()
    work.write(LISTING, before)
    assert bilint("init", "--list-saved").code == 0
    after = (work.path / LISTING).read_bytes()
    assert after.startswith(before)
    assert after.removeprefix(before).lstrip(b"\n") == f"{BUBBLE}\tsaved/1.html\n{WEATHER}\t2.md\n".encode()
    assert bilint("init", "--check").code == 0


def test_a_list_that_is_a_link_is_left_alone(work: Folder, bilint: Run) -> None:
    secret = work.path.parent / "profile"
    secret.write_text("", encoding="utf-8")
    (work.path / LISTING).symlink_to(secret)
    done = bilint("init", "--list-saved")
    assert (done.code, done.err.startswith("error: originals/index.tsv: is a link")) == (2, True)
    assert secret.read_bytes() == b""


def test_a_folder_that_is_a_link_is_left_alone(work: Folder, bilint: Run) -> None:
    (work.path / "originals").rename(work.path / "kept")
    (work.path / "originals").symlink_to("kept")
    assert bilint("init", "--list-saved").code == 2
    assert not (work.path / "kept/index.tsv").exists()


def test_an_article_without_an_address_is_told_and_not_listed(work: Folder, bilint: Run) -> None:
    text = (work.path / "articles/weather-log.md").read_text(encoding="utf-8")
    work.write("articles/weather-log.md", text.replace(f"> 原文链接：<{WEATHER}>\n\n", ""))
    done = bilint("init")
    assert "1: saved in originals/ by its looks, but the article names no address\n" in done.out
    assert "articles/weather-log.md ← originals/2.md\n  → put a line `> 原文：<URL>` under the title" in done.out
    assert bilint("init", "--list-saved").out.startswith("originals/index.tsv: 1 line added\n")


def test_what_belongs_to_another_article_is_not_told(work: Folder, bilint: Run) -> None:
    work.write(LISTING, f"{BUBBLE}\tsaved/1.html\n")
    (work.path / "originals/2.md").unlink()
    assert "by its looks" not in bilint("init").out


def test_check_in_json(work: Folder, bilint: Run) -> None:
    work.write(LISTING, f"{BUBBLE}\tsaved/1.html\n")
    done = bilint("init", "--check", "--format", "json")
    assert done.code == bilint("init", "--check").code == 1
    assert json.loads(done.out) == {
        "schema_version": 1,
        "articles": 2,
        "compared": ["articles/bubble.md"],
        "wrong": [],
        "alone": [],
        "not_at_hand": ["articles/weather-log.md"],
        "unknown": [],
        "absent": [],
        "found_by": {"link": 1},
        "likely": [{"article": "articles/weather-log.md", "url": WEATHER, "file": "originals/2.md"}],
        "problems": [],
    }
    assert bilint("init", "--list-saved").code == 0
    assert bilint("init", "--check", "--format", "json").code == 0


def test_check_in_json_says_what_cannot_be_read(work: Folder, bilint: Run) -> None:
    work.write("articles/bad.md", b"# \xff\n")
    done = bilint("init", "--check", "--format", "json")
    assert done.code == 2
    assert [problem["path"] for problem in json.loads(done.out)["problems"]] == ["articles/bad.md"]
    (work.path / "empty").mkdir()
    done = bilint("init", "--check", "--format", "json", "empty")
    assert (done.code, json.loads(done.out)["articles"]) == (3, 0)


@pytest.mark.parametrize(
    "options", [("--check", "--list-saved"), ("--format", "json"), ("--check", "--originals", "x")]
)
def test_options_that_do_not_go_together(bilint: Run, options: tuple[str, ...]) -> None:
    assert bilint("init", *options).code == 2


@pytest.mark.parametrize(
    ("url", "name", "can"),
    [
        ("https://example.com/a", "deep/a b.md", True),
        ("HTTP://example.com/a", "a.md", True),
        ("https：//example.com/a", "a.md", False),
        ("https://example.com/a b", "a.md", False),
        ("https://example.com/a\n", "a.md", False),
        ("", "a.md", False),
        ("https://example.com/a", "a\tb.md", False),
        ("https://example.com/a", "a\nb.md", False),
        ("https://example.com/a", "a.md ", False),
    ],
)
def test_what_a_line_can_hold(url: str, name: str, *, can: bool) -> None:
    assert is_listable(url, name) is can
