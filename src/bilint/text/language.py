"""Which language a long text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bilint.text.scripts import beyond_ascii, han_count, latin_count
from bilint.text.words import words

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

_LEAST = 60
"""Below so many letters of one script nothing is said: detection is a guess there."""
_ENGLISH = frozenset({"the", "and", "of", "to", "you", "with", "that"})
_OFTEN = 0.006
"""English prose has one of these words every 50 letters or so; other languages hardly one in 500."""
_KANA = re.compile("[\u3040-\u30ff]")
_SURE = 0.95
_HANGUL = re.compile("[\uac00-\ud7a3]")
_FEW_HAN = 10
"""A text with more Han characters and neither kana nor Hangul may be Chinese, however much Latin it has."""
_LONG = 400
"""Lists of names and commands are taken for any language; prose of so many characters is not."""
ENOUGH = 4_000
"""So many characters tell as much as the whole text."""


def language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`; None when there is too little text, or no clear answer.

    The script decides where it can, then how frequent the commonest English words are, then langdetect (seeded, so the
    same text always gives the same answer).
    """
    text = text[:ENOUGH]
    han, latin = han_count(beyond_ascii(text)), latin_count(text)
    if han >= _LEAST and han * 3 > latin:
        return "ja" if len(_KANA.findall(text)) * 5 > han else "zh"
    letters = sum(map(str.isalpha, text)) if latin < _LEAST else latin
    if letters < _LEAST:
        return None
    return "en" if latin and _is_english(text, _OFTEN * latin) else _detected(text)


def foreign(text: str) -> str | None:
    """Return the code of the language of a text that is surely neither Chinese nor English; else None."""
    text = text[:ENOUGH]
    han, kana, hangul = han_count(text), len(_KANA.findall(text)), len(_HANGUL.findall(text))
    if kana >= _LEAST and kana * 2 > han:
        return "ja"
    if hangul >= _LEAST and hangul > han:
        return "ko"
    found = language(text) if han <= _FEW_HAN and len(text) >= _LONG else None
    return found if found not in ("en", "zh") else None


def _is_english(text: str, least: float) -> bool:
    """Whether the text has so many of the commonest English words; a few lines tell, mostly."""
    found = 0
    for line in text.split("\n"):
        found += sum(map(_ENGLISH.__contains__, words(line)))
        if found >= least:
            return True
    return False


def _detected(text: str) -> str | None:
    from langdetect import LangDetectException

    detector = _factory().create()
    detector.append(text)
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return None
    return best.lang.split("-")[0] if best.prob >= _SURE else None


@cache
def _factory() -> DetectorFactory:
    from langdetect import DetectorFactory, detector_factory

    DetectorFactory.seed = 0
    detector_factory.init_factory()
    return detector_factory._factory
