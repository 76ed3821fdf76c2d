"""What links lie on: labels that were left in English, where others like them are Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bilint.model import PLACEHOLDER, Block, Document, Inline, Kind
from bilint.reading.leftover import is_ordinary
from bilint.text.scripts import has_han
from bilint.text.words import FUNCTION_WORDS, words

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:(?://([^/?#]*))?|//([^/?#]*)|www\.", re.IGNORECASE)
"""What the address of a page of another site begins with, with its host: its title is in English like the page."""
_WRITTEN = re.compile(rf"[\"'“‘(]?[A-Za-z][A-Za-z0-9' ,:?!\"’”&(){PLACEHOLDER}-]*")
_NAME = re.compile(r"[a-z]-[a-z]+-|[a-z][A-Z]|\w\(|\A\S*\Z")
"""Names of files and of code that are not set as such: `publish-a-sensor now`, `fetchData`, `load()`, `mixed-term`."""
_KEPT = 0.1
"""Share of their uses, 0 to 1, up to which published translations keep each word of such a label."""
_SHOWN = 3
"""A message shows so many labels at most."""
_FEWEST, _MOST = 2, 8
"""One word is often the name of a class or a menu; more read like prose, and other rules look at them."""


class Label(NamedTuple):
    """A link and the English that it lies on."""

    block: Block
    link: Inline
    text: str


def english_labels(document: Document) -> Iterator[Label]:
    """Yield the links whose labels are English words that translators hardly keep, in file order.

    Those to pages of the same site, and those to a site of which other links have Chinese labels; what is written like
    a title there may be one.
    """
    labels = [
        Label(block, link, label_of(block, link))
        for block in document.blocks
        if block.inlines and block.kind is not Kind.CODE
        for link in block.links()
        if link.destination
    ]
    chinese = {site(label.link) for label in labels if has_han(label.text)}
    for label in labels:
        host = site(label.link)
        if (not host or (host in chinese and _is_no_title(label.text))) and _is_english(label.text):
            yield label


def site(link: Inline) -> str:
    """Return the host that a link leads to, lower-cased, or its scheme; empty for a page of the same site."""
    found = _ELSEWHERE.match(link.destination)
    return (found[1] or found[2] or found[0]).lower() if found else ""


def _is_no_title(text: str) -> bool:
    """Whether a word that says something is in small letters: in the title of a page or a name, none is."""
    return any(word in text for word in telling(text))


def label_of(block: Block, link: Inline) -> str:
    """Return what a link lies on, with U+FFFC for code."""
    return block.prose.text[link.text.start : link.text.end].strip()


def some_of(labels: Sequence[str]) -> str:
    """Return the first labels as a message shows them, with an ellipsis for the others."""
    shown = ", ".join(f"`{label}`" for label in labels[:_SHOWN])
    return f"{shown}, …" if len(labels) > _SHOWN else shown


def telling(text: str) -> Sequence[str]:
    """Return the words of a label that say what the page is about, in lower case."""
    return [word for word in words(text) if word not in FUNCTION_WORDS]


def _is_english(text: str) -> bool:
    found = words(text)
    if not _FEWEST <= len(found) <= _MOST or has_han(text) or text.isupper():
        return False
    if not _WRITTEN.fullmatch(text) or _NAME.search(text):
        return False
    said = telling(text)
    return bool(said) and all(is_ordinary(word, _KEPT) for word in said)
