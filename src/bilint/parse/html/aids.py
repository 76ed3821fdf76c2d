"""What a page puts into an article to help the reader handle it: heading anchors, line numbers, copy buttons.

Class names alone mislead (Medium calls paragraphs `ln`), so the words inside must agree.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ANCHOR_MARKS = "#¶§🔗\u200b\u2060\ufeff\uf0c1 "
_ANCHOR_WORDS = {"", "link", "anchor", "permalink"}
_GUTTER = re.compile(r"line-?_?n(?:o|um)|(?:^|\s)lnt?d?(?:\s|$)|gutter|blob-num", re.IGNORECASE)
_NUMBERS = re.compile(r"[\s\d]*")
_COPY = re.compile(r"copy|clipboard", re.IGNORECASE)
_COPY_WORDS = {"", "copy", "copy code", "copied", "copied!", "copy to clipboard"}
_LANGUAGE_LABELS = {"lang", "language-name", "code-lang", "code-language"}


def may_be_aid(tag: str, given: Mapping[str, str]) -> bool:
    """Return whether the words inside an element should be asked for."""
    classes = given.get("class", "")
    return (tag == "a" and "#" in given.get("href", "")) or (
        bool(classes)
        and tag not in {"pre", "code"}
        and bool(_GUTTER.search(classes) or _COPY.search(classes) or not _LANGUAGE_LABELS.isdisjoint(classes.split()))
    )


def is_aid(tag: str, given: Mapping[str, str], words: str) -> bool:
    """Return whether an element with these `words` inside is no part of the article."""
    words = words.strip(_ANCHOR_MARKS).strip().lower()
    if tag == "a" and "#" in given.get("href", ""):
        return words in _ANCHOR_WORDS
    classes = given.get("class", "")
    if _GUTTER.search(classes) and _NUMBERS.fullmatch(words):
        return True
    if _COPY.search(classes) and words in _COPY_WORDS:
        return True
    return not _LANGUAGE_LABELS.isdisjoint(classes.split()) and len(words.split()) <= 1
