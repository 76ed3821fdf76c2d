"""A pairs file: which target has which source, one `target<TAB>source` a line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bilint.library.tables import rows
from bilint.messages import phrase
from bilint.model import UserError

if TYPE_CHECKING:
    from pathlib import Path

URL_SCHEMES = ("http://", "https://")


def read(file: Path) -> dict[str, str]:
    """Return target → source as written, in the order of the file.

    Relative paths are relative to the working directory; a source may be a URL. Raises UserError, with `file:line`, for
    a malformed line, a target given twice, a file that is not there.
    """
    pairs: dict[str, str] = {}
    seen: dict[str, str] = {}
    for where, target, source in rows(file, "target<TAB>source"):
        _require(where, "target", target)
        if not source.lower().startswith(URL_SCHEMES):
            _require(where, "source", source)
        real = os.path.realpath(target)
        if real in seen:
            raise UserError(
                "{where}: target {target} is already paired at {seen}",
                "keep one of the two lines",
                where=where,
                target=target,
                seen=seen[real],
            )
        seen[real] = where
        pairs[target] = source
    return pairs


def _require(where: str, role: str, path: str) -> None:
    if not os.path.isfile(path):
        hint = phrase("paths are relative to the folder bilint is run in")
        raise UserError("{where}: {role} {path} is not a file", hint, where=where, role=role, path=path)
