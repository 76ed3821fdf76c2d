"""URL → file: `originals/index.tsv`, or the one file named like the URL's last path segment."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.files import is_file
from bilint.library.tables import rows, shown
from bilint.messages import phrase
from bilint.model import UserError
from bilint.text.urls import EXTENSIONS, last_segment, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilint.files import Grounds

LISTING = "index.tsv"
"""What the list is called, unless the settings say otherwise."""
_URL = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_SPLITS = re.compile(r"[\t\r\n]")


class Index:
    """The originals in a folder, as far as they lie in `grounds`; `file` lists `URL<TAB>file`, if there is one."""

    def __init__(self, folder: Path, file: Path | None, grounds: Grounds | None = None) -> None:
        self.folder = folder
        self.file = file
        self._grounds = grounds
        self._listed: dict[str, tuple[Path, str]] = _read(folder, file) if file else {}

    @property
    def listing(self) -> Path:
        """The file that lists them, or would."""
        return self.file or self.folder / LISTING

    def listed(self, url: str) -> Path | None:
        """Return the file listed for `url`; None when there is none, or it is missing."""
        listed = self._listed.get(normalise(url))
        return listed[0] if listed and is_file(listed[0]) and self._may_be(listed[0]) else None

    def _may_be(self, path: Path) -> bool:
        return self._grounds is None or self._grounds.hold(path)

    def find(self, url: str) -> Path | None:
        """Return the file listed for `url`, else the only unlisted file named like it; None when there is none."""
        if normalise(url) in self._listed:
            return self.listed(url)
        name = last_segment(url)
        files = self._by_name.get(name, []) if name else []
        return files[0] if len(files) == 1 else None

    def missing(self, url: str) -> str:
        """Return what is wrong with the file that the list gives for `url`, else an empty string."""
        listed = self._listed.get(normalise(url))
        if listed is None or self.listed(url):
            return ""
        path, where = listed
        said = {"where": where, "path": shown(path)}
        if not self._may_be(path):
            return phrase("{where} lists {path}, which lies outside the repository and the settings' folders", **said)
        has_folder_twice = path.is_relative_to(self.folder / self.folder.name)
        if not has_folder_twice:
            return phrase("{where} lists {path}, which is missing", **said)
        return phrase(
            "{where} lists {path}, which is missing (names in the list are relative to {folder}/)",
            folder=shown(self.folder),
            **said,
        )

    @cached_property
    def unlisted(self) -> tuple[Path, ...]:
        """The pages in the folder and those below it that the list does not name, folder by folder."""
        listed = {os.path.realpath(path) for path, _ in self._listed.values()}
        pages = (path for path in _pages(self.folder) if self._may_be(path))
        return tuple(path for path in pages if os.path.realpath(path) not in listed)

    @cached_property
    def _by_name(self) -> dict[str, list[Path]]:
        names: dict[str, list[Path]] = defaultdict(list)
        for path in self.unlisted:
            names[os.path.splitext(path.name)[0]].append(path)
        return names


def is_listable(url: str, name: str) -> bool:
    """Return whether a line of the list can hold an address and the name of a file."""
    return _URL.match(url) is not None and name == name.strip() and not _SPLITS.search(name)


def _pages(folder: Path) -> Iterator[Path]:
    for place, inner, files in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(files):
            stem, extension = os.path.splitext(name)
            if extension.lower() in EXTENSIONS and stem != "README":  # that is about the folder
                yield Path(place, name)


def _read(folder: Path, file: Path) -> dict[str, tuple[Path, str]]:
    listed: dict[str, tuple[Path, str]] = {}
    for where, url, name in rows(file, "URL<TAB>file"):
        if not _URL.match(url):
            raise UserError(
                "{where}: {url} is not a URL",
                "begin it with https://, and put the file behind a tab",
                where=where,
                url=url,
            )
        key, path = normalise(url), folder / name
        if key in listed and listed[key][0] != path:
            earlier = listed[key][1]
            raise UserError(
                "{where}: {url} is already listed at {earlier} with another file",
                "keep one of the two",
                where=where,
                url=url,
                earlier=earlier,
            )
        listed.setdefault(key, (path, where))
    return listed
