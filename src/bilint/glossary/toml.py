"""Term lists in TOML: a table `[[term]]` for each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.glossary.entries import SEPARATOR, Cells, check_name
from bilint.model import UserError

_LISTS = frozenset({"approved", "forbidden", "context"})
_FLAGS = frozenset({"keep", "case"})


def toml_cells(text: str, shown: str) -> Iterator[Cells]:
    """Yield the entries of a list. Raises UserError for what is no TOML, or no list of terms."""
    import tomllib

    try:
        content = tomllib.loads(text)
    except RecursionError as error:
        raise UserError("{shown}: is nested too deeply", shown=shown) from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise UserError(
            "{shown}:{line}: is not valid TOML: {error}", shown=shown, line=found[1] if found else 1, error=error
        ) from error
    except ValueError as error:  # Python refuses numbers of more than 4,300 digits
        raise UserError("{shown}: has a number that is too long", shown=shown) from error
    tables = content.pop("term", [])
    if content or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        key = next(iter(content), "term")
        at = re.search(rf"^\s*\[*\s*[\"']?{re.escape(key)}\b", text, re.M)
        line = text.count("\n", 0, at.end()) + 1 if at else 1
        raise UserError(
            "{shown}:{line}: unexpected `{key}`",
            "each term is a table that starts with `[[term]]`",
            shown=shown,
            line=line,
            key=key,
        )
    heads = [number for number, line in enumerate(text.split("\n"), 1) if re.match(r"\s*\[\[\s*term\s*\]\]", line)]
    for index, table in enumerate(tables):
        where = f"{shown}:{heads[index] if len(heads) == len(tables) else 1}"
        yield Cells({key: _cell(key, value, where) for key, value in table.items()}, where)


def _cell(key: str, value: object, where: str) -> str:
    """Return a TOML value as the CSV cell that says the same."""
    check_name(key, where, "key")
    if isinstance(value, bool) and key in _FLAGS:
        return "yes" if value else "no"
    if isinstance(value, list) and key in _LISTS and all(isinstance(item, str) for item in value):
        return SEPARATOR.join(value)
    if isinstance(value, str):
        return value
    raise UserError(
        "{where}: wrong value for `{key}`",
        "renderings are lists of strings, keep and case true or false",
        where=where,
        key=key,
    )
