"""Which folders an article, an index or a walk may lead to: what a stranger writes must not lead out of them."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.files import Grounds
from bilint.library import git_directory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilint.settings import Originals


def grounds(settings: Originals, root: Path) -> Grounds:
    """Return the settings' folder, its repository, and the folders that the settings name; `root` is the first."""
    return Grounds(()).and_below(root, *_repository(root), *(root / name for name in _named(settings)))


def around(place: Path) -> Grounds:
    """Return the repository of a file or folder, or nothing when it lies in none."""
    return Grounds(()).and_below(*_repository(place.parent))


def _named(settings: Originals) -> Iterator[str]:
    yield from (settings.folder, settings.cache)
    yield from (name.removeprefix("git:").rpartition("@")[0] or name for name in settings.stores)
    # `../english/{path}`: the settings name the folder in which all sources lie.
    yield from (os.path.dirname(source) for pattern in settings.paths if (source := pattern.source.partition("{")[0]))


@lru_cache(maxsize=10_000)
def _repository(folder: Path) -> tuple[Path, ...]:
    found = git_directory.find_tree(folder)
    return (found.top,) if found and found.top else ()
