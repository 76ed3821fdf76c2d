"""Build `src/bilint/data/synonyms.tsv` from the shipped lexicon: which renderings of a word name the same thing.

    python scripts/compile_synonyms.py

Two renderings of a word (仓库 and 存储库, 函数 and 功能) are two names or two senses. What tells:

- what else they render: names of one thing stand for the same other English words;
- what they stand for alone: of two names, hardly any other word is rendered so;
- longer terms: of `code repository`, `Git repository` … a fair part has both names, while senses stay apart.

Pairs that `bilint.lexicon.synonyms` tells by their characters are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from bilint.lexicon import Term, names_something, table
from bilint.lexicon.rivals import common_length, is_clean, is_spelling, share_characters

FILE = Path(__file__).resolve().parent.parent / "src" / "bilint" / "data" / "synonyms.tsv"
ORIGIN = (
    "# Renderings of an English word that name one thing, in pairs; from lexicon.tsv by scripts/compile_synonyms.py, "
    "read by bilint/lexicon/synonyms.py"
)
# All limits were set by reading the pairs of the 60 commonest words of a list of 85 with findings of `wrong-term`.
LEAST_SHARE = 0.01
LEAST_NOUN = 0.1
"""Words that follow articles and the like less often are said as the sentence asks for."""
ITS_OWN = 0.05
"""A form of which a word is a smaller share is another word's, and no name of the thing."""
ALONE = 0.6
"""With this share of what a form renders, a word is what it stands for."""
SAME, ALIKE = 0.4, 0.3
"""Overlap of what two forms render beside the word, 0 to 1: enough alone, and where both stand for the word alone."""
APART = 0.1
TOLD = 20
"""From so many uses of both forms for other words on, their overlap tells; under `SILENT`, there are hardly any."""
SILENT = 5
LONGER = 10
"""From so many longer terms on, the part of them that has both forms tells; from twice as many, also against."""
BOTH, BOTH_OF_SAME = 0.15, 0.1
WITH_THIS = frozenset({"本文", "本书", "本章", "本节"})
"""These say `this article`, and are no other name for one."""


class Counts:
    """The lexicon by form and by word."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.by_form: dict[str, dict[str, int]] = defaultdict(dict)
        self.longer: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for term in terms:
            words = term.text.split(" ")
            for form in term.forms:
                self.by_form[form.text][term.text] = form.count
            for word in dict.fromkeys(words) if len(words) > 1 else ():
                self.longer[word].append(tuple(form.text for form in term.forms))

    def beside(self, form: str, word: str) -> Mapping[str, int]:
        """Return what a form renders beside a word, with how often."""
        return {text: count for text, count in self.by_form[form].items() if word not in text.split(" ")}

    def alone(self, form: str, word: str) -> float:
        """Return the share of a word, 0 to 1, in what a form renders that is one word."""
        counts = {text: count for text, count in self.by_form[form].items() if " " not in text}
        return counts.get(word, 0) / max(sum(counts.values()), 1)

    def in_longer(self, word: str, one: str, two: str) -> tuple[int, float]:
        """Return how many longer terms have one of two forms in a rendering, and the share of these that has both."""
        has = [(any(one in form for form in forms), any(two in form for form in forms)) for forms in self.longer[word]]
        either = sum(map(any, has))
        return either, sum(map(all, has)) / max(either, 1)

    def are_names(self, word: str, one: str, two: str) -> bool:
        """Return whether two renderings of a word are names of one thing."""
        first, second = self.beside(one, word), self.beside(two, word)
        uses = min(sum(first.values()), sum(second.values()))
        overlap = _overlap(first, second)
        terms, both = self.in_longer(word, one, two)
        own = min(self.alone(one, word), self.alone(two, word))
        if own < ITS_OWN or (uses >= TOLD and overlap < APART):
            return False
        if uses >= TOLD and overlap >= SAME and not (terms >= SILENT and both < BOTH_OF_SAME):
            return True
        if own < ALONE or (terms >= 2 * LONGER and both < BOTH):
            return False
        shared = common_length(one, two)
        is_said_of_both = terms >= LONGER and both >= BOTH and (shared > 0 or uses < SILENT)
        return shared > 1 or (uses >= TOLD and overlap >= ALIKE) or is_said_of_both


def _overlap(one: Mapping[str, int], two: Mapping[str, int]) -> float:
    """The overlap of two histograms, 0 to 1."""
    all_one, all_two = sum(one.values()), sum(two.values())
    return sum(min(count / all_one, two[text] / all_two) for text, count in one.items() if text in two)


def pairs(word: Term, counts: Counts) -> Iterator[str]:
    """Yield the pairs of names of one thing among the renderings of a word."""
    forms = [form.text for form in word.forms if form.share >= LEAST_SHARE and len(form.text) > 1]
    names = [form for form in forms if is_clean(form) and form not in WITH_THIS]
    for one, two in combinations(names, 2):
        is_told = one in two or two in one or is_spelling(one, two) or share_characters(one, two)
        if not is_told and counts.are_names(word.text, one, two):
            yield f"{one}={two}"


def lines(terms: Iterable[Term]) -> Iterator[str]:
    """Yield the lines of the file."""
    known = tuple(terms)
    counts = Counts(known)
    yield ORIGIN
    for term in known:
        if " " not in term.text and term.noun >= LEAST_NOUN and names_something(term.text):
            found = " ".join(pairs(term, counts))
            if found:
                yield f"{term.text}\t{found}"


def shipped() -> Iterator[Term]:
    """Yield the terms of the lexicon in the order of its words."""
    for head in table().heads():
        for rest in table().beginning(head):
            term = table().term(f"{head} {rest}".strip())
            if term:
                yield term


if __name__ == "__main__":
    FILE.write_text("\n".join(lines(shipped())) + "\n", encoding="utf-8")
