"""What .gitignore leaves out: Git itself is asked where there is a repository, its patterns are read where not."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bilint.files import is_file, read_bytes
from bilint.library import git, git_directory
from bilint.model import UserError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec
    from pathspec.pattern import RegexPattern

P = TypeVar("P", bound="RegexPattern")
NAME = ".gitignore"
_STAR, _FOLDERS = "[^/]*", "(?:/.+)?/"
"""What pathspec makes of `*`, and of `/**/`."""
_HARMLESS = 2
"""With fewer of both in a pattern there is nothing to share."""


class Ignored:
    """What is ignored in a folder and below; of this class itself: nothing."""

    def holds(self, place: Path, *, is_folder: bool) -> bool:
        """Return whether a file or folder is ignored; `place` is absolute, links in its folder resolved."""
        return False

    def below(self, folder: Path) -> Ignored:
        """Return what is ignored in a folder that was met on the way; its path is as that of `place`."""
        return self


def ignored_in(folder: Path) -> Ignored:
    """Return what is ignored below a folder, whose links are resolved."""
    place = git_directory.find_tree(folder)
    if place and place.top:
        try:
            return _ByGit(folder, git.listed(place, folder))
        except git.GitError:  # not installed, or the index is broken: the patterns are still there
            between = [parent for parent in folder.parents if parent.is_relative_to(place.top)]
            return _ByPatterns(_specs([*reversed(between), folder]))
    return _ByPatterns(_specs([folder]))


class _ByGit(Ignored):
    """What Git does not list below a folder: neither tracked nor free of its patterns."""

    def __init__(self, folder: Path, listed: Iterable[str]) -> None:
        self._folder = folder
        self._listed: set[str] = set()
        for name in listed:
            key = _key(name.rstrip("/"))
            while key and key not in self._listed:
                self._listed.add(key)
                key = key.rpartition("/")[0]

    def holds(self, place: Path, *, is_folder: bool) -> bool:
        return _key(place.relative_to(self._folder).as_posix()) not in self._listed

    def below(self, folder: Path) -> Ignored:
        is_other = os.path.exists(folder / ".git") or not folder.is_relative_to(self._folder)
        return ignored_in(folder) if is_other and folder != self._folder else self


class _ByPatterns(Ignored):
    """What the nearest pattern that speaks of it says, as Git has it: an inner file outweighs an outer one."""

    def __init__(self, specs: Iterable[tuple[Path, GitIgnoreSpec]]) -> None:
        self._specs = tuple(specs)

    def holds(self, place: Path, *, is_folder: bool) -> bool:
        for folder, spec in reversed(self._specs):
            if place.is_relative_to(folder):
                verdict = spec.check_file(place.relative_to(folder).as_posix() + "/" * is_folder).include
                if verdict is not None:
                    return verdict
        return False

    def below(self, folder: Path) -> Ignored:
        if os.path.exists(folder / ".git"):
            return ignored_in(folder)
        known = {place for place, _ in self._specs}
        return self if folder in known else _ByPatterns((*self._specs, *_specs([folder])))


def patterns(lines: Iterable[str]) -> GitIgnoreSpec:
    """Return lines of a .gitignore, or of settings, as patterns that keep nobody waiting."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec(map(_linear, GitIgnoreSpec.from_lines(lines).patterns))


def _specs(folders: Iterable[Path]) -> Iterator[tuple[Path, GitIgnoreSpec]]:
    for folder in folders:
        if is_file(folder / NAME):
            try:
                text = read_bytes(folder / NAME).decode("utf-8", "replace")
            except UserError:  # whoever walks says so
                continue
            yield folder, patterns(text.split("\n"))


def _linear(pattern: P) -> P:
    """Return a pattern that may be a stranger's so that it takes no more than the square of a path's length to match.

    With `*a*a*a*a*b` the library tries every way to share a name among the stars; but what stands between two of them
    may be taken where it is first met. The same holds of folders between two `**`.
    """
    regex = pattern.regex.pattern if pattern.regex else ""
    if regex.count(_STAR) + regex.count(_FOLDERS) < _HARMLESS:
        return pattern
    first, *parts = regex.split(_FOLDERS)
    first, *parts = map(_first_met, (first, *parts))
    middle = "".join(f"(?>(?:/.+?)??/{part}(?=/))" for part in parts[:-1])
    end = _FOLDERS + parts[-1] if parts else ""
    try:
        return type(pattern)(re.compile(first + middle + end), pattern.include)
    except re.error:  # a star in a class of characters
        return type(pattern)(None, None)


def _first_met(regex: str) -> str:
    """Return the expression of some segments with what follows each star but the last taken where it is first met."""
    head, *pieces = regex.split(_STAR)
    if not pieces:
        return regex
    return head + "".join(f"(?>[^/]*?{piece})" for piece in pieces[:-1]) + _STAR + pieces[-1]


def _key(name: str) -> str:
    """Return the name as file systems compare it that fold case or compose characters: Git may spell it otherwise."""
    return os.path.normcase(name).replace(os.sep, "/").lower() if name.isascii() else _folded(name)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
