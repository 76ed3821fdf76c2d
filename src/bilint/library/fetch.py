"""Fetches pages into the cache, several servers at a time, and records each in the lock as soon as it is there."""

from __future__ import annotations

import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from urllib.parse import urlsplit

from msgspec import structs

from bilint.guard import fault
from bilint.library.fetched import GONE, Fetched
from bilint.library.lock import Entry, accepted, renewed
from bilint.messages import phrase
from bilint.model import UserError
from bilint.text.urls import normalise
from bilint.web.addresses import FetchError, requestable
from bilint.web.pages import Download, Web


class Outcome(StrEnum):
    """What became of a page; `CHANGED`: there is a newer version than the one translations are checked against."""

    AT_HAND = "at hand"
    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ACCEPTED = "accepted"
    FAILED = "failed"


OUTCOMES = (
    phrase("at hand"),
    phrase("fetched"),
    phrase("unchanged"),
    phrase("changed"),
    phrase("accepted"),
    phrase("failed"),
)
"""The outcomes, as they are said."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a page and why; `complete` is false when the text asked for is not at hand afterwards."""

    url: str
    outcome: Outcome
    why: str = ""
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Wishes:
    """`refresh`: ask again for what is at hand. `accept`: check translations against the newest version from now on."""

    refresh: bool = False
    accept: bool = False
    jobs: int = 8


@dataclass(frozen=True, slots=True)
class _Received:
    """A page as it would stand in the lock, what stood there before, and whether that text was at hand."""

    url: str
    before: Entry | None
    was_at_hand: bool
    entry: Entry | None = None
    why: str = ""
    error: UserError | None = None


def fetch(
    urls: Iterable[str], fetched: Fetched, web: Web, wishes: Wishes, tick: Callable[[], None] = lambda: None
) -> list[Result]:
    """Return what became of each page, sorted by URL; `tick` is called once for each.

    Raises UserError when the lock is broken, or it or the cache cannot be written; a page that fails raises nothing.
    """
    asked = _once(urls)
    alone = [] if wishes.refresh else [url for url in asked if _is_at_hand(url, fetched, wishes)]
    missing = sorted({*asked} - {*alone})
    results = _left_alone(alone, fetched, wishes)
    for _ in results:
        tick()
    for batch in _batches(missing, partial(_receive, fetched, web), wishes.jobs):
        results += _record(batch, fetched, wishes)
        for _ in batch:
            tick()
    return sorted(results, key=lambda result: result.url)


def _once(urls: Iterable[str]) -> list[str]:
    return sorted({normalise(url): url for url in sorted(urls, reverse=True)}.values())


def _is_at_hand(url: str, fetched: Fetched, wishes: Wishes) -> bool:
    entry = fetched.entry(url)
    return entry is not None and fetched.cache.find(entry.newest if wishes.accept else entry.sha256) is not None


def _left_alone(urls: Sequence[str], fetched: Fetched, wishes: Wishes) -> list[Result]:
    """Return what becomes of pages that are at hand; to accept their newest versions needs no network."""
    entries = ((url, fetched.entry(url)) for url in urls)
    changed = {url: entry for url, entry in entries if wishes.accept and entry and entry.latest}
    if changed:
        fetched.lock.change((entry.key, partial(_accepted, entry, fetched)) for entry in changed.values())
    return [Result(url, Outcome.ACCEPTED if url in changed else Outcome.AT_HAND) for url in urls]


def _accepted(before: Entry, fetched: Fetched, now: Entry | None) -> Entry:
    return _newest(now or before, fetched)


def _newest(entry: Entry, fetched: Fetched) -> Entry:
    file = fetched.cache.find(entry.newest)
    return accepted(entry, file.stat().st_size) if file else entry


def _receive(fetched: Fetched, web: Web, url: str) -> _Received:
    """Return the page, whose bytes are then in the cache, or why there is none."""
    before = fetched.entry(url)
    received = _Received(url, before, before is not None and fetched.cache.find(before.sha256) is not None)
    tags = (before.etag, before.last_modified) if before and fetched.cache.find(before.newest) else ()
    try:
        return replace(received, entry=_entry(url, web.page(url, *tags), before, fetched))
    except FetchError as error:
        return replace(received, why=phrase("{error}", error=error))
    except UserError as error:  # the cache cannot be written: no other page could be kept either
        return replace(received, error=error)
    except BaseException as error:  # a page that breaks bilint must not take the others with it
        fault(error)
        return replace(received, why=phrase("internal error: {error}", error=f"{type(error).__name__}: {error}"))


def _entry(url: str, page: Download, known: Entry | None, fetched: Fetched) -> Entry:
    if page.body is None:
        assert known is not None, "only a page with tags can be unchanged"
        tags = {"etag": page.etag or known.etag, "last_modified": page.last_modified or known.last_modified}
        return structs.replace(known, sha256=known.newest, latest=None, **tags)
    return Entry(
        url=_shareable(url),
        key=normalise(url),
        final_url=page.final_url,
        status=page.status,
        sha256=fetched.cache.keep(page.body, page.suffix),
        size=len(page.body),
        fetched=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        content_type=page.content_type,
        charset=page.charset,
        etag=page.etag,
        last_modified=page.last_modified,
    )


def _shareable(url: str) -> str:
    """Return the address as named, or, when it carries a password, as it was asked for."""
    return requestable(url) if "@" in urlsplit(url).netloc else url


def _record(batch: Sequence[_Received], fetched: Fetched, wishes: Wishes) -> list[Result]:
    for item in batch:
        if item.error is not None:
            raise item.error
    fetched.lock.change((item.entry.key, partial(_renew, item.entry, fetched, wishes)) for item in batch if item.entry)
    return [_result(item, fetched) for item in batch]


def _renew(new: Entry, fetched: Fetched, wishes: Wishes, old: Entry | None) -> Entry:
    entry = renewed(old, new)
    return _newest(entry, fetched) if wishes.accept else entry


def _result(item: _Received, fetched: Fetched) -> Result:
    after = fetched.entry(item.url)
    if item.entry is None or after is None:
        return Result(item.url, Outcome.FAILED, item.why, complete=False)
    if item.before and item.before.sha256 != after.sha256:
        return Result(item.url, Outcome.ACCEPTED)
    if after.latest:
        complete = fetched.cache.find(after.sha256) is not None
        return Result(item.url, Outcome.CHANGED, "" if complete else GONE, complete)
    return Result(item.url, Outcome.UNCHANGED if item.was_at_hand else Outcome.FETCHED)


def _batches(urls: Sequence[str], receive: Callable[[str], _Received], jobs: int) -> Iterator[list[_Received]]:
    """Yield what is received as soon as it is there, so that a killed run loses next to nothing.

    When recording takes long, because the lock is large, more is gathered first: it costs a tenth of the time at most.
    Each server is one thread's business. The threads end with the process, so an interrupted run ends at once.
    """
    servers: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        servers[urlsplit(url).netloc.lower()].append(url)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for same in sorted(servers.values(), key=len, reverse=True):
        waiting.put(same)
    arrived: queue.SimpleQueue[_Received] = queue.SimpleQueue()
    for _ in range(min(jobs, len(servers))):
        threading.Thread(target=_work, args=(waiting, receive, arrived), daemon=True).start()
    left, pause = len(urls), 0.0
    while left:
        batch = [arrived.get(), *_until(time.monotonic() + pause, arrived, left - 1)]
        left -= len(batch)
        began = time.monotonic()
        yield batch
        pause = 9 * (time.monotonic() - began)


def _until(end: float, arrived: queue.SimpleQueue[_Received], most: int) -> Iterator[_Received]:
    for _ in range(most):
        try:
            yield arrived.get(timeout=max(0.0, end - time.monotonic()))
        except queue.Empty:
            return


def _work(
    waiting: queue.SimpleQueue[list[str]],
    receive: Callable[[str], _Received],
    arrived: queue.SimpleQueue[_Received],
) -> None:
    while True:
        try:
            same = waiting.get_nowait()
        except queue.Empty:
            return
        for url in same:
            arrived.put(receive(url))
