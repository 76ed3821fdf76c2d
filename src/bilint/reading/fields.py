"""The fields of a page's front matter, by their keys: what can be compared without knowing their types."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bilint.model import Block, Document, Kind, Span
from bilint.text.scripts import has_han

_HEAD = 3000
"""Characters at the start of a page in which its front matter ends."""

Fields = Mapping[str, Sequence[Block]]


class Renamed(NamedTuple):
    """A key in Chinese, the one that stood in its place, and where it stands."""

    there: str
    here: str
    span: Span


def fields(document: Document) -> dict[str, list[Block]]:
    """Return the values of each field, several where it is a list, by dotted key, in the order of the file."""
    found: dict[str, list[Block]] = {}
    for block in document.blocks:
        if block.kind is Kind.FIELD:
            found.setdefault(block.info, []).append(block)
    return found


def changed_values(there: Fields, here: Fields) -> Iterator[tuple[Block, Block]]:
    """Yield the values that differ, in the order of the original; parts of lists only where no part came or went."""
    for key, values in there.items():
        copies = here.get(key, ())
        if len(copies) == len(values):
            yield from ((one, other) for one, other in zip(values, copies, strict=True) if one.content != other.content)


def lines_of_fields(names: Fields, text: str, start: int) -> Iterator[tuple[str, Span]]:
    """Yield the outer keys that stand as such in lines of `text` from `start` on, with their lines, in their order."""
    head = text[start : start + _HEAD]
    for name in names:
        line = re.search(rf"^{re.escape(name)}[ \t]*[:：=].*", head, re.MULTILINE)
        if line:
            yield name, Span(start + line.start(), start + len(head[: line.end()].rstrip()))


def renamed(there: Fields, here: Fields, text: str) -> Iterator[Renamed]:
    """Yield the keys in Chinese, each with the key of the original that is lost in its place, in order."""
    told = set()
    for lost, key in zip(there, here, strict=False):
        if key in there or lost in here:
            continue
        names, copies = lost.split("."), key.split(".")
        level = next((n for n, (one, other) in enumerate(zip(names, copies, strict=False)) if one != other), None)
        if level is None or not has_han(copies[level]) or has_han(names[level]):
            continue
        outer = ".".join(copies[: level + 1])
        if outer not in told:
            told.add(outer)
            at = text.rfind(copies[level], 0, here[key][0].span.start)
            yield Renamed(".".join(names[: level + 1]), outer, Span(at, at + len(copies[level])))
