"""Where a page's links and images lead: redirects unwrapped, images that are loaded late found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

_REDIRECT = re.compile(
    r"https?://(?:(?:www\.)?medium\.com/r/?|(?:www\.)?google\.[a-z.]{2,6}/url|lm?\.facebook\.com/l\.php"
    r"|(?:www\.)?youtube\.com/redirect)\?"
)
_MEDIUM_REFERRER = re.compile(r"[?&]source=\w*-{3,}[^&#]*")
_NOWHERE = re.compile(r"\s*javascript:", re.IGNORECASE)
_LATE = ("data-src", "data-lazy-src", "data-original", "data-original-src", "data-actualsrc", "data-canonical-src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")


def link_target(href: str) -> str:
    """Return where a link leads, behind a redirect that only counts clicks; empty when it runs a script."""
    if _NOWHERE.match(href):
        return ""
    if _REDIRECT.match(href):
        try:
            given = parse_qs(urlsplit(href).query)
        except ValueError:
            return href
        behind = next((given[key][0] for key in ("url", "q", "u") if key in given), "")
        return behind if behind.startswith(("http://", "https://")) else href
    return _MEDIUM_REFERRER.sub("", href)


def image_source(given: Mapping[str, str]) -> str:
    """Return the address an `<img>` or `<source>` tells; one kept for later counts more than the stand-in in `src`.

    Of an image within the page only the type is kept (`data:image/png`); without any address it is empty.
    """
    source = given.get("src", "")
    if source.startswith("data:"):
        source = re.split("[;,]", source, maxsplit=1)[0]
    late = next((given[key] for key in _LATE if given.get(key, "").strip()), "")
    sets = (given[key].split() for key in _SETS if key in given)
    in_set = next((words[0].rstrip(",") for words in sets if words and not words[0].startswith("data:")), "")
    return late or (in_set if not source or source.startswith("data:") else "") or source
