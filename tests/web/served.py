"""A web server on this machine for tests, which answers as a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from bilint.web.connection import Limits

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

PAGE = b"<!doctype html><html><body><h1>Kettle</h1><p>Fill the kettle with cold water.</p></body></html>"
QUICK = Limits(
    connect=2,
    read=2,
    total=20,
    attempts=3,
    backoff=0.01,
    longest_wait=0.5,
    delay=0,
    max_bytes=50_000,
    allow_private=True,
)
HASTY = replace(QUICK, read=0.3, total=1)
Say = Callable[["Handler"], object]


@dataclass(slots=True)
class Site:
    """Path → what is said there; all else is 404. `asked` are the paths asked for, `headers` those of the last one."""

    port: int = 0
    says: dict[str, Say] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def pages(self) -> list[str]:
        """The paths asked for, without robots.txt."""
        return [path for path in self.asked if path != "/robots.txt"]


class Handler(BaseHTTPRequestHandler):
    """Passes a request to the site."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        site = self.site
        site.asked.append(self.path)
        site.headers = {name.lower(): value for name, value in self.headers.items()}
        with suppress(OSError):  # the other side has had enough
            site.says.get(self.path, answer(404))(self)

    def log_message(self, *_: object) -> None:
        pass


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Say:
    """Say this; `content_type` stands for `Content-Type`."""

    def say(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if status != 304:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return say


def page(body: bytes = PAGE, content_type: str = "text/html; charset=utf-8", **headers: str) -> Say:
    return answer(200, body, content_type=content_type, **headers)


def in_turn(*says: Say) -> Say:
    """Say the first thing the first time, and so on; the last one from then on."""
    left = list(says)

    def say(handler: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return say


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"site": site}))
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    server.block_on_close = False
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
