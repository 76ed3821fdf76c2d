"""Pages on disk under the hash of their bytes: `<first two hex digits>/<sha256>.html` or `.md`.

Neither an address nor a server has a say in a file's name, so nothing they send can lead out of the folder.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from threading import get_ident
from typing import NamedTuple

from bilint.files import is_file, read_bytes
from bilint.messages.system import reason
from bilint.model import UserError

OWN_FOLDER = ".bilint"
SUFFIXES = (".html", ".md")
_LARGEST = 1_000_000_000
"""Bytes; how large a page may be was decided when it was fetched (`originals.max-bytes`)."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Copy(NamedTuple):
    """An original at hand: its file, that of a newer version, its address where that is not the one named.

    `charset` is what the server said of the encoding, empty when it said nothing or is not known; `outdated` says that
    this is known not to be the text that was translated, `shown` is what it is called when not by its file.
    """

    path: Path
    latest: Path | None = None
    uri: str | None = None
    charset: str = ""
    outdated: bool = False
    shown: str = ""


class Cache:
    """The files of a folder, which is made when the first page is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, body: bytes, suffix: str) -> str:
        """Write a page, unless it is there and sound, and return its sha256. Raises UserError when that fails."""
        digest = hashlib.sha256(body).hexdigest()
        if self.find(digest) is None:
            self.make()
            write_atomically(self.folder / digest[:2] / f"{digest}{suffix}", body)
        return digest

    def make(self) -> None:
        """Make the folder. In `.bilint`, which is bilint's own, Git is told to leave it alone. Raises UserError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError("{folder}: cannot be made: {reason}", folder=self.folder, reason=reason(error)) from error
        own = next((place for place in (self.folder, *self.folder.parents) if place.name == OWN_FOLDER), None)
        if own and not os.path.lexists(own / ".gitignore"):
            write_atomically(own / ".gitignore", b"*\n")

    def find(self, digest: str) -> Path | None:
        """Return the file of a page; None when there is none, or its bytes are not those that were fetched."""
        return next((file for file in self._files(digest) if _hash(file) == digest), None)

    def broken(self, digest: str) -> Path | None:
        """Return the file that should hold the page but holds something else, if there is one."""
        return next((file for file in self._files(digest) if _hash(file) != digest), None)

    def _files(self, digest: str) -> list[Path]:
        if not _SHA256.fullmatch(digest):
            return []
        files = (self.folder / digest[:2] / f"{digest}{suffix}" for suffix in SUFFIXES)
        return [file for file in files if is_file(file)]


def write_atomically(file: Path, data: bytes) -> None:
    """Write a file so that at any moment there is the old one or the new one. Raises UserError when that fails."""
    # Not `tempfile`: its files are closed to everyone else, and would stay so.
    part = file.with_name(f".{file.name}.{os.getpid()}-{get_ident()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(part, file)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UserError("{file}: cannot be written: {why}", file=file, why=reason(error)) from error


def _hash(file: Path) -> str:
    try:
        return hashlib.sha256(read_bytes(file, _LARGEST)).hexdigest()
    except UserError:
        return ""
