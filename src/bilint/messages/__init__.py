"""What is said to people, in their language: the words of a rule lie beside it, all others in a catalogue of gettext.

English words are marked where they stand, as `phrase("no such file: {path}", path=path)` (or as message and hint of a
`UserError`), and are English strings; `say` says them in the language that was chosen, when they are printed. That
language is the program's, as always with gettext: the command line chooses it, and tests set it by `speaking`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bilint.model.texts import Text, phrase, phrases

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("en", "zh")
DOMAIN = "bilint"
FOLDER = Path(__file__).parent
"""Where gettext finds the catalogue: `zh/LC_MESSAGES/bilint.mo`, compiled from the `.po` beside it."""
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that name the language of messages; the first that is set counts (POSIX.1-2017, 8.2)."""


class _Spoken:
    """The language in use, and whether it was asked for or taken from the locale."""

    language = "en"
    is_asked = False


def language() -> str:
    """Return the language that is spoken."""
    return _Spoken.language


def is_asked() -> bool:
    """Return whether the user asked for that language; else the locale names it."""
    return _Spoken.is_asked


def of_locale(environment: Mapping[str, str]) -> str:
    """Return the language that the variables of the locale name: Chinese of any place is `zh`, all others are `en`."""
    name = next((environment[key] for key in _LOCALE if environment.get(key)), "")
    return "zh" if name.lower().startswith("zh") else "en"


@contextmanager
def speaking(language: str, *, is_asked: bool = True) -> Iterator[None]:
    """Speak a language of `LANGUAGES` in the block."""
    before = _Spoken.language, _Spoken.is_asked
    _Spoken.language, _Spoken.is_asked = language, is_asked
    try:
        yield
    finally:
        _Spoken.language, _Spoken.is_asked = before


def say(words: str, /, **arguments: object) -> str:
    """Return marked words, or a template of the catalogue with its arguments, in the language that is spoken.

    What the catalogue does not have stays as it is.
    """
    text = words if isinstance(words, Text) and not arguments else phrase(words, **arguments)
    return str.__str__(text) if _Spoken.language == "en" else _in_chinese(text)


def say_number(one: str, many: str, number: int, /, **arguments: object) -> str:
    """Return words with a `{number}` in them, in the language that is spoken."""
    return say(phrases(one, many, number, **arguments))


def _in_chinese(text: Text) -> str:
    if not text.template:
        return ""  # what gettext has under no words is the head of the catalogue
    said = _catalogue().ngettext(text.template, text.many, 1) if text.many else _catalogue().gettext(text.template)
    if text.many and said == text.template:
        return str.__str__(text)
    arguments = {key: say(value) if isinstance(value, Text) else value for key, value in text.arguments.items()}
    return said.format_map(arguments) if arguments else said


@cache
def _catalogue() -> NullTranslations:
    from gettext import translation

    return translation(DOMAIN, FOLDER, ["zh"])


__all__ = [
    "DOMAIN",
    "FOLDER",
    "LANGUAGES",
    "Text",
    "is_asked",
    "language",
    "of_locale",
    "phrase",
    "phrases",
    "say",
    "say_number",
    "speaking",
]
