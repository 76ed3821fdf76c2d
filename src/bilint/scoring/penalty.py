"""Weighted faults per 1,000 English words, as MQM counts them (themqm.org, scoring models: the normed penalty)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct

from bilint.model import Report, Severity
from bilint.settings import Weights

_OWN = "meta"
"""The category of what is said of bilint's own work: no fault of a translation."""


class Score(Struct, frozen=True):
    """The faults of an article, or of all articles together; `words` are the English ones outside code.

    `penalty` is the sum of the weights of all findings. One finding counts once, in however many places: it has one
    cause, and is one decision to mend.
    """

    words: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    penalty: float = 0.0

    @property
    def normed(self) -> float:
        """The penalty per 1,000 words: 0 is best. There must be words."""
        return 1000 * self.penalty / self.words

    @classmethod
    def of(cls, words: int, severities: Iterable[Severity], weights: Weights) -> Score:
        """Return the score of an article of so many words with findings of these severities."""
        found = Counter(severities)
        counts = found[Severity.ERROR], found[Severity.WARNING], found[Severity.INFO]
        weighed = zip(counts, (weights.error, weights.warning, weights.info), strict=True)
        return cls(words, *counts, penalty=sum(count * weight for count, weight in weighed))

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))


class Scores(Struct, frozen=True):
    """The scores of articles by path, and why others have none."""

    articles: dict[str, Score]
    unscored: dict[str, str]

    @property
    def project(self) -> Score:
        """The score of all articles together."""
        return sum(self.articles.values(), Score())


def scores(report: Report, weights: Weights) -> Scores:
    """Return the scores of all articles of a report, sorted by path.

    An article without an original has no words that its faults could be counted against, and so no score.
    """
    severities: defaultdict[str, list[Severity]] = defaultdict(list)
    for finding in report.findings:
        if finding.mqm == _OWN:
            continue
        severities[finding.target.place.path].append(finding.severity)
    scored, unscored = {}, {}
    for article in sorted(report.articles, key=lambda each: each.path):
        if article.words:
            scored[article.path] = Score.of(article.words, severities[article.path], weights)
        else:
            unscored[article.path] = article.why or "the original has no words outside code"
    return Scores(scored, unscored)
