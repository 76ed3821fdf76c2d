"""Mirrored paths: `docs/zh/guide.md` is the translation of `docs/en/guide.md`."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.messages import phrase
from bilint.model import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilint.settings import PathMap

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_GROUPS = {"root": r"(?:.*/)?", "path": r".+", "ext": r"[^./]+"}
_SHORTEST = {**_GROUPS, "root": r"(?:.*?/)??"}


def mirrored(maps: Sequence[PathMap], target: str, root: Path) -> Iterator[Path]:
    """Yield the places where the source of `target` would lie, pattern by pattern, without looking whether it does.

    Patterns see the path from `root` (the settings' folder), then as given, then in full. `{root}` is any leading
    folders, or none (the deepest match first), `{path}` any characters, `{ext}` a file extension. Raises UserError for
    other placeholders.
    """
    seen = {os.path.abspath(target)}
    views = list(_views(target, root))
    for pattern in maps:
        for base, path in views:
            for source in sources(pattern, path):
                full = os.path.normpath(base / source)
                if full not in seen:
                    seen.add(full)
                    yield Path(full)


def check_patterns(maps: Sequence[PathMap]) -> None:
    """Raise UserError for the first pattern whose placeholders have no meaning."""
    for pattern in maps:
        _check(pattern.target, pattern.source)


def sources(pattern: PathMap, target: str) -> list[str]:
    """Return the source paths `pattern` gives for a target path with forward slashes; empty when it does not match."""
    found: list[str] = []
    for compiled in _compiled(pattern.target, pattern.source):
        if match := compiled.fullmatch(target):
            source = _PLACEHOLDER.sub(lambda name, groups=match: groups[name[1]], pattern.source)  # type: ignore[misc]
            if source not in found:
                found.append(source)
    return found


def bound(pattern: PathMap, target: str) -> Iterator[PathMap]:
    """Yield the pattern with the `{root}` that it has for a target path, the deepest first: one tree of a project."""
    for compiled in _compiled(pattern.target, pattern.source):
        match = compiled.fullmatch(target)
        root = match.groupdict().get("root") or "" if match else ""
        if match and "{" not in root:  # a folder may be named like a placeholder
            sides = (side.replace("{root}", root) for side in (pattern.target, pattern.source))
            yield type(pattern)(*sides)


def _views(target: str, root: Path) -> Iterator[tuple[Path, str]]:
    full = Path(os.path.abspath(target))
    top = Path(os.path.abspath(root))
    if full.is_relative_to(top):
        yield top, full.relative_to(top).as_posix()
    yield Path.cwd(), Path(target).as_posix()
    yield Path(full.anchor), full.as_posix()


def is_same_file(one: str, other: str) -> bool:
    """Return whether two paths lead to one file, through links too."""
    try:
        return os.path.samefile(one, other)
    except OSError:  # not there, as the file behind standard input need not be
        return os.path.realpath(one) == os.path.realpath(other)


def _check(target: str, source: str) -> None:
    names = set(_PLACEHOLDER.findall(target))
    unknown = (names - _GROUPS.keys()) | (set(_PLACEHOLDER.findall(source)) - names)
    if unknown:
        what = phrase(
            "`originals.paths`: `{{{unknown}}}` in `{target}` → `{source}` has no meaning",
            unknown=min(unknown),
            target=target,
            source=source,
        )
        raise UserError(what, "use {root}, {path} and {ext}, and in `source` only those that stand in `target`")


@lru_cache
def _compiled(target: str, source: str) -> tuple[re.Pattern[str], ...]:
    _check(target, source)
    return tuple(re.compile(_expression(target, groups)) for groups in (_GROUPS, _SHORTEST))


def _expression(target: str, groups: dict[str, str]) -> str:
    parts = _PLACEHOLDER.split(target)
    named: set[str] = set()
    expression = re.escape(parts[0])
    for name, literal in zip(parts[1::2], parts[2::2], strict=True):
        expression += f"(?P={name})" if name in named else f"(?P<{name}>{groups[name]})"
        expression += re.escape(literal)
        named.add(name)
    return expression
