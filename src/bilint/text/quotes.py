"""Quotation marks in Chinese prose: which two belong together, and what kind of pair they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from bilint.text.scripts import HAN

Shape = Literal["curly", "corner", "straight", "reversed", "uneven"]
MARK = re.compile('[“”"「」‘’]')
_DOUBLE = re.compile('[“”"「」]')
_SINGLE = re.compile(
    r"(?<![A-Za-z0-9])(?:‘[^‘’'\n]{1,40}'|'[^‘’'\n]{1,40}’|’(?![0-9])[^‘’'\n，。；：！？,.;:]{1,40}‘)(?![A-Za-z0-9])"
)
"""Single marks of two kinds, or the wrong way round within a clause; no apostrophes, nor years cut short (’90)."""
_NO_APOSTROPHE = re.compile(r"‘|(?<![A-Za-z0-9])’(?![0-9])|’(?![A-Za-z0-9])")
_PARTNER = re.compile(r"[^‘’'\n，。；：！？,.;:]{1,40}’")
"""Behind a mark that opens a quotation of its own: ‘云’."""
_PAIRS: dict[str, Shape] = {"“”": "curly", "「」": "corner", '""': "straight", "”“": "reversed"}
_HAN = re.compile(f"[{HAN}]")
_BESIDE = re.compile(f"[{HAN}，。、；：！？（）]")
_LONGEST = 80
"""Two marks further apart than this many characters are hardly one quotation."""


class Quotation(NamedTuple):
    """Two marks that belong together: their offsets and the kind of pair that they make."""

    start: int
    end: int
    shape: Shape


def quotations(text: str) -> Iterator[Quotation]:
    """Yield the quotations of Chinese prose that are Chinese themselves or have Chinese beside them.

    Those in single marks come first, and only where they are wrong; then those in others, each in order. Marks that
    cannot be paired for certain are left out: all of a text with an odd number of them, quotations within
    quotations, and inches.
    """
    yield from _of_single_marks(text)
    marks = [found.start() for found in _DOUBLE.finditer(text)]
    # A mark that opens a quotation has no digit before it: `15" and 17" screens`.
    if len(marks) % 2 or any(text[at] == '"' and text[at - 1 : at].isdigit() for at in marks[::2]):
        marks = _of_whole_pairs(text, marks)
    at = 0
    while at + 1 < len(marks):
        start, end = marks[at], marks[at + 1]
        pair = text[start] + text[end]
        if pair in ("““", "「「") and len(marks) > 2:
            # One within another: what follows cannot be told.
            return
        shape = _PAIRS.get(pair, "uneven")
        if end - start <= _LONGEST and end > start + 1 and _is_chinese(text, start, end):
            yield Quotation(start, end + 1, shape)
        at += 2


def _of_single_marks(text: str) -> Iterator[Quotation]:
    """Yield the quotations in single marks that are wrong; others may be within another, or foreign."""
    seen = opened = 0
    for found in _SINGLE.finditer(text) if "‘" in text or "’" in text else ():
        start, end = found.span()
        marks = [mark[0] for mark in _NO_APOSTROPHE.finditer(text, seen, start)]
        opened, seen = opened + marks.count("‘") - marks.count("’"), start
        is_apart = text[start] == "’" and (opened > 0 or _has_partner(text, start, end))
        if not is_apart and _is_chinese(text, start, end - 1):
            yield Quotation(start, end, "reversed" if text[start] == "’" else "uneven")


def _has_partner(text: str, start: int, end: int) -> bool:
    """Whether what looks like a reversed quotation ends in a mark that opens another, behind a lone apostrophe."""
    line = text[start:].partition("\n")[0]
    return _PARTNER.match(text, end) is not None and len(_NO_APOSTROPHE.findall(line)) % 2 == 1


def _of_whole_pairs(text: str, marks: list[int]) -> list[int]:
    """Only the marks that follow each other as they should."""
    whole, at = [], 0
    while at + 1 < len(marks):
        if text[marks[at]] + text[marks[at + 1]] in ("“”", "「」"):
            whole += marks[at : at + 2]
            at += 2
        else:
            at += 1
    return whole


def _is_chinese(text: str, start: int, end: int) -> bool:
    beside = text[:start].rstrip(" ")[-1:] + text[end + 1 :].lstrip(" ")[:1]
    return _HAN.search(text, start, end) is not None or _BESIDE.search(beside) is not None
