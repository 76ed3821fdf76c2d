"""The page around its parts: one file, which loads nothing and runs no script but its own."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bilint.page.words import SPOKEN, said, tag
from bilint.text.xml import element

if TYPE_CHECKING:
    from lxml.etree import _Element

_KEYS = {
    "report": (("j", "key-next"), ("k", "key-previous"), ("/", "key-search")),
    "alignment": (
        ("j", "key-next-sentence"),
        ("k", "key-previous-sentence"),
        ("n", "key-next-doubt"),
        ("p", "key-previous-doubt"),
    ),
}
"""What keys do, by the kind of page."""


def page(kind: str, title: str, parts: Iterable[str]) -> str:
    """Return the page, ending with a newline; `parts` are mark-up of its body, `kind` is `report` or `alignment`."""
    style, script = _file("page.css"), _file("page.js")
    words = json.dumps({key: said(key) for key in SPOKEN}, ensure_ascii=False).replace("<", "\\u003c")
    head = element(
        "head",
        element("meta", attributes={"charset": "utf-8"}),
        element("meta", attributes={"http-equiv": "Content-Security-Policy", "content": _policy(style, script)}),
        element("meta", attributes={"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", attributes={"name": "color-scheme", "content": "light dark"}),
        element("meta", attributes={"name": "referrer", "content": "no-referrer"}),
        element("title", f"{title} – bilint"),
        element("link", attributes={"rel": "icon", "href": "data:,"}),
        element("style", style),
    )
    behind = [
        _help(kind),
        element("script", words, attributes={"type": "application/json", "id": "words"}),
        element("script", script),
    ]
    opening = f'<!doctype html>\n<html lang="{tag()}">{markup(head)}<body class="{kind}">'
    return "".join((opening, *parts, *map(markup, behind), "</body></html>\n"))


def markup(part: _Element) -> str:
    """Return an element as HTML. Not indented: white space beside inline elements would be shown."""
    from lxml import etree

    return etree.tostring(part, encoding="unicode", method="html")


def button(key: str, face: str, name: str) -> _Element:
    """Return a button with a face of one sign, and its name in words."""
    words = said(key)
    return element("button", face, attributes={"type": "button", "id": name, "title": words, "aria-label": words})


def _help(kind: str) -> _Element:
    rows: list[_Element] = []
    for key, words in (*_KEYS[kind], ("?", "key-help"), ("Esc", "key-escape")):
        rows += [element("dt", element("kbd", key)), element("dd", said(words))]
    close = element("button", said("close"), attributes={"type": "button", "id": "close"})
    return element("dialog", element("h2", said("keys")), element("dl", *rows), close, attributes={"id": "help"})


def _policy(style: str, script: str) -> str:
    """What the browser may do with the page (Content Security Policy 3): apply its style, run its script."""
    allowed = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _file(name: str) -> str:
    return files("bilint.page").joinpath(name).read_text(encoding="utf-8")
