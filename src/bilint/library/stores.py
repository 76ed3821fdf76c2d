"""Places that originals are read from without a network: a folder of saved pages, a web archive, a Git repository."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bilint.messages import phrase
from bilint.model import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilint.files import Grounds
    from bilint.library.cache import Cache, Copy
    from bilint.settings import Originals

_ARCHIVE = re.compile(r"\.warc(?:\.gz)?$", re.IGNORECASE)


class LastChange(NamedTuple):
    """The last commit of a file; None with the reason where that does not tell what the file is like now."""

    revision: str | None
    why: str = ""


class Store:
    """Somewhere originals are; a kind of store answers what it can."""

    def page(self, url: str) -> Copy | None:
        """Return the page that was saved from `url`, if that is certain."""
        return None

    def file(self, place: Path, revision: str | None) -> Copy | None:
        """Return what lies at an absolute path, at the revision an article names or else at that of the store."""
        return None

    def namesake(self, place: Path, revision: str | None) -> Copy | None:
        """Return the file that another repository has at the path that `place` has here."""
        return None

    def version(self, place: Path, digest: str) -> Copy | None:
        """Return the version of the file at an absolute path whose MD5 is `digest`."""
        return None

    def last_change(self, place: Path) -> LastChange | None:
        """Return the last commit of the file at an absolute path; None when this is no place to ask."""
        return None

    def why_not(self, url: str) -> str:
        """Return why there is no page although something is there; empty when there is nothing."""
        return ""

    def has(self, revision: str) -> bool | None:
        """Whether the store has a revision; None when it has none at all."""
        return None


def open_stores(
    settings: Originals, root: Path, cache: Cache, grounds: Grounds, trusted: Sequence[str] = ()
) -> Iterator[Store]:
    """Yield the stores of the settings, in their order; `root` is what their paths are relative to.

    Without a Git store among them, the repository around `root` is the last.

    Links in a folder are followed within the grounds. `trusted` are folders of repositories that may be read although
    they lie among the files of the checked tree.

    Raises UserError for one that is not there, has not the revision, or needs a package that is not installed.
    """
    for name in settings.stores:
        if name.startswith("git:"):
            from bilint.library.repository import open_repository

            yield open_repository(name, root, cache, settings.max_bytes, trusted)
        elif _ARCHIVE.search(name):
            from bilint.library.warc import Archive

            yield Archive(_existing(root / name, name, "file"), cache, settings.max_bytes)
        else:
            from bilint.library.saved import SavedPages

            yield SavedPages(_existing(root / name, name, "folder"), grounds)
    if not any(name.startswith("git:") for name in settings.stores):
        from bilint.library.repository import surrounding

        yield from surrounding(root, cache, settings.max_bytes)


def _existing(path: Path, name: str, kind: str) -> Path:
    if path.is_dir() if kind == "folder" else path.is_file():
        return path
    hint = phrase(
        "name a folder of saved pages, a file `….warc.gz` or `git:PATH@REVISION`, relative to the settings file"
    )
    raise UserError("`originals.stores`: {name}: no such {kind}", hint, name=name, kind=kind)
