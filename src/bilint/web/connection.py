"""One request and its answer over a connection whose address was checked and whose time and size are limited."""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpcore2

from bilint.messages import phrase
from bilint.web.addresses import FetchError, HostError, permitted

_PIECE = 2**16
_LONGEST_LENGTH = 18
"""A length of more digits is larger than anything, and Python refuses to convert those of 4,300."""
_GZIP = zlib.MAX_WBITS | 16
PORTS = {"http": 80, "https": 443}


class TooLargeError(FetchError):
    """A body with more bytes than allowed."""


class TryAgainError(FetchError):
    """A failure that may pass; `after` is how long the server asks to wait, in seconds."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class UnreachableError(TryAgainError):
    """There is no connection to `server` (host and port): its other pages need not be tried."""

    def __init__(self, why: str, server: str, after: float | None = None) -> None:
        super().__init__(why, after)
        self.server = server


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much; times are in seconds. `total` is for a page with all its redirects and attempts."""

    connect: float = 10
    read: float = 30
    total: float = 120
    redirects: int = 10
    attempts: int = 4
    backoff: float = 1
    longest_wait: float = 60
    delay: float = 0.5
    max_bytes: int = 20_000_000
    allow_private: bool = False


class Deadline:
    """The moment at which a page has taken too long."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """Return the seconds left, at most `most`. Raises FetchError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchError(phrase("took longer than {limit:g} s", limit=self._seconds))
        return left if most is None else min(left, most)

    def wait(self, seconds: float) -> None:
        """Sleep. Raises FetchError at once when the time left is shorter."""
        if seconds > self.left():
            raise FetchError(
                phrase(
                    "took longer than {limit:g} s, with a wait of {wait:g} s",
                    limit=self._seconds,
                    wait=seconds,
                )
            )
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: headers in lower case, the body decompressed (of pages only, not of errors)."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Resolve = Callable[..., list[Any]]


class Connector:
    """Makes requests. `resolve` is `socket.getaddrinfo`, or a stand-in for it."""

    def __init__(self, limits: Limits, resolve: Resolve = socket.getaddrinfo) -> None:
        self._limits = limits
        self._resolve = resolve
        self._tls: ssl.SSLContext | None = None

    def get(self, url: str, headers: Mapping[str, str], deadline: Deadline, most: int) -> Answer:
        """Return the answer to one GET of `url`, a requestable address; redirects are not followed.

        Raises TryAgainError when the connection fails, UnreachableError when there is none, HostError when the host's
        address is not permitted, TooLargeError when the body has more than `most` bytes, FetchError when the time is
        over.
        """
        parts = urlsplit(url)
        host = parts.hostname or ""
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        origin = httpcore2.Origin(parts.scheme.encode(), host.encode(), parts.port or PORTS[parts.scheme])
        sent = [("Host", parts.netloc), ("Connection", "close"), *headers.items()]
        request = httpcore2.Request(
            b"GET",
            httpcore2.URL(scheme=origin.scheme, host=origin.host, port=parts.port, target=target.encode()),
            headers=[(name.encode(), value.encode("latin-1", "replace")) for name, value in sent],
            extensions={"timeout": dict.fromkeys(("connect", "read", "write"), self._limits.read)},
        )
        backend = _CheckedBackend(self._limits, deadline, self._resolve)
        try:
            with httpcore2.HTTPConnection(origin, self._context(parts.scheme), network_backend=backend) as connection:
                return _answer(connection.handle_request(request), most)
        except httpcore2.TimeoutException as error:
            deadline.left()
            raise TryAgainError(phrase("does not answer in time")) from error
        except httpcore2.ConnectError as error:  # of TLS: connections are made by the backend
            if why := getattr(error.__cause__, "verify_message", ""):
                raise FetchError(phrase("has no valid certificate: {why}", why=why)) from error
            raise TryAgainError(phrase("breaks off: {reason}", reason=_reason(error))) from error
        except (httpcore2.NetworkError, httpcore2.RemoteProtocolError, OSError) as error:
            raise TryAgainError(phrase("breaks off: {reason}", reason=_reason(error))) from error
        except httpcore2.LocalProtocolError as error:
            raise FetchError(phrase("cannot be asked for: {error}", error=error)) from error

    def _context(self, scheme: str) -> ssl.SSLContext | None:
        if scheme == "https" and self._tls is None:
            self._tls = httpcore2.default_ssl_context()
        return self._tls


class _CheckedBackend(httpcore2.NetworkBackend):
    """Resolves a name once, refuses it when any of its addresses is not permitted, and connects to one of these.

    Names are never resolved again behind the check, so an answer that changes (DNS rebinding) changes nothing.
    """

    def __init__(self, limits: Limits, deadline: Deadline, resolve: Resolve) -> None:
        self._limits = limits
        self._deadline = deadline
        self._resolve = resolve
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        errors: list[str] = []
        for address in self._checked(host, port):
            try:
                limit = self._deadline.left(self._limits.connect)
                stream = self._inner.connect_tcp(address, port, limit, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                errors.append(_reason(error))
            else:
                return _TimedStream(stream, self._deadline)
        raise UnreachableError(phrase("no connection to {host}: {why}", host=host, why=errors[0]), f"{host}:{port}")

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            found = self._resolve(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            # A name that does not exist will not come into being within seconds.
            after = None if error.errno == socket.EAI_AGAIN else float("inf")
            raise UnreachableError(
                phrase("no address of {host} is known: {why}", host=host, why=error.strerror),
                f"{host}:{port}",
                after,
            ) from error
        addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
        for address in map(ip_address, addresses):
            if not permitted(address, allow_private=self._limits.allow_private):
                said = {"host": host, "address": address}
                if permitted(address, allow_private=True):
                    raise HostError(
                        phrase(
                            "{host} has the address {address}, which is not public "
                            "(see the setting `originals.allow-private`)",
                            **said,
                        )
                    )
                raise HostError(phrase("{host} has the address {address}, which is not public", **said))
        return addresses


class _TimedStream(httpcore2.NetworkStream):
    """A stream on which every single step ends with the page's time: a slow server cannot drip for ever."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _reason(error: Exception) -> str:
    return str(getattr(error.__cause__, "strerror", None) or error or "no answer")


def _answer(response: httpcore2.Response, most: int) -> Answer:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    if response.status != 200:
        return Answer(response.status, headers, b"")
    length = headers.get("content-length", "")
    body = bytearray()
    if not (length.isdecimal() and (len(length) > _LONGEST_LENGTH or int(length) > most)):
        for piece in _decoded(response.iter_stream(), headers.get("content-encoding", "").strip().lower()):
            body += piece
            if len(body) > most:
                break
        else:
            return Answer(response.status, headers, bytes(body))
    raise TooLargeError(phrase("is larger than {most} bytes", most=most))


def _decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield the body in small pieces: what a few bytes of gzip can become does not matter."""
    if encoding in {"", "identity"}:
        yield from chunks
    elif encoding in {"gzip", "x-gzip"}:
        yield from _unzipped(chunks)
    else:
        raise FetchError(phrase("comes in the encoding `{encoding}`, which was not asked for", encoding=encoding[:40]))


def _unzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            rest = chunk
            while True:
                if member.eof and rest:  # a gzip file may have several members
                    member = zlib.decompressobj(_GZIP)
                piece = member.decompress(rest, _PIECE)
                yield piece
                rest = member.unused_data.lstrip(b"\0") if member.eof else member.unconsumed_tail
                if not rest and len(piece) < _PIECE:
                    break
    except zlib.error as error:
        raise FetchError(phrase("is not sound gzip: {error}", error=error)) from error
    if not member.eof:
        raise TryAgainError(phrase("breaks off in the middle"))
