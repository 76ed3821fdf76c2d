"""The fields of a front matter as they are written: what can be compared without knowing their types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bilint.text.head import TOML, YAML

_FIELD = re.compile(
    r"^([ \t]*)([^\s:=#'\"\[\]{}&*!|>%@`-][^:=\n]{0,60}?)[ \t]*(:(?=[ \t\r\n])|=)[ \t]*(.*)$", re.MULTILINE
)
_COMMENT = re.compile(r"\s+#.*$")
_QUOTED = re.compile(r"(['\"])(.*)\1")


class Field(NamedTuple):
    """A field of one line: its dotted key, its value without quotes, and where key and value start in the file."""

    key: str
    value: str
    key_start: int
    start: int


def fields(text: str) -> Iterator[Field]:
    """Yield the fields of the front matter of a file, in order; one that holds others has an empty value."""
    found = YAML.match(text) or TOML.match(text)
    if found is None:
        return
    opened: list[tuple[int, str]] = []
    for match in _FIELD.finditer(text, found.start(1), found.end(1)):
        indent, key = len(match[1]), match[2]
        while opened and opened[-1][0] >= indent:
            opened.pop()
        dotted = ".".join((*(name for _, name in opened), key))
        raw = _COMMENT.sub("", match[4]).strip()
        quoted = _QUOTED.fullmatch(raw)
        at = match.start(4) + (1 if quoted else 0)
        yield Field(dotted, quoted[2] if quoted else raw, match.start(2), at)
        opened.append((indent, key))
