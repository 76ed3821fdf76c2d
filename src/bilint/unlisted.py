"""Saved originals that nothing leads to yet: which file looks like the original of which article."""

from __future__ import annotations

import math
import os
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bilint.align import align
from bilint.guard import attempt
from bilint.model import Problem
from bilint.originals import own_address
from bilint.parse import read
from bilint.reading.pairing import pairing
from bilint.text.urls import normalise
from bilint.text.words import latin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set
    from pathlib import Path

    from bilint.model import Document, Pairing

_COMPARED = 3
"""So many files are compared with an article."""
_LEAST_WORD = 2


class Lonely(NamedTuple):
    """An article without its original at hand, and the address that it names."""

    path: str
    url: str


class Likeness(NamedTuple):
    """A saved file that an article aligns with as a translation does with its original."""

    article: str
    url: str
    file: Path


class _Page(NamedTuple):
    file: Path
    words: Set[str]
    address: str


class Unlisted:
    """The saved `files` that no article is compared with; reading one takes at most `seconds`, and what fails is left.

    Files and articles that share rare words, names and numbers are aligned; what fits is told.
    """

    def __init__(self, files: Sequence[Path], seconds: float) -> None:
        self._seconds = seconds
        read_ones = (attempt(os.fspath(file), partial(_page, file), seconds=seconds) for file in files)
        self._pages = [page for page in read_ones if not isinstance(page, Problem)]
        counts = Counter(word for page in self._pages for word in page.words)
        self._weights = {word: math.log((len(self._pages) + 1) / count) for word, count in counts.items()}

    def likenesses(self, articles: Sequence[Lonely]) -> list[Likeness]:
        """Return a file for each article that has one, by article; where several do, the one that fits best."""
        fitting = [(share, article, file) for article in articles for share, file in self._fitting(article)]
        found: dict[str, Likeness] = {}
        taken: set[Path] = set()
        for _, article, file in sorted(fitting, key=lambda row: (-row[0], row[1], row[2])):
            if article.path not in found and file not in taken:
                found[article.path] = Likeness(article.path, article.url, file)
                taken.add(file)
        return [found[path] for path in sorted(found)]

    def _fitting(self, article: Lonely) -> Iterator[tuple[float, Path]]:
        """Yield the files that an article fits, and how much of both is aligned, 0 to 1."""
        if not self._pages:
            return
        target = attempt(article.path, partial(read, article.path), seconds=self._seconds)
        if isinstance(target, Problem):
            return
        for page in self._nearest(target, article.url):
            match = attempt(article.path, partial(_pairing, page.file, target), seconds=self._seconds)
            if not isinstance(match, Problem) and match.fits:
                yield math.sqrt(match.target * match.source), page.file

    def _nearest(self, target: Document, url: str) -> list[_Page]:
        """Return the files that name the article's address, else share most with it; the best first."""
        words, address = _words(f"{target.text} {url}"), normalise(url)
        known = [page for page in self._pages if url and page.address == address]
        weighed = ((_likeness(words, page.words, self._weights), page) for page in self._pages)
        near = sorted(((weight, page) for weight, page in weighed if weight), key=lambda row: (-row[0], row[1].file))
        return known or [page for _, page in near[:_COMPARED]]


def _page(file: Path) -> _Page:
    document = read(os.fspath(file))
    return _Page(file, _words(f"{document.text} {file.stem}"), normalise(own_address(document) or ""))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in latin(text).split() if len(word) >= _LEAST_WORD)


def _likeness(words: Set[str], others: Set[str], weights: Mapping[str, float]) -> float:
    """The weight of what two texts share, by the root of all there is in the other: a long page always shares some."""
    return sum(weights[word] for word in words & others) / math.sqrt(sum(weights[word] for word in others) or 1)


def _pairing(file: Path, target: Document) -> Pairing:
    return pairing(align(read(os.fspath(file)), target))
