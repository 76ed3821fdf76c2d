"""Where a repository lies on disk, found as Git finds it; no Git is asked (`bilint.library.git`)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_GITFILE = 4096
"""`.git` as a file is one line with a path (gitrepository-layout(5))."""


class Place(NamedTuple):
    """A repository on disk, both paths resolved: its git directory, and the top of its work tree (None when bare)."""

    directory: Path
    top: Path | None


def find(folder: Path) -> Place | None:
    """Return the repository that `folder` lies in, as Git would find it; None when there is none."""
    return next(_around(folder), None)


def find_tree(folder: Path) -> Place | None:
    """Return the repository whose work tree `folder` lies in: a bare one on the way may be plain files of a commit."""
    return next((place for place in _around(folder) if place.top), None)


def _around(folder: Path) -> Iterator[Place]:
    here = Path(os.path.realpath(folder))
    for place in (here, *here.parents):
        dot = place / ".git"
        # The functions of `os.path` say no where the system does not let us look; those of `Path` raise.
        if os.path.isdir(dot) and os.path.exists(dot / "HEAD"):
            yield Place(Path(os.path.realpath(dot)), place)
        elif os.path.isfile(dot) and (named := _gitfile(dot)):
            yield Place(named, place)
        elif os.path.isfile(place / "HEAD") and all(os.path.isdir(place / name) for name in ("objects", "refs")):
            yield Place(place, None)


def _gitfile(file: Path) -> Path | None:
    """Return the git directory that a worktree's or a submodule's `.git` names."""
    try:
        with file.open("rb") as stream:
            line = stream.read(_GITFILE).decode("utf-8", "surrogateescape")
    except OSError:
        return None
    name = line.removeprefix("gitdir:").strip()
    return Path(os.path.realpath(file.parent / name)) if line.startswith("gitdir:") and name else None


def is_shallow(place: Place) -> bool:
    """Return whether older commits may be missing; of a worktree, those of the repository it belongs to."""
    main = place.directory.parent.parent if place.directory.parent.name == "worktrees" else place.directory
    return any((directory / "shallow").exists() for directory in (place.directory, main))
