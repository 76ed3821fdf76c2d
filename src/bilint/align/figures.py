"""Figures as both languages have them: 10,000 is 1 万, and 3 feet may have become 90 厘米."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_FIGURE = r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?"
_DIGIT = re.compile("[0-9]")
_DIGITS = re.compile("[0-9]+")
_MARK = re.compile(r"(?<=[0-9])[,，](?=[0-9]{3}(?![0-9]))")
_ZEROS = {
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "万": 4,
    "萬": 4,
    "亿": 8,
    "億": 8,
}
_SCALED = re.compile(rf"({_FIGURE})\s?({'|'.join(_ZEROS)})")
_CUSTOMARY = re.compile(
    rf"{_FIGURE}(?=[\s-]?(?:miles?|mph|feet|foot|ft|inch(?:es)?|yards?|pounds?|lbs?|ounces?|oz|gallons?|quarts?|pints?|"
    r"cups?|acres?|°\s?F|degrees Fahrenheit)(?![a-z]))"
)
"""Measures that a translator may convert, for readers who have grown up with others."""
_METRIC = re.compile(
    rf"{_FIGURE}(?:\s?[-–—~～至到]\s?{_FIGURE})?(?=\s?(?:平方|立方)?(?:公里|千米|米|厘米|公分|公尺|毫米|公斤|千克|克|吨|升|毫升|公顷|"
    r"摄氏度|度|℃|°\s?C|km|cm|mm|kg|ml)(?![a-z]))"
)


def plain(text: str) -> str:
    """Return the text with its figures written out: no marks between thousands, zeros for 万 and `million`."""
    if not _DIGIT.search(text):
        return text
    return _SCALED.sub(_written_out, _MARK.sub("", text))


def _written_out(match: re.Match[str]) -> str:
    whole, _, part = match[1].partition(".")
    zeros = _ZEROS[match[2]] - len(part)
    return f"{whole}{part}{'0' * zeros}".lstrip("0") if zeros >= 0 else match[0]


def bound(text: str) -> str:
    """Return an English text without the figures of measures that its translation may convert."""
    return _CUSTOMARY.sub("", text)


def comparable(target: Sequence[str], source: Iterable[str]) -> Sequence[str]:
    """Return Chinese texts without the figures that may have been worked out from measures in the English ones."""
    english = [text for text in source if _DIGIT.search(text)]
    if not any(map(_CUSTOMARY.search, english)):
        return target
    known = {figure for text in english for figure in _DIGITS.findall(plain(text))}
    return [_METRIC.sub(lambda found: found[0] if known.issuperset(_DIGITS.findall(found[0])) else "", t) for t in target]
