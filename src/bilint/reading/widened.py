"""How half-width marks are written full-width."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from bilint.model import Edit, Span

FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "(": "（", ")": "）"}
BRACKETED = re.compile(r"\(([^()]*)\)")
BRACKETS = "()"
_BLANKS = re.compile(r" +(?=[^\s])")
_BEFORE = re.compile(r"(?<=[^\s]) +$")
_MOST_BLANKS = 8
_OTHER = re.compile(r"[\n\]<]|://")
"""What brackets in Chinese may not hold to be written full-width: other lines, a link, an address."""
_HALF = re.compile(r"（[^()（）]*$")
"""What stands before a bracket that closes a full-width one."""
_FAR = 200


def widened(found: Mapping[str, Sequence[Span]], text: str) -> Iterator[Edit]:
    """Yield full-width marks for the half-width ones, without the blanks beside these; brackets in pairs."""
    last = 0
    for edit in sorted((edit for marks in found for edit in _widened(marks, found, text)), key=lambda edit: edit.span):
        start = max(edit.span.start, last)  # two marks with one blank between them
        yield Edit(Span(start, edit.span.end), edit.new)
        last = edit.span.end


def _widened(marks: str, found: Mapping[str, Sequence[Span]], text: str) -> Iterator[Edit]:
    places = {span.start for spans in found.values() for span in spans}
    for start, end in found[marks]:
        pair = BRACKETED.match(text, start)
        if text[start] == marks:
            yield Edit(Span(start, _behind_blanks(text, end)), FULL[marks])
        elif text[start] == ")" and (half := _HALF.search(text, max(start - _FAR, 0), start)) and _is_plain(half[0]):
            yield Edit(Span(_before_blanks(text, start), _behind_blanks(text, end)), "）")
        elif pair and _is_plain(pair[0]) and _is_one(range(start + 1, pair.end() - 1), places, pair.end() - 1):
            yield Edit(Span(_before_blanks(text, start), _behind_blanks(text, end)), "（")
            yield Edit(Span(_before_blanks(text, pair.end() - 1), _behind_blanks(text, pair.end())), "）")


def _is_plain(bracketed: str) -> bool:
    """Whether nothing but text and whole code stands in brackets."""
    return not _OTHER.search(bracketed) and bracketed.count("`") % 2 == 0


def _is_one(inside: range, places: Collection[int], closing: int) -> bool:
    """Whether a closing bracket is a place of its own, or belongs to that of the opening one: no other lies between."""
    return closing in places or not any(place in inside for place in places)


def _before_blanks(text: str, start: int) -> int:
    """Return where the blanks before `start` begin; `start` where they begin a line."""
    blanks = _BEFORE.search(text, max(start - _MOST_BLANKS, 0), start)
    return blanks.start() if blanks else start


def _behind_blanks(text: str, end: int) -> int:
    """Return where text goes on behind the blanks at `end`; `end` where the line ends."""
    rest = _BLANKS.match(text, end)
    return rest.end() if rest else end
