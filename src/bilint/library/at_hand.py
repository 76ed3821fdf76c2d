"""The originals on disk: those the index lists, those that were fetched, those in stores, those named like a URL."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bilint.files import UnreadableError, is_file, read_bytes, read_head
from bilint.library.cache import Copy
from bilint.library.fetched import Fetched
from bilint.library.index import LISTING, Index
from bilint.library.recorded import is_recorded
from bilint.library.stores import LastChange, open_stores
from bilint.messages import phrase
from bilint.model import Problem, UserError
from bilint.text.language import language

if TYPE_CHECKING:
    from pathlib import Path

    from bilint.files import Grounds
    from bilint.settings import Originals

_HEAD = 16_000
"""Bytes of a file that tell its language."""


class Version(NamedTuple):
    """Which version of the original an article was translated from: at a commit, or with an MD5; None for any.

    `is_named` says whether the article names the commit; else it is the last one of the translation, and what has not
    changed since is the file as it lies there.
    """

    revision: str | None
    digest: Callable[[], str | None]
    is_named: bool = True


ANY = Version(None, lambda: None)


class AtHand:
    """All places the settings name; `root` is what their paths are relative to.

    Raises UserError for a bad index and for a store that is not there.
    """

    def __init__(self, settings: Originals, root: Path, grounds: Grounds, trusted: Sequence[str] = ()) -> None:
        self._settings = settings
        self._root = root
        self.folder = root / settings.folder
        for key, folder in (("folder", self.folder), ("cache", root / settings.cache)):
            if os.path.lexists(folder) and not folder.is_dir():
                raise UserError(
                    "`originals.{key}`: {folder} is not a folder", key=key, folder=folder.relative_to(root).as_posix()
                )
        self.problems: list[Problem] = []
        self._grounds = grounds
        self.index = self._index(_index_file(settings, self.folder))
        self.fetched = Fetched(settings, root)
        if error := self.fetched.unreadable():
            self.problems.append(Problem(self.fetched.lock.shown, error.message, error.hint))
        self._stores = tuple(open_stores(settings, root, self.fetched.cache, grounds, trusted))
        self._lacking: dict[str, bool] = {}

    def _index(self, file: Path | None) -> Index:
        try:
            return Index(self.folder, file, self._grounds)
        except UnreadableError as error:
            self.problems.append(Problem(str(file), error.message, error.hint))
            return Index(self.folder, None, self._grounds)

    def page(self, url: str) -> Copy | None:
        """Return the page at `url`, from the most certain place that has it."""
        if file := self.index.listed(url):
            return Copy(file)
        if copy := self.fetched.find(url):
            return copy
        if copy := next(filter(None, (store.page(url) for store in self._stores)), None):
            return copy
        file = self.index.find(url)
        return Copy(file) if file else None

    def file(self, place: Path, version: Version) -> Copy | None:
        """Return what lies at `place`: in a Git store at the commit (of the article, else of the store), or now.

        A commit that no store has is not replaced by another one. What lies there now is the newer version.
        """
        if version.revision and self.lacks(version.revision):
            return None
        copy = next(filter(None, (store.file(place, version.revision) for store in self._stores)), None)
        if copy and is_file(place):
            copy = _beside(copy, place)
            copy = copy if copy.latest or version.is_named else Copy(place)
        elif is_file(place):
            copy = Copy(place)
        digest = version.digest() if copy and not version.revision else None
        return self._as_recorded(copy, place, digest) if copy and digest else copy

    def namesake(self, place: Path, version: Version) -> Copy | None:
        """Return what another repository among the stores has at the path of an article: two that mirror each other.

        A text with many Han characters is not the English of anything: the other one may hold translations too.
        """
        if version.revision and self.lacks(version.revision):
            return None
        copies = (store.namesake(place, version.revision) for store in self._stores)
        return next((copy for copy in copies if copy and not _is_chinese(copy.path)), None)

    @property
    def repositories(self) -> tuple[str, ...]:
        """The names of the Git stores, in the order of the settings."""
        return tuple(name for name in self._settings.stores if name.startswith("git:"))

    def last_change(self, place: Path) -> LastChange | None:
        """Return the commit that a translation was last changed in; None when it lies in no repository."""
        return next(filter(None, (store.last_change(place) for store in self._stores)), None)

    def _as_recorded(self, copy: Copy, place: Path, digest: str) -> Copy:
        """The version that has the recorded hash; when no store has it, `copy`, known to be another text."""
        if is_recorded(read_bytes(copy.path), digest):
            return copy
        old = next(filter(None, (store.version(place, digest) for store in self._stores)), None)
        newest = place if is_file(place) else copy.path
        return _beside(old, newest) if old else copy._replace(outdated=True)

    def lacks(self, revision: str) -> bool:
        """Whether there are Git stores, and none has the revision."""
        if revision not in self._lacking:
            answers = [answer for store in self._stores if (answer := store.has(revision)) is not None]
            self._lacking[revision] = bool(answers) and not any(answers)
        return self._lacking[revision]

    def how_to_get(self, url: str) -> str:
        """Return why the page at `url` is not at hand, and what to do."""
        otherwise = phrase("run `bilint fetch`, save the page there or pass --source FILE")
        if missing := self.index.missing(url):
            return phrase("{missing}; {otherwise}", missing=missing, otherwise=otherwise)
        reasons = (store.why_not(url) for store in self._stores)
        if why := self.fetched.why_not(url) or next(filter(None, reasons), ""):
            return why
        listing = self.index.listing
        is_ours = listing.is_relative_to(self._root)
        shown = listing.relative_to(self._root).as_posix() if is_ours else os.fspath(listing)
        return phrase("{listing} does not list it; {otherwise}", listing=shown, otherwise=otherwise)


def _beside(copy: Copy, place: Path) -> Copy:
    """The copy, with the file at `place` as the newer version where that is another text."""
    return copy._replace(latest=None if read_bytes(place) == read_bytes(copy.path) else place)


def _is_chinese(file: Path) -> bool:
    return language(read_head(file, _HEAD).decode("utf-8", "ignore")) == "zh"


def _index_file(settings: Originals, folder: Path) -> Path | None:
    if settings.index:
        return folder / settings.index
    return folder / LISTING if os.path.lexists(folder / LISTING) else None
