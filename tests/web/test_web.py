"""One page from the web: every way a server can answer ends in a page or in a reason, within limits."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from dataclasses import replace
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import pytest
from served import HASTY, PAGE, QUICK, answer, in_turn, page

from bilint.web.addresses import FetchError
from bilint.web.connection import Deadline
from bilint.web.pages import Web

if TYPE_CHECKING:
    from collections.abc import Callable

    from served import Handler, Site


def fails(site: Site, path: str = "/page", web: Web | None = None) -> str:
    with pytest.raises(FetchError) as caught:
        (web or Web(QUICK)).page(site.url(path))
    return str(caught.value)


def test_page(site: Site) -> None:
    site.says["/page"] = page(etag='"1"', last_modified="Sat, 01 Jan 2000 00:00:00 GMT")
    got = Web(QUICK).page(site.url("/page#part"))
    assert (got.body, got.suffix, got.content_type, got.charset) == (PAGE, ".html", "text/html", "utf-8")
    assert (got.final_url, got.etag) == (site.url("/page"), '"1"')
    assert site.asked == ["/robots.txt", "/page"]
    assert site.headers["user-agent"].startswith("bilint/")
    assert site.headers["host"] == f"127.0.0.1:{site.port}"
    assert not {"cookie", "authorization", "referer"} & site.headers.keys()


@pytest.mark.parametrize(
    ("content_type", "body", "suffix"),
    [
        ("text/markdown", b"# Kettle\n", ".md"),
        ("text/plain", b"# Kettle\n", ".md"),
        ("text/plain", b"\xef\xbb\xbf <!-- x --> <!DOCTYPE html><p>x", ".html"),
        ("", b"<html><p>x", ".html"),
        ("application/xhtml+xml", b"<html/>", ".html"),
        ("application/octet-stream", b"# Kettle\n", ".md"),
    ],
)
def test_kinds_of_text(site: Site, content_type: str, body: bytes, suffix: str) -> None:
    site.says["/page"] = page(body, content_type)
    got = Web(QUICK).page(site.url("/page"))
    assert (got.body, got.suffix) == (body, suffix)


def test_what_is_no_text(site: Site) -> None:
    site.says["/page"] = page(b"%PDF", "application/pdf")
    assert fails(site) == "is `application/pdf`, not a page or a text"
    site.says["/page"] = page(b" \n")
    assert fails(site) == "is empty"


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html; charset=GB18030", "gb18030"),
        ("text/html; charset=no-such-thing", "no-such-thing"),
        ('text/html; charset="a b\x7f\'"', ""),
        ("text/html; charset=" + "x" * 500, ""),
        ("text/html", ""),
    ],
)
def test_bytes_are_kept_whatever_the_charset(site: Site, header: str, charset: str) -> None:
    body = "<html><p>naïve".encode("latin-1")
    site.says["/page"] = page(body, header)
    got = Web(QUICK).page(site.url("/page"))
    assert (got.body, got.charset) == (body, charset)


def test_not_modified(site: Site) -> None:
    site.says["/page"] = answer(304, etag='"1"')
    assert Web(QUICK).page(site.url("/page"), '"1"', "Sat, 01 Jan 2000 00:00:00 GMT").body is None
    assert site.headers["if-none-match"] == '"1"'
    assert site.headers["if-modified-since"] == "Sat, 01 Jan 2000 00:00:00 GMT"
    assert fails(site) == "the server answers 304 Not Modified"


def test_a_tag_cannot_smuggle_a_header(site: Site) -> None:
    with pytest.raises(FetchError, match="cannot be asked for"):
        Web(QUICK).page(site.url("/page"), '"1"\r\nX-Evil: 1')
    assert site.pages == []


def test_redirects(site: Site) -> None:
    for number, status in enumerate((301, 302, 303, 307, 308)):
        site.says[f"/{number}"] = answer(status, location=f"/{number + 1}")
    site.says["/5"] = answer(302, location=site.url("/6?a=%E4%B8%AD#x").replace("//", "//user:secret@"))
    site.says["/6?a=%E4%B8%AD"] = page()
    got = Web(QUICK).page(site.url("/0"))
    assert (got.body, got.final_url) == (PAGE, site.url("/6?a=%E4%B8%AD"))
    assert "authorization" not in site.headers


def test_redirects_without_end(site: Site) -> None:
    site.says["/page"] = answer(302, location="/page")
    assert fails(site) == "leads on more than 10 times"
    assert len(site.pages) == 11


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/a", "javascript:x", "gopher://a/"])
def test_redirect_to_another_scheme(site: Site, location: str) -> None:
    site.says["/page"] = answer(302, location=location)
    assert fails(site) == f"leads to `{location}`, which is not fetched, being neither http nor https"


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/",
        "http://0.0.0.0:1/",
        "http://[::ffff:169.254.1.1]/",
    ],
)
def test_redirect_to_an_address_that_is_never_allowed(site: Site, location: str) -> None:
    site.says["/page"] = answer(302, location=location)
    assert fails(site).endswith("which is not public")


def resolving(*answers: list[str]) -> tuple[list[str], Callable[..., list[Any]]]:
    """A resolver that gives the answers in turn, and the names it was asked for."""
    names: list[str] = []
    left = list(answers)

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        names.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    return names, resolve


def test_redirect_to_a_name_with_a_private_address(site: Site) -> None:
    site.says["/page"] = answer(302, location=site.url("/page", "inner.test"))
    _, resolve = resolving(["127.0.0.1"], ["127.0.0.1"], ["169.254.7.7"])
    with pytest.raises(FetchError, match=r"^inner\.test has the address 169\.254\.7\.7, which is not public$"):
        Web(QUICK, resolve).page(site.url("/page", "outer.test"))
    assert site.pages == ["/page"]


def test_private_addresses_are_refused_by_default(site: Site) -> None:
    web = Web(replace(QUICK, allow_private=False))
    assert fails(site, web=web).startswith("127.0.0.1 has the address 127.0.0.1, which is not public (see the setting")
    assert site.asked == []


def test_one_bad_address_among_good_ones_is_refused(site: Site) -> None:
    _, resolve = resolving(["127.0.0.1", "169.254.1.1"])
    with pytest.raises(FetchError, match="not public"):
        Web(QUICK, resolve).page(site.url("/page", "outer.test"))
    assert site.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site) -> None:
    site.says["/page"] = page()
    names, resolve = resolving(["127.0.0.1"])
    assert Web(QUICK, resolve).page(site.url("/page", "rebinding.test")).body == PAGE
    assert names == ["rebinding.test"] * 2, "once for robots.txt, once for the page"
    assert site.headers["host"] == f"rebinding.test:{site.port}"
    _, resolve = resolving(["127.0.0.1"], ["169.254.1.1"])
    with pytest.raises(FetchError, match="not public"):
        Web(QUICK, resolve).page(site.url("/page", "rebinding.test"))


def test_the_next_address_when_one_does_not_answer(site: Site) -> None:
    site.says["/page"] = page()
    _, resolve = resolving(["127.77.0.1", "127.0.0.1"])
    assert Web(QUICK, resolve).page(site.url("/page", "two.test")).body == PAGE


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "localhost"])
def test_other_spellings_of_this_machine(site: Site, host: str) -> None:
    with pytest.raises(FetchError):
        Web(replace(QUICK, allow_private=False)).page(site.url("/page", host))
    assert site.asked == []


def test_not_there(site: Site) -> None:
    assert fails(site) == "the server answers 404 Not Found"
    assert site.pages == ["/page"]
    site.says["/page"] = answer(299)
    assert fails(site) == "the server answers 299"


def test_a_failure_that_passes(site: Site) -> None:
    site.says["/page"] = in_turn(answer(500), answer(503), page())
    assert Web(QUICK).page(site.url("/page")).body == PAGE
    assert site.pages == ["/page"] * 3


def test_a_failure_that_does_not_pass(site: Site) -> None:
    site.says["/page"] = answer(502)
    assert fails(site) == "the server answers 502 Bad Gateway (tried 3 times)"
    assert site.pages == ["/page"] * 3


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been waited."""
    made: list[float] = []
    monkeypatch.setattr(Deadline, "wait", lambda _, seconds: made.append(seconds))
    return made


def test_waits_grow_unless_the_server_says_otherwise(site: Site, waits: list[float]) -> None:
    site.says["/page"] = in_turn(
        answer(500), answer(429, retry_after="7"), answer(503, retry_after="nonsense"), answer(503), page()
    )
    web = Web(replace(QUICK, attempts=5, backoff=3, longest_wait=60))
    assert web.page(site.url("/page")).body == PAGE
    assert [wait for wait in waits if wait] == [3, 7, 12, 24]


def test_pauses_between_two_requests_to_a_server(site: Site, waits: list[float]) -> None:
    site.says.update({"/robots.txt": page(b"User-agent: *\nCrawl-delay: 20\n"), "/page": page()})
    Web(replace(QUICK, delay=5)).page(site.url("/page"))
    assert [round(wait, -1) for wait in waits] == [0, 20]
    site.says["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 86400\n")
    Web(replace(QUICK, delay=5)).page(site.url("/page"))
    assert round(waits[-1], -1) == 30


@pytest.mark.parametrize("kind", ["seconds", "date"])
def test_retry_after_too_long(site: Site, kind: str) -> None:
    after = "3600" if kind == "seconds" else formatdate(time.time() + 4000, usegmt=True)
    site.says["/page"] = answer(429, retry_after=after)
    assert fails(site).startswith("the server answers 429 Too Many Requests, and asks to wait ")
    assert site.pages == ["/page"]


def test_retry_after_a_date_that_is_past(site: Site) -> None:
    site.says["/page"] = in_turn(answer(429, retry_after="Sat, 01 Jan 2000 00:00:00 GMT"), page())
    assert Web(QUICK).page(site.url("/page")).body == PAGE


def test_no_answer(site: Site) -> None:
    let_go = threading.Event()
    site.says["/page"] = lambda _: let_go.wait(5)
    assert fails(site, web=Web(replace(QUICK, read=0.3))) == "does not answer in time (tried 3 times)"
    let_go.set()


def test_slow_body(site: Site) -> None:
    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    site.says["/page"] = drip
    assert fails(site, web=Web(HASTY)) == "took longer than 1 s"


def test_slow_headers(site: Site) -> None:
    def drip(handler: Handler) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.02)

    site.says["/page"] = drip
    assert fails(site, web=Web(HASTY)) == "took longer than 1 s"


def test_endless_body(site: Site) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 10_000)

    site.says["/page"] = endless
    assert fails(site) == "is larger than 50000 bytes (setting `originals.max-bytes`)"


def test_body_announced_as_too_large(site: Site) -> None:
    site.says["/page"] = page(b"x" * 50_001)
    assert fails(site).startswith("is larger than 50000 bytes")
    site.says["/page"] = page(b"x" * 50_000)
    assert len(Web(QUICK).page(site.url("/page")).body or b"") == 50_000


def test_body_that_breaks_off(site: Site) -> None:
    def short(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"x")
        handler.close_connection = True

    site.says["/page"] = short
    assert fails(site).startswith("breaks off: ")
    site.says["/page"] = in_turn(short, page())
    assert Web(QUICK).page(site.url("/page")).body == PAGE


def test_what_is_no_http(site: Site) -> None:
    site.says["/page"] = lambda handler: handler.wfile.write(b"220 ready\r\n\r\n")
    assert fails(site).startswith("breaks off: ")


def test_gzip(site: Site) -> None:
    assert site.headers == {}
    for body in (gzip.compress(PAGE), gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]) + b"\0\0"):
        site.says["/page"] = page(body, content_encoding="gzip")
        assert Web(QUICK).page(site.url("/page")).body == PAGE
    assert site.headers["accept-encoding"] == "gzip"


def test_gzip_of_a_large_page(site: Site) -> None:
    body = bytes(range(256)) * 700
    site.says["/page"] = page(gzip.compress(body), content_encoding="gzip")
    assert Web(replace(QUICK, max_bytes=len(body))).page(site.url("/page")).body == body


def test_gzip_bomb(site: Site) -> None:
    packed = zlib.compressobj(wbits=31)
    bomb = b"".join(packed.compress(bytes(1_000_000)) for _ in range(40)) + packed.flush()
    assert len(bomb) < 50_000
    site.says["/page"] = page(bomb, content_encoding="gzip")
    assert fails(site) == "is larger than 50000 bytes (setting `originals.max-bytes`)"


def test_gzip_that_is_broken(site: Site) -> None:
    site.says["/page"] = page(b"no gzip", content_encoding="gzip")
    assert fails(site).startswith("is not sound gzip: ")
    site.says["/page"] = page(gzip.compress(PAGE)[:-9], content_encoding="gzip")
    assert fails(site) == "breaks off in the middle (tried 3 times)"
    for encoding in ("br", "gzip, gzip"):
        site.says["/page"] = page(PAGE, content_encoding=encoding)
        assert fails(site) == f"comes in the encoding `{encoding}`, which was not asked for"


def test_robots(site: Site) -> None:
    site.says["/robots.txt"] = page(
        b"User-agent: bilint\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n", "text/plain"
    )
    site.says["/page"] = page()
    site.says["/moved"] = answer(302, location="/private/page")
    web = Web(QUICK)
    assert web.page(site.url("/page")).body == PAGE
    for path in ("/private/page", "/moved"):
        assert fails(site, path, web) == "robots.txt of 127.0.0.1 forbids it; save the page by hand"
    assert site.asked == ["/robots.txt", "/page", "/moved"]


def test_robots_that_cannot_be_read(site: Site) -> None:
    site.says["/robots.txt"] = answer(503)
    expected = "robots.txt of 127.0.0.1 cannot be read: the server answers 503 Service Unavailable (tried 3 times)"
    web = Web(QUICK)
    assert fails(site, web=web) == expected
    assert fails(site, "/other", web) == expected
    assert site.asked == ["/robots.txt"] * 3
    site.says["/robots.txt"] = page(b"#" * 600_000, "text/plain")
    assert fails(site) == "robots.txt of 127.0.0.1 cannot be read: is larger than 524288 bytes"
    site.says["/robots.txt"] = page(b"\xff\xfe\0Disallow", "text/plain")
    site.says["/page"] = page()
    assert Web(QUICK).page(site.url("/page")).body == PAGE


def test_no_connection(site: Site) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    web = Web(QUICK)
    for path in ("a", "b"):
        with pytest.raises(FetchError, match=r"^no connection to 127\.0\.0\.1: Connection refused \(tried 3 times\)$"):
            web.page(f"http://127.0.0.1:{port}/{path}")


def test_a_name_that_does_not_exist() -> None:
    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(FetchError, match=r"^no address of none\.test is known: Name or service not known$"):
        Web(QUICK, resolve).page("http://none.test/")
