"""Pages from the web: redirects, attempts, robots.txt, one request at a time for each host.

Together with `connection.py` this is all of bilint that touches the network, and only when asked to.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from threading import Lock
from urllib.parse import urljoin, urlsplit

from bilint.messages import phrase
from bilint.text.code_hosts import blob
from bilint.version import __version__
from bilint.web.addresses import FetchError, HostError, requestable
from bilint.web.connection import (
    PORTS,
    Answer,
    Connector,
    Deadline,
    Limits,
    Resolve,
    TooLargeError,
    TryAgainError,
    UnreachableError,
)
from bilint.web.robots import AGENT, LARGEST, Robots
from bilint.web.texts import suffix_of

HEADERS = {
    "User-Agent": f"{AGENT}/{__version__} (compares translations with their originals)",
    "Accept": "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, */*;q=0.1",
    "Accept-Language": "en, *;q=0.1",
    "Accept-Encoding": "gzip",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NAMED_HTML = re.compile(r"\.x?html?$", re.IGNORECASE)
_CHARSET = re.compile(r"[\w.:+-]{1,40}", re.ASCII)
_LONGEST_TAG = 1000


@dataclass(frozen=True, slots=True)
class Download:
    """What a server gave for an address; `suffix` is `.html` or `.md`. A body of None: the page has not changed."""

    final_url: str
    status: int
    body: bytes | None
    suffix: str = ""
    content_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class _Asking:
    """How something is asked for; `allowed` raises FetchError for what is not, and returns the pause to keep."""

    deadline: Deadline
    most: int
    allowed: Callable[[str], float]
    known: Mapping[str, str]


class _Turns:
    """Lets one request at a time to each server (host and port), with a pause between two."""

    def __init__(self) -> None:
        self._locks: dict[str, Lock] = {}
        self._last: dict[str, float] = {}

    @contextmanager
    def turn(self, server: str, pause: float, deadline: Deadline) -> Iterator[None]:
        lock = self._locks.setdefault(server, Lock())
        if not lock.acquire(timeout=deadline.left()):
            raise FetchError(phrase("waited too long for other pages of {server}", server=server))
        try:
            deadline.wait(max(0.0, self._last.get(server, float("-inf")) + pause - time.monotonic()))
            yield
        finally:
            self._last[server] = time.monotonic()
            lock.release()


class Web:
    """Fetches pages; one for a whole run, used by many threads."""

    def __init__(self, limits: Limits, resolve: Resolve = socket.getaddrinfo) -> None:
        self._limits = limits
        self._connector = Connector(limits, resolve)
        self._turns = _Turns()
        self._robots = Robots(self._read_robots)
        self._unreachable: dict[str, str] = {}

    def page(self, url: str, etag: str = "", last_modified: str = "") -> Download:
        """Return the page at `url` as it is now, or without a body when it is still the one the tags are of.

        Of a code host's page that shows a file, the file is taken. Raises FetchError, with the reason.
        """
        shown = blob(url)
        start = requestable(shown.raw if shown else url)
        tags = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        sent = {name: value for name, value in tags.items() if value}
        asking = _Asking(Deadline(self._limits.total), self._limits.max_bytes, self._robots.check, sent)
        try:
            page = _page(*self._persistently(start, asking), sent)
        except TooLargeError as error:
            raise FetchError(phrase("{error} (setting `originals.max-bytes`)", error=error)) from error
        if shown and page.suffix == ".html" and not _NAMED_HTML.search(shown.path):
            raise FetchError(phrase("answers with a page of the code host, not with the file"))
        return page

    def _read_robots(self, address: str) -> str:
        asking = _Asking(Deadline(self._limits.total), LARGEST, lambda _: 0.0, {})
        _, answer = self._persistently(address, asking)
        if answer.status == 200:
            return answer.body.decode("utf-8", "replace")
        if 400 <= answer.status < 500:
            return ""
        raise FetchError(_said(answer.status))

    def _persistently(self, url: str, asking: _Asking) -> tuple[str, Answer]:
        """Return the last address and its answer; try again, after ever longer pauses, while a failure may pass."""
        wait = self._limits.backoff
        for attempt in range(1, self._limits.attempts + 1):
            try:
                return self._followed(url, asking)
            except TryAgainError as error:
                after = wait if error.after is None else error.after
                if attempt == self._limits.attempts or after == float("inf"):
                    tried = phrase("{error} (tried {number} times)", error=error, number=attempt)
                    why = tried if attempt > 1 else phrase("{error}", error=error)
                    if isinstance(error, UnreachableError):
                        self._unreachable[error.server] = phrase("{error}", error=error)
                        raise HostError(why) from error
                    raise FetchError(why) from error
                if after > self._limits.longest_wait:
                    raise FetchError(
                        phrase("{error}, and asks to wait {after:.0f} s", error=error, after=after)
                    ) from error
                asking.deadline.wait(after)
                wait *= 2
        raise AssertionError("the last attempt returns or raises")

    def _followed(self, url: str, asking: _Asking) -> tuple[str, Answer]:
        for _ in range(self._limits.redirects + 1):
            answer = self._answer(url, asking)
            location = answer.headers.get("location", "").strip()
            if answer.status not in _REDIRECTS or not location:
                return url, answer
            try:
                url = requestable(urljoin(url, location.encode("latin-1").decode("utf-8", "replace")))
            except (FetchError, ValueError) as error:
                raise FetchError(
                    phrase("leads to `{location}`, which {error}", location=location[:200], error=error)
                ) from error
        raise FetchError(phrase("leads on more than {redirects} times", redirects=self._limits.redirects))

    def _answer(self, url: str, asking: _Asking) -> Answer:
        parts = urlsplit(url)
        server = f"{parts.hostname}:{parts.port or PORTS[parts.scheme]}"
        pause = max(self._limits.delay, asking.allowed(url))
        if server in self._unreachable:
            raise HostError(self._unreachable[server])
        with self._turns.turn(server, pause, asking.deadline):
            answer = self._connector.get(url, {**HEADERS, **asking.known}, asking.deadline, asking.most)
        if answer.status in {408, 425, 429} or answer.status >= 500:
            raise TryAgainError(_said(answer.status), _retry_after(answer))
        return answer


def _page(final_url: str, answer: Answer, known: Mapping[str, str]) -> Download:
    etag, last_modified = (_short(answer.headers.get(name, "")) for name in ("etag", "last-modified"))
    if answer.status == 304 and known:
        return Download(final_url, 304, None, etag=etag, last_modified=last_modified)
    if answer.status != 200:
        raise FetchError(_said(answer.status))
    header = Message()
    header["Content-Type"] = _short(answer.headers.get("content-type", ""))
    content_type = header.get_content_type() if header["Content-Type"] else ""
    charset = header.get_content_charset() or ""
    suffix = suffix_of(content_type, answer.body)
    return Download(
        final_url,
        answer.status,
        answer.body,
        suffix,
        content_type,
        charset if _CHARSET.fullmatch(charset) else "",
        etag,
        last_modified,
    )


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_TAG else ""


def _said(status: int) -> str:
    try:
        return phrase("the server answers {status}", status=f"{status} {HTTPStatus(status).phrase}")
    except ValueError:
        return phrase("the server answers {status}", status=status)


def _retry_after(answer: Answer) -> float | None:
    """Return the seconds that a `Retry-After` header (RFC 9110, 10.2.3) asks for, given as a number or a date."""
    value = answer.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", value, re.ASCII):
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())
