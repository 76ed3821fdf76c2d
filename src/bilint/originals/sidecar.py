"""Co-op Translator keeps `.co-op-translator.json` in `translations/<language>/`: translated file → source file."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from bilint.files import is_file, read_bytes
from bilint.model import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAME = ".co-op-translator.json"


def source_paths(target: Path) -> Iterator[str]:
    """Yield the source path, relative to the repository, that the nearest sidecar above `target` records.

    `target` is absolute. A sidecar that cannot be read or parsed records nothing.
    """
    source = _recorded(target).get("source_file")
    if isinstance(source, str):
        yield source


def recorded_hash(target: Path) -> str | None:
    """Return the hash of the original that the nearest sidecar above the absolute path `target` records."""
    digest = _recorded(target).get("original_hash")
    return digest if isinstance(digest, str) else None


def repositories(target: Path) -> list[Path]:
    """Return the folders that hold a `translations` folder above `target`, nearest first: its repository is one."""
    return [folder.parent for folder in target.parents if folder.name == "translations"]


def _recorded(target: Path) -> Mapping[str, object]:
    """What the nearest sidecar records of the target."""
    file = next(filter(is_file, _above(os.fspath(target))), None)
    if file is None:
        return {}
    try:
        entries = json.loads(read_bytes(file))
    except (UserError, ValueError, RecursionError):
        return {}
    if not isinstance(entries, dict):
        return {}
    inside = target.relative_to(os.path.dirname(file))
    # Beside the language folder rather than in it, keys may or may not begin with the language.
    found = (entries.get(key) for key in (inside.as_posix(), "/".join(inside.parts[1:])))
    return next((entry for entry in found if isinstance(entry, dict)), {})


def _above(path: str) -> Iterator[str]:
    """Yield where a sidecar may lie, the nearest first. Every article asks: paths as objects take most of the time."""
    while (folder := os.path.dirname(path)) != path:
        yield os.path.join(folder, NAME)
        path = folder
