"""Addresses of pages: what two spellings of one address have in common, and how a page is named in its address."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

EXTENSIONS = (".md", ".markdown", ".mdx", ".html", ".htm")
_TRACKING = re.compile(
    r"(?:utm|mtm|pk)_\w+|(?:[fg]b?|d|y|ms|tw)clk?id|[gw]braid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok|ref_(?:src|url)"
    r"|spm|share_token",
    re.IGNORECASE,
)
_SAFE = "%/:@!$&'()*+,;=-._~?"
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
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
        address = spelled(urlsplit(text if "://" in text else f"https://{text}"))
    except ValueError:
        return text
    route = f"#{address.fragment}" if address.fragment.startswith(("/", "!")) else ""
    query = f"?{address.query}" if address.query else ""
    return f"{address.host}{address.path}{query}{route}" if address.host else text


class Address(NamedTuple):
    """The parts of an address in the one spelling that all of them have; `host` with its port, unless it is usual."""

    host: str
    path: str
    query: str
    fragment: str


def spelled(parts: SplitResult) -> Address:
    """Return an address as it is spelled for comparing, or raise ValueError; see `normalise`."""
    port = parts.port
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    host += f":{port}" if port not in (None, 80, 443) else ""
    path = _folded(_INDEX_PAGE.sub("/", parts.path), _PATH_NEEDLESS).rstrip("/")
    fields = [field for field in parts.query.split("&") if field and not _TRACKING.fullmatch(field.split("=")[0])]
    return Address(host, path, _folded("&".join(fields), _QUERY_NEEDLESS), parts.fragment)


def _folded(text: str, needless: re.Pattern[str]) -> str:
    def fold(escape: re.Match[str]) -> str:
        character = chr(int(escape[1], 16))
        return character if needless.fullmatch(character) else escape[0].upper()

    quoted = quote(text, safe=_SAFE)
    return _ESCAPE.sub(fold, quoted) if "%" in quoted else quoted


@lru_cache(maxsize=50_000)
def last_segment(url: str) -> str:
    """Return the last segment of the URL's path, decoded, without a page's extension; empty for a home page."""
    try:
        path = _INDEX_PAGE.sub("", urlsplit(url.strip()).path)
    except ValueError:
        return ""
    name = unquote(path.rstrip("/").rsplit("/", 1)[-1])
    stem, extension = os.path.splitext(name)
    return stem if extension.lower() in EXTENSIONS else name
