"""Originals read from saved pages, a web archive, a Git repository."""

from __future__ import annotations

import builtins
import gzip
import hashlib
import os
import pickle
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bilint.discover import Target
from bilint.library.cache import Cache
from bilint.library.saved import addresses
from bilint.model import Original, UserError
from bilint.originals import Finder
from bilint.parse import read
from bilint.pipeline import Plan, prepare, run
from bilint.settings import Loaded, Originals, PathMap, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

U = "https://example.com/posts/kettle"
HTML = "<!doctype html><html><head>{}</head><body><p>Fill the kettle.</p></body></html>"
CANONICAL = f'<link rel="canonical" href="{U}">'
LINKED = "# 水壶\n\n> 原文：<{}>\n\n把水壶装满。\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str = "x") -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


def find(path: str, *stores: str, **fields: Any) -> tuple[Original | None, str]:
    return Finder(Originals(stores=stores, **fields), Path.cwd()).find(read(path))


def refused(*stores: str) -> str:
    with pytest.raises(UserError) as caught:
        Finder(Originals(stores=stores), Path.cwd())
    return caught.value.message


def text_of(original: Original | None) -> str:
    assert original is not None
    assert original.opened is not None
    return Path(original.opened).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "head",
    [
        CANONICAL,
        f"<LINK href='{U}' REL=canonical >",
        f'<link rel="alternate canonical" href="{U}?utm_source=x">',
        f'<meta property="og:url" content="{U}/">',
        f'<meta content="{U}" name="og:url"/>',
    ],
)
def test_a_saved_page_says_where_it_is_from(head: str) -> None:
    write("saved/deep/whatever.html", HTML.format(head))
    write("a.md", LINKED.format(U))
    assert find("a.md", "saved") == (Original(U, "saved/deep/whatever.html", "link"), "")


def test_comments_of_browsers() -> None:
    assert list(addresses(f"<!-- saved from url=(0032){U} -->\n<html>")) == [U]
    assert list(addresses(f"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: {U}?a=1&amp;b \n-->")) == [
        f"{U}?a=1&b"
    ]
    assert (
        list(addresses('<link rel="canonical" href="/relative"><link rel="stylesheet" href="https://a/"><meta>')) == []
    )


def test_saved_twice() -> None:
    write("saved/a.html", HTML.format(CANONICAL))
    write("saved/b.html", HTML.format(CANONICAL))
    write("a.md", LINKED.format(U))
    assert find("a.md", "saved") == (Original(U, "saved/a.html", "link"), "")
    write("saved/b.html", HTML.format(CANONICAL) + "x")
    original, why = find("a.md", "saved")
    assert original == Original(U, None, "link")
    assert why == f"names {U}, but a.html and b.html in saved all say they are it; keep one"


def test_the_index_and_what_was_fetched_come_first() -> None:
    write("saved/a.html", HTML.format(CANONICAL))
    write("a.md", LINKED.format(U))
    write("originals/kettle.html", "by its name")
    assert text_of(find("a.md", "saved")[0]) != "by its name"
    write("originals/index.tsv", f"{U}\tlisted.md\n")
    write("originals/listed.md", "listed")
    assert text_of(find("a.md", "saved")[0]) == "listed"


def test_stores_that_are_not_there() -> None:
    write("a.html")
    assert refused("saved") == "`originals.stores`: saved: no such folder"
    assert refused("a.html") == "`originals.stores`: a.html: no such folder"
    assert refused("a.warc.gz") == "`originals.stores`: a.warc.gz: no such file"


def archive(*captures: tuple[str, str, Mapping[str, str], bytes, str], name: str = "pages.warc.gz") -> str:
    records: list[bytes] = []
    for url, status, headers, body, date in captures:
        answer = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
        payload = f"HTTP/1.1 {status}\r\n{answer}\r\n".encode() + body
        fields = {
            "WARC-Type": "response",
            "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{len(records):012}>",
            "WARC-Date": date,
            "WARC-Target-URI": url,
            "Content-Type": "application/http; msgtype=response",
            "Content-Length": str(len(payload)),
        }
        head = "WARC/1.0\r\n" + "".join(f"{key}: {value}\r\n" for key, value in fields.items()) + "\r\n"
        record = head.encode() + payload + b"\r\n\r\n"
        records.append(gzip.compress(record) if name.endswith("gz") else record)
    Path(name).write_bytes(b"".join(records))
    return name


PAGE = HTML.format("").encode()
TYPE = {"Content-Type": "text/html; charset=utf-8"}
OLD, NEW = "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_archive(name: str) -> None:
    write("a.md", LINKED.format(U))
    archive(
        ("https://example.com/other", "200 OK", TYPE, b"<p>other", OLD),
        (U, "200 OK", TYPE, PAGE, NEW),
        (U, "200 OK", TYPE, b"<p>older", OLD),
        (U, "404 Not Found", TYPE, b"<p>gone", "2022-01-01T00:00:00Z"),
        name=name,
    )
    original, why = find("a.md", name)
    assert why == ""
    assert original is not None
    assert (original.uri, original.found_by) == (U, "link")
    assert original.path is not None
    assert original.path.startswith(".bilint/originals/")
    assert Path(original.path).read_bytes() == PAGE


def test_archive_follows_redirects() -> None:
    write("a.md", LINKED.format(U))
    archive((U, "301 Moved", {"Location": "/new"}, b"", OLD), ("https://example.com/new", "200 OK", TYPE, PAGE, OLD))
    assert text_of(find("a.md", "pages.warc.gz")[0]).encode() == PAGE
    archive((U, "302 Found", {"Location": U}, b"", OLD))
    assert find("a.md", "pages.warc.gz")[0] == Original(U, None, "link")


def test_archive_with_nothing_of_use() -> None:
    write("a.md", LINKED.format(U))
    archive((U, "200 OK", {"Content-Type": "image/png"}, b"PNG", OLD))
    assert find("a.md", "pages.warc.gz")[1] == f"names {U}, but its page in pages.warc.gz is no text, or too large"
    archive((U, "200 OK", TYPE, PAGE, OLD))
    assert "too large" in find("a.md", "pages.warc.gz", max_bytes=len(PAGE) - 1)[1]
    assert find("a.md", "pages.warc.gz", max_bytes=len(PAGE))[1] == ""


def test_archive_that_is_none() -> None:
    write("a.md", LINKED.format(U))
    write("pages.warc.gz", "nonsense")
    with pytest.raises(UserError, match=r"pages\.warc\.gz: is not a sound WARC file"):
        find("a.md", "pages.warc.gz")


def test_archive_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def no_warcio(name: str, *rest: Any) -> Any:
        if name == "warcio":
            raise ImportError(name)
        return real(name, *rest)

    archive()
    monkeypatch.setattr(builtins, "__import__", no_warcio)
    assert refused("pages.warc.gz") == "`originals.stores`: pages.warc.gz needs the package warcio"


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def git(folder: str, *words: str) -> str:
    Path(folder).mkdir(exist_ok=True)
    identity = {f"GIT_{who}_{what}": "a@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", "-C", folder, *words],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, **identity, **nobody},
    )
    return done.stdout.strip()


def commit(folder: str, **files: str) -> str:
    """Commit files (`__` in a name stands for a slash) and return the commit."""
    if not Path(folder, ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    for name, text in files.items():
        write(f"{folder}/{name.replace('__', '/')}.md", text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")
    return git(folder, "rev-parse", "HEAD")


@needs_git
def test_a_mirrored_file_at_a_revision() -> None:
    old = commit("repo", en__a="old\n", zh__a="# 题\n\n旧。\n")
    commit("repo", en__a="new\n")
    original, why = find("repo/zh/a.md", f"git:repo@{old}")
    assert (text_of(original), why) == ("old\n", "")
    assert original is not None
    assert (original.uri, original.found_by) == (f"git:repo@{old}:en/a.md", "path")
    assert text_of(find("repo/zh/a.md", "git:repo@HEAD~1")[0]) == "old\n"
    assert text_of(find("repo/zh/a.md", "git:repo@main")[0]) == "new\n"
    assert text_of(find("repo/zh/a.md")[0]) == "new\n"


@needs_git
def test_what_the_revision_has_not_is_read_from_disk() -> None:
    old = commit("repo", zh__a="# 题\n\n旧。\n")
    commit("repo", en__a="new\n")
    assert find("repo/zh/a.md", f"git:repo@{old}")[0] == Original(None, "repo/en/a.md", "path")


@needs_git
def test_a_named_path_at_a_revision() -> None:
    old = commit("repo", en__a="old\n", zh__b="# 题\n\n> 原文：[A](../en/a.md)\n\n正文。\n")
    commit("repo", en__a="new\n")
    original, _ = find("repo/zh/b.md", f"git:repo@{old}")
    assert (text_of(original), original and original.found_by) == ("old\n", "link")
    write("repo/zh/b.md", "# 题\n\n> 原文：[B](b.md)\n\n正文。\n")
    assert find("repo/zh/b.md", f"git:repo@{old}")[1].startswith("names itself as its original")


@needs_git
def test_another_repository_with_the_same_paths() -> None:
    old = commit("upstream", docs__guide__a="old\n")
    commit("upstream", docs__guide__a="new\n")
    write("content/zh/guide/a.md", "# 题\n\n正文。\n")
    paths = (PathMap("content/zh/{path}", "{path}"),)
    original, _ = find("content/zh/guide/a.md", f"git:upstream/docs@{old}", paths=paths)
    assert text_of(original) == "old\n"
    assert original is not None
    assert original.uri == f"git:upstream/docs@{old}:docs/guide/a.md"


@needs_git
def test_the_revision_an_article_names() -> None:
    old = commit("repo", en__a="old\n")
    commit("repo", en__a="new\n")
    for text in (f"---\nsourceCommit: {old}\n---\n", f"---\nl10n:\n  sourceCommit: '{old[:12]}'\n---\n"):
        write("repo/zh/a.md", f"{text}\n# 题\n\n正文。\n")
        assert text_of(find("repo/zh/a.md", "git:repo@main")[0]) == "old\n"
    assert text_of(find("repo/zh/a.md", "git:repo@main", revision_keys=("other",))[0]) == "new\n"
    assert text_of(find("repo/zh/a.md")[0]) == "new\n"


@needs_git
@pytest.mark.parametrize("revision", ["0123456789abcdef", "-x", "--help", "main:en", "a b"])
def test_a_revision_that_is_not_there_is_not_replaced(revision: str) -> None:
    commit("repo", en__a="new\n")
    write("repo/zh/a.md", f"---\nsourceCommit: '{revision}'\n---\n\n# 题\n\n正文。\n")
    expected = f"was translated from {revision}, which no Git store has (is the clone shallow?)"
    assert find("repo/zh/a.md", "git:repo@main") == (None, expected)


@needs_git
def test_a_revision_cannot_smuggle_a_second_question() -> None:
    commit("repo", en__a="text\n", zh__a="# 题\n")
    finder = Finder(Originals(stores=("git:repo@main",)), Path.cwd())
    write("repo/zh/b.md", '---\nsourceCommit: "main\\nmain:en/a.md"\n---\n\n# 题\n')
    write("repo/en/b.md")
    assert "which no Git store has" in finder.find(read("repo/zh/b.md"))[1]
    assert text_of(finder.find(read("repo/zh/a.md"))[0]) == "text\n"


@needs_git
def test_a_code_host_at_a_commit() -> None:
    old = commit("repo", docs__a="old\n")
    commit("repo", docs__a="new\n")
    url = f"https://github.com/o/r/blob/{old}/docs/a.md"
    write("a.md", LINKED.format(url))
    original, why = find("a.md", "git:repo@main")
    assert (text_of(original), original and original.uri, why) == ("old\n", url, "")
    write("a.md", LINKED.format("https://github.com/o/r/blob/main/docs/a.md"))
    assert find("a.md", "git:repo@main")[0] == Original("https://github.com/o/r/blob/main/docs/a.md", None, "link")


@needs_git
def test_a_bare_repository() -> None:
    old = commit("repo", en__a="old\n")
    git(".", "clone", "-q", "--bare", "repo", "bare.git")
    write("site/zh/a.md", "# 题\n\n正文。\n")
    finder = Finder(Originals(stores=(f"git:../bare.git@{old}",)), Path("site"))
    assert text_of(finder.find(read("site/zh/a.md"))[0]) == "old\n"


@needs_git
def test_git_stores_that_are_not_there() -> None:
    commit("repo", a="x")
    for name in ("git:repo", "git:@main", "git:repo@", "git:repo@-n", "git:repo@--output=evil", "git:repo@a b"):
        assert refused(name) == f"`originals.stores`: {name} is not `git:PATH@REVISION`"
    assert refused("git:none@main") == "`originals.stores`: git:none@main: no such folder"
    assert refused("git:repo@none").startswith("`originals.stores`: git:repo@none: ")
    Path("plain").mkdir()
    assert refused("git:plain@main").startswith("`originals.stores`: git:plain@main: not a git repository")


@needs_git
def test_no_path_leads_out_of_the_repository(here: Path) -> None:
    write("secret.md", "secret")
    (here / "repo").mkdir()
    (here / "repo" / "link.md").symlink_to("../secret.md")
    (here / "repo" / "inner.md").symlink_to("a.md")
    commit("repo", a="text\n")
    write("zh/a.md", "# 题\n\n> 原文：[A](/../../secret.md)\n\n正文。\n")
    Path("secret.md").unlink()
    store = Finder(Originals(stores=("git:repo@main",)), here)._at_hand._stores[0]
    for name in ("../secret.md", "link.md", "repo/link.md", "a\nb.md", "."):
        assert store.file(here / "repo" / name, None) is None
    inner = store.file(here / "repo/inner.md", None)
    assert inner is not None
    assert inner.path.read_text(encoding="utf-8") == "text\n"


@needs_git
def test_files_that_are_too_large_or_were_changed_in_the_cache() -> None:
    commit("repo", en__a="x" * 100_000, zh__a="# 题\n")
    assert find("repo/zh/a.md", "git:repo@main", max_bytes=99_999)[0] == Original(None, "repo/en/a.md", "path")
    original, _ = find("repo/zh/a.md", "git:repo@main")
    assert original is not None
    assert original.path == "git:repo@main:en/a.md"
    Path(original.file).write_text("changed", encoding="utf-8")
    assert text_of(find("repo/zh/a.md", "git:repo@main")[0]) == "x" * 100_000


@needs_git
def test_a_finder_travels_to_another_process() -> None:
    commit("repo", en__a="text\n", zh__a="# 题\n")
    finder = Finder(Originals(stores=("git:repo@main",)), Path.cwd())
    assert text_of(finder.find(read("repo/zh/a.md"))[0]) == "text\n"
    assert text_of(pickle.loads(pickle.dumps(finder)).find(read("repo/zh/a.md"))[0]) == "text\n"


@needs_git
def test_what_lies_on_disk_is_newer_than_the_revision() -> None:
    old = commit("repo", en__a="old\n", zh__a=f"---\nsourceCommit: {'0' * 40}\n---\n# 题\n\n旧。\n")
    write("repo/zh/a.md", f"---\nsourceCommit: {old}\n---\n# 题\n\n旧。\n")
    commit("repo", en__a="new\n")
    original, _ = find("repo/zh/a.md", "git:repo@HEAD")
    assert original is not None
    assert original.latest is not None
    assert (text_of(original), Path(original.latest).read_text(encoding="utf-8")) == ("old\n", "new\n")
    write("repo/en/a.md", "old\n")
    assert find("repo/zh/a.md", "git:repo@HEAD")[0] == replace(original, latest=None)


def recorded(text: str) -> str:
    digest = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return f'<!--\nCO_OP_TRANSLATOR_METADATA:\n{{"original_hash": "{digest}", "source_file": "a.md"}}\n-->\n# 题\n'


@needs_git
def test_the_version_whose_hash_the_article_records() -> None:
    commit("repo", a="older\n")
    commit("repo", a="old\n", translations__zh__a=recorded("older\n"))
    commit("repo", a="new\n")
    original, _ = find("repo/translations/zh/a.md", "git:repo@HEAD")
    assert original is not None
    assert text_of(original) == "older\n"
    assert (original.latest, original.outdated) == ("repo/a.md", False)


def test_a_recorded_hash_that_no_store_has() -> None:
    write("repo/translations/zh/a.md", recorded("older\n"))
    write("repo/a.md", "new\n")
    original, _ = find("repo/translations/zh/a.md")
    assert original is not None
    assert (text_of(original), original.latest, original.outdated) == ("new\n", None, True)


@pytest.mark.parametrize("now", ["older\n", "older\r\n"])
def test_a_recorded_hash_that_is_still_true(now: str) -> None:
    write("repo/translations/zh/a.md", recorded("older\n"))
    Path("repo/a.md").write_bytes(now.encode())
    original, _ = find("repo/translations/zh/a.md")
    assert original is not None
    assert (original.latest, original.outdated) == (None, False)


def test_the_cache_keeps_itself_out_of_git() -> None:
    Cache(Path(".bilint/originals")).keep(b"x", ".md")
    assert Path(".bilint/.gitignore").read_text(encoding="utf-8") == "*\n"
    Path(".bilint/.gitignore").write_text("mine\n", encoding="utf-8")
    Cache(Path(".bilint/originals")).keep(b"y", ".md")
    assert Path(".bilint/.gitignore").read_text(encoding="utf-8") == "mine\n"
    Cache(Path("pages")).keep(b"x", ".md")
    assert not Path("pages/.gitignore").exists(), "a folder of the user's own choice may be one to commit"


@needs_git
@pytest.mark.parametrize("digits", ["{}", "'{}'", "!!str {}"])
def test_a_hash_of_digits_is_text(digits: str) -> None:
    """YAML takes `1234567`, `0123456` and `12e3456` for numbers; what stands in the file counts."""
    commit("repo", en__a="old\n")
    for name in ("1234567", "0123456", "12e3456", "1234567890"):
        write("repo/zh/a.md", f"---\nsourceCommit: {digits.format(name)}\n---\n\n# 题\n\n正文。\n")
        why = f"was translated from {name}, which no Git store has (is the clone shallow?)"
        assert find("repo/zh/a.md", "git:repo@main") == (None, why)


@needs_git
def test_what_comes_from_git_is_called_by_its_place_there() -> None:
    commit("repo", en__a="# The kettle\n\nFill it.\n", zh__a="# 水壶\n\n装满它。\n")
    original, _ = find("repo/zh/a.md", "git:repo@main")
    assert original is not None
    assert (original.path, original.file[:8]) == ("git:repo@main:en/a.md", ".bilint/")
    plan = Plan.of(Loaded(Settings(originals=Originals(stores=("git:repo@main",))), Path.cwd()), {})
    report = run([Target("repo/zh/a.md")], plan)
    assert [article.original and article.original.path for article in report.articles] == ["git:repo@main:en/a.md"]
    article = prepare(Target("repo/zh/a.md"), plan)
    assert article.bitext is not None
    assert article.bitext.source.path == "git:repo@main:en/a.md"
