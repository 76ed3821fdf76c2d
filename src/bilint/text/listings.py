"""Whether code is a damaged copy of other code, or was changed on purpose."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from enum import StrEnum
from functools import lru_cache
from unicodedata import normalize

from bilint.text.characters import unescape

_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_CONVERTED = re.compile(r"\[([^\]\[]*)\]\[\d+\]|<(?=https?:)|(?<=[\w/])>|`|\u200b")
"""What converters leave in code besides escapes: brackets of addresses, links, backticks, blanks nobody sees."""
_FORMATTING = re.compile(r" ?([()\[\]{},;=+:<>|]) ?")
_BLANKS = re.compile(r"\s+")
_TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "−": "-", "–": "-", "—": "-", "…": "...", "。": "."})
"""What a word processor made of code, and translators mend."""
_DASHES = re.compile("-+")
"""Two dashes become one long one."""
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"[\w./@-]+")
_INSIDE = re.compile(r"(?<=[\w./@-])\s+(?=[\w./@-])")
"""Blanks that part a word, a path or an option in two."""
_PARTS = re.compile(r"(?<=\w)\s+(?=[\w/.$'\"@~-])")
"""Blanks that keep a command, its options and paths apart."""
_PROSE_MARKS = re.compile("[\uff00-\uff5e\u2010-\u201f\u2026\u2212\u3000-\u301f\ufb00-\ufb06]")
"""Full-width forms, dashes and curly quotes, the ellipsis, the minus sign, marks of Chinese, ligatures."""
_COMMENT = re.compile(r"(?:^|\s)(?:#|//|/\*|\*|--|;|%|<!--|rem\b)\s.*", re.IGNORECASE)
_BRACKETS = ("()", "[]", "{}")
_MOST_EDITS = 1
_ALIKE = 0.75
"""Similarity, 0 to 1, from which a longer name is another one's damaged form; a renamed one is less like it."""
_MISTYPED = 3
"""So many letters of a long name are mistyped; more are another word, but at its end (`flashFramework`)."""
_ESCAPE = re.compile(r"&(?:lt|gt|amp|quot);")
_OPTION = re.compile(r"--?[A-Za-z][\w-]*")
_NUMBER = re.compile(r"(?<![\d.])\d{3,}(?![\d.])")
"""A number of some digits that is no part of a version: those are raised on purpose."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPTION_WORDS = 2
"""An option and its value."""
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


class Change(StrEnum):
    """What became of a line or a name."""

    NONE = "none"
    """Nothing that counts: blanks, marks that converters leave, or a slip that was mended."""
    MARKS = "marks"
    """Marks of prose stand where code has its own: full-width ones, curly quotes, long dashes, ligatures."""
    BLANKS = "blanks"
    """A blank parts a name, or one between two words is gone."""
    OPEN = "open"
    """A bracket lost its partner."""
    SLIP = "slip"
    """One word lost, gained or changed a letter or two."""
    LOST = "lost"
    """An option of a command is gone, and nothing came instead."""
    DIGIT = "digit"
    """One digit of one number is another one."""
    REVISED = "revised"
    """Anything else: other words, more of them, other strings."""


def without_comment(line: str) -> str:
    """Return a line of a listing up to its comment."""
    return _COMMENT.sub("", line)


@lru_cache(maxsize=4096)
def plain_code(text: str) -> str:
    """Return what counts of code: no blanks beside brackets or in `<a />`, nothing that converters left."""
    return _FORMATTING.sub(_first, " ".join(_unescaped(text).split()))


def plain_lines(text: str) -> str:
    """Return what counts of each line of code; see `plain_code`."""
    lines = (" ".join(line.split()) for line in _unescaped(text).split("\n"))
    return _FORMATTING.sub(_first, "\n".join(lines))


def _unescaped(text: str) -> str:
    return _CONVERTED.sub(r"\1", _ESCAPED.sub("", unescape(unescape(text)).replace(" />", "/>")))


def _first(match: re.Match[str]) -> str:
    """Return the first group: asked for by a template, it takes twice the time."""
    return match[1]


def is_escaped(text: str) -> bool:
    """Return whether marks of code stand as references of HTML, which code shows as they are: `&gt;`."""
    return "&" in text and _ESCAPE.search(text) is not None


def solid(text: str) -> str:
    """Return code without any blanks, to look for what was wrapped in another way."""
    return _BLANKS.sub("", text)


def change(there: str, here: str, words: Callable[[], Set[str]]) -> Change:
    """Return what happened to the plain code `there` of the original on its way to `here`.

    `words` are those that the original's code has; a word that `here` puts together or takes from them is no damage.
    """
    if there == here or there.translate(_TYPED) == here:
        return Change.NONE
    if as_typed(there) == as_typed(here):
        return Change.MARKS if set(_PROSE_MARKS.findall(here)) - set(there) else Change.NONE
    if solid(there).casefold() == solid(here).casefold() and there.count(" ") != here.count(" "):
        return _of_blanks(there, here, words)
    one, other = _WORD.findall(there), _WORD.findall(here)
    if one == other and _is_open(here) and not _is_open(there):
        return Change.OPEN
    pairs = changed_words(there, here)
    if len(pairs) == 1 and _WORD.sub("", there) == _WORD.sub("", here) and is_slip(*pairs.pop()):
        return Change.SLIP
    return _of_words(there, here)


def _of_words(there: str, here: str) -> Change:
    if _is_option_lost(there.split(), here.split()):
        return Change.LOST
    return Change.DIGIT if _is_digit_changed(there, here) else Change.REVISED


def _is_option_lost(there: list[str], here: list[str]) -> bool:
    """Whether all that is gone is an option with its value, in the middle or at the end."""
    few = len(there) - len(here)
    if not 0 < few <= _OPTION_WORDS:
        return False
    at = next((n for n, (one, other) in enumerate(zip(there, here, strict=False)) if one != other), len(here))
    return there[at + few :] == here[at:] and _OPTION.match(there[at]) is not None


def _is_digit_changed(there: str, here: str) -> bool:
    """Whether one digit differs in a number that is neither a year nor part of a version."""
    differing = [n for n, (one, other) in enumerate(zip(there, here, strict=False)) if one != other]
    if len(there) != len(here) or len(differing) != 1:
        return False
    numbers = (number for number in _NUMBER.finditer(there) if number.start() <= differing[0] < number.end())
    return here[differing[0]].isdigit() and any(not _YEAR.fullmatch(number[0]) for number in numbers)


def changed_words(there: str, here: str) -> set[tuple[str, str]]:
    """Return the words that differ, each with the other in its stead; empty where one side has more words."""
    one, other = _WORD.findall(there), _WORD.findall(here)
    if len(one) != len(other):
        return set()
    return {pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]}


def is_slip(there: str, here: str) -> bool:
    """Return whether a name may be a mistyped form of another: an edit apart, or alike but for an ending."""
    from rapidfuzz.distance import OSA, Indel

    if there.isdigit() or here.isdigit() or min(len(there), len(here)) <= _MOST_EDITS:
        return False
    one, other = there.casefold(), here.casefold()
    if OSA.distance(one, other) <= _MOST_EDITS:
        return True
    is_near = _differing(one, other) <= _MISTYPED or one.startswith(other) or other.startswith(one)
    return is_near and Indel.normalized_similarity(one, other) >= _ALIKE


def _differing(there: str, here: str) -> int:
    """How long the stretch is that differs, at most."""
    from rapidfuzz.distance import Postfix, Prefix

    ahead = Prefix.similarity(there, here)
    return max(len(there), len(here)) - ahead - Postfix.similarity(there[ahead:], here[ahead:])


def as_typed(text: str) -> str:
    """Return code as it was typed, before a word processor or an input method changed its marks; one dash for many."""
    return _DASHES.sub("-", normalize("NFKC", text.translate(_TYPED)))


def _of_blanks(there: str, here: str, words: Callable[[], Set[str]]) -> Change:
    """Blanks that are lost make one word of two; added ones are a fault where they part a word that is known."""
    if len(_PARTS.findall(here)) < len(_PARTS.findall(there)):
        return Change.BLANKS
    parted = set(_NAME.findall(_INSIDE.sub("", here))).difference(_NAME.findall(here))
    known = {word.casefold() for word in words()} if parted else set[str]()
    is_fault = parted and all(word.casefold() in known for name in parted for word in _WORD.findall(name))
    return Change.BLANKS if is_fault else Change.NONE


def _is_open(text: str) -> bool:
    """Whether a bracket has no partner."""
    unquoted = _QUOTED.sub("", text)
    return any(unquoted.count(pair[0]) != unquoted.count(pair[1]) for pair in _BRACKETS)
