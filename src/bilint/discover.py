"""Paths given by the user → the articles to check."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.model import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pathspec import GitIgnoreSpec

    from bilint.model import Document
    from bilint.settings import Settings

SKIPPED_FOLDERS = frozenset({".git", ".hg", ".svn", "node_modules", ".venv", "__pycache__", ".bilint"})


@dataclass(frozen=True, slots=True)
class Target:
    """An article to check: its path as shown, and its text when it does not come from a file."""

    path: str
    text: str | None = None


def read_target(target: Target) -> Document:
    """Return the document of a target. Raises UserError when it cannot be read."""
    from bilint.parse import parse, read

    if target.text is None:
        return read(target.path)
    try:
        target.text.encode()
    except UnicodeEncodeError as error:
        line = target.text.count("\n", 0, error.start) + 1
        raise UserError(f"{target.path}:{line}: has half a character (a lone surrogate)", "decode it again") from error
    return parse(target.text, target.path)


def discover(paths: Sequence[str], settings: Settings, root: Path) -> list[Target]:
    """Return the targets under `paths`, sorted by path, each once.

    A file that is named is always taken; a folder is searched for `include`, without `exclude` and what .gitignore
    names. What does not exist, or a folder that cannot be listed, is a target too: reading it says what is wrong, while
    the others are checked.
    """
    found: dict[str, Target] = {}
    for path in paths:
        place = Path(path)
        files = _walk(place, settings, root) if place.is_dir() else [place]
        for file in files:
            found.setdefault(os.path.abspath(file), Target(file.as_posix()))
    return sorted(found.values(), key=lambda target: target.path)


def _walk(folder: Path, settings: Settings, root: Path) -> Iterator[Path]:
    from pathspec import GitIgnoreSpec

    include = GitIgnoreSpec.from_lines(settings.include)
    exclude = GitIgnoreSpec.from_lines(settings.exclude)
    ignored = list(_gitignores(folder)) if settings.respect_gitignore else []
    seen: set[tuple[int, int]] = set()
    unlisted: list[OSError] = []
    for name, folders, files in os.walk(folder, onerror=unlisted.append, followlinks=True):
        here = Path(name)
        info = here.stat()
        if (info.st_dev, info.st_ino) in seen:
            folders.clear()
            continue
        seen.add((info.st_dev, info.st_ino))
        folders[:] = sorted(
            f for f in folders if f not in SKIPPED_FOLDERS and not _is_ignored(here / f, ignored, slash="/")
        )
        for file in sorted(files):
            path = here / file
            relative = _relative(path, root)
            if not include.match_file(relative) or exclude.match_file(relative) or _is_ignored(path, ignored):
                continue
            # Reading a pipe or a device would wait for ever.
            if path.is_file() or path.is_symlink():
                yield path
    yield from (Path(error.filename) for error in unlisted)


def _gitignores(folder: Path) -> Iterator[tuple[Path, GitIgnoreSpec]]:
    """Yield the .gitignore files of `folder`, of those above it in the repository, and of those below."""
    from pathspec import GitIgnoreSpec

    top = folder.resolve()
    chain = [top]
    for parent in top.parents:
        if (chain[-1] / ".git").exists():
            break
        chain.append(parent)
    else:
        chain = [top]
    below = (Path(name) for name, folders, files in os.walk(top) if ".gitignore" in files and _keep(folders))
    for place in dict.fromkeys((*reversed(chain), *below)):
        file = place / ".gitignore"
        if file.is_file():
            lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
            yield place, GitIgnoreSpec.from_lines(lines)


def _keep(folders: list[str]) -> bool:
    folders[:] = [folder for folder in folders if folder not in SKIPPED_FOLDERS]
    return True


def _is_ignored(path: Path, ignored: Iterable[tuple[Path, GitIgnoreSpec]], slash: str = "") -> bool:
    full = Path(os.path.abspath(path))
    return any(
        full.is_relative_to(place) and spec.match_file(full.relative_to(place).as_posix() + slash)
        for place, spec in ignored
    )


def _relative(path: Path, root: Path) -> str:
    """Return the path as patterns in the settings file see it: relative to the settings file where possible."""
    full, top = Path(os.path.abspath(path)), Path(os.path.abspath(root))
    return full.relative_to(top).as_posix() if full.is_relative_to(top) else path.as_posix().lstrip("/")
