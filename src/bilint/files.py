"""The one way files are read and replaced: regular ones, no larger than asked for, opened without waiting."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO, NamedTuple

from bilint.messages import phrase
from bilint.messages.system import reason
from bilint.model import UserError

LARGEST = 20_000_000
"""Bytes, unless the settings say otherwise; a million words of Chinese are 6,000,000."""
_WATCH: ContextVar[dict[str, str] | None] = ContextVar("_WATCH", default=None)
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))


class UnreadableError(UserError):
    """A file that is there and cannot be read."""


def read_bytes(path: str | Path, most: int = LARGEST, shown: str = "") -> bytes:
    """Return what is in a file; messages call it `shown`, or by its path.

    Raises UserError when it is not there, and UnreadableError when it is no regular file (a device or a pipe might
    never end), is larger than `most` bytes, or may not be read.
    """
    name = shown or os.fspath(path)
    with _explained(name), open_file(path, name) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(min(size, most) + 1)
        if len(data) > size:  # it grows, or is one of those of the system, which have no size
            data += file.read(most + 1 - len(data))
    if (seen := _WATCH.get()) is not None:
        key, digest = os.fspath(path), seal(data)
        seen[key] = digest if seen.get(key, digest) == digest else ""  # it has changed between two looks
    if len(data) > most:
        raise UnreadableError(
            "{name}: is larger than {most} bytes", "see the setting `max-file-bytes`", name=name, most=most
        )
    return data


def seal(data: bytes) -> str:
    """Return a digest of what is in a file."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


@contextmanager
def watched() -> Iterator[dict[str, str]]:
    """Record every file that `read_bytes` reads in the block: by path, the seal of what was in it."""
    seen: dict[str, str] = {}
    token = _WATCH.set(seen)
    try:
        yield seen
    finally:
        _WATCH.reset(token)


def read_head(path: str | Path, most: int) -> bytes:
    """Return the first bytes of a file, at most `most`. Raises like `read_bytes`."""
    with _explained(os.fspath(path)), open_file(path) as file:
        return file.read(most)


def open_file(path: str | Path, shown: str = "") -> BinaryIO:
    """Return a regular file, open for reading. Raises OSError, and UnreadableError for what is not a regular file.

    `shown` is what the error calls it, else its path.
    """
    number = os.open(path, _FLAGS)
    mode = os.fstat(number).st_mode
    if stat.S_ISREG(mode):
        return open(number, "rb")
    os.close(number)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    hint = phrase("text from a program is checked with `bilint check -`")
    raise UnreadableError("{shown}: is not a regular file", hint, shown=shown or os.fspath(path))


def replace_file(path: str, pieces: Iterable[bytes]) -> None:
    """Put what `pieces` come to in the place of a file, or of none, whole or not at all. Raises OSError.

    Mode and owner stay.
    """
    place = os.path.realpath(path)
    old = os.stat(place) if os.path.exists(place) else None
    handle, name = tempfile.mkstemp(prefix=".bilint-", dir=os.path.dirname(place))
    try:
        with open(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, stat.S_IMODE(old.st_mode) & 0o777 if old else 0o666 & ~_umask())
        if old and hasattr(os, "chown") and (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
            with suppress(OSError):  # only root may
                os.chown(name, old.st_uid, old.st_gid)
        os.replace(name, place)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise UserError("{name}: no such file or folder", name=name) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UnreadableError("{name}: cannot be read: {reason}", name=name, reason=reason(error)) from error


def is_file(path: str | Path) -> bool:
    """Return whether a regular file is there; False also where the system does not let us look."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


class Grounds(NamedTuple):
    """The folders, all links resolved, in which lies what an article or a walk through a folder may lead to."""

    roots: tuple[str, ...]

    def hold(self, path: str | Path) -> bool:
        """Return whether `path` lies in one of the folders after its links are resolved."""
        return self.hold_real(os.path.realpath(path))

    def hold_real(self, real: str) -> bool:
        """Return whether a path without links lies in one of the folders."""
        return any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in self.roots)

    def and_below(self, *folders: str | Path) -> Grounds:
        """Return the grounds with further folders."""
        return Grounds(tuple(dict.fromkeys((*self.roots, *(os.path.realpath(folder) for folder in folders)))))


class _Real:
    """Paths with their links resolved, those of a folder once for all that lies in it."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}

    def path(self, path: str) -> str:
        """Return what `os.path.realpath` does, which looks at every folder above. Raises ValueError for a NUL."""
        folder, name = os.path.split(path)
        if name in ("", os.curdir, os.pardir) or os.name == "nt":  # where one folder has several names
            return os.path.realpath(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        place = os.path.join(self._folders[folder], name)
        try:
            return os.path.realpath(place) if stat.S_ISLNK(os.lstat(place).st_mode) else place
        except OSError:
            return place


class Files:
    """The door between a rule and the checked tree: whether a file is there. Nothing is read, every answer is recorded.

    What lies outside the grounds is nobody's business here: it is as if it were there.
    """

    def __init__(self, grounds: Grounds) -> None:
        self._grounds = grounds
        self._real = _Real()
        self.given: dict[str, bool] = {}
        self.within: dict[str, bool] = {}

    def holds(self, path: str) -> bool:
        """Return whether a path lies within the grounds, its links resolved; asked again, it is the same."""
        if path not in self.within:
            self.within[path] = self._lies(path)
        return self.within[path]

    def has(self, path: str) -> bool:
        """Return whether a file or folder is at `path`, or it lies outside the grounds; asked again, it is the same."""
        name = os.path.normpath(path)
        if name not in self.given:
            self.given[name] = self._look(name)
        return self.given[name]

    def _look(self, name: str) -> bool:
        return not self._lies(name) or os.path.lexists(name)

    def _lies(self, path: str) -> bool:
        try:
            return self._grounds.hold_real(self._real.path(path))
        except (OSError, ValueError):  # a NUL, a name that is too long
            return False
