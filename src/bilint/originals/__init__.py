"""Target article → its English original, as far as it is at hand on disk.

Tried in order: what the user gave (`--pairs`, `--source`), front matter, what the article's text names (link, via,
comment), mirrored paths. Only files that exist count. A URL leads to the file the index lists, to a page that was
fetched, or to the only file named like it.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from bilint.model import Document, Original, Span, UserError
from bilint.originals import sidecar
from bilint.originals.cache import Copy
from bilint.originals.fetched import Fetched
from bilint.originals.index import Index
from bilint.originals.links import candidates, in_front_matter
from bilint.originals.locators import Named
from bilint.originals.pairs import URL_SCHEMES
from bilint.originals.paths import mirrored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bilint.settings import Originals

INDEX = "index.tsv"
_NOTHING_GIVEN: Mapping[str, str] = MappingProxyType({})


class Wanted(NamedTuple):
    """A page an article names as its original; `line` is 0 when the user gave it, `file` where it is saved by hand."""

    url: str
    line: int
    file: str | None


class Finder:
    """Finds originals. `root` is what the settings' paths are relative to; `given` is target path → source path or URL.

    `given_by` says where `given` comes from ("pairs" or "source"). Raises UserError for a bad index or a given file
    that is not there.
    """

    def __init__(
        self, settings: Originals, root: Path, given: Mapping[str, str] = _NOTHING_GIVEN, *, given_by: str = "pairs"
    ) -> None:
        self._settings = settings
        self._root = Path(os.path.abspath(root))
        self._folder = self._root / settings.folder
        self._index = Index(self._folder, _index_file(settings, self._folder))
        self.fetched = Fetched(settings, self._root)
        self._given = {os.path.abspath(target): source for target, source in given.items()}
        self._given_by = given_by
        for source in given.values():
            if not _is_url(source) and not Path(source).is_file():
                raise UserError(f"{source}: no such file", "name a file that exists, or a URL")

    def find(self, document: Document) -> tuple[Original | None, str]:
        """Return the original of `document` and why its file is not at hand, or none is known; else an empty string.

        `path` of the original is absolute when the document's is, else relative to the working directory.
        """
        given = self._given.get(os.path.abspath(document.path))
        if given is not None:
            return self._from_given(document.path, given)
        names = self._names(document)
        for name in names:
            if copy := self._at_hand(name, document.path):
                return _original(name, copy, document.path), ""
        uri = next((name.uri for name in names if name.uri), None)
        if file := self._mirrored(document.path):
            return Original(uri, _shown(file, document.path), "path"), ""
        return self._without_file(document, names)

    def wanted(self, document: Document) -> Wanted | None:
        """Return the page that `document` names as its original; None when it names none."""
        given = self._given.get(os.path.abspath(document.path))
        names = self._names(document) if given is None else []
        if given is not None and _is_url(given):
            names = [Named(given, None, self._given_by, Span(0, 0))]
        name = next((name for name in names if name.uri), None)
        if name is None or name.uri is None:
            return None
        line = 0 if given else document.text.count("\n", 0, name.span.start) + 1
        return Wanted(name.uri, line, self._saved(name.uri, names, document.path))

    def _saved(self, url: str, names: list[Named], target: str) -> str | None:
        """Return the file that makes fetching `url` needless; a page that was fetched before does not."""
        if self.fetched.entry(url) and not self._index.listed(url):
            return None
        copy = next(filter(None, (self._at_hand(name, target) for name in names)), None)
        file = copy.path if copy else self._mirrored(target)
        return _shown(file, target) if file else None

    def _names(self, document: Document) -> list[Named]:
        return [*in_front_matter(document, self._settings.front_matter), *candidates(document)]

    def _from_given(self, target: str, source: str) -> tuple[Original | None, str]:
        if _is_url(source):
            name = Named(source, None, self._given_by, Span(0, 0))
            if copy := self._at_hand(name, target):
                return _original(name, copy, target), ""
            return Original(source, None, self._given_by), self._how_to_get(source, "was given")
        if _is_same(Path(source), target):
            return None, f"was given {source} as its source, which is the same file"
        return Original(None, Path(source).as_posix(), self._given_by), ""

    def _at_hand(self, name: Named, target: str) -> Copy | None:
        copies: Iterator[Copy | None]
        if name.uri:
            copies = iter((self._page(name.uri),))
        else:
            copies = (Copy(file) for file in self._places(name, target) if file.is_file())
        return next((copy for copy in copies if copy and not _is_same(copy.path, target)), None)

    def _page(self, url: str) -> Copy | None:
        if file := self._index.listed(url):
            return Copy(file)
        if copy := self.fetched.find(url):
            return copy
        file = self._index.find(url)
        return Copy(file) if file else None

    def _places(self, name: Named, target: str) -> Iterator[Path]:
        """Yield where a relative path may lead: links start at the article, metadata at the repository."""
        path = (name.path or "").lstrip("/")
        here = Path(os.path.abspath(target))
        beside = [here.parent] if not (name.path or "").startswith("/") else []
        roots = [*sidecar.repositories(here), self._root, self._folder]
        from_article = name.found_by in {"link", "via"} or path.startswith(("./", "../"))
        for base in [*beside, *roots] if from_article else [*roots, *beside]:
            yield base / path
            if "%" in path:
                yield base / unquote(path)

    def _mirrored(self, target: str) -> Path | None:
        here = Path(os.path.abspath(target))
        recorded = (base / path for path in sidecar.source_paths(here) for base in sidecar.repositories(here))
        for places in (recorded, mirrored(self._settings.paths, target, self._root)):
            for file in places:
                if file.is_file() and not _is_same(file, target):
                    return Path(os.path.normpath(file))
        return None

    def _without_file(self, document: Document, names: list[Named]) -> tuple[Original | None, str]:
        for name in names:
            if name.uri:
                return Original(name.uri, None, name.found_by), self._how_to_get(name.uri, "names")
        for name in names:
            line = document.text.count("\n", 0, name.span.start) + 1
            if any(_is_same(place, document.path) for place in self._places(name, document.path)):
                return None, f"names itself as its original (line {line}: {name.path})"
            return None, f"names {name.path} (line {line}), but there is no such file"
        return None, "names no original, and no file lies where `originals.paths` expects one"

    def _how_to_get(self, uri: str, verb: str) -> str:
        if missing := self._index.missing(uri):
            return (
                f"{verb} {uri}, but the file listed at {missing} is missing; save the page there or pass --source FILE"
            )
        if why := self.fetched.why_not(uri):
            return f"{verb} {uri}, but {why}"
        listing = self._index.file or self._folder / INDEX
        shown = listing.relative_to(self._root).as_posix() if listing.is_relative_to(self._root) else str(listing)
        return (
            f"{verb} {uri}, but {shown} does not list it; run `bilint fetch`, save the page there or pass --source FILE"
        )


def _index_file(settings: Originals, folder: Path) -> Path | None:
    if settings.index:
        return folder / settings.index
    return folder / INDEX if (folder / INDEX).is_file() else None


def _original(name: Named, copy: Copy, target: str) -> Original:
    latest = _shown(copy.latest, target) if copy.latest else None
    return Original(copy.uri or name.uri, _shown(copy.path, target), name.found_by, latest)


def _is_url(source: str) -> bool:
    return source.lower().startswith(URL_SCHEMES)


def _is_same(file: Path, target: str) -> bool:
    return os.path.realpath(file) == os.path.realpath(target)


def _shown(file: Path, target: str) -> str:
    if os.path.isabs(target):
        return file.as_posix()
    try:
        return Path(os.path.relpath(file)).as_posix()
    except ValueError:  # another drive
        return file.as_posix()
