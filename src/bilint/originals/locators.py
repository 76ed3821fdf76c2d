"""What stands in a piece of Markdown as an address: links, autolinks, bare URLs, reference links, file paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bilint.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


class Named(NamedTuple):
    """An original as an article names it: by URL or by path (never both), how, and the span it was read from."""

    uri: str | None
    path: str | None
    found_by: str
    span: Span


class Locator(NamedTuple):
    """An address in a piece of text: `uri` or `path`, its span there, and the link's text, if it is a link."""

    uri: str | None
    path: str | None
    span: Span
    text: str = ""


_EXTENSIONS = r"(?:mdx?|markdown|html?|rst|adoc|txt|ipynb)"
_HARD = r"\s<>\"'`（）《》「」【】“”！？|\\^{}\[\]"
# A full-width stop ends a URL, unless Latin goes on behind it: `https://example。com` is mistyped, not to be cut.
_CHARACTERS = rf"(?:[^{_HARD}，。；、]|[，。；、](?=[A-Za-z0-9]))"
_SCHEME = r"[Hh][Tt][Tt][Pp][Ss]?[ ]?[:：]//"
_HOST = r"(?:www\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?=/))"
_BARE_HOST = rf"(?<![\w./@-]){_HOST}(?:[/?#]{_CHARACTERS}*)?"
_BARE_PATH = rf"(?<![\w./%+~-])[\w./%+~-]+\.{_EXTENSIONS}(?![\w./])"
_BARE = rf"{_SCHEME}{_CHARACTERS}+|{_BARE_HOST}|{_BARE_PATH}"
_NESTED = r"(?:[^\s()<>]|\((?:[^\s()]|\([^\s()]*\))*\))*"
_TITLE = r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?"
_LOCATOR = re.compile(
    rf"""
    (?<!!)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]
        (?:\(\s*(?P<inline><[^<>\n]*>|{_NESTED}){_TITLE}\s*\)|\[(?P<label>[^\[\]]*)\])?
    | <a\b[^<>]*?\bhref\s*=\s*["']?(?P<href>[^"'<>\s]+)["']?[^<>]*>(?P<anchor>[^<]*)(?:</a>)?
    | <(?P<auto>{_SCHEME}[^<>\s]+)>
    | `(?P<code>[^`\s]+)`
    | (?P<bare>{_BARE})
    """,
    re.VERBOSE,
)
_URI = re.compile(rf"{_SCHEME}\S+")
_HOSTED = re.compile(rf"{_HOST}(?:[/?#]\S*)?")
_PATH = re.compile(rf"(?![A-Za-z][A-Za-z0-9+.-]*:)[^\s?#<>|*\"][^?#<>|*\"]*\.{_EXTENSIONS}(?=[?#]|$)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def address(destination: str) -> tuple[str | None, str | None] | None:
    """Return a link destination as (URL, None) or (None, relative path); None when it is neither (anchor, mail …)."""
    text = _ESCAPE.sub(r"\1", destination.strip().strip("<>")).replace("&amp;", "&")
    if _URI.fullmatch(text):
        return text, None
    if text.startswith("//"):
        return f"https:{text}", None
    if _HOSTED.fullmatch(text) and not (_PATH.match(text) and text.startswith(".")):
        return f"https://{text}", None
    if found := _PATH.match(text):
        return None, found[0]
    return None


def locators(text: str, document: str) -> Iterator[Locator]:
    """Yield the addresses in `text`, left to right; reference links are looked up in the whole `document`."""
    for match in _LOCATOR.finditer(text):
        end = match.end()
        if match["bare"] is not None:
            bare = _trimmed(match["bare"])
            end = match.start() + len(bare)
            found = address(bare)
        elif match["text"] is not None:
            found = _linked(match, document)
        else:
            found = address(match["href"] or match["auto"] or match["code"])
        if found:
            yield Locator(*found, Span(match.start(), end), (match["text"] or match["anchor"] or "").strip())


def _linked(match: re.Match[str], document: str) -> tuple[str | None, str | None] | None:
    if match["inline"] is not None:
        return address(match["inline"]) or address(match["text"].strip("` "))
    destination = _definition(match["label"] or match["text"], document)
    return address(destination) if destination else None


def _definition(label: str, document: str) -> str | None:
    if "]:" not in document:
        return None
    found = re.search(rf"^ {{0,3}}\[{re.escape(label)}\]:[ \t]*(\S+)", document, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else None


def _trimmed(url: str) -> str:
    """Drop what the sentence around a bare URL put at its end: stops, emphasis, a bracket that was opened before it."""
    while url and (url[-1] in ".,;:!?*~，。；、" or (url[-1] == ")" and url.count(")") > url.count("("))):
        url = url[:-1]
    return url[:-1] if url.endswith("_") and "_" not in url[:-1] else url
