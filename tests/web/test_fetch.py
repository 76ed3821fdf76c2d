"""Many pages into cache and lock: outcomes, refresh and accept, two runs at once, a run that is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from served import PAGE, QUICK, answer, in_turn, page, serving

from bilint.library.fetch import Outcome, Result, Wishes, fetch
from bilint.library.fetched import GONE, Fetched
from bilint.model import UserError
from bilint.settings import Originals
from bilint.web.pages import Web

if TYPE_CHECKING:
    from served import Handler, Site

NEW = PAGE.replace(b"cold", b"fresh")
PROGRAM = (sys.executable, "-c", "from bilint.cli import main; main()")


def store() -> Fetched:
    return Fetched(Originals(), Path.cwd())


def run(site: Site, *paths: str, **wishes: bool) -> list[tuple[str, str]]:
    results = fetch([site.url(path) for path in paths], store(), Web(QUICK), Wishes(**wishes))
    assert all(result.complete == (result.outcome != "failed") for result in results)
    return [(result.url.removeprefix(site.url("")), result.outcome) for result in results]


def lines() -> list[dict[str, Any]]:
    head, *rest, end = Path("bilint.lock").read_text(encoding="utf-8").split("\n")
    assert (json.loads(head), end) == ({"bilint_lock": 1}, "")
    return [json.loads(line) for line in rest]


def body(site: Site, path: str = "/a") -> tuple[bytes | None, bytes | None]:
    copy = store().find(site.url(path))
    if copy is None:
        return None, None
    return copy.path.read_bytes(), copy.latest.read_bytes() if copy.latest else None


def test_fetched_once(site: Site) -> None:
    site.says.update({"/a": page(etag='"1"'), "/b.md": page(b"# B\n", "text/markdown")})
    ticks: list[None] = []
    urls = [site.url(path) for path in ("/b.md", "/a#x", "/a", "/none")]
    results = fetch(urls, store(), Web(QUICK), Wishes(), lambda: ticks.append(None))
    assert [(result.url, result.outcome, result.complete) for result in results] == [
        (site.url("/a"), Outcome.FETCHED, True),
        (site.url("/b.md"), Outcome.FETCHED, True),
        (site.url("/none"), Outcome.FAILED, False),
    ]
    assert results[-1].why == "the server answers 404 Not Found"
    assert len(ticks) == 3
    a, b = lines()
    assert (a["url"], a["key"], a["final_url"]) == (site.url("/a"), f"127.0.0.1:{site.port}/a", site.url("/a"))
    assert (a["size"], a["content_type"], a["charset"], a["etag"], a["status"]) == (
        len(PAGE),
        "text/html",
        "utf-8",
        '"1"',
        200,
    )
    assert "latest" not in a
    assert time.strptime(a["fetched"], "%Y-%m-%dT%H:%M:%SZ")
    names = {f"{a['sha256'][:2]}/{a['sha256']}.html", f"{b['sha256'][:2]}/{b['sha256']}.md", ".guard"}
    cache = Path(".bilint/originals")
    assert {file.relative_to(cache).as_posix() for file in cache.rglob("*") if file.is_file()} == names
    asked = len(site.asked)
    assert run(site, "/a", "/b.md") == [("/a", "at hand"), ("/b.md", "at hand")]
    assert len(site.asked) == asked


def test_refresh(site: Site) -> None:
    site.says["/a"] = in_turn(page(etag='"1"'), answer(304), page(etag='"1"'), page(NEW, etag='"2"'), answer(304))
    assert run(site, "/a") == [("/a", "fetched")]
    before = Path("bilint.lock").read_bytes()
    assert run(site, "/a", refresh=True) == [("/a", "unchanged")]
    assert site.headers["if-none-match"] == '"1"'
    assert run(site, "/a", refresh=True) == [("/a", "unchanged")]
    assert Path("bilint.lock").read_bytes() == before
    assert run(site, "/a", refresh=True) == [("/a", "changed")]
    assert body(site) == (PAGE, NEW)
    assert run(site, "/a", refresh=True) == [("/a", "changed")]
    assert site.headers["if-none-match"] == '"2"'
    assert run(site, "/a") == [("/a", "at hand")]
    assert body(site) == (PAGE, NEW)


def test_accept(site: Site) -> None:
    for path in ("/a", "/b"):
        site.says[path] = in_turn(page(), page(NEW))
    site.says["/c"] = page()
    run(site, "/a", "/b", "/c")
    assert run(site, "/a", accept=True) == [("/a", "at hand")]
    run(site, "/a", "/b", "/c", refresh=True)
    asked = len(site.asked)
    expected = [("/a", "accepted"), ("/b", "accepted"), ("/c", "at hand")]
    assert run(site, "/a", "/b", "/c", accept=True) == expected
    assert len(site.asked) == asked
    assert [body(site, path) for path in ("/a", "/b", "/c")] == [(NEW, None), (NEW, None), (PAGE, None)]
    assert [line["size"] for line in lines()] == [len(NEW), len(NEW), len(PAGE)]


def test_refresh_and_accept(site: Site) -> None:
    site.says["/a"] = in_turn(page(), page(NEW))
    run(site, "/a")
    assert run(site, "/a", refresh=True, accept=True) == [("/a", "accepted")]
    assert body(site) == (NEW, None)


def test_a_change_that_is_taken_back(site: Site) -> None:
    site.says["/a"] = in_turn(page(), page(NEW), page())
    for outcome in ("fetched", "changed", "unchanged"):
        assert run(site, "/a", refresh=True) == [("/a", outcome)]
    assert body(site) == (PAGE, None)


def test_a_failing_refresh_keeps_what_there_is(site: Site) -> None:
    site.says["/a"] = in_turn(page(), answer(500))
    run(site, "/a")
    before = Path("bilint.lock").read_bytes()
    assert run(site, "/a", refresh=True) == [("/a", "failed")]
    assert Path("bilint.lock").read_bytes() == before
    assert body(site) == (PAGE, None)


def test_lock_without_cache(site: Site) -> None:
    site.says["/a"] = page(etag='"1"')
    run(site, "/a")
    store().find(site.url("/a")).path.unlink()  # type: ignore[union-attr]
    assert "is not in the cache; run `bilint fetch`" in store().why_not(site.url("/a"))
    assert run(site, "/a") == [("/a", "fetched")]
    assert "if-none-match" not in site.headers
    assert body(site) == (PAGE, None)


def test_lock_without_cache_and_another_text(site: Site) -> None:
    site.says["/a"] = in_turn(page(), page(NEW), answer(304))
    run(site, "/a")
    store().find(site.url("/a")).path.unlink()  # type: ignore[union-attr]
    gone = (
        "the page has changed and the text in the lock is not in the cache; `bilint fetch --accept` takes the new one"
    )
    expected = [Result(site.url("/a"), Outcome.CHANGED, gone, complete=False)]
    assert fetch([site.url("/a")], store(), Web(QUICK), Wishes()) == expected
    assert (body(site), store().why_not(site.url("/a"))) == ((None, None), GONE)
    assert run(site, "/a", accept=True) == [("/a", "accepted")]
    assert body(site) == (NEW, None)


def test_a_cached_file_that_was_changed(site: Site) -> None:
    site.says["/a"] = page()
    run(site, "/a")
    file = store().find(site.url("/a")).path  # type: ignore[union-attr]
    file.write_bytes(b"<p>something else")
    assert store().find(site.url("/a")) is None
    assert store().why_not(site.url("/a")).endswith("is not what was fetched (its hash differs); run `bilint fetch`")
    assert run(site, "/a") == [("/a", "fetched")]
    assert file.read_bytes() == PAGE


def test_no_address_leads_out_of_the_folder(site: Site, here: Path) -> None:
    paths = ["/../../../evil", "/..%2f..%2fevil", "/%2e%2e/evil", "/a?file=../../evil", "/a\\..\\evil", "/a%00b"]
    evil = {"content_type": "text/html; charset=../../evil", "etag": "../../evil", "content_disposition": "../../evil"}
    site.says.update({path: answer(200, PAGE, **evil) for path in (*paths, "/evil", "/a%5C..%5Cevil")})
    run(site, *paths)
    outside = [path for path in here.rglob("*") if not path.is_relative_to(here / ".bilint") and path.is_file()]
    assert outside == [here / "bilint.lock"]
    assert not list(here.parent.glob("evil*"))
    assert {line["sha256"] for line in lines()} == {lines()[0]["sha256"]}


def test_passwords_are_not_written_down(site: Site) -> None:
    site.says["/a"] = page()
    fetch([site.url("/a").replace("//", "//user:secret@")], store(), Web(QUICK), Wishes())
    assert "authorization" not in site.headers
    assert "secret" not in Path("bilint.lock").read_text(encoding="utf-8")
    assert body(site) == (PAGE, None)


def test_code_host(site: Site) -> None:
    site.says["/o/r/-/raw/main/a%20b.md"] = page(b"# A\n", "text/plain; charset=utf-8")
    url = site.url("/o/r/-/blob/main/a%20b.md#L10-L12")
    assert fetch([url], store(), Web(QUICK), Wishes()) == [Result(url, Outcome.FETCHED)]
    assert lines()[0]["final_url"] == site.url("/o/r/-/raw/main/a%20b.md")
    assert store().find(url).path.suffix == ".md"  # type: ignore[union-attr]


def test_code_host_that_wants_a_password(site: Site) -> None:
    site.says["/o/r/-/raw/main/a.md"] = answer(302, location="/login")
    site.says["/login"] = page()
    results = fetch([site.url("/o/r/-/blob/main/a.md")], store(), Web(QUICK), Wishes())
    assert results[0].why == "answers with a page of the code host, not with the file"


def test_one_request_at_a_time_for_each_server(site: Site) -> None:
    busy: Counter[int] = Counter()
    busiest: Counter[int] = Counter()

    def slow(handler: Handler) -> None:
        # Not counted while it answers: the other side may have all of it, and ask again, before this returns.
        port = handler.site.port
        busy[port] += 1
        busiest[port] = max(busiest[port], busy[port])
        time.sleep(0.05)
        busy[port] -= 1
        page()(handler)

    with serving() as other:
        for number in range(4):
            site.says[f"/{number}"] = other.says[f"/{number}"] = slow
            site.says[f"/to{number}"] = answer(302, location=other.url(f"/{number}"))
        urls = [made.url(f"/{number}") for made in (site, other) for number in range(4)]
        urls += [site.url(f"/to{number}") for number in range(4)]
        results = fetch(urls, store(), Web(QUICK), Wishes(jobs=8))
        assert {result.outcome for result in results} == {Outcome.FETCHED}
        assert busiest == {site.port: 1, other.port: 1}


def test_two_runs_at_once(site: Site) -> None:
    for number in range(30):
        site.says[f"/{number}"] = page(PAGE + str(number).encode())
    done: list[Result] = []

    def half(numbers: range) -> None:
        done.extend(fetch([site.url(f"/{n}") for n in numbers], store(), Web(QUICK), Wishes()))

    threads = [threading.Thread(target=half, args=(numbers,)) for numbers in (range(20), range(10, 30))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 40
    assert all(result.complete for result in done)
    assert [line["url"] for line in lines()] == sorted(site.url(f"/{number}") for number in range(30))
    assert all(body(site, f"/{number}")[0] == PAGE + str(number).encode() for number in range(30))
    assert not list(Path(".bilint").rglob("*.part"))


def test_a_cache_that_cannot_be_written(site: Site) -> None:
    site.says["/a"] = page()
    Path(".bilint/originals").mkdir(parents=True)
    for number in range(256):
        Path(f".bilint/originals/{number:02x}").write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be written"):
        run(site, "/a")
    assert not Path("bilint.lock").exists()


def test_killed_and_resumed(site: Site) -> None:
    let_go = threading.Event()

    def hanging(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(PAGE)))
        handler.end_headers()
        handler.wfile.write(PAGE[:40])
        let_go.wait(20)

    site.says.update({"/a": page(), "/b": hanging})
    Path("bilint.toml").write_text("[originals]\nallow-private = true\n", encoding="utf-8")
    for name in "ab":
        Path(f"{name}.zh.md").write_text(f"# 水壶\n\n> 原文：<{site.url(f'/{name}')}>\n\n水。\n", encoding="utf-8")
    words = [*PROGRAM, "fetch", "."]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    end = time.monotonic() + 20
    while not ("/b" in site.asked and Path("bilint.lock").exists()) and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    process.communicate()
    let_go.set()
    assert [line["url"] for line in lines()] == [site.url("/a")]
    assert (body(site, "/a")[0], body(site, "/b")[0]) == (PAGE, None)
    site.says["/b"] = page()
    done = subprocess.run(words, capture_output=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr
    assert site.pages == ["/a", "/b", "/b"]
    assert body(site, "/b")[0] == PAGE
