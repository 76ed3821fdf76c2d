"""What an English text among Chinese ones is: prose, or something that is English everywhere."""

from __future__ import annotations

import re

from bilint.text.mentions import quoted_spans
from bilint.text.scripts import han_count, has_han, latin_count

_WHOLE = 12
"""A text with fewer Han characters than a twelfth of its English letters is English."""
_LETTERS = 15
_BYTES = 1.3
"""A text with fewer Latin letters is a name; one with more bytes for a character is more than a seventh Han."""
_LONG = 300
_ADDRESS = re.compile(r"(?<!\w)\w++://[^\s<>\"'（），。]+")
_OUTPUT = re.compile(
    r"\W*+(?:(?:[A-Za-z.]*(?:Error|Exception|Warning)|fatal|error|warning)(?:\[\w+\])?:|Uncaught |Traceback )|"
    r"\W*+(?:Refused to|Failed to|Cannot|Could not|Unable to) \w+[^.]*$"
)
"""How messages of programs begin."""
_CITATION = re.compile(r"^.{,60}?[“\"][^“”\"]{8,}[,.]?[”\"].*\b(?:(?:19|20)\d\d\b|pp?\. ?[\dIVX])")
"""The quoted title of a text with its year or page, in less than `_LONG` characters."""
_LICENCE = re.compile(
    'Permission is hereby granted|WITHOUT WARRANT|["“]AS IS["”]|[Ll]icensed under|All rights reserved|'
    "General Public License|Creative Commons|Copyright (?:\\(c\\)|©)"
)
"""Texts that are valid in English only."""


def is_english(text: str) -> bool:
    """Return whether a text is in English, but for some Chinese words at most; a name is not enough to tell."""
    if len(text.encode("utf-8", "surrogatepass")) > _BYTES * len(text):
        return False  # cheap: more than a seventh is not Latin
    latin = latin_count(text)
    return latin >= _LETTERS and outweighs(latin, han_count(text))


def outweighs(latin: int, han: int) -> bool:
    """Return whether so many English letters leave so many Han characters no weight."""
    return han * _WHOLE < latin


def is_chinese(text: str) -> bool:
    """Return whether a text says something in Chinese."""
    return has_han(text) and not is_english(text)


def without_addresses(text: str) -> str:
    """Return the text without addresses: their words are no English."""
    return _ADDRESS.sub(" ", text) if "://" in text else text


def is_english_everywhere(text: str) -> bool:
    """Return whether a text is never translated: a message of a program, a licence, a title, a quotation."""
    if _OUTPUT.match(text) or _LICENCE.search(text):
        return True
    return _is_quotation(text) or (len(text) < _LONG and _CITATION.search(text) is not None)


def _is_quotation(text: str) -> bool:
    """Whether Chinese words introduce English in quotation marks: an error message, a slogan."""
    rest, at = "", 0
    for start, end in sorted(quoted_spans(text)) if has_han(text) else ():
        rest, at = rest + text[at:start], max(at, end)
    return at > 0 and not is_english(rest + text[at:])
