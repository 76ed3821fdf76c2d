"""Names that translations say in Chinese or leave as they are: the shipped list."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Mapping, Sequence, Set
from functools import cache, cached_property
from operator import itemgetter

from msgspec import Struct

from bilint.text.scripts import converted
from bilint.text.words import words_as_written

_LETTER = "[A-Za-z0-9_@/]"


class Name(Struct, frozen=True, dict=True):
    """A name as it is written in English, what Chinese calls it, and the given name that may stand before it."""

    text: str
    forms: tuple[str, ...]
    given: str = ""

    @cached_property
    def alone(self) -> re.Pattern[str]:
        """Where it stands as a word that is no part of an address."""
        given = f"(?:{re.escape(self.given)} )?" if self.given else ""
        return re.compile(rf"(?<!{_LETTER})(?<![#.-]){given}{re.escape(self.text)}(?!{_LETTER})")

    @cached_property
    def written(self) -> Mapping[str, str]:
        """The forms in both scripts, the longest first, each with the Simplified one."""
        both = {written: form for form in self.forms for written in (form, converted(form, "s2t"))}
        return {written: both[written] for written in sorted(both, key=lambda each: (-len(each), each))}

    @cached_property
    def chinese(self) -> re.Pattern[str]:
        """Where one of its forms stands."""
        return re.compile("|".join(map(re.escape, self.written)))


@cache
def known_names() -> Mapping[str, Name]:
    """Return the shipped names by what they are in English; their forms are Simplified, the usual one first."""
    data = pkgutil.get_data("bilint", "data/names.tsv")
    assert data is not None
    rows: Sequence[Sequence[str]] = [line.split("\t") for line in data.decode("utf-8").split("\n")[1:-1]]
    return {name: Name(name, tuple(forms), given) for name, given, *forms in rows}


def names_in(text: str, words: Set[str]) -> list[Name]:
    """Return the shipped names that stand in an English text and begin with one of its `words`, in order."""
    by_word = _by_first_word()
    found = [each for word in by_word.keys() & words for each in by_word[word]]
    return [name for _, name in sorted(found, key=itemgetter(0)) if name.text in text]


@cache
def _by_first_word() -> Mapping[str, Sequence[tuple[int, Name]]]:
    """The names by their first word, each with its number."""
    by_word: dict[str, list[tuple[int, Name]]] = {}
    for number, name in enumerate(known_names().values()):
        by_word.setdefault(words_as_written(name.text)[0], []).append((number, name))
    return by_word
