"""The result cache: one SQLite file with what was concluded of each article.

What is read is checked against a digest and decoded by a schema; nothing in it is executed. Whatever is odd about it,
the run goes on as if there were none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    import sqlite3

LARGEST = 256_000_000
"""Bytes. An article takes about 6,000: 40,000 articles, or fewer under several settings; the oldest give way."""
_PAGE = 4096
_PATIENCE = 5
"""Seconds to wait for another run that is writing."""
_BATCH = 200
"""So many articles are written together: what a killed run leaves undone is what it has not written."""
_FORMAT = 1
_TABLES = (
    "CREATE TABLE runs (config TEXT PRIMARY KEY, program TEXT NOT NULL, last INTEGER NOT NULL)",
    "CREATE TABLE articles (config TEXT, path TEXT, near BLOB, far BLOB, PRIMARY KEY (config, path))",
    "CREATE TABLE totals (config TEXT PRIMARY KEY, total BLOB NOT NULL)",
)
DIGEST = 16


def digest_of(data: bytes | memoryview) -> bytes:
    """Return what stands for these bytes."""
    return hashlib.blake2b(data, digest_size=DIGEST).digest()


class OddError(Exception):
    """The cache holds what bilint has not written."""


class Near(Struct, frozen=True, array_like=True):
    """What is looked at of every article: what it was made of, its outcome, and digests of the rest."""

    config: str
    path: str
    inputs: bytes
    shown: bytes
    told: bytes
    evidence: bytes
    far: bytes


class Far(Struct, frozen=True, array_like=True):
    """What is looked at where something has changed: what each rule found, and the evidence, both compressed."""

    found: bytes
    evidence: bytes


class _Head(Struct, frozen=True, array_like=True):
    """What stands before the evidence of all articles: `sizes` are the bytes that each count takes, in their order."""

    config: str
    settled: bytes
    members: dict[str, bytes]
    sizes: dict[str, int]


class Total(Struct, frozen=True):
    """The evidence of all articles of a run by count, the digest of what each gave by path, and that of the outcome."""

    settled: bytes
    members: dict[str, bytes]
    evidence: Mapping[str, memoryview]


_NEAR = msgspec.msgpack.Decoder(Near)
_FAR = msgspec.msgpack.Decoder(Far)
_HEAD = msgspec.msgpack.Decoder(_Head)
_SIZE = 4
"""Bytes that say how long what follows is."""
_ENCODE = msgspec.msgpack.Encoder().encode


class Config(Struct, frozen=True):
    """What decides whether a result can be used again: digests of the program, and of it with all settings."""

    program: str
    whole: str


class Cache:
    """An open cache; what is written is written in a few short transactions."""

    def __init__(self, file: Path, config: Config) -> None:
        self._config = config
        self._waiting: list[tuple[str, str, bytes, bytes]] = []
        self._connection = _connected(file)

    def near(self, path: str) -> tuple[Near, bytes] | None:
        """Return what is known of the article at `path`, and its digest. Raises OddError, as all methods do."""
        with _explained():
            row = self._one("SELECT near FROM articles WHERE config = ? AND path = ?", path)
            if row is None:
                return None
            data = _sound(row)
            near = _NEAR.decode(data)
        if (near.config, near.path) != (self._config.whole, path):
            raise OddError("a row under another name")
        return near, digest_of(data)

    def far(self, path: str, digest: bytes) -> Far | None:
        """Return the rest of what is known; None when another run has changed it meanwhile."""
        with _explained():
            row = self._one("SELECT far FROM articles WHERE config = ? AND path = ?", path)
            return _FAR.decode(row) if isinstance(row, bytes) and digest_of(row) == digest else None

    def total(self) -> Total | None:
        """Return what all articles of the last run came to."""
        with _explained():
            row = self._one("SELECT total FROM totals WHERE config = ?")
            return None if row is None else _opened(row, self._config.whole)

    def put(self, path: str, kept: tuple[bytes, bytes, bytes], far: Far, evidence: bytes) -> bytes:
        """Write what is known of an article (`kept`: its inputs, what is shown, what was told); return its digest."""
        rest = _ENCODE(far)
        near = _ENCODE(Near(self._config.whole, path, *kept, evidence, digest_of(rest)))
        stamp = digest_of(near)
        self._waiting.append((self._config.whole, path, stamp + near, rest))
        if len(self._waiting) >= _BATCH:
            self.write()
        return stamp

    def write(self) -> None:
        """Write what waits."""
        rows, self._waiting = self._waiting, []
        if rows and self._has_room():
            with _explained(), self._transaction():
                self._note_run()
                self._connection.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)", rows)

    def settle(self, settled: bytes, members: dict[str, bytes], evidence: Mapping[str, bytes]) -> None:
        """Write what all articles came to, and drop what other versions left and what is too much."""
        self.write()
        sizes = {name: len(part) for name, part in evidence.items()}
        head = _ENCODE(_Head(self._config.whole, settled, members, sizes))
        pieces = (len(head).to_bytes(_SIZE), head, *evidence.values())
        with _explained(), self._transaction():
            self._note_run()
            if sum(map(len, pieces)) < LARGEST:
                self._put_total(pieces)
            self._drop("program != ?", self._config.program)
        while not self._has_room() and self._drop_oldest():
            pass

    def _put_total(self, pieces: Sequence[bytes]) -> None:
        """Write the bytes piece by piece: in one they would be in memory several times."""
        known = hashlib.blake2b(digest_size=DIGEST)
        made = self._connection.execute(
            "INSERT OR REPLACE INTO totals VALUES (?, zeroblob(?))",
            (self._config.whole, DIGEST + sum(map(len, pieces))),
        )
        assert made.lastrowid is not None
        with self._connection.blobopen("totals", "total", made.lastrowid) as blob:
            blob.seek(DIGEST)
            for piece in pieces:
                known.update(piece)
                blob.write(piece)
            blob.seek(0)
            blob.write(known.digest())

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _note_run(self) -> None:
        """Note that these settings are the last ones that were used."""
        self._connection.execute(
            "INSERT OR REPLACE INTO runs SELECT ?, ?, coalesce(max(last), 0) + 1 FROM runs",
            (self._config.whole, self._config.program),
        )

    def _one(self, query: str, *words: str) -> object:
        row = self._connection.execute(query, (self._config.whole, *words)).fetchone()
        return row[0] if row else None

    def _has_room(self) -> bool:
        with _explained():
            pages, free = (self._connection.execute(f"PRAGMA {each}").fetchone()[0] for each in _COUNTS)
        return bool((pages - free) * _PAGE <= LARGEST)

    def _drop_oldest(self) -> bool:
        """Drop the results under the settings that were used longest ago; return whether there were any others."""
        with _explained(), self._transaction():
            oldest = "last = (SELECT min(last) FROM runs WHERE config != ?) AND config != ?"
            return self._drop(oldest, self._config.whole, self._config.whole)

    def _drop(self, which: str, *words: str) -> bool:
        for table in ("articles", "totals"):
            self._connection.execute(
                f"DELETE FROM {table} WHERE config NOT IN (SELECT config FROM runs)"
                f" OR config IN (SELECT config FROM runs WHERE {which})",
                words,
            )
        return self._connection.execute(f"DELETE FROM runs WHERE {which}", words).rowcount > 0

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


_COUNTS = ("page_count", "freelist_count")


def _sound(row: object) -> memoryview:
    if not isinstance(row, bytes) or digest_of(data := memoryview(row)[DIGEST:]) != row[:DIGEST]:
        raise OddError("its bytes are not those that were written")
    return data


def _opened(row: object, config: str) -> Total | None:
    """Return what `_put_total` has written; None when it is of other settings."""
    data = _sound(row)
    at = _SIZE + int.from_bytes(data[:_SIZE])
    head = _HEAD.decode(data[_SIZE:at])
    parts = {}
    for name, size in head.sizes.items():
        parts[name] = data[at : at + size]
        at += size
    return Total(head.settled, head.members, parts) if head.config == config else None


@contextmanager
def _explained() -> Iterator[None]:
    import sqlite3

    try:
        yield
    except (sqlite3.Error, msgspec.DecodeError, UnicodeDecodeError, OverflowError) as error:
        raise OddError(str(error)) from error


def _connected(file: Path) -> sqlite3.Connection:
    import sqlite3

    if not os.path.lexists(file):
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
        try:
            os.close(os.open(file, flags, 0o600))
        except FileExistsError:
            pass  # another run was quicker
        except OSError as error:
            raise OddError(error.strerror or str(error)) from error
    with _explained():
        made = sqlite3.connect(f"file:{quote(os.fspath(file))}?mode=rw", _PATIENCE, isolation_level=None, uri=True)
        try:
            made.executescript("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA synchronous = NORMAL;")
            _prepared(made)
        except BaseException:
            made.close()
            raise
    return made


def _prepared(made: sqlite3.Connection) -> None:
    """Make the tables of a new file. Raises OddError when there are others."""
    if not made.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        made.executescript(f"PRAGMA page_size = {_PAGE}; PRAGMA auto_vacuum = FULL;")
        made.execute("BEGIN IMMEDIATE")
        if not made.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for table in _TABLES:
                made.execute(table)
            made.execute(f"PRAGMA user_version = {_FORMAT}")
        made.execute("COMMIT")
    tables = {row[0] for row in made.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    if tables != set(_TABLES) or made.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
        raise OddError("it has other tables than bilint makes")


def stamp_of(digests: Sequence[tuple[str, bytes]]) -> bytes:
    """Return what stands for these results, each with its path."""
    return digest_of(_ENCODE(sorted(digests)))
