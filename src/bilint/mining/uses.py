"""Every use of an English term in aligned sentences, with what stands for it in Chinese, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bilint.align.sentences import align_sentences
from bilint.lexicon import rendered, table
from bilint.model import Article, Kind, Place, SegmentPair
from bilint.reading.passages import Joined
from bilint.text.scripts import converted, is_traditional

CERTAIN = 0.7
"""Sentences that are aligned with less certainty show nothing about words."""


class Use(NamedTuple):
    """One use: of the term itself, or of a longer one that it is part of, and the form as it is written.

    `form` is empty where nothing can be told; then `place` is that of the sentence. `is_kept` says that the form is the
    English.
    """

    term: str
    form: str
    is_kept: bool
    place: Place
    source: Place
    english: str
    chinese: str
    at: int
    """Where the form stands in `chinese`, 0 where none is told."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The folded words of a term, and the renderings that glossaries know of it besides those of the lexicon."""

    words: tuple[str, ...]
    forms: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, forms: Sequence[str] = ()) -> Wanted:
        """Return what is looked for when somebody asks for `text`, in any case and number."""
        return cls(_folded(text), tuple(sorted(forms, key=lambda form: (-len(form), form))))

    @property
    def text(self) -> str:
        """The term as the lexicon has it."""
        return " ".join(self.words)

    def is_in(self, term: str) -> bool:
        """Return whether a term of the lexicon has these words in a row."""
        words, size = _folded(term), len(self.words)
        return any(words[at : at + size] == self.words for at in range(len(words) - size + 1))


def uses(wanted: Wanted, article: Article) -> Iterator[Use]:
    """Yield the uses in an article, in the order of its aligned pairs; nothing where it has no original at hand."""
    bitext = article.bitext
    first = wanted.words[0][:-1] or wanted.words[0]  # what the plural changes is the end
    is_other_script = bitext is not None and is_traditional(article.target.text)
    for pair in bitext.pairs if bitext else ():
        blocks = (*pair.source, *pair.target)
        if pair.score < CERTAIN or not pair.source or not pair.target or any(b.kind is Kind.CODE for b in blocks):
            continue
        if any(first in block.prose.text.lower() for block in pair.source):
            for sentences in align_sentences(pair):
                if sentences.score >= CERTAIN and sentences.source and sentences.target:
                    yield from _in_sentences(wanted, sentences, article, to_simplified=is_other_script)


def _in_sentences(wanted: Wanted, pair: SegmentPair, article: Article, *, to_simplified: bool) -> Iterator[Use]:
    assert article.bitext
    english, chinese = Joined(pair.source), Joined(pair.target)
    simple = converted(chinese.text, "t2s") if to_simplified else chinese.text
    for term, start, end, form, at in _said(wanted, english.text, simple):
        place = chinese.span(at, at + len(form)) if form else chinese.span(0, len(chinese.text))
        yield Use(
            term,
            chinese.text[at : at + len(form)] if form else "",
            form.isascii() and bool(form),
            article.target.place(place),
            article.bitext.source.place(english.span(start, end)),
            english.text,
            chinese.text,
            max(at, 0),
        )


def _said(wanted: Wanted, english: str, chinese: str) -> Iterator[tuple[str, int, int, str, int]]:
    """Yield the term, where it stands in the English, its form, and where that stands in the Chinese."""
    known = [found for found in rendered(english, chinese) if wanted.is_in(found.occurrence.term.text)]
    for occurrence, form, at in known:
        name, (start, end) = occurrence.term.text, occurrence.span
        is_itself = name == wanted.text
        yield name, start, end, *((form, at) if form or not is_itself else _listed(wanted, chinese))
    for found in () if known else _pattern(wanted).finditer(english):
        yield wanted.text, found.start(), found.end(), *_listed(wanted, chinese)


def _listed(wanted: Wanted, chinese: str) -> tuple[str, int]:
    """The rendering of a glossary that stands in a sentence, or the English; ("", -1) for none."""
    found = next((form for form in wanted.forms if form in chinese), "")
    if found:
        return found, chinese.index(found)
    left = _pattern(wanted).search(chinese)
    return (left[0], left.start()) if left else ("", -1)


def _pattern(wanted: Wanted) -> re.Pattern[str]:
    words = r"[ -]".join(map(re.escape, wanted.words))
    return re.compile(rf"(?<![A-Za-z0-9]){words}(?:e?s)?(?![A-Za-z0-9])", re.IGNORECASE)


def _folded(text: str) -> tuple[str, ...]:
    return tuple(map(table().fold, text.lower().split()))
