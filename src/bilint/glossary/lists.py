"""Term lists: find, read and check CSV and TOML files; every complaint says file and line."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.files import is_file, read_bytes
from bilint.glossary.terms import Glossary, Term, split
from bilint.model import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COLUMNS = ("term", "approved", "forbidden", "keep", "case", "note")
SEPARATOR = "|"
_FLAGS = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}


def load(names: Sequence[str], root: Path) -> Glossary:
    """Return the terms of all lists: CSV or TOML files relative to `root`, or names of shipped lists (`ai-ml`).

    A later list replaces the terms it shares with an earlier one. Raises UserError, with `file:line`, for a list
    that is missing, unreadable or malformed.
    """
    terms: dict[tuple[str, ...], Term] = {}
    for name in names:
        terms |= _read(name, root)
    return Glossary(tuple(terms.values()))


def _read(name: str, root: Path) -> dict[tuple[str, ...], Term]:
    path, shown = _locate(name, root)
    text = _decode(path, shown)
    terms: dict[tuple[str, ...], Term] = {}
    for line, cells in (_toml_rows if path.suffix == ".toml" else _csv_rows)(text, shown):
        term = _term(cells, f"{shown}:{line}")
        words, _ = split(term.source)
        key = words if term.case_sensitive else tuple(word.lower() for word in words)
        if key in terms:
            hint = f"it is also at {terms[key].origin}: join the two lines"
            raise UserError(f"{term.origin}: duplicate term `{term.source}`", hint)
        terms[key] = term
    return terms


def _locate(name: str, root: Path) -> tuple[Path, str]:
    if name.endswith((".csv", ".toml")):
        if not is_file(root / name):
            raise UserError(f"{name}: no such glossary file", "paths are relative to the folder of the settings file")
        return root / name, name
    from importlib.resources import files

    folder = Path(str(files("bilint"))) / "glossaries"
    if not folder.is_dir():
        folder = Path(__file__).resolve().parents[3] / "glossaries"
    shipped = {path.stem: path for path in sorted(folder.glob("*.csv"))}
    if name not in shipped:
        hint = f"shipped glossaries: {', '.join(shipped)}; a file of your own ends in .csv or .toml"
        raise UserError(f"{name}: no such glossary", hint)
    return shipped[name], shipped[name].name


def _decode(path: Path, shown: str) -> str:
    try:
        data = read_bytes(path, shown=shown)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(f"{shown}:{line}: is not UTF-8", "save it as UTF-8 (in Excel: `CSV UTF-8`)") from error


def _csv_rows(text: str, shown: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    import csv

    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    line = 1
    try:
        for row in reader:
            where, start, line = f"{shown}:{line}", line, reader.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = _header(row, where)
            elif len(row) > len(header):
                hint = 'put a cell that has a comma in quotes: "a, b"'
                raise UserError(f"{where}: {len(row)} cells under {len(header)} columns", hint)
            else:
                yield start, dict(zip(header, row, strict=False))
    except csv.Error as error:
        raise UserError(f"{shown}:{line}: is not valid CSV: {error}", "look for a quote that is not closed") from error
    if not header:
        raise UserError(f"{shown}:1: is empty", f"the first line is `{','.join(COLUMNS)}`")


def _header(row: Sequence[str], where: str) -> list[str]:
    names = [cell.strip().lower() for cell in row]
    for name in names:
        _check_key(name, where, "column")
        if names.count(name) > 1:
            raise UserError(f"{where}: column `{name}` comes twice", "remove one of the two")
    if "term" not in names:
        raise UserError(f"{where}: no column `term`", f"the first line is `{','.join(COLUMNS)}`")
    return names


def _toml_rows(text: str, shown: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    import tomllib

    try:
        content = tomllib.loads(text)
    except RecursionError as error:
        raise UserError(f"{shown}: is nested too deeply") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise UserError(f"{shown}:{found[1] if found else 1}: is not valid TOML: {error}") from error
    except ValueError as error:  # Python refuses numbers of more than 4,300 digits
        raise UserError(f"{shown}: has a number that is too long") from error
    tables = content.pop("term", [])
    if content or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        key = next(iter(content), "term")
        at = re.search(rf"^\s*\[*\s*[\"']?{re.escape(key)}\b", text, re.M)
        line = text.count("\n", 0, at.end()) + 1 if at else 1
        raise UserError(f"{shown}:{line}: unexpected `{key}`", "each term is a table that starts with `[[term]]`")
    heads = [number for number, line in enumerate(text.split("\n"), 1) if re.match(r"\s*\[\[\s*term\s*\]\]", line)]
    for index, table in enumerate(tables):
        line = heads[index] if len(heads) == len(tables) else 1
        yield line, {key: _cell(key, value, f"{shown}:{line}") for key, value in table.items()}


def _cell(key: str, value: object, where: str) -> str:
    """Return a TOML value as the CSV cell that says the same."""
    _check_key(key, where, "key")
    if isinstance(value, bool) and key in {"keep", "case"}:
        return "yes" if value else "no"
    if isinstance(value, list) and key in {"approved", "forbidden"} and all(isinstance(item, str) for item in value):
        return SEPARATOR.join(value)
    if isinstance(value, str):
        return value
    raise UserError(f"{where}: wrong value for `{key}`", "renderings are lists of strings, keep and case true or false")


def _check_key(name: str, where: str, kind: str) -> None:
    if name not in COLUMNS:
        import difflib

        near = difflib.get_close_matches(name, COLUMNS, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"{kind}s are {', '.join(COLUMNS)}, separated by commas"
        raise UserError(f"{where}: unknown {kind} `{name}`", hint)


def _term(cells: Mapping[str, str], origin: str) -> Term:
    source = " ".join(cells.get("term", "").split())
    if not source:
        raise UserError(f"{origin}: empty term", "write the English term, or remove the line")
    words, _ = split(source)
    if not words:
        raise UserError(f"{origin}: `{source}` has no Latin letter", "`term` is the English term")
    approved, forbidden = (_renderings(cells, column, origin) for column in ("approved", "forbidden"))
    both = [form for form in forbidden if form in approved]
    if both:
        raise UserError(f"{origin}: `{both[0]}` is both approved and forbidden for `{source}`", "remove it from one")
    keep, case = (_flag(cells, column, origin) for column in ("keep", "case"))
    if not (approved or forbidden or keep):
        hint = "give an approved or a forbidden rendering, or set keep to yes"
        raise UserError(f"{origin}: nothing is said about `{source}`", hint)
    acronym = source.upper() == source and len(re.findall(r"[A-Z]", source)) > 1
    return Term(source, approved, forbidden, keep, case or acronym, cells.get("note", "").strip(), origin)


def _renderings(cells: Mapping[str, str], column: str, origin: str) -> tuple[str, ...]:
    cell = cells.get(column, "").strip()
    forms = [form.strip() for form in cell.split(SEPARATOR)] if cell else []
    if "" in forms or "｜" in cell:
        raise UserError(
            f"{origin}: `{cell}` in `{column}` cannot be split", "separate renderings by one half-width `|`"
        )
    return tuple(dict.fromkeys(forms))


def _flag(cells: Mapping[str, str], column: str, origin: str) -> bool:
    cell = cells.get(column, "").strip()
    if cell.lower() not in _FLAGS:
        raise UserError(f"{origin}: `{cell}` in `{column}` is neither yes nor no", "write `yes` or leave it empty")
    return _FLAGS[cell.lower()]
