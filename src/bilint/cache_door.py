"""The way to the result cache, `.bilint/cache` beside the settings: it could lie, so it must be this user's own."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from bilint.cache import Cache, Config, OddError
from bilint.library import git, git_directory
from bilint.library.cache import OWN_FOLDER
from bilint.library.cache import Cache as Folder
from bilint.messages import phrase
from bilint.model import UserError

NAME = "cache"
_BESIDE = ("", "-journal", "-wal", "-shm")


def opened(root: Path, config: Callable[[], Config], articles: int) -> Cache | None:
    """Return the cache beside the settings; None when there is none and this run is not worth one.

    Raises UserError when it must not or cannot be read, with the reason.
    """
    folder = root / OWN_FOLDER
    file = folder / NAME
    if not os.path.lexists(file) and not _is_worth(folder, articles):
        return None
    try:
        _refuse_others(folder, file)
        Folder(folder).make()
        return Cache(file, config())
    except (OddError, OSError, UserError, ImportError) as error:  # no SQLite, or unknown what bilint is made of
        raise unusable(root, error) from error


def unusable(root: Path, error: Exception) -> UserError:
    """Return what the user is told of the cache beside the settings, which is not used."""
    why = getattr(error, "strerror", None) or error
    file = _shown(root / OWN_FOLDER / NAME)
    return UserError(
        phrase("the cache {file} is not used: {why}", file=file, why=why),
        phrase("remove the file, or pass --no-cache"),
    )


FEWEST = 10
"""Articles from which a cache is started: fewer are checked in less than a second, and nobody finds a new folder."""


def _is_worth(folder: Path, articles: int) -> bool:
    if folder.is_dir():
        return os.access(folder, os.W_OK)
    return articles >= FEWEST and os.access(folder.parent, os.W_OK)


def _refuse_others(folder: Path, file: Path) -> None:
    """Raise OddError for a cache that somebody else may have made."""
    for place in (folder, *(file.with_name(file.name + ending) for ending in _BESIDE)):
        try:
            info = os.lstat(place)
        except FileNotFoundError:
            continue
        if not (stat.S_ISDIR if place == folder else stat.S_ISREG)(info.st_mode):
            raise OddError(phrase("it is a link, or no regular file"))
        if hasattr(os, "geteuid") and info.st_uid != os.geteuid():
            raise OddError(phrase("it belongs to another user"))
        if place != folder and os.name != "nt" and (info.st_mode & (stat.S_IWGRP | stat.S_IWOTH) or info.st_nlink > 1):
            raise OddError(phrase("others may write to it"))
    if os.path.lexists(file) and _is_tracked(folder):
        raise OddError(phrase("it is in the Git repository"))


def _is_tracked(folder: Path) -> bool:
    """Return whether Git has the cache, under any spelling that a file system takes for it; also if it cannot say."""
    place = git_directory.find_tree(folder.parent)
    if place is None or place.top is None:
        return False
    try:
        return any(_is_cache(name) for name in git.tracked(place, folder.parent, OWN_FOLDER))
    except git.GitError as error:
        raise OddError(str(error)) from error


def _is_cache(name: str) -> bool:
    first, _, rest = name.casefold().partition("/")
    return first == OWN_FOLDER and (not rest or rest.split("/")[0].startswith(NAME))


def _shown(file: Path) -> str:
    try:
        return Path(os.path.relpath(file)).as_posix()
    except ValueError:  # another drive
        return file.as_posix()
