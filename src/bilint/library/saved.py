"""A folder of pages saved with a browser: each says itself which address it was saved from."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.files import read_bytes, read_head
from bilint.library.cache import Copy
from bilint.library.stores import Store
from bilint.messages import phrase
from bilint.model import UserError
from bilint.text.characters import unescape
from bilint.text.urls import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilint.files import Grounds

_EXTENSIONS = (".html", ".htm", ".xhtml")
_HEAD = 256 * 1024
_COMMENT = re.compile(
    r"<!--[^>]{0,200}?(?:saved from url=\(\d+\)|\burl:\s*)(https?://[^\s<>]+)", re.IGNORECASE
)  # written by browsers and by SingleFile
_TAG = re.compile(r"<(?:link|meta)\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![a-z:-])([a-z:-]++)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


class SavedPages(Store):
    """The pages below a folder, which is walked once, when it is first asked."""

    def __init__(self, folder: Path, grounds: Grounds) -> None:
        self._folder = folder
        self._grounds = grounds

    def page(self, url: str) -> Copy | None:
        """Return the only page that says it is from `url`; of several with the same bytes the first."""
        files = self._by_url.get(normalise(url), [])
        alike = len(files) == 1 or len({read_bytes(file) for file in files}) == 1
        return Copy(files[0]) if files and alike else None

    def why_not(self, url: str) -> str:
        """Return which pages say they are from `url` when they are several."""
        names = [file.relative_to(self._folder).as_posix() for file in self._by_url.get(normalise(url), [])]
        if len(names) < 2:
            return ""
        told = names[0]
        for name in names[1:]:
            told = phrase("{one} and {other}", one=told, other=name)
        return phrase("{names} in {folder} all say they are it; keep one", names=told, folder=self._folder.name)

    @cached_property
    def _by_url(self) -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = defaultdict(list)
        for folder, inner, names in os.walk(self._folder):
            inner.sort()
            for name in sorted(names):
                file = Path(folder, name)
                if name.lower().endswith(_EXTENSIONS) and self._grounds.hold(file):
                    for key in {normalise(url) for url in addresses(_head(file))}:
                        found[key].append(file)
        return dict(found)


def addresses(head: str) -> Iterator[str]:
    """Yield the addresses a page gives as its own: where it was saved from, `rel="canonical"`, `og:url`."""
    if saved := _COMMENT.search(head[:4096]):
        yield unescape(saved[1])
    for tag in _TAG.finditer(head):
        fields = {name.lower(): first or second or third for name, first, second, third in _ATTRIBUTE.findall(tag[0])}
        if "canonical" in fields.get("rel", "").lower().split():
            url = fields.get("href", "")
        elif fields.get("property", fields.get("name", "")).lower() == "og:url":
            url = fields.get("content", "")
        else:
            continue
        if re.match(r"https?://", url, re.IGNORECASE):
            yield unescape(url)


def _head(file: Path) -> str:
    try:
        return read_head(file, _HEAD).decode("utf-8", "replace")
    except UserError:
        return ""
