"""The originals on disk: those the index lists, those that were fetched, those in stores, those named like a URL."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bilint.originals.cache import Copy
from bilint.originals.fetched import Fetched
from bilint.originals.index import Index
from bilint.originals.stores import open_stores

if TYPE_CHECKING:
    from pathlib import Path

    from bilint.settings import Originals

INDEX = "index.tsv"


class AtHand:
    """All places the settings name; `root` is what their paths are relative to.

    Raises UserError for a bad index and for a store that is not there.
    """

    def __init__(self, settings: Originals, root: Path) -> None:
        self._root = root
        self.folder = root / settings.folder
        self.index = Index(self.folder, _index_file(settings, self.folder))
        self.fetched = Fetched(settings, root)
        self._stores = tuple(open_stores(settings, root, self.fetched.cache))
        self._lacking: dict[str, bool] = {}

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

    def file(self, place: Path, revision: str | None) -> Copy | None:
        """Return what lies at `place`: in a Git store at the revision (of the article, else of the store), or now.

        A revision that no store has is not replaced by another one.
        """
        if revision and self.lacks(revision):
            return None
        if copy := next(filter(None, (store.file(place, revision) for store in self._stores)), None):
            return copy
        return Copy(place) if place.is_file() else None

    def lacks(self, revision: str) -> bool:
        """Whether there are Git stores, and none has the revision."""
        if revision not in self._lacking:
            answers = [answer for store in self._stores if (answer := store.has(revision)) is not None]
            self._lacking[revision] = bool(answers) and not any(answers)
        return self._lacking[revision]

    def how_to_get(self, url: str) -> str:
        """Return why the page at `url` is not at hand, and what to do."""
        otherwise = "run `bilint fetch`, save the page there or pass --source FILE"
        if missing := self.index.missing(url):
            return f"the file listed at {missing} is missing; {otherwise}"
        reasons = (store.why_not(url) for store in self._stores)
        if why := self.fetched.why_not(url) or next(filter(None, reasons), ""):
            return why
        listing = self.index.file or self.folder / INDEX
        is_ours = listing.is_relative_to(self._root)
        shown = listing.relative_to(self._root).as_posix() if is_ours else os.fspath(listing)
        return f"{shown} does not list it; {otherwise}"


def _index_file(settings: Originals, folder: Path) -> Path | None:
    if settings.index:
        return folder / settings.index
    return folder / INDEX if (folder / INDEX).is_file() else None
