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
from bilint.model import UserError
from bilint.text.urls import EXTENSIONS, last_segment, normalise

if TYPE_CHECKING:
    from bilint.files import Grounds


class Index:
    """The originals in a folder, as far as they lie in `grounds`; `file` lists `URL<TAB>file`, if there is one."""

    def __init__(self, folder: Path, file: Path | None, grounds: Grounds | None = None) -> None:
        self.folder = folder
        self.file = file
        self._grounds = grounds
        self._listed: dict[str, tuple[Path, str]] = _read(folder, file) if file else {}

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
        if not self._may_be(path):
            return f"{where} lists {shown(path)}, which lies outside the repository and the settings' folders"
        has_folder_twice = path.is_relative_to(self.folder / self.folder.name)
        hint = f" (names in the list are relative to {shown(self.folder)}/)" if has_folder_twice else ""
        return f"{where} lists {shown(path)}, which is missing{hint}"

    @cached_property
    def _by_name(self) -> dict[str, list[Path]]:
        listed = {os.path.realpath(path) for path, _ in self._listed.values()}
        names: dict[str, list[Path]] = defaultdict(list)
        for folder, inner, files in os.walk(self.folder):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            for name in sorted(files):
                stem, extension = os.path.splitext(name)
                path = Path(folder, name)
                if extension.lower() not in EXTENSIONS or not self._may_be(path):
                    continue
                if os.path.realpath(path) not in listed:
                    names[stem].append(path)
        names.pop("README", None)
        return names


def _read(folder: Path, file: Path) -> dict[str, tuple[Path, str]]:
    listed: dict[str, tuple[Path, str]] = {}
    for where, url, name in rows(file, "URL<TAB>file"):
        if not re.match(r"https?://\S+$", url, re.IGNORECASE):
            raise UserError(f"{where}: {url} is not a URL", "begin it with https://, and put the file behind a tab")
        key, path = normalise(url), folder / name
        if key in listed and listed[key][0] != path:
            earlier = listed[key][1]
            raise UserError(f"{where}: {url} is already listed at {earlier} with another file", "keep one of the two")
        listed.setdefault(key, (path, where))
    return listed
