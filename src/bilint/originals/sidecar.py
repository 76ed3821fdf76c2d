"""Co-op Translator keeps `.co-op-translator.json` in `translations/<language>/`: translated file → source file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = ".co-op-translator.json"


def source_paths(target: Path) -> Iterator[str]:
    """Yield the source path, relative to the repository, that the nearest sidecar above `target` records.

    `target` is absolute. A sidecar that cannot be read or parsed records nothing.
    """
    for folder in target.parents:
        if (folder / NAME).is_file():
            yield from _recorded(folder / NAME, target.relative_to(folder))
            return


def repositories(target: Path) -> list[Path]:
    """Return the folders that hold a `translations` folder above `target`, nearest first: its repository is one."""
    return [folder.parent for folder in target.parents if folder.name == "translations"]


def _recorded(sidecar: Path, target: Path) -> Iterator[str]:
    try:
        entries = json.loads(sidecar.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    if not isinstance(entries, dict):
        return
    # Beside the language folder rather than in it, keys may or may not begin with the language.
    for key in (target.as_posix(), "/".join(target.parts[1:])):
        entry = entries.get(key)
        source = entry.get("source_file") if isinstance(entry, dict) else None
        if isinstance(source, str):
            yield source
            return
