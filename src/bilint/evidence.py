"""Evidence rules lean on: shipped priors, and counts over the articles of a run that add up in any order."""

from __future__ import annotations

import hashlib
import pkgutil
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import chain, repeat

from msgspec import Struct, field

from bilint.model import Bitext, Kind
from bilint.text.words import folded, words


class Rendering(Struct, frozen=True):
    """How an English term is said in Chinese in published translations."""

    term: str
    segments: int
    kept: int
    forms: tuple[tuple[str, int], ...]

    @property
    def best(self) -> str:
        """The most frequent rendering."""
        return self.forms[0][0]

    def share(self, form: str) -> float:
        """Return the share of segments, 0 to 1, that use `form`."""
        return dict(self.forms).get(form, 0) / self.segments


class Priors:
    """The shipped counts over published human translations; see `data/*.tsv`."""

    def __init__(self) -> None:
        kept, renderings = _read("kept.tsv"), _read("renderings.tsv")
        self.digest = hashlib.sha256((kept + renderings).encode()).hexdigest()
        self._kept = _rows(kept)
        self._kept_counts: dict[str, tuple[int, int, int] | None] = {}
        self._renderings = _rows(renderings)
        self._cache: dict[str, Rendering | None] = {}
        self._folds: dict[str, str] = {}

    def fold(self, word: str) -> str:
        """Return the form of a lower-cased English word that the counts know (plural, -ed, -ing cut off)."""
        form = self._folds.get(word)
        if form is None:
            form = self._folds[word] = folded(word, self._renderings.__contains__)
        return form

    def kept(self, word: str) -> tuple[int, int, int] | None:
        """Return for a lower-cased word: uses in English, uses left standing in the Chinese, % of uses capitalised.

        None when fewer than ten articles use it.
        """
        if word not in self._kept_counts:
            self._kept_counts[word] = self._parse_kept(word)
        return self._kept_counts[word]

    def _parse_kept(self, word: str) -> tuple[int, int, int] | None:
        row = self._kept.get(word)
        if row is None:
            return None
        uses, kept, capitalised = row.split("\t")
        return int(uses), int(kept), int(capitalised)

    def rendering(self, term: str) -> Rendering | None:
        """Return how `term` (lower-cased, folded) is rendered; None when the counts do not know it."""
        if term not in self._cache:
            self._cache[term] = self._parse(term)
        return self._cache[term]

    def _parse(self, term: str) -> Rendering | None:
        row = self._renderings.get(term)
        if row is None:
            return None
        sampled, kept, cell = row.split("\t")
        forms = tuple((form, int(count)) for form, count in (item.rsplit(":", 1) for item in cell.split(" ")))
        return Rendering(term, int(sampled), int(kept), forms)


@cache
def priors() -> Priors:
    """Return the shipped priors, loaded once per process."""
    return Priors()


def _read(name: str) -> str:
    data = pkgutil.get_data("bilint", f"data/{name}")
    assert data is not None, name
    return data.decode("utf-8")


def _rows(text: str) -> dict[str, str]:
    """First column → the rest of the line; the first line says where the counts come from."""
    return dict(map(str.split, text.split("\n")[1:-1], repeat("\t"), repeat(1)))


class Evidence(Struct, frozen=True):
    """Counts over articles; `a + b` is the evidence of both, whatever the order.

    `source_pairs[w]` counts aligned pairs whose English prose has the word w, `kept_pairs[w]` those whose Chinese
    prose has it too; both are lower-cased. `sources[p]` counts the articles whose original is the file p.
    """

    articles: int = 0
    source_pairs: Counter[str] = field(default_factory=Counter)
    kept_pairs: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Evidence) -> Evidence:
        return merge((self, other))

    def rendered_pairs(self, word: str) -> int:
        """Return in how many aligned pairs the English word is not left standing in the Chinese."""
        return self.source_pairs[word] - self.kept_pairs[word]


def merge(parts: Iterable[Evidence]) -> Evidence:
    """Return the sum of all evidence."""
    articles, source, kept, sources = 0, Counter[str](), Counter[str](), Counter[str]()
    for part in parts:
        articles += part.articles
        source.update(part.source_pairs)
        kept.update(part.kept_pairs)
        sources.update(part.sources)
    return Evidence(articles, source, kept, sources)


def count(bitext: Bitext) -> Evidence:
    """Return the evidence of one article."""
    source: list[set[str]] = []
    kept: list[set[str]] = []
    for pair in bitext.pairs:
        if not pair.source or not pair.target or pair.target[0].kind is Kind.CODE:
            continue
        english = set(words(" ".join([block.prose.text for block in pair.source])))
        source.append(english)
        kept += [english.intersection(words(block.prose.text)) for block in pair.target]
    sources = Counter((bitext.source.path,))
    return Evidence(1, Counter(chain.from_iterable(source)), Counter(chain.from_iterable(kept)), sources)
