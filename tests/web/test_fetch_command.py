"""`bilint fetch` and `bilint check --fetch` from the command line: what they print, and how they end."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from served import PAGE, QUICK, page

from bilint.cli import main
from bilint.web import connection

if TYPE_CHECKING:
    from click.testing import Result
    from served import Site

IDENTITY = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
CHINESE = "# 水壶\n\n> 原文：<{}>\n\n把水壶装满冷水。\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the waits short; whether this machine may be asked is left to the words and settings of a test."""
    fields = dataclasses.asdict(dataclasses.replace(QUICK, allow_private=False))
    monkeypatch.setattr(connection.Limits.__init__, "__defaults__", tuple(fields.values()))


def bilint(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def write(name: str, text: str) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


def article(site: Site, name: str, path: str = "/kettle") -> str:
    return write(name, CHINESE.format(site.url(path)))


def test_fetch_and_check(site: Site) -> None:
    site.says["/kettle"] = page()
    article(site, "zh/a.md")
    article(site, "zh/b.md")
    done = bilint("fetch", "zh", "--allow-private")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"fetched    {site.url('/kettle')}\n\n1 page: 1 fetched\n"
    done = bilint("fetch", "zh")
    assert (done.exit_code, done.stdout) == (0, f"at hand    {site.url('/kettle')}\n\n1 page: 1 at hand\n")
    asked = len(site.asked)
    report = json.loads(bilint("check", "zh", "--format", "json").stdout)
    assert len(site.asked) == asked
    for checked in report["articles"]:
        assert checked["source"]["uri"] == site.url("/kettle")
        assert checked["source"]["found_by"] == "link"
        assert Path(checked["source"]["path"]).read_bytes() == PAGE
        assert checked["pairs"] >= 2


def test_failures_are_named_with_their_articles(site: Site) -> None:
    site.says["/kettle"] = page()
    for name in ("a", "b"):
        article(site, f"zh/{name}.md", "/none")
    article(site, "zh/c.md")
    done = bilint("fetch", "zh", "--allow-private")
    assert done.exit_code == 1
    assert done.stdout.split("\n") == [
        f"fetched    {site.url('/kettle')}",
        f"failed     {site.url('/none')}: the server answers 404 Not Found",
        "           named in zh/a.md:3",
        "           named in zh/b.md:3",
        "",
        "2 pages: 1 failed, 1 fetched",
        "",
    ]


def test_nothing_to_fetch(site: Site) -> None:
    write("zh/a.md", "# 水壶\n\n水。\n")
    done = bilint("fetch", "zh")
    assert (done.exit_code, done.stdout, done.stderr) == (3, "", "error: nothing to fetch: no article names a URL\n")
    Path("empty").mkdir()
    assert bilint("fetch", "empty").exit_code == 3


def test_usage(site: Site) -> None:
    assert bilint("fetch").exit_code == 2
    assert bilint("fetch", "--jobs", "0", ".").exit_code == 2
    article(site, "zh/a.md")
    write("bilint.toml", "[originals]\nmax-bytes = 0\n")
    done = bilint("fetch", "zh")
    assert (done.exit_code, done.stderr) == (2, "error: bilint.toml:2: `originals.max-bytes`: expected `int` >= 1\n")


def test_an_article_that_cannot_be_read_does_not_stop_the_others(site: Site) -> None:
    site.says["/kettle"] = page()
    article(site, "zh/a.md")
    Path("zh/b.md").write_bytes(b"\xff")
    done = bilint("fetch", "zh", "none.md", "--allow-private")
    assert done.exit_code == 2
    assert done.stdout.startswith("fetched ")
    assert "zh/b.md:1: is not UTF-8" in done.stderr
    assert "none.md: no such file" in done.stderr


def test_a_broken_lock(site: Site) -> None:
    article(site, "zh/a.md")
    write("bilint.lock", '{"bilint_lock":1}\n=======\n')
    for words in (("fetch", "zh"), ("check", "zh")):
        done = bilint(*words)
        assert done.exit_code == 2
        assert "bilint.lock:2: is not a page: " in done.output
    assert site.asked == []


def test_saved_by_hand(site: Site) -> None:
    article(site, "zh/a.md")
    write("originals/kettle.html", PAGE.decode())
    done = bilint("fetch", "zh")
    expected = f"at hand    {site.url('/kettle')}: originals/kettle.html\n\n1 page: 1 at hand\n"
    assert (done.exit_code, done.stdout) == (0, expected)
    assert site.asked == []


def test_pairs(site: Site) -> None:
    site.says["/kettle"] = page()
    write("a.md", "# 水壶\n\n水。\n")
    write("pairs.tsv", f"a.md\t{site.url('/kettle')}\n")
    assert bilint("fetch", "--pairs", "pairs.tsv", "--allow-private").stdout.startswith("fetched ")
    shown = json.loads(bilint("show", "originals", "--pairs", "pairs.tsv", "--format", "json").stdout)
    assert shown[0]["source"]["found_by"] == "pairs"
    assert shown[0]["source"]["path"].startswith(".bilint/originals/")
    write("pairs.tsv", f"a.md\t{site.url('/none')}\n")
    done = bilint("fetch", "--pairs", "pairs.tsv", "--allow-private")
    assert done.stdout.split("\n")[1] == "           named in a.md"


def test_refresh_and_accept(site: Site) -> None:
    article(site, "zh/a.md")
    outcomes = []
    for body, words in (
        (PAGE, []),
        (PAGE, ["--refresh"]),
        (PAGE + b"<p>More.", ["--refresh"]),
        (PAGE, ["--accept"]),
        (PAGE + b"<p>Less.", ["--refresh", "--accept"]),
    ):
        site.says["/kettle"] = page(body)
        done = bilint("fetch", "zh", "--allow-private", *words)
        assert done.exit_code == 0
        outcomes.append(done.stdout.split("  ")[0])
    assert outcomes == ["fetched", "unchanged", "changed", "accepted", "accepted"]


def test_settings(site: Site) -> None:
    site.says["/kettle"] = page()
    text = '[originals]\nallow-private = true\ncache = "kept"\nlock = "locks/pages.lock"\n'
    write("docs/bilint.toml", text)
    article(site, "docs/zh/a.md")
    words = ("docs/zh", "--config", "docs/bilint.toml")
    assert bilint("fetch", *words).exit_code == 0
    assert Path("docs/locks/pages.lock").is_file()
    assert len(list(Path("docs/kept").glob("*/*.html"))) == 1
    assert '"docs/kept/' in bilint("show", "originals", *words, "--format", "json").stdout
    write("docs/bilint.toml", text + "max-bytes = 10\n")
    Path("docs/locks/pages.lock").unlink()
    assert "is larger than 10 bytes" in bilint("fetch", *words).stdout


def test_check_never_asks_the_network(site: Site) -> None:
    site.says["/kettle"] = page()
    article(site, "zh/a.md")
    write("bilint.toml", "[originals]\nallow-private = true\n")
    done = bilint("check", "zh")
    assert "run `bilint fetch`" in done.output
    assert site.asked == []


def test_check_fetches_first_when_asked(site: Site) -> None:
    site.says["/kettle"] = page()
    article(site, "zh/a.md")
    article(site, "zh/b.md", "/none")
    write("bilint.toml", "[originals]\nallow-private = true\n")
    done = bilint("check", "zh", "--fetch", "--format", "json")
    a, b = json.loads(done.stdout)["articles"]
    assert a["source"]["path"].startswith(".bilint/originals/")
    assert (b["source"]["uri"], b["source"]["path"]) == (site.url("/none"), None)
    assert done.stderr == f"error: {site.url('/none')}: the server answers 404 Not Found\n"
    assert done.exit_code == 2


def test_the_newest_version_is_known(site: Site) -> None:
    from bilint.originals import Finder
    from bilint.parse import read
    from bilint.settings import Originals

    article(site, "zh/a.md")
    for body in (PAGE, PAGE + b"<p>More."):
        site.says["/kettle"] = page(body)
        bilint("fetch", "zh", "--allow-private", "--refresh")
    original, why = Finder(Originals(), Path.cwd()).find(read("zh/a.md"))
    assert original is not None
    assert why == ""
    assert Path(original.path or "").read_bytes() == PAGE
    assert Path(original.latest or "").read_bytes() == PAGE + b"<p>More."
    bilint("fetch", "zh", "--accept")
    original, _ = Finder(Originals(), Path.cwd()).find(read("zh/a.md"))
    assert original is not None
    assert original.latest is None


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_check_against_a_revision_after_fetching(site: Site, jobs: str) -> None:
    site.says["/kettle"] = page()
    article(site, "zh/fetched.md")
    for number in range(4):
        write(f"zh/{number}.md", "# 水壶\n\n水。\n")
        write(f"en/{number}.md", f"# Kettle {number}\n\nWater.\n")
    for words in (["init", "-q"], ["add", "en"], [*IDENTITY, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", *words], check=True)
    shutil.rmtree("en")
    write("bilint.toml", '[originals]\nallow-private = true\nstores = ["git:.@HEAD"]\n')
    done = bilint("check", "zh", "--fetch", "--jobs", jobs, "--format", "json")
    assert done.stderr == ""
    uris = [article["source"]["uri"] for article in json.loads(done.stdout)["articles"]]
    assert uris == [*(f"git:.@HEAD:en/{number}.md" for number in range(4)), site.url("/kettle")]


@pytest.mark.parametrize("by_setting", [False, True])
def test_a_dead_link_can_be_a_warning(site: Site, by_setting: bool) -> None:
    article(site, "zh/a.md", "/gone")
    write("bilint.toml", f'[originals]\nallow-private = true\non-failure = "{"warn" if by_setting else "error"}"\n')
    words = [] if by_setting else ["--on-failure", "warn"]
    done = bilint("fetch", "zh", *words)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"failed     {site.url('/gone')}: ")
    done = bilint("check", "zh", "--fetch", "--format", "concise", *words)
    assert done.exit_code == 0
    assert done.stderr.startswith(f"warning: {site.url('/gone')}: ")
    assert "info[no-original]" in done.stdout
    done = bilint("check", "zh", "--fetch", "--on-failure", "error")
    assert done.exit_code == 2
    assert done.stderr.startswith("error: ")
