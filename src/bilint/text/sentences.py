"""Where sentences end, in English and in Chinese text and in their mixture.

Chinese ends sentences with 。！？；and ……, closing quotes and brackets included; a colon ends none, so what it introduces
stays with it. English ends them with . ! ? before a space and what looks like a beginning, and with ; before a space;
abbreviations, initials, list numbers, versions, file names and addresses end none. Of strictly parallel blocks with
more than one sentence on a side, 89 % have the same number on both.
"""

from __future__ import annotations

import re

from bilint.model import PLACEHOLDER, Span
from bilint.text.scripts import HAN

_CLOSING = "”’」』）】〕\"')\\]*_"
_OPENING = "“‘「『（【〔\"'(\\[<*_#$@~"
_END = re.compile(
    rf"(?P<han>[。！？!?]*[。！？；]+[。！？!?]*|…{{2,}}|(?<=[{HAN}])[!?]+(?=[{HAN}“‘「『（]))[{_CLOSING}]*"
    rf"|(?P<latin>[.!?…]+|;)[{_CLOSING}]*(?=\s)"
    r"|(?P<blank>\n\s*\n)"
)
_BEGINS = re.compile(rf"\s*(?:[{_OPENING}]*[A-Z0-9À-ÖØ-Þ{HAN}{PLACEHOLDER}]|[{_OPENING}]*\.[A-Za-z]|[“‘「『（(\[]|[a-z]+[A-Z])")
_LAST_WORD = re.compile(r"(?:[A-Za-z]\.)*[\w’'-]*\Z")
_SAYS_SOMETHING = re.compile(r"\w")
_SAYS = re.compile(rf"[，,、；：:。…—的地得之]|[{HAN}]{{0,5}}[说問问道喊叫答写寫想](?![明服题題])")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sr jr st mt gen col lt sgt capt rev hon gov sen rep messrs vs v viz cf e.g i.e eg ie ca approx "
    "no nos vol vols pp p fig figs eq eqs sec ch chap ref refs ed eds al inc ltd co corp dept univ est "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split(" ")
)
_NUMBERED = frozenset("no nos vol vols pp p fig figs eq eqs sec ch chap ed v p".split(" "))
"""Abbreviations only before a number: "on page p. 5", but "The answer is no. It is …"."""


def sentence_spans(text: str) -> list[Span]:
    """Return the sentences of `text` in order, without the white space around them; none for blank text."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if _is_end(text, start, match):
            _add(spans, text, start, match.end())
            start = match.end()
    _add(spans, text, start, len(text))
    return spans


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
    kind = match.lastgroup
    if kind == "blank":
        return True
    end = match.end()
    if kind == "han":
        # A title keeps its question mark, and a quotation the words that say who speaks.
        quoted = end > match.end("han")
        return text[end : end + 1] not in ("》", "〉", "，", "、", "；", "。") and not (quoted and _SAYS.match(text, end))
    if match["latin"] != ";" and not _BEGINS.match(text, end):
        return False
    return match["latin"] != "." or not _is_abbreviation(text, start, match.start(), end)


def _is_abbreviation(text: str, start: int, at: int, end: int) -> bool:
    """Whether the full stop at `at` belongs to an abbreviation, an initial or the number of a list item."""
    found = _LAST_WORD.search(text, start, at)
    word = found[0] if found else ""
    if not word:
        return False
    if word.isdigit():
        return not text[start : at - len(word)].strip()
    lower = word.lower()
    if lower in _NUMBERED:
        return text[end:].lstrip()[:1].isdigit()
    return lower in _ABBREVIATIONS or (len(word) == 1 and word.isupper() and word != "I")
