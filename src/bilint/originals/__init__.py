"""Target article → its English original, as far as it is at hand on disk.

Tried in order: what the user gave (`--pairs`, `--source`), front matter, what the article's text names (link, via,
comment), mirrored paths. Only files that exist count.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bilint.model import Document, Original, UserError
from bilint.originals import sidecar
from bilint.originals.index import Index
from bilint.originals.pairs import URL_SCHEMES
from bilint.originals.paths import is_same_file, mirrored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bilint.originals.locators import Named
    from bilint.settings import Originals

INDEX = "index.tsv"
_NOTHING_GIVEN: Mapping[str, str] = MappingProxyType({})


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
        # Most of the patterns there are: not needed, nor compiled, for pairs and `--source`.
        from bilint.originals.links import candidates, in_front_matter

        names = [*in_front_matter(document, self._settings.front_matter), *candidates(document)]
        for name in names:
            if file := self._at_hand(name, document.path):
                return Original(name.uri, _shown(file, document.path), name.found_by), ""
        uri = next((name.uri for name in names if name.uri), None)
        if file := self._mirrored(document.path):
            return Original(uri, _shown(file, document.path), "path"), ""
        return self._without_file(document, names)

    def _from_given(self, target: str, source: str) -> tuple[Original | None, str]:
        if _is_url(source):
            file = self._fetched(source)
            if file and not is_same_file(str(file), target):
                return Original(source, _shown(file, target), self._given_by), ""
            return Original(source, None, self._given_by), self._how_to_get(source, "was given")
        if is_same_file(source, target):
            return None, f"was given {source} as its source, which is the same file"
        return Original(None, Path(source).as_posix(), self._given_by), ""

    def _at_hand(self, name: Named, target: str) -> Path | None:
        places = self._places(name, target) if name.path else filter(None, [self._fetched(name.uri or "")])
        return next((file for file in places if file.is_file() and not is_same_file(str(file), target)), None)

    def _fetched(self, url: str) -> Path | None:
        """Return the file that holds the page at `url`: the one seam a web cache has to fill."""
        return self._index.find(url)

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
                if file.is_file() and not is_same_file(str(file), target):
                    return Path(os.path.normpath(file))
        return None

    def _without_file(self, document: Document, names: list[Named]) -> tuple[Original | None, str]:
        for name in names:
            if name.uri:
                return Original(name.uri, None, name.found_by), self._how_to_get(name.uri, "names")
        for name in names:
            line = document.text.count("\n", 0, name.span.start) + 1
            if any(is_same_file(str(place), document.path) for place in self._places(name, document.path)):
                return None, f"names itself as its original (line {line}: {name.path})"
            return None, f"names {name.path} (line {line}), but there is no such file"
        return None, "names no original, and no file lies where `originals.paths` expects one"

    def _how_to_get(self, uri: str, verb: str) -> str:
        if missing := self._index.missing(uri):
            return (
                f"{verb} {uri}, but the file listed at {missing} is missing; save the page there or pass --source FILE"
            )
        listing = self._index.file or self._folder / INDEX
        shown = listing.relative_to(self._root).as_posix() if listing.is_relative_to(self._root) else str(listing)
        return f"{verb} {uri}, but {shown} does not list it; save the page there or pass --source FILE"


def _index_file(settings: Originals, folder: Path) -> Path | None:
    if settings.index:
        return folder / settings.index
    return folder / INDEX if (folder / INDEX).is_file() else None


def _is_url(source: str) -> bool:
    return source.lower().startswith(URL_SCHEMES)


def _shown(file: Path, target: str) -> str:
    if os.path.isabs(target):
        return file.as_posix()
    try:
        return Path(os.path.relpath(file)).as_posix()
    except ValueError:  # another drive
        return file.as_posix()
