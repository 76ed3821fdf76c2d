"""All words of the pages' own, in one place, so that they can be said in another language."""

from __future__ import annotations

from collections.abc import Mapping

from bilint.messages import Text, language, phrase, say, say_number

_WORDS: Mapping[str, Text] = {
    "report": phrase("Translation report"),
    "alignment": phrase("Aligned texts"),
    "articles": phrase("Articles"),
    "clean": phrase("Without findings"),
    "alone": phrase("checked without its original"),
    "changed": phrase("the article cannot be read as it was when it was checked: only its lines are shown"),
    "problems": phrase("What could not be checked"),
    "error": phrase("Error"),
    "warning": phrase("Warning"),
    "info": phrase("Info"),
    "errors": phrase("Errors"),
    "warnings": phrase("Warnings"),
    "infos": phrase("Info"),
    "high": phrase("high confidence"),
    "medium": phrase("medium confidence"),
    "low": phrase("low confidence"),
    "any-rule": phrase("All rules"),
    "any-file": phrase("All files"),
    "any-confidence": phrase("Any confidence"),
    "from-medium": phrase("Medium and high confidence"),
    "only-high": phrase("High confidence only"),
    "rule": phrase("Rule"),
    "file": phrase("File"),
    "severity": phrase("Severity"),
    "confidence": phrase("Confidence"),
    "search": phrase("Search"),
    "filters": phrase("Filters"),
    "shown": phrase("{shown} of {all} findings"),
    "none": phrase("No finding matches these filters."),
    "reset": phrase("Show all"),
    "next": phrase("Next (j)"),
    "previous": phrase("Previous (k)"),
    "help": phrase("Keyboard (?)"),
    "theme": phrase("Light or dark"),
    "close": phrase("Close"),
    "keys": phrase("Keyboard"),
    "key-next": phrase("next finding"),
    "key-previous": phrase("previous finding"),
    "key-next-sentence": phrase("next sentence"),
    "key-previous-sentence": phrase("previous sentence"),
    "key-next-doubt": phrase("next passage that is unsure or stands alone"),
    "key-previous-doubt": phrase("previous one"),
    "key-search": phrase("search"),
    "key-help": phrase("this help"),
    "key-escape": phrase("leave the search, close the help"),
    "or": phrase("or"),
    "remove": phrase("remove it"),
    "safe-fix": phrase("safe fix"),
    "unsafe-fix": phrase("fix to be read over"),
    "no-counterpart": phrase("no counterpart"),
    "unsure": phrase("unsure"),
    "unsure-why": phrase("likelihood {percent} %"),
    "made-by": phrase("made by bilint {version}"),
}
"""English, by what says it: `{names}` stand for what differs."""
SPOKEN = ("shown",)
"""What the script says itself."""


def said(key: str, **values: object) -> str:
    """Return words in the language that is spoken, with the values in them. Raises KeyError for an unknown key."""
    return say(_WORDS[key], **values)


def blocks(number: int) -> str:
    """Return how many blocks are left out or folded."""
    return say_number("{number} block without findings", "{number} blocks without findings", number)


def findings(number: int) -> str:
    """Return how many findings there are."""
    return say_number("{number} finding", "{number} findings", number)


def tag() -> str:
    """Return the language tag (BCP 47) of the words."""
    return "en" if language() == "en" else "zh-Hans"
