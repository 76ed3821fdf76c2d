"""Where sentences end, in English and in Chinese text and in their mixture.

Chinese ends sentences with 。！？；and ……, closing quotes and brackets included; a colon ends none, so what it
introduces stays with it. English ends them with . ! ? before a space and what looks like a beginning, and with ;
before a space; abbreviations, initials, list numbers, versions, file names and addresses end none. Of strictly
parallel blocks with more than one sentence on a side, 89 % have the same number on both.
"""

from __future__ import annotations

import re

from bilint.model import PLACEHOLDER, Span
from bilint.text.scripts import HAN, is_han

_CLOSING = "”’」』）】〕\"')\\]*_"
_OPENING = "“‘「『（【〔\"'(\\[<*_#$@~"
_END = re.compile(f"([。！？；.!?;…]+)[{_CLOSING}]*")
_BLANK_LINE = re.compile(r"\n\s*\n")
_BEGINS = re.compile(
    rf"\s*(?:[{_OPENING}]*[A-Z0-9À-ÖØ-Þ{HAN}{PLACEHOLDER}]|[{_OPENING}]*\.[A-Za-z]|[“‘「『（(\[]|[a-z]+[A-Z])"
)
_LAST_WORD = re.compile(r"(?<!\w)(?:[A-Za-z]\.)*[\w’'-]*\Z")
_LONGEST = 40
"""Abbreviations, initials and numbers of items are shorter, and what stands before them is not looked at."""
_CHINESE = frozenset("。！？；")
_GOES_ON = frozenset("》〉，、；。")
_SAYS_SOMETHING = re.compile(r"\w")
_SAYS = re.compile(rf"[，,、；：:。…—的地得之]|[{HAN}]{{0,5}}[说問问道喊叫答写寫想](?![明服题題])")
_TITLES = "mr mrs ms dr prof sr jr st mt gen col lt sgt capt rev gov sen rep inc ltd co corp dept"
_MONTHS = "jan feb mar apr jun jul aug sep sept oct nov dec"
_ABBREVIATIONS = frozenset(f"{_TITLES} {_MONTHS} vs viz cf eg ie ca approx".split())
_NUMBERED = "no nos vol vols pp p fig figs eq eqs sec ch chap ref refs v"
_BEFORE_NUMBERS = frozenset(_NUMBERED.split())
"""Abbreviations only before a number: "see no. 5", but "The answer is no. It is …"."""


def sentence_spans(text: str) -> list[Span]:
    """Return the sentences of `text` in order, without the white space around them; none for blank text."""
    spans: list[Span] = []
    start = 0
    if is_one_sentence(text):
        _add(spans, text, 0, len(text))
        return spans
    for stop in (*(match.end() for match in _BLANK_LINE.finditer(text)), len(text)):
        for match in _END.finditer(text, start, stop):
            if _is_end(text, start, match):
                _add(spans, text, start, match.end())
                start = match.end()
        _add(spans, text, start, stop)
        start = stop
    return spans


def is_one_sentence(text: str) -> bool:
    """Return whether no word follows what may end a sentence: so it is in most blocks, and one look tells."""
    end = _END.search(text)
    is_last = end is None or _SAYS_SOMETHING.search(text, end.end()) is None
    return is_last and _BLANK_LINE.search(text) is None


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    part = text[start:end]
    stripped = part.strip()
    if stripped and spans and not _SAYS_SOMETHING.search(stripped):
        # A mark or an image left over behind the full stop belongs to the sentence it follows.
        spans[-1] = Span(spans[-1].start, start + len(part.rstrip()))
    elif stripped:
        at = start + len(part) - len(part.lstrip())
        spans.append(Span(at, at + len(stripped)))


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    mark, end = match[1], match.end()
    after = text[end : end + 1]
    if not _CHINESE.isdisjoint(mark) or mark.startswith("……") or _is_between_han(text, match):
        # A title keeps its question mark, and a quotation the words that say who speaks.
        quoted = end > match.end(1)
        return after not in _GOES_ON and not (quoted and _SAYS.match(text, end))
    if not after.isspace() or (mark != ";" and not _BEGINS.match(text, end)):
        return False
    return mark != "." or not _is_abbreviation(text, start, match.start(), end)


def _is_between_han(text: str, match: re.Match[str]) -> bool:
    """Whether a half-width ! or ? ends a Chinese sentence with no space behind it."""
    at, end = match.span()
    return (
        at > 0 and "." not in match[1] and ";" not in match[1] and is_han(text[at - 1]) and is_han(text[end : end + 1])
    )


def _is_abbreviation(text: str, start: int, at: int, end: int) -> bool:
    """Whether the full stop at `at` belongs to an abbreviation, an initial or the number of a list item."""
    found = _LAST_WORD.search(text, max(start, at - _LONGEST), at)
    word = found[0] if found else ""
    if not word:
        return False
    if word.isdigit():
        return not text[start : at - len(word)].strip()
    lower = word.lower()
    if lower in _BEFORE_NUMBERS:
        return text[end:].lstrip()[:1].isdigit()
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    return is_initial or "." in word or lower in _ABBREVIATIONS
