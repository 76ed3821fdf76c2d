"""The tags and texts of an HTML page with their places: what `html` reads a page from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING

from bilint.model import PLACEHOLDER
from bilint.text.characters import unescape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

# Every alternative accepts the end of the file: a failing one would be tried again at each later `<`.
_TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<name>/?[A-Za-z][^\s/>]*+)(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+(?:>|\Z)"
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_ENTITY = re.compile(r"\0|&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_RAW = ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "svg", "math")
_CUSTOM = re.compile(r"/?[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_FIGURES = {"figure", "p", "li", "td", "th", "article", "section"}
_LOOKED_AHEAD = 40
_LOOKED_ASIDE = 8
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*+(?:>|\Z)|\Z", re.IGNORECASE) for name in _RAW}


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the file: a tag by its lower-case name, `/p` for an end tag, or text (no name)."""

    start: int
    end: int
    name: str


def tokens(text: str, names: Collection[str]) -> Iterator[Token]:
    """Yield the texts and the tags of `names` and of custom elements in file order.

    Raw-text elements such as `<math>` are one tag token.
    """
    at = 0
    while found := _TAG.search(text, at):
        if found.start() > at:
            yield Token(at, found.start(), "")
        at = found.end()
        name = (found["name"] or "").lower()
        if name in _RAW_END and not (name in {"svg", "math"} and found[0].endswith("/>")):
            end = _RAW_END[name].search(text, at)
            at = end.end() if end else len(text)
        if name.removeprefix("/") in names or _CUSTOM.fullmatch(name):
            yield Token(found.start(), at, name)
    if at < len(text):
        yield Token(at, len(text), "")


def markup(text: str) -> Iterator[re.Match[str]]:
    """Yield the tags, comments and declarations of a stretch of HTML in file order, each as it stands."""
    return _TAG.finditer(text)


def skeleton(page: Iterable[Token]) -> str:
    """Return a page of the same elements that holds only token numbers.

    A start tag has its number as attribute `i`. Texts and end tags (a parser tells no attributes there) put `number;`
    into the text. A `<pre>` is written as `<div>`, because by the rules of HTML 4 a table would end it.
    """
    parts = ["<html><body>"]
    for number, token in enumerate(page):
        if not token.name:
            parts.append(f"{number};")
        elif token.name.startswith("/"):
            parts.append(f"{number};<{'/div' if token.name == '/pre' else token.name}>")
        elif token.name in _RAW_END or token.name == "source":  # a parser of HTML 4 does not know that it ends here
            parts.append(f"<{token.name} i={number}></{token.name}>")
        else:
            parts.append(f"<{'div' if token.name == 'pre' else token.name} i={number}>")
    return "".join(parts)


def start_tag(text: str, token: Token) -> str:
    """Return the raw start tag of a token, without the content of a raw-text element."""
    if token.name in _RAW_END and (tag := _TAG.match(text, token.start)):
        return tag[0]
    return text[token.start : token.end]


def raw_content(raw: str) -> str:
    """Return what stands in a raw-text element."""
    tag = _TAG.match(raw)
    return raw[tag.end() if tag else 0 :].rpartition("</")[0]


def words_inside(text: str, page: Sequence[Token], number: int) -> str:
    """Return the text of the element that token `number` opens, entities resolved, or the beginning of a longer one.

    An image in it is U+FFFC.
    """
    end = "/" + page[number].name
    words = []
    for token in page[number + 1 : number + 1 + _LOOKED_AHEAD]:
        if token.name == end:
            break
        if not token.name:
            words.append(unescape(text[token.start : min(token.end, token.start + _LOOKED_AHEAD)]))
        elif token.name == "img":
            words.append(PLACEHOLDER)
    return "".join(words)


def beside(text: str, page: Sequence[Token], number: int, name: str) -> Iterator[str]:
    """Yield the raw tokens of `name` next to token `number`, in the same figure: no text stands between."""
    for step in (1, -1):
        for at in range(number + step, number + step * _LOOKED_ASIDE, step):
            if not 0 <= at < len(page):
                break
            token = page[at]
            raw = text[token.start : token.end]
            if token.name == name:
                yield raw
            if token.name.removeprefix("/") in _FIGURES or (not token.name and not raw.isspace()):
                break


def image_in(noscript: str) -> str:
    """Return the raw `<img>` in a raw `<noscript>`, or an empty string."""
    inside = raw_content(noscript)
    return next((inside[t.start : t.end] for t in tokens(inside, {"img"}) if t.name), "")


def attributes(tag: str) -> dict[str, str]:
    """Return a start tag's attributes, entities resolved; of two with one name the first counts, as in a browser."""
    found = _ATTRIBUTE.findall(tag[1:].removesuffix(">"))[1:]
    return {name.lower(): unescape(double or single or bare) for name, double, single, bare in reversed(found)}


def decoded(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield (readable text, its start, its end in the file) of a text token; each entity comes alone, no NULs."""
    for found in _ENTITY.finditer(text, start, end):
        length = _entity_length(found[0])
        if not length:
            continue
        if found.start() > start:
            yield text[start : found.start()], start, found.start()
        start = found.start() + length
        if found[0] != "\0":
            yield unescape(found[0][:length]), found.start(), start
    if end > start:
        yield text[start:end], start, end


def _entity_length(raw: str) -> int:
    """Return how many characters of `raw` are an entity: all, those before text that touches it (`&copy2026`), or 0."""
    if raw == "\0" or raw[1] == "#":
        return len(raw)
    return next((length for length in range(len(raw), 1, -1) if raw[1:length] in html5), 0)
