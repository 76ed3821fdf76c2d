"""`bilint.lock`: which version of each page was fetched, as JSON lines sorted by URL below a header."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, TypeVar

import msgspec

from bilint.files import read_bytes
from bilint.library.cache import Cache, write_atomically
from bilint.messages import phrase
from bilint.messages.system import reason
from bilint.model import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

VERSION = 1
_GUARD = ".guard"
_PATIENCE = 60
_LARGEST = 1_000_000_000
"""Bytes: a million pages are 400,000,000."""
_HINT = phrase("mend the line or remove it; `bilint fetch` fetches what is not listed")
_Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line."""

    bilint_lock: int


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One page. `sha256` and `size` are those of the text that translations are checked against.

    `url` is as the first article named it, `key` its normal form. `latest` is the hash of a newer version; all other
    fields describe the newest version.
    """

    url: str
    key: str
    final_url: str
    sha256: _Sha256
    size: int
    fetched: str
    status: int
    content_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    latest: _Sha256 | None = None

    @property
    def newest(self) -> str:
        """The hash of the newest version."""
        return self.latest or self.sha256


class Pin(msgspec.Struct, frozen=True, gc=False):
    """What a check needs of an entry; to read no more than this takes a quarter of the time."""

    key: str
    sha256: str
    latest: str | None = None
    charset: str = ""


_Record = TypeVar("_Record", Entry, Pin)
_ENTRIES = msgspec.json.Decoder(Entry)
_PINS = msgspec.json.Decoder(Pin)


class Lock:
    """The lock file at `file`, read when it is first asked; a guard in the folder of the cache keeps writers apart."""

    def __init__(self, file: Path, cache: Cache) -> None:
        self.file = file
        self._cache = cache
        self._guard = cache.folder / _GUARD

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Key → entry. Raises UserError, with `file:line`, for a file that cannot be read or is not a lock file."""
        return _read(self.file, _ENTRIES)

    @cached_property
    def pins(self) -> Mapping[str, Pin]:
        """Key → the hashes of an entry, which are not yet known to be hashes. Raises UserError like `entries`."""
        return _read(self.file, _PINS)

    def count_as_empty(self) -> None:
        """Answer as if nothing were listed, until something is written."""
        self.__dict__ |= {"entries": {}, "pins": {}}

    @property
    def shown(self) -> str:
        """The file as messages call it."""
        return _shown(self.file)

    def change(self, changes: Iterable[tuple[str, Callable[[Entry | None], Entry]]]) -> None:
        """Apply (key, entry on disk → new entry) to the file, whatever other runs have written to it meanwhile.

        Raises UserError like `entries`, and when the file cannot be written.
        """
        from filelock import FileLock, Timeout

        try:
            self._cache.make()
            with FileLock(self._guard, timeout=_PATIENCE):
                before = _read(self.file, _ENTRIES)
                after = dict(before)
                for key, change in changes:
                    after[key] = change(after.get(key))
                if after != before:
                    write_atomically(self.file, _written(after.values()))
        except Timeout as error:
            hint = phrase("if no other bilint is running, remove {guard}", guard=self._guard)
            raise UserError(
                "{file}: another run has held it for {seconds} s", hint, file=self.file, seconds=_PATIENCE
            ) from error
        except OSError as error:
            raise UserError(
                "{guard}: cannot be written: {why}",
                guard=self._guard,
                why=reason(error),
            ) from error
        self.__dict__["entries"] = after
        self.__dict__.pop("pins", None)


def renewed(old: Entry | None, new: Entry) -> Entry:
    """Return `old` after the page was received again as `new`: what was checked against stays, a change is `latest`."""
    if old is None:
        return new
    if new.sha256 == old.newest:
        return msgspec.structs.replace(old, etag=new.etag, last_modified=new.last_modified, final_url=new.final_url)
    latest = None if new.sha256 == old.sha256 else new.sha256
    return msgspec.structs.replace(new, url=old.url, sha256=old.sha256, size=old.size, latest=latest)


def accepted(entry: Entry, size: int) -> Entry:
    """Return the entry with its newest version, of `size` bytes, as the one that translations are checked against."""
    return msgspec.structs.replace(entry, sha256=entry.newest, size=size, latest=None) if entry.latest else entry


def _written(entries: Iterable[Entry]) -> bytes:
    encode = msgspec.json.Encoder().encode
    ordered = sorted(entries, key=lambda entry: (entry.url, entry.key))
    return b"\n".join((encode(_Header(VERSION)), *map(encode, ordered), b""))


def _read(file: Path, decoder: msgspec.json.Decoder[_Record]) -> dict[str, _Record]:
    if not os.path.lexists(file):
        return {}
    data = read_bytes(file, _LARGEST, _shown(file))
    head_end = data.find(b"\n") if b"\n" in data else len(data)
    _check_header(data[:head_end], file)
    rest = memoryview(data)[head_end + 1 :]
    try:
        entries = decoder.decode_lines(rest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _first_error(bytes(rest), file) from None
    found = {entry.key: entry for entry in entries}
    if len(found) < len(entries):
        raise _first_repeated(entries, file)
    return found


def _check_header(line: bytes, file: Path) -> None:
    try:
        version = msgspec.json.decode(line, type=_Header).bilint_lock
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UserError("{file}:1: is not the first line of a lock file", _HINT, file=_shown(file)) from None
    if version != VERSION:
        hint = phrase("update bilint, or remove the file and run `bilint fetch`")
        raise UserError(
            "{file}:1: has the format {version}, this bilint knows {known}",
            hint,
            file=_shown(file),
            version=version,
            known=VERSION,
        )


def _first_error(rest: bytes, file: Path) -> UserError:
    for number, line in enumerate(rest.split(b"\n"), 2):
        try:
            if line.strip():
                _ENTRIES.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            text = str(error)
            return UserError(
                "{file}:{number}: is not a page: {text}",
                _HINT,
                file=_shown(file),
                number=number,
                text=f"{text[0].lower()}{text[1:]}",
            )
    return UserError("{file}: is not a lock file", _HINT, file=_shown(file))


def _first_repeated(entries: Sequence[Entry | Pin], file: Path) -> UserError:
    lines: dict[str, int] = {}
    for number, entry in enumerate(entries, 2):
        if entry.key in lines:
            return UserError(
                "{file}:{number}: {key} is already listed in line {line}",
                _HINT,
                file=_shown(file),
                number=number,
                key=entry.key,
                line=lines[entry.key],
            )
        lines[entry.key] = number
    raise AssertionError("no page is listed twice")


def _shown(file: Path) -> str:
    try:
        return os.path.relpath(file).replace(os.sep, "/")
    except ValueError:  # another drive
        return str(file)
