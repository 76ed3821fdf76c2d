"""What several rules count in an article."""

from __future__ import annotations

from itertools import chain

from msgspec import field

from bilint.evidence import Counts, Evidence, Question, Tally
from bilint.model import Kind
from bilint.reading.reading import Reading
from bilint.text.scripts import has_han
from bilint.text.words import words


class WordUses(Counts):
    """Per lower-cased word, in how many aligned pairs the English has it, and in how many the Chinese has it too."""

    source: Tally[str] = field(default_factory=Tally)
    kept: Tally[str] = field(default_factory=Tally)


def word_uses(reading: Reading) -> WordUses:
    """Count which words of the original are left standing in the Chinese: what is not translated decides nothing."""
    bitext = reading.article.bitext
    source: list[set[str]] = []
    kept: list[set[str]] = []
    for pair in bitext.pairs if bitext else ():
        if not pair.source or not pair.target or pair.target[0].kind is Kind.CODE:
            continue
        english = set(words(" ".join([block.prose.text for block in pair.source])))
        source.append(english)
        for block in pair.target:
            here = words(block.prose.text)
            if here and has_han(block.prose.text):
                kept.append(english.intersection(here))
    return WordUses(Tally(chain.from_iterable(source)), Tally(chain.from_iterable(kept)))


def originals(reading: Reading) -> Tally[str]:
    """Count the articles by the path of the original they are compared with."""
    bitext = reading.article.bitext
    return Tally([bitext.source.path] if bitext else ())


HABIT = 5
OFTEN = 0.15
"""A word that a project leaves in English this many times, and in this share of its uses, is left so on purpose."""


class KeptOnPurpose(Question[bool], frozen=True):
    """Whether the project as a whole has decided to keep a word in English; `forms` are its lower-cased spellings.

    `often` is the share of its uses, 0 to 1, from which on it is no oversight.
    """

    forms: tuple[str, ...]
    often: float = OFTEN

    def verdict(self, project: Evidence) -> bool:
        """Return whether it is kept often enough to be no oversight."""
        uses = project.of(word_uses)
        source, kept = (sum(map(count.__getitem__, self.forms)) for count in (uses.source, uses.kept))
        return kept >= max(HABIT, self.often * source)


class ArticlesOf(Question[int], frozen=True):
    """How many articles are compared with the original at `path`."""

    path: str

    def verdict(self, project: Evidence) -> int:
        """Return their number: more than one for the parts of a series."""
        return project.of(originals)[self.path]
