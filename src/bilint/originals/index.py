"""URL → file: `originals/index.tsv`, or the one file named like the URL's last path segment."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from bilint.model import UserError
from bilint.originals.tables import rows

EXTENSIONS = (".md", ".markdown", ".mdx", ".html", ".htm")
_TRACKING = re.compile(
    r"(?:utm|mtm|pk)_\w+|(?:[fg]b?|d|y|ms|tw)clk?id|[gw]braid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok|ref_(?:src|url)"
    r"|spm|share_token",
    re.IGNORECASE,
)
_SAFE = "%/:@!$&'()*+,;=-._~"
_PATH_NEEDLESS = re.compile(r"[A-Za-z0-9._~!$'()*,;:@=&-]")
_QUERY_NEEDLESS = re.compile(r"[A-Za-z0-9._~!$'()*,;:@/?-]")
_INDEX_PAGE = re.compile(r"(?:^|/)index\.html?$", re.IGNORECASE)


def normalise(url: str) -> str:
    """Return what two spellings of one address have in common: host, path and query, for comparing only.

    Dropped: scheme, `www.`, default port, closing slash, `index.html`, fragment (not a route, `#/` or `#!`), tracking
    parameters. Folded: case of the host, percent-encoding. A URL that cannot be parsed is returned as it is.
    """
    text = re.sub(r"^(https?)\s*[:：]//", r"\1://", url.strip(), flags=re.IGNORECASE)
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        port = parts.port
    except ValueError:
        return text
    if not parts.hostname:
        return text
    host = parts.hostname.rstrip(".").removeprefix("www.")
    host += f":{port}" if port not in (None, 80, 443) else ""
    path = _folded(_INDEX_PAGE.sub("/", parts.path), _PATH_NEEDLESS).rstrip("/")
    fields = [field for field in parts.query.split("&") if field and not _TRACKING.fullmatch(field.split("=")[0])]
    query = _folded("&".join(fields), _QUERY_NEEDLESS)
    route = f"#{parts.fragment}" if parts.fragment.startswith(("/", "!")) else ""
    return f"{host}{path}{'?' if query else ''}{query}{route}"


def _folded(text: str, needless: re.Pattern[str]) -> str:
    def fold(escape: re.Match[str]) -> str:
        character = chr(int(escape[1], 16))
        return character if needless.fullmatch(character) else escape[0].upper()

    return re.sub(r"%([0-9A-Fa-f]{2})", fold, quote(text, safe=_SAFE + "?"))


class Index:
    """The originals at hand in a folder. `file` is the list of lines `URL<TAB>file`, if there is one."""

    def __init__(self, folder: Path, file: Path | None) -> None:
        self.folder = folder
        self.file = file
        self._listed: dict[str, tuple[Path, str]] = _read(folder, file) if file else {}

    def listed(self, url: str) -> Path | None:
        """Return the file listed for `url`; None when there is none, or it is missing."""
        listed = self._listed.get(normalise(url))
        return listed[0] if listed and listed[0].is_file() else None

    def find(self, url: str) -> Path | None:
        """Return the file listed for `url`, else the only unlisted file named like it; None when there is none."""
        if normalise(url) in self._listed:
            return self.listed(url)
        name = last_segment(url)
        files = self._by_name.get(name, []) if name else []
        return files[0] if len(files) == 1 else None

    def missing(self, url: str) -> str:
        """Return `file:line (path)` when the list gives a file for `url` that is not there, else an empty string."""
        listed = self._listed.get(normalise(url))
        return f"{listed[1]} ({listed[0].name})" if listed and not listed[0].is_file() else ""

    @cached_property
    def _by_name(self) -> dict[str, list[Path]]:
        listed = {os.path.realpath(path) for path, _ in self._listed.values()}
        names: dict[str, list[Path]] = defaultdict(list)
        for folder, inner, files in os.walk(self.folder):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            for name in sorted(files):
                stem, extension = os.path.splitext(name)
                path = Path(folder, name)
                if extension.lower() in EXTENSIONS and os.path.realpath(path) not in listed:
                    names[stem].append(path)
        names.pop("README", None)
        return names


def last_segment(url: str) -> str:
    """Return the last segment of the URL's path, decoded, without a page's extension; empty for a home page."""
    try:
        path = _INDEX_PAGE.sub("", urlsplit(url.strip()).path)
    except ValueError:
        return ""
    name = unquote(path.rstrip("/").rsplit("/", 1)[-1])
    stem, extension = os.path.splitext(name)
    return stem if extension.lower() in EXTENSIONS else name


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
