"""Characters of the other script of Chinese, and where they are meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from bilint.model import Document, Span
from bilint.reading import blocks_with
from bilint.text.scripts import beyond_ascii, converted, in_big5, in_gb2312, is_han

_REFERENCE = re.compile(rb"&#(\d+);")
_KANA = re.compile("[\u3040-\u30ff]")
_NAMES = re.compile("日本語|繁體中文|正體中文|繁體|简体中文|简体")
"""Languages called by their own names."""
_TITLE = re.compile("《[^《》]*》")
_QUOTED = re.compile("[「『][^「」『』]*[」』]")
"""Marks of traditional Chinese: what stands between them in simplified text is quoted as it is written."""
_GLOSS = re.compile("[（(]([^（()）]{1,12})[)）]")
"""How a name is written where it comes from: 东京（東京）."""
_IN_BOTH = frozenset("於後徵夥麽摺瞭藉菸")
"""Traditional characters that GB 2312 has for a few words (瞭望, 慰藉): strange only where a word has another one."""
_WORD = 4
"""Words with these characters have so many characters to either side at most."""
_REPORT_AS_ONE = 12
"""Strange characters at most this far apart are one place."""


def strange(text: str, allowed: str) -> tuple[str, set[str]]:
    """Return the script, `traditional` or `simplified`, that a text has fewer characters of, and which these are."""
    traditional = set(filter(_is_traditional, _not_in_gb2312(text))).difference(allowed)
    shared = {char for char in _IN_BOTH.difference(allowed) if char in text}
    if not traditional:
        is_simplified = shared and any(_is_simplified(char) and char not in allowed for char in beyond_ascii(text))
        return "traditional", shared if is_simplified else set()
    uses = Counter(beyond_ascii(text))
    simplified = set(filter(_is_simplified, uses)).difference(allowed)
    most = sum(map(uses.__getitem__, simplified))
    if most and most >= sum(map(uses.__getitem__, traditional)):
        return "traditional", traditional | shared
    return "simplified", simplified


def _not_in_gb2312(text: str) -> set[str]:
    """The characters that GB 2312 lacks: few, and found faster by encoding than by looking at each character."""
    encoded = text.replace("&", "").encode("gb2312", "xmlcharrefreplace")
    return {chr(int(number)) for number in set(_REFERENCE.findall(encoded))}


@cache
def _is_traditional(char: str) -> bool:
    return is_han(char) and not in_gb2312(char) and converted(char, "t2s") != char


@cache
def _is_simplified(char: str) -> bool:
    return is_han(char) and in_gb2312(char) and not in_big5(char)


def places(document: Document, strange: set[str]) -> Iterator[Span]:
    """Yield stretches of prose that hold strange characters, near ones joined, in file order."""
    pattern = re.compile(f"[{''.join(sorted(strange))}]")
    for block in blocks_with(pattern, document):
        if is_japanese(block.prose.text):
            continue
        open_span: tuple[int, int] | None = None
        named = list(_as_written(block.prose.text))
        for match in pattern.finditer(block.prose.text):
            if any(start <= match.start() < end for start, end in named) or _is_at_home(
                block.prose.text, match.start()
            ):
                continue
            if open_span and match.start() - open_span[1] <= _REPORT_AS_ONE:
                open_span = (open_span[0], match.end())
                continue
            if open_span:
                yield block.prose.span(*open_span)
            open_span = match.span()
        if open_span:
            yield block.prose.span(*open_span)


def _is_at_home(text: str, at: int) -> bool:
    """Whether a character that both scripts have is right in its word."""
    if text[at] not in _IN_BOTH:
        return False
    first = max(at - _WORD, 0)
    return converted(text[first : at + _WORD + 1], "t2s")[at - first] == text[at]


def _as_written(text: str) -> Iterator[tuple[int, int]]:
    """Where names, titles and quotations stand in the script that they have at home."""
    for pattern in (_NAMES, _TITLE, _QUOTED) if _is_written_simply(text) else (_NAMES, _TITLE):
        yield from (match.span() for match in pattern.finditer(text))
    for match in _GLOSS.finditer(text):
        before = text[max(match.start() - len(match[1]), 0) : match.start()]
        if converted(before, "t2s") == converted(match[1], "t2s"):
            yield match.span()


_MENTIONED = re.compile('《[^《》]*》|[「『“‘"][^「」『』“”‘’"]{1,20}[」』”’"]')


def is_japanese(text: str) -> bool:
    """Return whether a text has kana."""
    return _KANA.search(text) is not None


def meant_otherwise(text: str, at: int) -> bool:
    """Return whether a place lies in a title, or in what is quoted or talked of as it is written."""
    return any(start <= at < end for start, end in (found.span() for found in _MENTIONED.finditer(text)))


def _is_written_simply(text: str) -> bool:
    """Whether a text is in simplified Chinese outside of what may be quoted."""
    outside = text
    for pattern in (_QUOTED, _TITLE, _GLOSS):
        outside = pattern.sub("", outside)
    return converted(outside, "t2s") == outside
