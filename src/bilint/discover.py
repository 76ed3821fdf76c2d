"""Paths given by the user → the articles to check."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.files import LARGEST, read_bytes
from bilint.ignored import NAME, Ignored, ignored_in, patterns
from bilint.library.grounds import around, grounds
from bilint.messages import phrase
from bilint.messages.system import reason
from bilint.model import Document, Problem, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilint.settings import Settings

SKIPPED_FOLDERS = frozenset({".git", ".hg", ".svn", "node_modules", ".venv", "__pycache__", ".bilint"})


@dataclass(frozen=True, slots=True)
class Target:
    """An article to check: its path as shown, its text when it does not come from a file, or why it is not read."""

    path: str
    text: str | None = None
    problem: Problem | None = None
    most: int = LARGEST
    """How many bytes of a file are read; a larger one is an error."""


def read_target(target: Target) -> Document:
    """Return the document of a target. Raises UserError when it cannot be read."""
    from bilint.parse import parse, read

    if target.problem:
        raise UserError(target.problem.message, target.problem.hint)
    if target.text is None:
        return read(target.path, most=target.most)
    try:
        target.text.encode()
    except UnicodeEncodeError as error:
        line = target.text.count("\n", 0, error.start) + 1
        raise UserError(
            "{path}:{line}: has half a character (a lone surrogate)", "decode it again", path=target.path, line=line
        ) from error
    return parse(target.text, target.path)


def discover(paths: Sequence[str], settings: Settings, root: Path) -> list[Target]:
    """Return the targets under `paths`, sorted by path, each once.

    A file that is named is always taken, wherever it leads; a folder is searched for `include`, without `exclude` and
    what .gitignore names. What does not exist, cannot be looked into, or is a link that leads out of the folder, the
    repository and what the settings name, is a target too: opening it says what is wrong, while the others are checked.
    """
    found: dict[str, Target] = {}
    for path in paths:
        place = Path(path)
        targets = _Walk(place, settings, root).targets() if _is_folder(place) else [Target(place.as_posix())]
        for target in targets:
            found.setdefault(os.path.abspath(target.path), target)
    targets = sorted(found.values(), key=lambda target: target.path)
    return [replace(target, most=settings.max_file_bytes) for target in targets]


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except (OSError, ValueError):
        return False


class _Walk:
    """A search through a folder and those below it."""

    def __init__(self, folder: Path, settings: Settings, root: Path) -> None:
        self._folder = folder
        self._settings = settings
        self._root = root
        self._include = patterns(settings.include)
        self._exclude = patterns(settings.exclude)
        inside = around(Path(os.path.abspath(folder)) / "_")
        self._grounds = grounds(settings.originals, root).and_below(folder, *inside.roots)
        self._seen: set[tuple[int, int]] = set()

    def targets(self) -> Iterator[Target]:
        real = Path(os.path.realpath(self._folder))
        if not self._settings.respect_gitignore:
            yield from self._in(self._folder, Ignored())
            return
        if self._folder.is_dir():
            yield from self._unread(real)
        yield from self._in(self._folder, ignored_in(real))

    def _unread(self, folder: Path) -> Iterator[Target]:
        """Yield the .gitignore files above a folder, up to its repository, that cannot be read."""
        tops = around(folder / "_").roots
        for parent in folder.parents:
            if tops and parent.is_relative_to(tops[0]) and os.path.lexists(parent / NAME):
                yield from _unreadable(Path(os.path.relpath(parent / NAME)))

    def _in(self, folder: Path, ignored: Ignored) -> Iterator[Target]:
        try:
            info = folder.stat()
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield _refused(folder, phrase("cannot be read: {why}", why=reason(error)))
            return
        if (info.st_dev, info.st_ino) in self._seen:
            return
        self._seen.add((info.st_dev, info.st_ino))
        real = Path(os.path.realpath(folder))
        for entry in inside:
            yield from self._entry(entry, folder / entry.name, real, ignored)

    def _entry(self, entry: os.DirEntry[str], path: Path, real: Path, ignored: Ignored) -> Iterator[Target]:
        is_folder = _leads_to_folder(entry)
        if entry.name == NAME and self._settings.respect_gitignore:
            yield from _unreadable(path)
        if entry.name in SKIPPED_FOLDERS if is_folder else not self._is_meant(path):
            return
        # Git sees a link to a folder as a file.
        if ignored.holds(real / entry.name, is_folder=is_folder and not entry.is_symlink()):
            return
        if entry.is_symlink() and not self._grounds.hold(path):
            if not is_folder or self._is_meant(path, "/_.md"):
                yield _refused(
                    path, phrase("is a link that leads outside, to {place}", place=os.path.realpath(path)), _OUTSIDE
                )
        elif is_folder:
            yield from self._in(path, ignored.below(Path(os.path.realpath(path))))
        elif entry.is_symlink() or entry.is_file():  # a pipe or a device is not an article
            yield Target(path.as_posix())

    def _is_meant(self, path: Path, inside: str = "") -> bool:
        relative = _relative(path, self._root) + inside
        return (bool(inside) or self._include.match_file(relative)) and not self._exclude.match_file(relative)


_OUTSIDE = phrase(
    "a link is followed below the settings file, in the repository, and in folders that the settings name"
)


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _unreadable(file: Path) -> Iterator[Target]:
    try:
        read_bytes(file)
    except UserError as error:
        yield Target(file.as_posix(), problem=Problem(file.as_posix(), error.message, error.hint))


def _refused(path: Path, what: str, hint: str = "") -> Target:
    return Target(
        path.as_posix(),
        problem=Problem(path.as_posix(), phrase("{path}: {what}", path=path.as_posix(), what=what), hint),
    )


def _relative(path: Path, root: Path) -> str:
    """Return the path as patterns in the settings file see it: relative to the settings file where possible."""
    full, top = Path(os.path.abspath(path)), Path(os.path.abspath(root))
    return full.relative_to(top).as_posix() if full.is_relative_to(top) else path.as_posix().lstrip("/")
