"""Originals named in HTML comments: tool metadata (`source_file`) and lines such as `source: docs/en/guide.md`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from bilint.model import Document, Span
from bilint.originals.locators import Named, locators

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilint.originals.zones import Zones

_METADATA = re.compile(r'"source_file"\s*:\s*("(?:[^"\\]|\\.)*")')
_KEY = re.compile(
    r"(?:^|[\s,;{])[\"']?(?:(?:source|original|upstream)(?:[-_ ]?(?:file|path|url|link))?"
    r"|translated[- _]from|translation[- ]of|en(?:glish)?|via"
    r"|(?:英文)?原文(?:地址|[链鏈]接|文件|路[径徑])?|[译譯]自)[\"']?\s*[:=：]\s*(?=\S)",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"\"([^\"\n]+)\"|'([^'\n]+)'")


def in_comments(document: Document, zones: Zones) -> Iterator[Named]:
    """Yield the originals that comments name, in file order.

    Metadata counts anywhere; a `source:` line only above the running text or at the very end: inside the text it
    credits a snippet.
    """
    for offset, text in document.comments:
        at = offset + 4 if document.text.startswith("<!--", offset) else offset
        if metadata := _METADATA.search(text):
            path = json.loads(metadata[1], strict=False)
            yield Named(None, path, "comment", Span(at + metadata.start(1) + 1, at + metadata.end(1) - 1))
        elif _at_the_edge(at, len(text), zones):
            yield from _keyed(text, at)


def _keyed(text: str, at: int) -> Iterator[Named]:
    for key in _KEY.finditer(text):
        line = text[key.end() :].split("\n", 1)[0]
        quoted = _QUOTED.match(line)
        value = (quoted[1] or quoted[2]) if quoted else re.split(r"[\s,;@|]", line, maxsplit=1)[0]
        start = at + key.end() + bool(quoted)
        # A path in quotation marks may hold blanks, which nowhere else stand in an address.
        for found in locators(f"[](<{value}>)", ""):
            yield Named(found.uri, found.path, "comment", Span(start, start + len(value)))


def _at_the_edge(at: int, length: int, zones: Zones) -> bool:
    text_begins = zones.starts[zones.body] if zones.body < len(zones.starts) else len(zones.text)
    line = zones.text.count("\n", 0, at + length)
    return at < text_begins or next(zones.after(line), None) is None
