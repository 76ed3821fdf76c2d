"""broken-table: a table lost its marks, a row or a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Bitext, Block, Confidence, Document, Finding, Format, Kind, Severity, Span
from bilint.rules import Context, Options, rule

_LINE = re.compile(r"^[ \t>]*[|｜].*[|｜][ \t]*$", re.MULTILINE)
_WORD = re.compile(r"\w")
_BAR = re.compile(r"(?<!\\)\|")
_Row = list[Block]
_Table = list[_Row]


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="design-and-markup/structure",
    messages={
        "text": "a table of the original is shown as text",
        "cells": "a row of the table has {here} cells, its head {there}",
        "rows": "the table has {here} rows, that of the original {there}",
        "columns": "the table has {here} columns, that of the original {there}",
    },
    help={
        "text": "a table needs `|` between its cells, and a line of `| --- |` below its head",
        "cells": "put a `|` between the cells",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A table of the original is no table any more, or lacks rows, columns or cells.

    ## Why
    A full-width `｜`, a delimiter line that is gone or a missing `|` make a table text, or move what its cells say into
    the wrong columns.

    ## Bad
    ```en
    | Plan | Copies | Price |
    | --- | --- | --- |
    | Free plan | seven copies | nothing |
    | Team plan | thirty copies | four dollars |
    ```
    ```zh
    | 方案 | 份数 | 价格 |
    | --- | --- | --- |
    | 免费方案 | 七份备份 | 免费 |
    | 团队方案 | 三十份备份 四美元 |
    ```

    ## Good
    ```en
    | Plan | Copies | Price |
    | --- | --- | --- |
    | Free plan | seven copies | nothing |
    | Team plan | thirty copies | four dollars |
    ```
    ```zh
    | 方案 | 份数 | 价格 |
    | --- | --- | --- |
    | 免费方案 | 七份备份 | 免费 |
    | 团队方案 | 三十份备份 | 四美元 |
    ```

    ## Source
    GitHub Flavored Markdown 0.29, section 4.10.
    """
    if bitext.source.format is Format.HTML or "|" not in bitext.source.text:
        return
    there, here = list(_tables(bitext.source)), list(_tables(bitext.target))
    if len(there) > len(here):
        yield from _as_text(bitext, context)
    numbers = {id(cell): number for number, table in enumerate(there) for row in table for cell in row}
    for table in here:
        original = _original(bitext, table, numbers)
        if original is not None:
            yield from _differences(bitext, context, there[original], table)


def _tables(document: Document) -> Iterator[_Table]:
    """Yield the tables of a document, row by row."""
    table: _Table = []
    before: Block | None = None
    for block in document.blocks:
        if block.kind is not Kind.CELL:
            before = None
            continue
        if block.span.start == block.span.end:
            continue  # what a short row lacks stands on the next line
        is_head = "head" in block.container[-2:]
        if before is None or (is_head and "row" in before.container[-2:]):
            if table:
                yield table
            table = [[]]
        elif "\n" in document.text[before.span.start : block.span.start]:
            table.append([])
        table[-1].append(block)
        before = block
    if table:
        yield table


def _as_text(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    for block in bitext.target.blocks:
        if "|" in block.prose.text or "｜" in block.prose.text:
            lines = len(_LINE.findall(bitext.target.text, block.span.start, block.span.end))
            if lines > 1:
                pair = bitext.pair_of(block)
                yield context.finding("text", block.span, source=pair.source[0].span if pair and pair.source else None)


def _original(bitext: Bitext, table: _Table, numbers: dict[int, int]) -> int | None:
    """The number of the table of the original that the cells of a table belong to: one, or none."""
    pairs = (bitext.pair_of(cell) for row in table for cell in row)
    found = {numbers.get(id(block)) for pair in pairs if pair and pair.is_likely for block in pair.source}
    return found.pop() if len(found) == 1 else None


def _differences(bitext: Bitext, context: Context[Options], there: _Table, here: _Table) -> Iterator[Finding]:
    source = there[0][0].span
    width, original = _bars(bitext.target, here[0]) + 1, _bars(bitext.source, there[0]) + 1
    if width != original:
        yield context.finding("columns", here[0][0].span, source=source, here=width, there=original)
        return
    if any(_bars(bitext.source, row) < width - 1 for row in there):
        return  # rows of the original are torn themselves
    for row in here:
        bars = _bars(bitext.target, row)
        if bars < width - 1:
            span = Span(row[0].span.start, max(row[0].span.end, row[0].span.start + 1))
            yield context.finding("cells", span, source=source, here=bars + 1, there=width)
    there, here = ([row for row in table if _says(row)] for table in (there, here))
    if 0 < len(here) < len(there):
        yield context.finding("rows", here[-1][0].span, source=source, here=len(here) - 1, there=len(there) - 1)


def _bars(document: Document, row: _Row) -> int:
    """How many marks stand between the cells of a row."""
    start = document.text.rfind("\n", 0, row[0].span.start) + 1
    end = document.text.find("\n", row[0].span.start)
    line = document.text[start : end if end >= 0 else len(document.text)].strip(" \t>\r")
    return len(_BAR.findall(line)) - line.startswith("|") - (line.endswith("|") and not line.endswith("\\|"))


def _says(row: _Row) -> bool:
    """Whether a row is more than lines and blanks."""
    return any(cell.inlines or _WORD.search(cell.prose.text) for cell in row)
