from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bilint.library.index import Index
from bilint.model import UserError
from bilint.text.urls import last_segment, normalise

if TYPE_CHECKING:
    from pathlib import Path

SAME = [
    "https://example.com/posts/slow%20start",
    "http://example.com/posts/slow%20start",
    "https://www.example.com/posts/slow%20start/",
    "HTTPS://Example.COM:443/posts/slow%20start",
    "http://example.com:80/posts/slow%20start/index.html",
    "https://example.com/posts/slow start#part-2",
    "https://example.com/posts/slow%20start?utm_source=x&utm_medium=y",
    "https://example.com/posts/%73low%20start?fbclid=1&gclid=2",
    "https：//example.com/posts/slow%20start",
    "example.com/posts/slow%20start",
]


@pytest.mark.parametrize("url", SAME)
def test_one_address(url: str) -> None:
    assert normalise(url) == "example.com/posts/slow%20start"


def test_escapes() -> None:
    assert normalise("https://example.com/%e4%b8%ad%2f%7Ea%28b%29") == "example.com/%E4%B8%AD%2F~a(b)"
    assert normalise("https://example.com/中") == normalise("https://example.com/%E4%B8%AD")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a", "https://example.com/b"),
        ("https://example.com/A", "https://example.com/a"),
        ("https://example.com/?p=1", "https://example.com/?p=2"),
        ("https://example.com:8080/a", "https://example.com/a"),
        ("https://en.example.com/a", "https://example.com/a"),
        ("https://example.com/#/a", "https://example.com/#/b"),
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
    ],
)
def test_different_addresses(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_normalise_is_idempotent_and_survives_nonsense() -> None:
    for url in [
        *SAME,
        "https://example。com/a",
        "https://[",
        "https://example.com:port/a",
        "",
        "://",
        "https://a/?x&&y=",
    ]:
        assert normalise(normalise(url)) == normalise(url)


def test_last_segment() -> None:
    assert last_segment("https://example.com/posts/slow-start/") == "slow-start"
    assert last_segment("https://example.com/posts/slow.html?x=1#y") == "slow"
    assert last_segment("https://example.com/posts/v2.0") == "v2.0"
    assert last_segment("https://example.com/a/index.html") == "a"
    assert last_segment("https://example.com/") == ""
    assert last_segment("https://[") == ""


def folder(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")
    return root


def index(root: Path, text: str) -> Index:
    (root / "index.tsv").write_text(text, encoding="utf-8")
    return Index(root, root / "index.tsv")


def test_listed(tmp_path: Path) -> None:
    folder(tmp_path, "a.html", "deep/b.md")
    table = "\ufeff# originals\n\nhttps://www.example.com/a/\ta.html\r\nhttps://example.com/b\tdeep/b.md\n"
    listed = index(tmp_path, table)
    assert listed.find("http://example.com/a?utm_source=x") == tmp_path / "a.html"
    assert listed.find("https://example.com/b#top") == tmp_path / "deep/b.md"
    assert listed.find("https://example.com/c") is None


def test_listed_file_that_is_gone(tmp_path: Path) -> None:
    listed = index(folder(tmp_path), "https://example.com/a\ta.html\n")
    assert listed.find("https://example.com/a") is None
    where = f"{tmp_path.as_posix()}/index.tsv:1"
    assert listed.missing("https://example.com/a") == f"{where} lists {tmp_path.as_posix()}/a.html, which is missing"
    assert listed.missing("https://example.com/b") == ""


def test_a_list_is_named_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    listed = index(folder(tmp_path / "originals", "other.md"), "# saved\nhttps://example.com/a\tdeep/a.html\n")
    said = "originals/index.tsv:2 lists originals/deep/a.html, which is missing"
    assert listed.missing("https://example.com/a") == said
    with pytest.raises(UserError, match=r"^originals/index\.tsv:1: is not a line"):
        index(tmp_path / "originals", "https://example.com/a a.html\n")


def test_a_listed_path_with_the_folder_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    listed = index(folder(tmp_path / "originals", "a.html"), "https://example.com/a\toriginals/a.html\n")
    said = listed.missing("https://example.com/a")
    assert "originals/originals/a.html, which is missing (names in the list are relative to originals/)" in said


@pytest.mark.parametrize("name", ["slow.md", "deep/slow.markdown", "slow.mdx", "slow.html", "slow.htm"])
def test_named_like_the_url(tmp_path: Path, name: str) -> None:
    at_hand = Index(folder(tmp_path, name, "other.md", "slow.txt", ".hidden/slow.md"), None)
    assert at_hand.find("https://example.com/posts/slow/") == tmp_path / name
    assert at_hand.find("https://example.com/") is None


def test_two_files_named_like_the_url(tmp_path: Path) -> None:
    assert Index(folder(tmp_path, "slow.md", "b/slow.html"), None).find("https://example.com/slow") is None


def test_a_file_listed_for_another_url_is_not_taken_by_name(tmp_path: Path) -> None:
    listed = index(folder(tmp_path, "slow.md"), "https://example.com/a/slow\tslow.md\n")
    assert listed.find("https://example.com/b/slow") is None


def test_readme_is_about_the_folder(tmp_path: Path) -> None:
    assert Index(folder(tmp_path, "README.md"), None).find("https://example.com/o/r/blob/main/README.md") is None


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("https://example.com/a a.html\n", ":1: is not a line"),
        ("# x\n\nhttps://example.com/a\ta\tb\n", ":3: is not a line"),
        ("https://example.com/a\t\n", ":1: is not a line"),
        ("a.html\thttps://example.com/a\n", ":1: a.html is not a URL"),
        (
            "https://example.com/a\ta.html\nhttps://example.com/a/\tb.html\n",
            ":2: https://example.com/a/ is already listed",
        ),
    ],
)
def test_malformed(tmp_path: Path, table: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        index(tmp_path, table)
    assert message in caught.value.message
    assert "index.tsv:" in caught.value.message
    assert caught.value.hint


def test_missing_and_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        Index(tmp_path, tmp_path / "none.tsv")
    (tmp_path / "index.tsv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="not UTF-8"):
        Index(tmp_path, tmp_path / "index.tsv")
