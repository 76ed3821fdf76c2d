"""Whether the original repeats itself where the translation does."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bilint.model import AlignedPair, Article
from bilint.reading.lines import Line
from bilint.text.words import words

_ALIKE = 85
"""From this similarity (0 to 100, Indel ratio) on, one Chinese sentence may translate two English ones."""
_MOST_COMPARED = 200_000
"""Texts of the original that are compared for one article: half a second's work. With more, repeats are no accident."""


class _Said(NamedTuple):
    """The words of the English of a pair: line by line, and together; a line break where there are none."""

    lines: list[str]
    whole: str


def _said_by(pair: AlignedPair) -> _Said:
    lines = [" ".join(words(line)) for block in pair.source for line in block.prose.text.split("\n")]
    return _Said([line or "\n" for line in lines], " ".join(filter(None, lines)) or "\n")


class Echoes:
    """How often the original says what a line of the translation says."""

    def __init__(self, article: Article, lines: list[Line]) -> None:
        self._article = article
        self._lines = lines
        self._compared = 0
        self._said: dict[str, tuple[int, float]] = {}
        self._often: dict[str, float] = {}
        self._doubled: dict[str, bool] = {}

    @cached_property
    def _texts(self) -> list[str]:
        blocks = self._article.bitext.source.blocks if self._article.bitext else ()
        texts = [block.prose.text for block in blocks if block.prose.text]
        lines = (line for text in texts if "\n" in text for line in text.split("\n"))
        return [" ".join(words(text)) for text in (*texts, *lines)]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(self._texts)

    @cached_property
    def _neighbours(self) -> dict[tuple[str, str], None]:
        return dict.fromkeys(pairwise(self._texts))

    @cached_property
    def _uses(self) -> dict[str, list[int]]:
        """The lines that say a text, by their number."""
        uses: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self._lines):
            uses[line.text].append(number)
        return uses

    @cached_property
    def _behind(self) -> list[str]:
        """The English aligned with each line, or with its block; a text nobody says where there is none."""
        blocks = {id(line.block): line.block for line in self._lines}
        said: dict[int, _Said] = {}
        english: dict[int, list[str]] = {}
        for key, block in blocks.items():
            pair = self._article.pair_of(block)
            if id(pair) not in said:  # many blocks may share a long one
                said[id(pair)] = _said_by(pair)
            lines, whole = said[id(pair)]
            here = block.prose.text.count("\n") + 1
            english[key] = lines if len(lines) == here else [whole] * here
        return [english[id(line.block)][line.block.prose.text.count("\n", 0, line.start)] for line in self._lines]

    def repeats_most(self, first: int, end: int, least: int) -> bool:
        """Return whether the original repeats a run of lines as well, but for fewer than `least` Han characters."""
        own = (self._lines[number].han for number in range(first, end) if not self.repeats(number, adjacent=False))
        return sum(own) < least

    def repeats(self, number: int, *, adjacent: bool) -> bool:
        """Return whether the original says a line as often as the translation up to here, and as close by."""
        if adjacent and not self._is_doubled(self._behind[number]):
            return False
        text = self._lines[number].text
        uses = self._uses[text]
        times, most = self._said.get(text, (0, 0.0))
        while times < len(uses) and uses[times] <= number:
            most = max(most, self._alike(self._behind[uses[times]]))
            times += 1
        self._said[text] = times, most
        return most >= times

    def _alike(self, text: str) -> float:
        """How many texts of the original say `text`, or nearly so; without end when too many were compared already."""
        from rapidfuzz import fuzz, process

        if text not in self._often:
            self._compared += len(self._counts)
            if self._compared > _MOST_COMPARED:
                return float("inf")
            alike = process.extract_iter(text, self._counts.keys(), scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE)
            self._often[text] = max(self._counts[text], sum(self._counts[other] for other, _, _ in alike))
        return self._often[text]

    def _is_doubled(self, text: str) -> bool:
        """Whether the original says `text`, or nearly so, twice in a row; so it is when too many were compared."""
        if text not in self._doubled:
            self._compared += len(self._neighbours)
            self._doubled[text] = self._compared > _MOST_COMPARED or any(
                _is_alike(text, one) and _is_alike(text, other) for one, other in self._neighbours
            )
        return self._doubled[text]


def _is_alike(text: str, other: str) -> bool:
    """Whether two English passages differ by a few words at most: one translation may do for both."""
    from rapidfuzz import fuzz

    return fuzz.ratio(text, other) >= _ALIKE
