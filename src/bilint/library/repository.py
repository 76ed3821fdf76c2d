"""A Git repository at a revision: the original as it was when it was translated."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from bilint.files import is_file, read_bytes
from bilint.library import git, git_directory
from bilint.library.cache import Cache, Copy, write_atomically
from bilint.library.recorded import is_recorded
from bilint.library.stores import LastChange, Store
from bilint.messages import phrase
from bilint.model import UserError
from bilint.text.code_hosts import blob

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_REVISION = re.compile(r"[0-9A-Za-z][^\s:\\?*\[{}\x00-\x1f\x7f]{0,200}")
"""No braces: `HEAD^{/EXPRESSION}` searches all messages, for an expression that may take for ever."""
_HISTORY = 500
"""How many changes of a file are looked through for the version that was translated."""
_SHALLOW = phrase("the clone is shallow, get the history with `git fetch --unshallow` or, in CI, `fetch-depth: 0`")
_ALGORITHMS = {40: hashlib.sha1, 64: hashlib.sha256}
_ENTRY = {size: re.compile(rb"([0-7]+) ([^\0]+)\0(.{%d})" % (size // 2), re.DOTALL) for size in _ALGORITHMS}
"""Of a tree: mode, name and the object's own name, which is as long as the tree's."""


def open_repository(name: str, root: Path, cache: Cache, most: int, trusted: Sequence[str] = ()) -> Repository:
    """Return the store `git:PATH@REVISION`; files larger than `most` bytes are left alone.

    Raises UserError when the name is malformed, PATH is in no repository, the repository has no such revision, or its
    git directory is one that a commit of the checked tree could have brought and that is not among `trusted`.
    """
    path, at, revision = name.removeprefix("git:").rpartition("@")
    if not at or not path or not _REVISION.fullmatch(revision):
        raise UserError(
            "`originals.stores`: {name} is not `git:PATH@REVISION`", "for example `git:../docs@v1.2`", name=name
        )
    folder = root / path
    if not folder.is_dir():
        raise UserError("`originals.stores`: {name}: no such folder", name=name)
    place = git_directory.find(folder)
    if place is None:
        raise UserError("`originals.stores`: {name}: not a git repository", name=name)
    if _could_be_committed(place.directory, root) and not _is_trusted(folder, trusted):
        raise UserError(
            "`originals.stores`: {name}: {path} is a repository that lies among the files of the checked tree",
            "if it is yours and no pull request can change it, pass --trust-store {path}",
            name=name,
            path=path,
        )
    checkout = _Checkout(name, place, _prefix(folder, place), revision, root)
    try:
        git.commit(place, revision)
    except git.GitError as error:
        raise UserError("`originals.stores`: {name}: {error}", name=name, error=error) from error
    return Repository(checkout, cache, most)


def _could_be_committed(directory: Path, root: Path) -> bool:
    """Whether a git directory lies among the tree's files, or they in it; no commit can hold a part `.git`."""
    here = Path(os.path.realpath(root))
    own = git_directory.find_tree(root)
    tree = own.top if own and own.top else here
    return here.is_relative_to(directory) or (
        directory.is_relative_to(tree) and ".git" not in directory.relative_to(tree).parts
    )


def _is_trusted(folder: Path, trusted: Sequence[str]) -> bool:
    return os.path.realpath(folder) in {os.path.realpath(path) for path in trusted}


def _prefix(folder: Path, place: git_directory.Place) -> str:
    """Return the folder inside the repository, with a slash; in a bare repository no file can be named by a folder."""
    inside = Path(os.path.realpath(folder)).relative_to(place.top).as_posix() if place.top else "."
    return "" if inside == "." else f"{inside}/"


class _Checkout(NamedTuple):
    """A store as it is named: its repository, its folder in there, the revision, the settings' folder."""

    name: str
    place: git_directory.Place
    prefix: str
    revision: str
    root: Path


class Repository(Store):
    """A repository at hand; what is read from it goes into the cache."""

    def __init__(self, checkout: _Checkout, cache: Cache, most: int) -> None:
        self._checkout = checkout
        self._cache = cache
        self._most = most
        self._batch: git.Batch | None = None
        self._commits: set[str] = set()
        self._folders: dict[str, Mapping[bytes, str]] = {}

    def __getstate__(self) -> Mapping[str, object]:
        own = {name: value for name, value in self.__dict__.items() if name != "_last_changes"}
        return own | {"_batch": None, "_folders": {}}

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

    def namesake(self, place: Path, revision: str | None) -> Copy | None:
        """Return what the repository has at the path of a translation that lies in none, or in another one."""
        own = git_directory.find_tree(place.parent)
        is_here = own is not None and own.directory == self._checkout.place.directory
        return None if is_here else self.file(place, revision)

    def version(self, place: Path, digest: str) -> Copy | None:
        """Return the version of the file whose MD5 is `digest`, from the history of the store's revision."""
        return next((copy for path in self._paths(place) if (copy := self._recorded(path, digest))), None)

    def _recorded(self, path: str, digest: str) -> Copy | None:
        with self._explained():
            revisions = git.history(self._checkout.place, self._checkout.revision, path, _HISTORY)
        copies = (self._at(revision, path) for revision in revisions)
        return next((copy for copy in copies if copy and is_recorded(read_bytes(copy.path), digest)), None)

    def has(self, revision: str) -> bool | None:
        """Whether the repository has the commit."""
        if revision not in self._commits:
            if not _REVISION.fullmatch(revision) or self._object(f"{revision}^{{commit}}") is None:
                return False
            self._commits.add(revision)
        return True

    def _with_newest(self, copy: Copy, path: str) -> Copy:
        """The copy, with the file at the store's own revision where that is another text."""
        newest = self._at(self._checkout.revision, path)
        return copy._replace(latest=newest.path) if newest and newest.path != copy.path else copy

    def _paths(self, place: Path) -> list[str]:
        bases = [(self._checkout.place.top, ""), (Path(os.path.realpath(self._checkout.root)), self._checkout.prefix)]
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
        return Copy(self._kept(found.id, found.body, posixpath.splitext(path)[1]), uri=uri, shown=uri)

    def _kept(self, name: str, body: bytes, extension: str) -> Path:
        """Return the file in the cache, under the name Git gives to these bytes."""
        suffix = (
            extension.lower() if re.fullmatch(r"\.(?:html?|xhtml|mdx?|markdown)", extension, re.IGNORECASE) else ".md"
        )
        file = self._cache.folder / "git" / name[:2] / f"{name}{suffix}"
        if not is_file(file) or _blob_id(read_bytes(file, self._most), len(name)) != name:
            self._cache.make()
            write_atomically(file, body)
        return file

    def _object(self, name: str) -> git.GitObject | None:
        with self._explained():
            if self._batch is None or not self._batch.is_usable:
                self._batch = git.Batch(self._checkout.place)
            return self._batch.read(name, self._most)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except git.GitError as error:
            raise UserError("`originals.stores`: {name}: {error}", name=self._checkout.name, error=error) from error


class _Surrounding(Repository):
    """The repository that the articles lie in: asked only for commits that they name, and missed by nobody."""

    def page(self, url: str) -> Copy | None:
        return None

    def file(self, place: Path, revision: str | None) -> Copy | None:
        return super().file(place, revision) if revision and self.has(revision) else None

    def namesake(self, place: Path, revision: str | None) -> Copy | None:
        return None

    def version(self, place: Path, digest: str) -> Copy | None:
        return None

    def last_change(self, place: Path) -> LastChange | None:
        checkout, paths = self._checkout, self._paths(place)
        if not paths:
            return None
        if git_directory.is_shallow(checkout.place):
            return LastChange(None, _SHALLOW)
        try:
            if not self._is_committed(paths[0], place):
                return LastChange(None, phrase("the translation is not as it was committed"))
        except (UserError, git.GitError) as error:
            return LastChange(None, str(error))
        changes, why = self._last_changes
        return LastChange(changes.get(paths[0]), why)

    def _is_committed(self, path: str, place: Path) -> bool:
        """Whether the file at `place` is as it was committed; Git is asked once for all files of a folder."""
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            tree = self._object(f"{self._checkout.revision}:{folder}")
            self._folders[folder] = _files(tree) if tree else {}
        if found := self._folders[folder].get(os.fsencode(name)):
            return _blob_id(read_bytes(place), len(found)) == found
        committed = self._object(f"{self._checkout.revision}:{path}")
        return committed is not None and committed.body == read_bytes(place)

    @cached_property
    def _last_changes(self) -> tuple[Mapping[str, str], str]:
        """The last commits of all files: asking for one walks through as many commits as asking for all."""
        try:
            return git.last_changes(self._checkout.place, self._checkout.revision, self._checkout.prefix), ""
        except git.GitError as error:
            return {}, phrase("{error}", error=error)

    def has(self, revision: str) -> bool | None:
        try:
            return super().has(revision) or None
        except UserError as error:
            if isinstance(error.__cause__, git.NoAnswerError):  # there is Git, and what it would say is not known
                raise
            return None  # no git: nobody asked for it


def surrounding(root: Path, cache: Cache, most: int) -> Iterator[Repository]:
    """Yield the repository that `root` lies in, if it lies in one."""
    place = git_directory.find_tree(root)
    if place:
        yield _Surrounding(_Checkout("git:.@HEAD", place, _prefix(root, place), "HEAD", root), cache, most)


def _files(tree: git.GitObject) -> Mapping[bytes, str]:
    """Return the regular files of a folder, by name, with what Git calls their contents."""
    if tree.kind != "tree" or tree.body is None:
        return {}
    entries = _ENTRY[len(tree.id)].findall(tree.body)
    return {name: each.hex() for mode, name, each in entries if mode.startswith(b"100")}


def _blob_id(body: bytes, length: int) -> str:
    return _ALGORITHMS[length](b"blob %d\0%b" % (len(body), body), usedforsecurity=False).hexdigest()
