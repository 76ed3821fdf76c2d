"""Measured figures in the Chinese pages: the rows of a table are those of the English page, with its words in Chinese.

    <!-- rows of table 2 of docs/accuracy.md -->
    | 问题 | 查到 | 共有 | 召回率 |
    |---|--:|--:|--:|

The head is written by hand, the rows below it are filled in. `figures.toml` has the words; `{0}`, `{1}` are the numbers
in the English. What it does not have stays as it is, and so do names of rules in a table that says `, by rule`.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from bilint.rules import all_rules

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_TABLE = re.compile(
    r"(?P<head><!-- rows of table (?P<number>\d+) of (?P<page>\S+?)(?P<by_rule>, by rule)? -->\n(?:\|[^\n]*\n){2})"
    r"(?:\|[^\n]*\n)*"
)
_ROWS = re.compile(r"^\|[^\n]*\n\|[ :|-]+\|\n(?P<rows>(?:\|[^\n]*\n)*)", re.MULTILINE)
_CELL = re.compile(r"(?<=\|)[^|\n]+(?=\|)")
_NUMBER = re.compile(r"\d[\d.,]*")


def with_figures(page: str, root: Path) -> str:
    """Return a Chinese page with its tables of figures brought up to date; pages are named from `root`.

    Raises IndexError when the English page has fewer tables.
    """
    return _TABLE.sub(lambda match: match["head"] + _rows(match, root), page)


def _rows(table: re.Match[str], root: Path) -> str:
    english = (root / table["page"]).read_text(encoding="utf-8")
    rows = [match["rows"] for match in _ROWS.finditer(english)][int(table["number"]) - 1]
    names = all_rules().keys() if table["by_rule"] else ()
    return _CELL.sub(lambda cell: f" {cell[0].strip() if cell[0].strip() in names else _said(cell[0].strip())} ", rows)


def _said(cell: str) -> str:
    numbers = _NUMBER.findall(cell)
    words = _WORDS.get(_NUMBER.sub("#", cell))
    return words.format(*numbers) if words else cell
