"""Files of two columns, parted by a tab: pairs of files, the index of originals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bilint.files import read_bytes
from bilint.model import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator


def shown(path: Path) -> str:
    """Return the path as messages name it: relative to the working directory where it lies below that."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def rows(file: Path, columns: str) -> Iterator[tuple[str, str, str]]:
    """Yield (`file:line`, first column, second column); blank lines and lines that start with `#` are left out.

    `columns` names the two columns in messages. Raises UserError when the file cannot be read or a line has not two
    columns.
    """
    name = shown(file)
    try:
        text = read_bytes(file, shown=name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("{name}: is not UTF-8", "save the file as UTF-8", name=name) from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != 2 or not all(cells):
            raise UserError(
                "{name}:{number}: is not a line `{columns}`",
                "put one tab between the two",
                name=name,
                number=number,
                columns=columns,
            )
        yield f"{name}:{number}", cells[0], cells[1]
