"""Figures as both languages have them: 10,000 is 1 万, and 3 feet may have become 90 厘米."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIGURE = r"(?<![0-9.])[0-9]+(?:[,.][0-9]+){0,4}"
_DIGITS = re.compile("[0-9]+")
_WRITTEN = re.compile(
    r"(?<![0-9.])([0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9]+)(?:\.([0-9]+)(?=\s?(?:[万萬亿億]|[mb]illion|thousand)))?"
    r"(\s?(?:[万萬亿億]|[mb]illion|thousand))?"
)
_MAY_BE_LARGE = re.compile(r"[0-9](?:[0-9]{3}|[,，][0-9]{3}|\s?(?:[万萬亿億]|[mb]illion|thousand))")
_LARGE = 4
"""Figures of so many digits are written in other ways too."""
_CUSTOMARY = re.compile(
    rf"{_FIGURE}(?=[\s-]?(?:square[\s-])?(?:miles?|mph|feet|foot|ft|inch(?:es)?|yards?|pounds?|lbs?|ounces?|oz|gallons?|"
    r"quarts?|pints?|cups?|acres?|°\s?F|degrees Fahrenheit)(?![a-z]))"
)
"""Measures that a translator may convert, for readers who have grown up with others."""
_METRIC = re.compile(
    rf"{_FIGURE}(?:\s?[-–—~～至到]\s?{_FIGURE})?(?=\s?[万萬亿億]?(?:平方|立方)?(?:公里|千米|米|厘米|公分|公尺|毫米|公斤|"
    r"千克|克|吨|升|毫升|公顷|摄氏度|度|℃|°\s?C|km|cm|mm|kg|ml)(?![a-z]))"
)


def plain(text: str) -> str:
    """Return the text with its large figures by their digits alone, behind a zero: 86,000 and 8.6 万 are `086`.

    Thousands that are counted wrongly are another figure, and still the same place.
    """
    return _WRITTEN.sub(_by_digits, text) if _MAY_BE_LARGE.search(text) else text


def _by_digits(match: re.Match[str]) -> str:
    whole = match[1].replace(",", "").replace("，", "")
    if len(whole) < _LARGE and not match[3]:
        return match[0]
    return f"0{(whole + (match[2] or '')).strip('0')}"


def bound(text: str) -> str:
    """Return an English text without the figures of measures that its translation may convert; most have none."""
    return _CUSTOMARY.sub("", text) if _CUSTOMARY.search(text) else text


def comparable(target: Sequence[str], source: Sequence[str]) -> Sequence[str]:
    """Return Chinese texts without the figures that may have been worked out from measures in the English ones."""
    if not any(map(_CUSTOMARY.search, source)):
        return target
    known = {figure for text in source for figure in _DIGITS.findall(plain(text))}
    return [
        _METRIC.sub(lambda found: found[0] if known.issuperset(_DIGITS.findall(found[0])) else "", t) for t in target
    ]
