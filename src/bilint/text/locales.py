"""Languages in addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Document

ENGLISH = re.compile(r"(?:^|(?<=/))en(?:[-_](?:us|gb))?(?=/)", re.I)
_CHINESE = re.compile(r"(?:^|/)(zh(?:[-_](?:han[st]|cn|tw|hk|mo|sg))*|cn)(?=/)", re.I)


def in_chinese(path: str, english: re.Match[str], chinese: str) -> Iterator[str]:
    """Yield the path with the Chinese language for the English one, and without a language."""
    before, after = path[: english.start()], path[english.end() :]
    yield f"{before}{chinese}{after}"
    if before in ("", "/"):
        yield after


def locale_of(target: Document) -> str:
    """Return how the Chinese language is written in the article's other addresses, else in its own path."""
    links = (link.destination for block in target.blocks if block.inlines for link in block.links())
    named = (found[1] for link in (*links, target.path) if "://" not in link and (found := _CHINESE.search(link)))
    return next(named, "zh")
