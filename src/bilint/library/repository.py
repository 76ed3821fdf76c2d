"""A Git repository at a revision: the original as it was when it was translated.

Git is asked over one `cat-file --batch` process; it runs no filter, no hook, and fetches nothing.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import subprocess
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from bilint.library.cache import Cache, Copy, write_atomically
from bilint.library.recorded import is_recorded
from bilint.library.stores import Store
from bilint.model import UserError
from bilint.text.code_hosts import blob

if TYPE_CHECKING:
    from collections.abc import Mapping

_REVISION = re.compile(r"[0-9A-Za-z][^\s:\\?*\[\x00-\x1f\x7f]{0,200}")
_HISTORY = 500
"""How many changes of a file are looked through for the version that was translated."""
_SPECIAL = frozenset({"symlink", "dangling", "loop", "notdir"})
_ALGORITHMS = {40: hashlib.sha1, 64: hashlib.sha256}


class _Object(NamedTuple):
    """What Git has under a name; `body` is None when it is larger than asked for."""

    id: str
    kind: str
    body: bytes | None


def open_repository(name: str, root: Path, cache: Cache, most: int) -> Repository:
    """Return the store `git:PATH@REVISION`; files larger than `most` bytes are left alone.

    Raises UserError when the name is malformed, PATH is in no repository, or the repository has no such revision.
    """
    path, at, revision = name.removeprefix("git:").rpartition("@")
    if not at or not path or not _REVISION.fullmatch(revision):
        raise UserError(f"`originals.stores`: {name} is not `git:PATH@REVISION`", "for example `git:../docs@v1.2`")
    folder = root / path
    if not folder.is_dir():
        raise UserError(f"`originals.stores`: {name}: no such folder")
    # In a bare repository there is no work tree, and no file of it can be named.
    prefix = _git(folder, name, "rev-parse", "--show-prefix").strip("\n")
    bare = _git(folder, name, "rev-parse", "--is-bare-repository").strip() == "true"
    top = None if bare else Path(_git(folder, name, "rev-parse", "--show-toplevel").strip("\n"))
    _git(folder, name, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    return Repository(_Checkout(name, folder, prefix, top, revision, root), cache, most)


class _Checkout(NamedTuple):
    """A store as it is named: its folder, that folder inside the repository, the work tree, the settings' folder."""

    name: str
    folder: Path
    prefix: str
    top: Path | None
    revision: str
    root: Path


class Repository(Store):
    """A repository at hand; what is read from it goes into the cache."""

    def __init__(self, checkout: _Checkout, cache: Cache, most: int) -> None:
        self._checkout = checkout
        self._cache = cache
        self._most = most
        self._batch: _Batch | None = None

    def __getstate__(self) -> Mapping[str, object]:
        return {**self.__dict__, "_batch": None}

    def page(self, url: str) -> Copy | None:
        """Return the file a code host's page shows at a commit, when the repository has the commit."""
        shown = blob(url)
        if shown is None or shown.commit is None:
            return None
        path = unquote(shown.path)
        copy = self._at(shown.commit, path)
        return self._with_newest(copy._replace(uri=None), path) if copy else None

    def file(self, place: Path, revision: str | None) -> Copy | None:
        """Return the file at `place` in the work tree, or at the same path below the store's folder as below `root`."""
        for path in self._paths(place):
            if copy := self._at(revision or self._checkout.revision, path):
                return copy
        return None

    def version(self, place: Path, digest: str) -> Copy | None:
        """Return the version of the file whose MD5 is `digest`, from the history of the store's revision."""
        return next((copy for path in self._paths(place) if (copy := self._recorded(path, digest))), None)

    def _recorded(self, path: str, digest: str) -> Copy | None:
        words = ("log", "--format=%H", f"--max-count={_HISTORY}", "--end-of-options", self._checkout.revision)
        history = _git(self._checkout.folder, self._checkout.name, *words, "--", f":(top,literal){path}")
        copies = (self._at(revision, path) for revision in history.split())
        return next((copy for copy in copies if copy and is_recorded(copy.path.read_bytes(), digest)), None)

    def has(self, revision: str) -> bool | None:
        """Whether the repository has the commit."""
        return bool(_REVISION.fullmatch(revision)) and self._object(f"{revision}^{{commit}}") is not None

    def _with_newest(self, copy: Copy, path: str) -> Copy:
        """The copy, with the file at the store's own revision where that is another text."""
        newest = self._at(self._checkout.revision, path)
        return copy._replace(latest=newest.path) if newest and newest.path != copy.path else copy

    def _paths(self, place: Path) -> list[str]:
        bases = [(self._checkout.top, ""), (Path(os.path.realpath(self._checkout.root)), self._checkout.prefix)]
        full = Path(os.path.realpath(place.parent)) / place.name
        return [
            posixpath.normpath(prefix + full.relative_to(base).as_posix())
            for base, prefix in bases
            if base is not None and full.is_relative_to(base)
        ]

    def _at(self, revision: str, path: str) -> Copy | None:
        if "\n" in path or path.startswith(("../", "/")) or not _REVISION.fullmatch(revision):
            return None
        found = self._object(f"{revision}:{path}")
        if found is None or found.kind != "blob" or found.body is None:
            return None
        uri = f"{self._checkout.name.rpartition('@')[0]}@{revision}:{path}"
        return Copy(self._kept(found.id, found.body, posixpath.splitext(path)[1]), uri=uri)

    def _kept(self, name: str, body: bytes, extension: str) -> Path:
        """Return the file in the cache, under the name Git gives to these bytes."""
        suffix = (
            extension.lower() if re.fullmatch(r"\.(?:html?|xhtml|mdx?|markdown)", extension, re.IGNORECASE) else ".md"
        )
        file = self._cache.folder / "git" / name[:2] / f"{name}{suffix}"
        if not file.is_file() or _blob_id(file.read_bytes(), len(name)) != name:
            write_atomically(file, body)
        return file

    def _object(self, name: str) -> _Object | None:
        # A process that was started before this one was forked is not ours to talk to.
        if self._batch is None or self._batch.owner != os.getpid():
            self._batch = _Batch(self._checkout.folder, self._checkout.name)
        return self._batch.read(name, self._most)


class _Batch:
    """A running `git cat-file --batch`, ended with this object."""

    def __init__(self, folder: Path, store: str) -> None:
        self.owner = os.getpid()
        self._store = store
        words = ["git", "-C", str(folder), "cat-file", "--batch", "--follow-symlinks"]
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        )
        weakref.finalize(self, _end, self._process, self.owner)

    def read(self, name: str, most: int) -> _Object | None:
        """Return an object; None when there is none of that name. Raises UserError when Git has ended."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(name.encode() + b"\n")
            stdin.flush()
        except OSError as error:
            raise UserError(f"{self._store}: git has ended unexpectedly") from error
        words = stdout.readline().decode("utf-8", "replace").split()
        if not words:
            raise UserError(f"{self._store}: git has ended unexpectedly")
        if not words[-1].isdigit():  # missing, ambiguous
            return None
        left = int(words[-1])
        body = stdout.read(left) if left <= most else None
        while body is None and left:
            left -= len(stdout.read(min(left, 2**16)))
        stdout.read(1)
        return None if words[0] in _SPECIAL else _Object(words[0], words[1], body)


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    if owner == os.getpid():
        process.communicate()


def _git(folder: Path, store: str, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, check=False, env=_environment(), encoding="utf-8"
        )
    except FileNotFoundError as error:
        raise UserError(f"`originals.stores`: {store} needs git, which is not installed") from error
    if done.returncode != 0:
        said = done.stderr.strip().split("\n")[0].removeprefix("fatal: ")
        raise UserError(f"`originals.stores`: {store}: {said or 'git failed'}")
    return done.stdout


def _environment() -> dict[str, str]:
    """Git asks nobody, changes nothing, and does not fetch what a partial clone lacks."""
    quiet = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    # Inside a hook, these would lead to another repository than the one named.
    inherited = {name: value for name, value in os.environ.items() if name not in _HOOK}
    return inherited | quiet


_HOOK = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"})


def _blob_id(body: bytes, length: int) -> str:
    return _ALGORITHMS[length](b"blob %d\0%b" % (len(body), body), usedforsecurity=False).hexdigest()
