"""Names with a noun that published translations render: `Linux Kernel`, where nearly all write Linux 内核."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bilint.model import Document
from bilint.reading.english import MARKED, Run, english_runs, tokens
from bilint.reading.kept import Usage, renderings, term_of
from bilint.reading.leftover import SHORTEST, is_name, is_ordinary
from bilint.text.naming import is_joined, is_listed

_USES = 20
_KEPT = 0.05
"""A name with its noun has to have so many uses, of which published translations keep at most this share (0 to 1).

In the corpus and the reviewed articles with their drafts four names pass: Linux Kernel, React Compiler and, which can
be argued, Android Emulator and GNOME Extensions. Just above are Fedora Project, Linux Foundation, GNOME Software."""
MOSTLY = 0.5
"""A project that leaves the noun in English in so large a share of its uses writes the name so."""


class HalfName(NamedTuple):
    """A name and its noun, both in lower case, with how published translations treat the two together."""

    name: str
    noun: str
    usage: Usage


def half_names(document: Document) -> Iterator[tuple[Run, HalfName]]:
    """Yield the names in Chinese text whose noun was left in English, in file order, not those in a list of names."""
    for run in english_runs(document, lambda text: half_name(text) is not None, labels=MARKED):
        found, text = half_name(_written(run)), run.block.prose.text
        if found and not is_joined(text, run.start, run.end) and not is_listed(text, run.start, run.end):
            yield run, found


@lru_cache(maxsize=256)  # the same names stand in an article again and again
def half_name(text: str) -> HalfName | None:
    """Return what is known of a name with a capitalised noun; None for any other words."""
    found = tokens(text)
    if len(found) != 2 or text != " ".join(found) or not (found[0][0].isupper() and found[1].istitle()):
        return None
    name, noun = (token.lower() for token in found)
    if len(noun) <= SHORTEST or not is_name(name) or not is_ordinary(noun, _KEPT):
        return None
    term = term_of(f"{name} {noun}")
    if term is None or term.uses < _USES or term.kept > _KEPT * term.uses:
        return None
    return HalfName(name, noun, Usage(term.uses, term.kept))


def _written(run: Run) -> str:
    return run.block.prose.text[run.start : run.end]


def suggested(run: Run, found: HalfName, target: Document) -> tuple[str, ...]:
    """Return the name with the usual rendering of its noun; nothing when none is known."""
    forms = renderings(found.noun, target)
    return (f"{_written(run).split()[0]} {forms[0]}",) if forms else ()
