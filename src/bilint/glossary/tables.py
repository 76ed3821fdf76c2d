"""Term lists in CSV and TSV: our own columns, or those that Weblate and Crowdin export."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from bilint.glossary.entries import COLUMNS, Cells, check_name
from bilint.glossary.languages import is_english, preferred
from bilint.glossary.renderings import Rendering, said_by
from bilint.messages import phrase
from bilint.model import UserError

SEPARATED = {".csv": ",", ".tsv": "\t"}
_OF_LANGUAGE = re.compile(r"(term|status|part of speech|note|description) ?[\[(]([\w-]+)[\])]")
_Row = tuple[str, Sequence[str]]
_Columns = Mapping[str, int]


def csv_cells(text: str, shown: str, separator: str) -> Iterator[Cells]:
    """Yield the entries of a table. Raises UserError for what is no CSV, or has no columns that are known."""
    rows = _rows(text, shown, separator)
    where, head = next(rows, (f"{shown}:1", ()))
    if not head:
        raise UserError("{where}: is empty", "the first line is `{names}`", where=where, names=",".join(COLUMNS))
    names = [cell.strip().lower() for cell in head]
    for name in names:
        if names.count(name) > 1:
            raise UserError("{where}: column `{name}` comes twice", "remove one of the two", where=where, name=name)
    yield from _reader(names, where)(_checked(rows, len(names)), {name: n for n, name in enumerate(names)})


def _rows(text: str, shown: str, separator: str) -> Iterator[_Row]:
    """The rows that say something, each with the place where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    line = 1
    try:
        for row in reader:
            where, line = f"{shown}:{line}", reader.line_num + 1
            if any(map(str.strip, row)):
                yield where, row
    except csv.Error as error:
        raise UserError(
            "{shown}:{line}: is not valid CSV: {error}",
            "look for a quote that is not closed",
            shown=shown,
            line=line,
            error=error,
        ) from error


def _checked(rows: Iterator[_Row], width: int) -> Iterator[_Row]:
    for where, row in rows:
        if len(row) > width:
            hint = phrase('put a cell that has a comma in quotes: "a, b"')
            raise UserError(
                "{where}: {count} cells under {width} columns", hint, where=where, count=len(row), width=width
            )
        yield where, row


def _reader(names: Sequence[str], where: str) -> Callable[[Iterator[_Row], _Columns], Iterator[Cells]]:
    if "term" not in names and {"source", "target"} <= set(names):
        return _of_weblate
    if any(_OF_LANGUAGE.fullmatch(name) for name in names):
        return _of_crowdin
    for name in names:
        check_name(name, where, "column")
    if "term" not in names:
        raise UserError(
            "{where}: no column `term`", "the first line is `{names}`", where=where, names=",".join(COLUMNS)
        )
    return _own


def _own(rows: Iterator[_Row], columns: _Columns) -> Iterator[Cells]:
    for where, row in rows:
        yield Cells(dict(zip(columns, row, strict=False)), where)


def _of_weblate(rows: Iterator[_Row], columns: _Columns) -> Iterator[Cells]:
    """The rows that are translated and need no editing."""
    for where, row in rows:
        cell = _cell(row, columns)
        if cell("source").strip() and cell("target").strip() and cell("fuzzy").strip().lower() != "true":
            said = said_by(cell("source"), [Rendering(cell("target"))], note=cell("translator_comments"))
            yield Cells(said, where, is_merged=True)


def _of_crowdin(rows: Iterator[_Row], columns: _Columns) -> Iterator[Cells]:
    languages = list(dict.fromkeys(found[2] for name in columns if (found := _OF_LANGUAGE.fullmatch(name))))
    english = next(filter(is_english, languages), "")
    chinese = preferred(languages)
    plain = {name.replace("(", "[").replace(")", "]").replace(" [", "["): at for name, at in columns.items()}
    for where, row in rows:
        cell = _cell(row, plain)
        term, form = cell(f"term[{english}]"), cell(f"term[{chinese}]")
        if term.strip() and form.strip():
            rendering = Rendering(form, cell(f"status[{chinese}]"))
            pos, note = cell(f"part of speech[{english}]"), cell(f"note[{chinese}]")
            said = said_by(term, [rendering], pos=pos, note=note, domain=cell("concept subject"))
            yield Cells(said, where, is_merged=True)


def _cell(row: Sequence[str], columns: _Columns) -> Callable[[str], str]:
    def cell(name: str) -> str:
        at = columns.get(name, len(row))
        return row[at] if at < len(row) else ""

    return cell
