"""Languages in addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile

from bilint.model import Document

ENGLISH = re.compile(r"(?:^|(?<=/))en(?:[-_](?:us|gb))?(?=/)", re.I)
_CHINESE = re.compile(r"(?:^|/)(zh(?:[-_](?:han[st]|cn|tw|hk|mo|sg))*|cn)(?=/)", re.I)

_REGION = re.compile(
    r"(?<![a-z])(?:zh[-_](?:han[st][-_])?)(cn|tw|hk|mo|sg|hans|hant)(?![a-z])|(?:^|[/_-])(cn|tw|hk|mo)(?=[/_-])", re.I
)


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


@lru_cache(maxsize=1024)
def region_of(path: str) -> str:
    """Return the region or script that the path of a translation names, lower-cased: cn, sg, hans, tw, hk, mo, hant.

    Empty when it names none; of several, the last.
    """
    found = [one or two for one, two in _REGION.findall(path)]
    return found[-1].lower() if found else ""


def by_project(paths: Iterable[str]) -> dict[str, str]:
    """Return for each path of a translation the folder of its project.

    That is the one of its language (`docs/zh/`), else, below the folder that all of them share, the topmost with
    several of them.
    """
    folders = {path: path.split("/")[:-1] for path in paths}
    shared = _shared(folders.values())
    sizes = Counter("/".join(parts[: shared + 1]) for parts in folders.values())
    found: dict[str, str] = {}
    for path, parts in folders.items():
        top, language = "/".join(parts[: shared + 1]), _CHINESE.search(path)
        found[path] = path[: language.end()] if language else top if sizes[top] > 1 else "/".join(parts[:shared])
    return found


def _shared(folders: Iterable[list[str]]) -> int:
    """How many names all of these paths begin with."""
    return sum(1 for _ in takewhile(lambda names: len(set(names)) == 1, zip(*folders, strict=False)))
