"""The tags and texts of an HTML page with their places: what `html` reads a page from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from html.entities import html5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

# Every alternative accepts the end of the file: a failing one would be tried again at each later `<`.
_TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<name>/?[A-Za-z][^\s/>]*+)(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+(?:>|\Z)"
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_RAW = ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "svg", "math")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*+(?:>|\Z)|\Z", re.IGNORECASE) for name in _RAW}


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the file: a tag by its lower-case name, `/p` for an end tag, or text (no name)."""

    start: int
    end: int
    name: str


def tokens(text: str, names: Collection[str]) -> Iterator[Token]:
    """Yield the texts and the tags of `names` in file order; raw-text elements such as `<math>` are one tag token."""
    at = 0
    while found := _TAG.search(text, at):
        if found.start() > at:
            yield Token(at, found.start(), "")
        at = found.end()
        name = (found["name"] or "").lower()
        if name in _RAW_END and not (name in {"svg", "math"} and found[0].endswith("/>")):
            end = _RAW_END[name].search(text, at)
            at = end.end() if end else len(text)
        if name.removeprefix("/") in names:
            yield Token(found.start(), at, name)
    if at < len(text):
        yield Token(at, len(text), "")


def skeleton(page: Iterable[Token]) -> str:
    """Return a page of the same elements that holds only token numbers.

    A start tag has its number as attribute `i`. Texts and end tags (a parser tells no attributes there) put `number;`
    into the text.
    """
    parts = ["<html><body>"]
    for number, token in enumerate(page):
        if not token.name:
            parts.append(f"{number};")
        elif token.name.startswith("/"):
            parts.append(f"{number};<{token.name}>")
        elif token.name in _RAW_END:
            parts.append(f"<{token.name} i={number}></{token.name}>")
        else:
            parts.append(f"<{token.name} i={number}>")
    return "".join(parts)


def attributes(tag: str) -> dict[str, str]:
    """Return a start tag's attributes, entities resolved; of two with one name the first counts, as in a browser."""
    found = _ATTRIBUTE.findall(tag[1:].removesuffix(">"))[1:]
    return {name.lower(): unescape(double or single or bare) for name, double, single, bare in reversed(found)}


def decoded(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield (readable text, its start, its end in the file) of a text token; each entity comes alone."""
    for found in _ENTITY.finditer(text, start, end):
        length = _entity_length(found[0])
        if not length:
            continue
        if found.start() > start:
            yield text[start : found.start()], start, found.start()
        start = found.start() + length
        yield unescape(found[0][:length]), found.start(), start
    if end > start:
        yield text[start:end], start, end


def _entity_length(raw: str) -> int:
    """Return how many characters of `raw` are an entity: all, those before text that touches it (`&copy2026`), or 0."""
    if raw[1] == "#":
        return len(raw)
    return next((length for length in range(len(raw), 1, -1) if raw[1:length] in html5), 0)
