"""How a translation addresses its reader: 你 or 您."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bilint.evidence import Evidence, Question, Tally
from bilint.model import WRITTEN, Document, Kind, Role, Span
from bilint.reading.reading import Reading
from bilint.reading.search import blocks_with
from bilint.reading.typography import folders_around

ROLES = WRITTEN - {Role.CITATION}
_FORMS = ("你", "您")
_ADDRESSED = re.compile("你(?<!迷你)|您(?<!感谢您)(?<!感謝您)(?<!谢谢您)(?<!謝謝您)(?!好)")
"""您好 and 感谢您 are said to everybody, 迷你 is small. What stands before is looked at last: a search skips to it."""
_QUOTED = re.compile('“[^”]*”|「[^」]*」|『[^』]*』|"[^"]*"')
_TELLING = 3
"""An article that addresses its reader less often says nothing of what its project does."""
_ARTICLES, _NEARLY_ALL = 8, 0.9
"""A project has a habit when so many articles address the reader, and this share of them in one way."""


@lru_cache(maxsize=4)
def addressed(document: Document) -> Mapping[str, Sequence[Span]]:
    """Return where the reader is addressed, by the form, outside of quotations."""
    found: dict[str, list[Span]] = {}
    for block in blocks_with(_ADDRESSED, document):
        if block.kind is Kind.HTML:
            continue
        text = block.prose.text
        quoted = [match.span() for match in _QUOTED.finditer(text)]
        for match in _ADDRESSED.finditer(text):
            if not any(start <= match.start() < end for start, end in quoted):
                found.setdefault(match[0], []).append(block.prose.span(*match.span()))
    return found


def usual(places: Mapping[str, Sequence[Span]]) -> tuple[str, str]:
    """Return the form that stands in most places, and the other."""
    first, second = sorted(_FORMS, key=lambda form: -len(places.get(form, ())))
    return first, second


def registers(reading: Reading) -> Tally[tuple[str, str]]:
    """Count the articles by folder and by how they mostly address their reader."""
    document = reading.target(ROLES)
    places = addressed(document)
    if sum(map(len, places.values())) < _TELLING:
        return Tally()
    return Tally((folder, usual(places)[0]) for folder in folders_around(document.path))


class IsAddressed(Question[bool], frozen=True):
    """Whether a project addresses its reader in this form: that in the innermost of these folders that can tell.

    A smaller question than which form it is: an article asks for the one that it does not have.
    """

    form: str
    folders: tuple[str, ...]
    """Those around the article, the innermost first."""

    def verdict(self, project: Evidence) -> bool:
        """Return whether nearly all articles do; not where both forms are usual, or too few articles tell."""
        counted = project.of(registers)
        for folder in self.folders:
            total = sum(counted[folder, form] for form in _FORMS)
            if total >= _ARTICLES:
                return counted[folder, self.form] >= _NEARLY_ALL * total
        return False
