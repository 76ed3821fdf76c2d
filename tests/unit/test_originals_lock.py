from __future__ import annotations

import json
from pathlib import Path

import pytest

from bilint.library.cache import Cache
from bilint.library.lock import Entry, Lock, Pin, accepted, renewed
from bilint.model import UserError

A, B, C = ("a" * 64, "b" * 64, "c" * 64)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lock() -> Lock:
    return Lock(Path("bilint.lock").absolute(), Cache(Path(".bilint").absolute()))


def entry(url: str = "https://example.com/a", sha256: str = A, **fields: str) -> Entry:
    key = url.removeprefix("https://")
    made = {"final_url": url, "size": 1, "fetched": "2026-01-02T03:04:05Z", "status": 200, **fields}
    return Entry(url=url, key=key, sha256=sha256, **made)  # type: ignore[arg-type]


def write(*entries: Entry) -> bytes:
    lock().change([(made.key, lambda _, made=made: made) for made in entries])  # type: ignore[misc]
    return Path("bilint.lock").read_bytes()


def test_no_file() -> None:
    assert lock().entries == {}


def test_sorted_and_stable() -> None:
    b, a = entry("https://example.com/b"), entry(latest=B, etag='"é\n"')
    data = write(b, a)
    head, first, second, end = data.decode().split("\n")
    assert json.loads(head) == {"bilint_lock": 1}
    assert (json.loads(first)["url"], json.loads(second)["url"], end) == (a.url, b.url, "")
    assert lock().entries == {a.key: a, b.key: b}
    assert write(a, b) == data


def test_changes_see_what_others_wrote() -> None:
    mine = lock()
    assert mine.entries == {}
    write(entry("https://example.com/b"))
    mine.change([("example.com/a", lambda _: entry())])
    assert sorted(mine.entries) == sorted(lock().entries) == ["example.com/a", "example.com/b"]


def test_a_change_that_changes_nothing_writes_nothing() -> None:
    write(entry())
    before = Path("bilint.lock").stat().st_mtime_ns
    write(entry())
    assert Path("bilint.lock").stat().st_mtime_ns == before


def broken(number: int, line: str) -> str:
    parts = write(entry(), entry("https://example.com/b")).decode().split("\n")
    parts[number - 1] = line
    Path("bilint.lock").write_text("\n".join(parts), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        _ = lock().entries
    assert caught.value.hint
    return caught.value.message


def test_pins() -> None:
    write(entry(latest=B), entry("https://example.com/b"))
    assert lock().pins == {"example.com/a": Pin("example.com/a", A, B), "example.com/b": Pin("example.com/b", A)}
    for line, message in (("=======", "is not a page"), ('{"key":"example.com/a","sha256":""}', "is not a page")):
        Path("bilint.lock").write_text(f'{{"bilint_lock":1}}\n{line}\n{line}\n', encoding="utf-8")
        with pytest.raises(UserError, match=r"^bilint\.lock:[23]: "):
            _ = lock().pins
        with pytest.raises(UserError, match=message):
            _ = lock().entries


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("<<<<<<< ours", "bilint.lock:3: is not a page: JSON is malformed"),
        ("{}", "bilint.lock:3: is not a page: object missing required field `url`"),
        ("[]", "bilint.lock:3: is not a page: expected `object`"),
        ('{"bilint_lock":1}', "bilint.lock:3: is not a page: object contains unknown field `bilint_lock`"),
    ],
)
def test_broken_line(line: str, message: str) -> None:
    assert broken(3, line).casefold().startswith(message.casefold())


@pytest.mark.parametrize("sha256", ["../../../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\\n"])
def test_a_hash_is_a_hash(sha256: str) -> None:
    for field in ("sha256", "latest"):
        write(entry(latest=B))
        line = Path("bilint.lock").read_text(encoding="utf-8").split("\n")[1]
        old = json.loads(line)[field]
        assert broken(2, line.replace(old, sha256)).startswith("bilint.lock:2: is not a page")
        Path("bilint.lock").unlink()


def test_broken_head() -> None:
    assert broken(1, "") == "bilint.lock:1: is not the first line of a lock file"
    Path("bilint.lock").unlink()
    assert broken(1, '{"bilint_lock":2}') == "bilint.lock:1: has the format 2, this bilint knows 1"


def test_a_page_listed_twice() -> None:
    line = write(entry()).decode().split("\n")[1]
    expected = "bilint.lock:3: example.com/a is already listed in line 2"
    Path("bilint.lock").unlink()
    assert broken(3, line) == expected


def test_not_text_and_not_readable() -> None:
    Path("bilint.lock").write_bytes(b'{"bilint_lock":1}\n{"url": "\xff"}\n')
    with pytest.raises(UserError, match=r"^bilint\.lock:2: is not a page"):
        _ = lock().entries
    Path("bilint.lock").unlink()
    Path("bilint.lock").mkdir()
    with pytest.raises(UserError, match=r"^bilint\.lock: cannot be read"):
        _ = lock().entries


def test_a_broken_lock_is_not_written_over() -> None:
    Path("bilint.lock").write_text("mine\n", encoding="utf-8")
    with pytest.raises(UserError):
        write(entry())
    assert Path("bilint.lock").read_text(encoding="utf-8") == "mine\n"


def test_renewed() -> None:
    old = entry(etag='"1"')
    assert renewed(None, old) is old
    assert renewed(old, entry(etag='"2"', fetched="2027-01-01T00:00:00Z")) == entry(etag='"2"')
    changed = renewed(old, entry(sha256=B, size=2, etag='"2"'))  # type: ignore[arg-type]
    assert (changed.sha256, changed.latest, changed.size, changed.etag) == (A, B, 1, '"2"')
    assert renewed(changed, entry(sha256=B, etag='"2"')) == changed
    assert renewed(changed, entry(sha256=C)).latest == C
    assert renewed(changed, entry(sha256=A)).latest is None
    assert (accepted(changed, 2).sha256, accepted(changed, 2).size, accepted(changed, 2).latest) == (B, 2, None)
    assert accepted(old, 9) is old


def test_cache(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    digest = cache.keep(b"<p>", ".html")
    file = cache.find(digest)
    assert file is not None
    assert file == tmp_path / "cache" / digest[:2] / f"{digest}.html"
    assert cache.keep(b"<p>", ".html") == digest
    assert (cache.broken(digest), cache.find(A), cache.broken(A)) == (None, None, None)
    file.write_bytes(b"cut")
    assert (cache.find(digest), cache.broken(digest)) == (None, file)
    cache.keep(b"<p>", ".html")
    assert cache.find(digest) == file
    (tmp_path / "secret.md").write_text("x", encoding="utf-8")
    assert cache.find("../secret") is None


def test_others_may_read_what_is_written(tmp_path: Path) -> None:
    write(entry())
    Path("plain").touch()
    assert Path("bilint.lock").stat().st_mode == Path("plain").stat().st_mode
    assert sorted(file.name for file in tmp_path.iterdir()) == [".bilint", "bilint.lock", "plain"]
