"""What HTML's elements and attributes mean to a reader: blocks, inlines, containers, and what is not to be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilint.model import InlineKind, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SECTIONS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "div",
    "fieldset",
    "figcaption",
}
_SECTIONS |= {
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "hr",
    "legend",
    "main",
    "nav",
    "p",
    "pre",
    "section",
    "summary",
}
_LISTS = {"dd", "dir", "dl", "dt", "li", "menu", "ol", "ul"}
_TABLES = {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
BLOCKS = frozenset(HEADINGS.keys() | _SECTIONS | _LISTS | _TABLES)
"""Elements that begin and end a block."""

SPANS = {
    "b": InlineKind.STRONG,
    "strong": InlineKind.STRONG,
    "i": InlineKind.EMPHASIS,
    "em": InlineKind.EMPHASIS,
    "s": InlineKind.STRIKE,
    "del": InlineKind.STRIKE,
    "strike": InlineKind.STRIKE,
}
CODE = frozenset({"code", "kbd", "samp", "var", "tt"})
_PLAIN = {"span", "sup", "sub", "small", "big", "u", "ins", "font", "label", "mark", "abbr", "time", "cite", "q", "dfn"}
_PLAIN |= {"bdi", "bdo", "ruby", "picture"}
_CONTROLS = {"button", "datalist", "meter", "progress", "select"}
_LEFT_OUT = _CONTROLS | {"audio", "canvas", "object", "rp", "rt", "template", "video"}
KNOWN = frozenset(BLOCKS | SPANS.keys() | CODE | _PLAIN | _LEFT_OUT | {"a", "br", "img", "math"})
"""Elements that matter; the tags of all others are passed over, their text is read."""

_CONTAINERS = {"blockquote": "quote", "ul": "list", "ol": "list", "menu": "list", "dir": "list", "li": "item"}
_CONTAINERS |= {"table": "table", "thead": "head", "tr": "row"}
_CONTAINERS |= {name: name for name in ("nav", "header", "footer", "aside", "form")}
_ROLES = {"navigation": "nav", "banner": "header", "contentinfo": "footer", "complementary": "aside"}
FIRST_IN = {"item": Kind.ITEM, "row": Kind.CELL, "head": Kind.CELL}
"""Kind of the first paragraph in a list item or a table row's cell."""

_TELLING = re.compile(r"<(?:a|img|math|dialog)\b|hidden|style|role|class", re.IGNORECASE)
_INVISIBLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LANGUAGE = re.compile(r"\b(?:lang(?:uage)?-|highlight-(?:source-|text-)?|brush:\s*)([\w+#.-]+)")


def has_telling_attributes(tag: str) -> bool:
    """Return whether the attributes of a start tag can matter: most tags need not be taken apart."""
    return bool(_TELLING.search(tag))


def containers(name: str, given: Mapping[str, str], inside: str) -> list[str]:
    """Return the containers an element opens, outermost first; `inside` is the one around it."""
    role, own = _ROLES.get(given.get("role", "")), _CONTAINERS.get(name)
    if inside == "head" and own == "row":  # as in Markdown, where a table's head is one row
        own = None
    return [word for word in dict.fromkeys((role, own)) if word]


def is_left_out(name: str, given: Mapping[str, str]) -> bool:
    """Return whether a browser hides the element, or it is a control, a fallback, or a heading's link to itself."""
    return (
        name in _LEFT_OUT
        or "hidden" in given
        or given.get("aria-hidden") == "true"
        or bool(_INVISIBLE.search(given.get("style", "")))
        or (name == "dialog" and "open" not in given)
        or "headerlink" in given.get("class", "").split()
        or (name == "img" and not {given.get("width"), given.get("height")}.isdisjoint({"0", "1"}))
    )


def code_language(given: Mapping[str, str]) -> str:
    """Return the programming language a class names, as highlighters write it, or an empty string."""
    found = _LANGUAGE.search(given.get("class", ""))
    return found[1] if found else ""


def image_source(given: Mapping[str, str]) -> str:
    """Return where an image is; pages that load images late keep it beside a stand-in."""
    source = given.get("src", "")
    late = given.get("data-src") or given.get("data-original") or given.get("data-lazy-src")
    return late if late and (not source or source.startswith("data:")) else source
