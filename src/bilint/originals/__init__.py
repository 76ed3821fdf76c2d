"""Target article → its English original, as far as it is at hand on disk.

Tried in order: what the user gave (`--pairs`, `--source`), front matter, what the article's text names (link, via,
comment), mirrored paths. Only files that exist count. A URL leads to the file the index lists, to a page that was
fetched, or to the only file named like it.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from bilint.library.at_hand import ANY, AtHand, Version
from bilint.library.grounds import around, grounds
from bilint.messages import phrase
from bilint.model import Document, Kind, Original, Problem, Span, UserError
from bilint.originals import sidecar
from bilint.originals.locators import Named
from bilint.originals.pairs import URL_SCHEMES
from bilint.originals.paths import check_patterns, is_same_file, mirrored
from bilint.originals.recorded import hash_in_comments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bilint.library.cache import Copy
    from bilint.library.fetched import Fetched
    from bilint.library.index import Index
    from bilint.settings import Originals

GIVEN = frozenset({"pairs", "source"})
"""How an original was found that the user gave."""
_SEARCHES: ContextVar[list[Search] | None] = ContextVar("_SEARCHES", default=None)
_NOWHERE = Span(0, 0)
_NOTHING_GIVEN: Mapping[str, str] = MappingProxyType({})


class Wanted(NamedTuple):
    """A page an article names as its original; `line` is 0 when the user gave it, `file` where it is saved by hand."""

    url: str
    line: int
    file: str | None


class Clues(NamedTuple):
    """What of an article decides where its original is: what it names, with the lines, and the version translated.

    `revision` is a commit, `digest` an MD5; `is_given` says that the user gave the original: then nothing is named.
    """

    path: str
    is_given: bool
    names: tuple[Named, ...]
    lines: tuple[int, ...]
    revision: str | None
    digest: str | None


class Search(NamedTuple):
    """What `Finder.found` returned for clues."""

    clues: Clues
    original: Original | None
    why: str


@contextmanager
def sought() -> Iterator[list[Search]]:
    """Record every search for an original in the block."""
    searches: list[Search] = []
    token = _SEARCHES.set(searches)
    try:
        yield searches
    finally:
        _SEARCHES.reset(token)


def _version(clues: Clues) -> Version:
    recorded = partial(sidecar.recorded_hash, Path(clues.path).absolute())
    return Version(clues.revision, cache(lambda: clues.digest or recorded()))


class Finder:
    """Finds originals. `root` is what the settings' paths are relative to; `given` is target path → source path or URL.

    `given_by` says where `given` comes from ("pairs" or "source"), `trusted` are folders of Git stores that may lie
    among the files of the checked tree. Raises UserError for a bad index or a given file
    that is not there.
    """

    def __init__(
        self,
        settings: Originals,
        root: Path,
        given: Mapping[str, str] = _NOTHING_GIVEN,
        *,
        given_by: str = "pairs",
        trusted: Sequence[str] = (),
    ) -> None:
        self._settings = settings
        self._root = Path(os.path.abspath(root))
        self._grounds = grounds(settings, self._root)
        self._at_hand = AtHand(settings, self._root, self._grounds, trusted)
        self._given = {os.path.abspath(target): source for target, source in given.items()}
        self._given_by = given_by
        check_patterns(settings.paths)
        for source in given.values():
            if not _is_url(source) and not os.path.isfile(source):
                raise UserError("{source}: no such file", "name a file that exists, or a URL", source=source)

    def find(self, document: Document) -> tuple[Original | None, str]:
        """Return the original of `document` and why its file is not at hand, or none is known; else an empty string.

        `path` of the original is absolute when the document's is, else relative to the working directory.
        """
        clues = self.clues(document)
        original, why = self.found(clues)
        if (searches := _SEARCHES.get()) is not None:
            searches.append(Search(clues, original, why))
        return original, why

    def clues(self, document: Document) -> Clues:
        """Return what of a document decides where its original is."""
        is_given = os.path.abspath(document.path) in self._given
        names = () if is_given else tuple(self._names(document))
        lines = tuple(document.text.count("\n", 0, name.span.start) + 1 for name in names)
        digest = hash_in_comments(document)
        return Clues(document.path, is_given, names, lines, self._revision(document), digest)

    def fits(self, clues: Clues) -> bool:
        """Return whether clues from an earlier run are enough: they are not where an original was given only then."""
        return clues.is_given == (os.path.abspath(clues.path) in self._given)

    def found(self, clues: Clues) -> tuple[Original | None, str]:
        """Return what `find` returns of a document with these clues."""
        given = self._given.get(os.path.abspath(clues.path))
        if given is not None:
            return self._from_given(clues.path, given)
        names, target, version = clues.names, clues.path, _version(clues)
        for name in names:
            if copy := self._copy(name, target, version):
                return _original(name, copy, target), ""
        if today := self._mirrored(target, version):
            copy, as_is = self._as_translated(target, version, today)
            named = next((name for name in names if name.uri), Named(None, None, "path", _NOWHERE))
            return replace(_original(named._replace(found_by="path"), copy, target), as_is=as_is), ""
        if version.revision and self._at_hand.lacks(version.revision) and not any(name.uri for name in names):
            return None, phrase(
                "was translated from {revision}, which no Git store has (is the clone shallow?)",
                revision=version.revision,
            )
        return self._without_file(clues)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Files among the originals, such as the index, that are there and cannot be read."""
        return tuple(self._at_hand.problems)

    @property
    def fetched(self) -> Fetched:
        """The pages that were fetched before."""
        return self._at_hand.fetched

    @property
    def index(self) -> Index:
        """The pages that were saved by hand."""
        return self._at_hand.index

    def wanted(self, document: Document) -> Wanted | None:
        """Return the page that `document` names as its original; None when it names none."""
        given = self._given.get(os.path.abspath(document.path))
        names = self._names(document) if given is None else []
        if given is not None and _is_url(given):
            names = [Named(given, None, self._given_by, _NOWHERE)]
        name = next((name for name in names if name.uri), None)
        if name is None or name.uri is None:
            return None
        line = 0 if given else document.text.count("\n", 0, name.span.start) + 1
        file = None if self._is_fetched(name.uri) else self._saved(document, names)
        return Wanted(name.uri, line, file)

    def _is_fetched(self, url: str) -> bool:
        return self.fetched.entry(url) is not None and not self._at_hand.index.listed(url)

    def _saved(self, document: Document, names: list[Named]) -> str | None:
        target, version = document.path, _version(self.clues(document))
        copy = next(filter(None, (self._copy(name, target, version) for name in names)), None)
        copy = copy or self._mirrored(target, version)
        return _shown(copy.path, target) if copy else None

    def _revision(self, document: Document) -> str | None:
        """Return the commit that the article names; keys of the commit may stand in inner tables."""
        fields = [block for block in document.blocks if block.kind is Kind.FIELD]
        found = (
            field.content.partition(" #")[0].strip().strip("\"'")
            for key in self._settings.revision_keys
            for field in fields
            if field.info == key or field.info.endswith(f".{key}")
        )
        return next(filter(None, found), None)

    def _as_translated(self, target: str, version: Version, today: Copy) -> tuple[Copy, str]:
        """The original as of the last commit of the translation; else that of today and why that is not known."""
        if not self._settings.as_translated or version.revision or version.digest():
            return today, ""
        change = self._at_hand.last_change(Path(os.path.abspath(target)))
        if change is None or change.revision is None:
            return today, change.why if change else ""
        return self._mirrored(target, version._replace(revision=change.revision, is_named=False)) or today, ""

    def _names(self, document: Document) -> list[Named]:
        # Most of the patterns there are: not needed, nor compiled, for pairs and `--source`.
        from bilint.originals.links import candidates, in_front_matter

        return [*in_front_matter(document, self._settings.front_matter), *candidates(document)]

    def _from_given(self, target: str, source: str) -> tuple[Original | None, str]:
        if _is_url(source):
            name = Named(source, None, self._given_by, _NOWHERE)
            if copy := self._copy(name, target):
                return _original(name, copy, target), ""
            return Original(source, None, self._given_by), phrase(
                "was given {url}, but {why}", url=source, why=self._at_hand.how_to_get(source)
            )
        if is_same_file(source, target):
            return None, phrase("was given {source} as its source, which is the same file", source=source)
        return Original(None, Path(source).as_posix(), self._given_by), ""

    def _copy(self, name: Named, target: str, version: Version = ANY) -> Copy | None:
        if name.uri:
            copy = self._at_hand.page(name.uri)
            return copy if copy and not is_same_file(str(copy.path), target) else None
        return self._first(self._places(name, target), target, version)

    def _first(self, places: Iterable[Path], target: str, version: Version = ANY) -> Copy | None:
        others = (place for place in places if not is_same_file(str(place), target) and self._may_read(place, target))
        return next(filter(None, (self._at_hand.file(place, version) for place in others)), None)

    def _may_read(self, place: Path, target: str) -> bool:
        """Whether a path that an article leads to lies, links resolved, where articles may lead to."""
        here = Path(os.path.abspath(target))
        return not os.path.lexists(place) or self._grounds.hold(place) or around(here).hold(place)

    def _places(self, name: Named, target: str) -> Iterator[Path]:
        """Yield where a relative path may lead: links start at the article, metadata at the repository."""
        path = (name.path or "").lstrip("/")
        here = Path(os.path.abspath(target))
        beside = [here.parent] if not (name.path or "").startswith("/") else []
        roots = [*sidecar.repositories(here), self._root, self._at_hand.folder]
        from_article = name.found_by in {"link", "via"} or path.startswith(("./", "../"))
        for base in [*beside, *roots] if from_article else [*roots, *beside]:
            yield base / path
            if "%" in path:
                yield base / unquote(path)

    def _mirrored(self, target: str, version: Version = ANY) -> Copy | None:
        here = Path(os.path.abspath(target))
        recorded = (base / path for path in sidecar.source_paths(here) for base in sidecar.repositories(here))
        places = chain(recorded, mirrored(self._settings.paths, target, self._root))
        found = self._first((Path(os.path.normpath(place)) for place in places), target, version)
        return found or self._at_hand.namesake(here, version)

    def _leads_out(self, name: Named, target: str) -> bool:
        return any(os.path.lexists(place) and not self._may_read(place, target) for place in self._places(name, target))

    def _without_file(self, clues: Clues) -> tuple[Original | None, str]:
        for name in clues.names:
            if name.uri:
                return Original(name.uri, None, name.found_by, span=name.span), phrase(
                    "names {url}, but {why}", url=name.uri, why=self._at_hand.how_to_get(name.uri)
                )
        for name, line in zip(clues.names, clues.lines, strict=True):
            said = {"path": name.path, "line": line}
            if any(is_same_file(str(place), clues.path) for place in self._places(name, clues.path)):
                return None, phrase("names itself as its original (line {line}: {path})", **said)
            if self._leads_out(name, clues.path):
                return None, phrase(
                    "names {path} (line {line}), which lies outside the repository; it is not read", **said
                )
            return None, phrase("names {path} (line {line}), but there is no such file", **said)
        return None, phrase("names no original, and {why}", why=self._tried(clues.path))

    def _tried(self, target: str) -> str:
        """Say where the settings expect the original of a target: where it was looked for in vain."""
        full = Path(os.path.abspath(target))
        same = full.relative_to(self._root).as_posix() if full.is_relative_to(self._root) else full.name
        tried = [f"{store}:{same}" for store in self._at_hand.repositories]
        tried += (_shown(place, target) for place in mirrored(self._settings.paths, target, self._root))
        if not tried:
            return phrase("no pattern of `originals.paths` fits its path")
        told = tried[0]
        for place in tried[1:_MOST_TOLD]:
            told = phrase("{one} or {other}", one=told, other=place)
        if left := len(tried) - _MOST_TOLD if len(tried) > _MOST_TOLD else 0:
            return phrase("there is no {places} ({number} more tried)", places=told, number=left)
        return phrase("there is no {places}", places=told)


_MOST_TOLD = 3
"""Of the places where an original was looked for, how many are told: as many as a reader takes in."""


def own_address(source: Document) -> str | None:
    """Return the URL that an English file names as its own, as collections of originals write it above the text."""
    from bilint.originals.links import candidates

    return next((name.uri for name in candidates(source) if name.uri), None)


def _original(name: Named, copy: Copy, target: str) -> Original:
    latest = _shown(copy.latest, target) if copy.latest else None
    span = name.span if name.span is not _NOWHERE else None
    file = _shown(copy.path, target)
    return Original(
        name.uri or copy.uri,
        copy.shown or file,
        name.found_by,
        latest,
        span,
        copy.charset,
        copy.outdated,
        file if copy.shown else "",
    )


def _is_url(source: str) -> bool:
    return source.lower().startswith(URL_SCHEMES)


def _shown(file: Path, target: str) -> str:
    if os.path.isabs(target):
        return file.as_posix()
    try:
        return Path(os.path.relpath(file)).as_posix()
    except ValueError:  # another drive
        return file.as_posix()
