"""Evidence rules lean on: shipped priors, counts over the articles of a run that add up in any order, and questions."""

from __future__ import annotations

import hashlib
import operator
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import repeat
from typing import Any, Generic, Self, TypeVar, get_type_hints

from msgspec import Struct, field

from bilint.text.words import folded

T = TypeVar("T")
C = TypeVar("C")
K = TypeVar("K")
V = TypeVar("V")


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

    @property
    def usual(self) -> tuple[str, ...]:
        """The forms that are used in a quarter of the segments or more, two at most, the most frequent first."""
        return tuple(form for form, count in self.forms[:2] if count * 4 >= self.segments)

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


class Tally(Counter[K]):
    """How often what: a counter that is a group, `a + b - b == a`, whatever the numbers; `-` leaves no zero in it."""

    def __add__(self, other: Counter[K]) -> Tally[K]:  # type: ignore[override]
        total = Tally(self)
        total.update(other)
        return total

    def __sub__(self, other: Counter[K]) -> Tally[K]:
        rest = Tally(self)
        rest.subtract(other)
        for key in other:
            if not rest[key]:
                del rest[key]
        return rest

    def __iadd__(self, other: Counter[K]) -> Self:  # type: ignore[override]
        # Most things are counted once in an article, and ones are added in one go: half of the time for words.
        more = [(key, count - 1) for key, count in other.items() if count != 1]
        self.update(iter(other))
        for key, count in more:
            self[key] += count
        return self


class Counts(Struct):
    """Several counts in one: a subclass has fields that can be added and taken away, with their zeros as defaults."""

    def __add__(self, other: Self) -> Self:
        return self._joined(other, operator.add)

    def __sub__(self, other: Self) -> Self:
        return self._joined(other, operator.sub)

    def __iadd__(self, other: Self) -> Self:
        for name in self.__struct_fields__:
            counted = getattr(self, name)
            counted += getattr(other, name)
            setattr(self, name, counted)
        return self

    def _joined(self, other: Self, join: Callable[[Any, Any], Any]) -> Self:
        return type(self)(*[join(getattr(self, name), getattr(other, name)) for name in self.__struct_fields__])


class Evidence(Struct, frozen=True, eq=False):
    """What was counted: `a + b` is the evidence of both, whatever the order, `a - b` takes b out again.

    A count is a function of what is read of an article; what it returns is a monoid: `+` adds, and its class called
    without arguments is the zero. `Tally` and `Counts` can be taken away too.
    """

    sums: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def counted(cls, read: T, counts: Iterable[Callable[[T], Any]]) -> Evidence:
        """Return what these counts come to in one article."""
        return cls({name_of(count): count(read) for count in counts})

    @classmethod
    def when_asked(cls, read: T, counts: Iterable[Callable[[T], Any]]) -> Evidence:
        """Return what these counts come to in one article, each counted when it is asked for: it cannot be added."""
        return cls(_WhenAsked(read, counts))

    def of(self, count: Callable[[Any], C]) -> C:
        """Return what was counted by `count`; its zero when nothing was."""
        known: C | None = self.sums.get(name_of(count))
        if known is not None:
            return known
        zero: type[C] = get_type_hints(count)["return"]
        return zero()

    def only(self, counts: Iterable[Callable[[Any], Any]]) -> Evidence:
        """Return what these counts have come to, and nothing else."""
        named = ((name_of(count), self.sums.get(name_of(count))) for count in counts)
        return Evidence({name: counted for name, counted in named if counted is not None})

    def __add__(self, other: Evidence) -> Evidence:
        return merge((self, other))

    def __sub__(self, other: Evidence) -> Evidence:
        taken = {name: known - other.sums[name] for name, known in self.sums.items() if name in other.sums}
        return Evidence(self.sums | taken)


class _WhenAsked(dict[str, Any]):
    """Names of counts → what they come to, as far as it was asked for."""

    def __init__(self, read: Any, counts: Iterable[Callable[[Any], Any]]) -> None:
        super().__init__()
        self._read, self._counts = read, {name_of(count): count for count in counts}

    def get(self, name: str, default: Any = None) -> Any:
        if name not in self and name in self._counts:
            self[name] = self._counts[name](self._read)
        return super().get(name, default)


def name_of(count: Callable[[Any], Any]) -> str:
    """Return what a count is called in evidence: its module and its name there."""
    return f"{count.__module__}.{count.__qualname__}"


class Sum:
    """Evidence that grows."""

    def __init__(self) -> None:
        self.evidence = Evidence()

    def add(self, part: Evidence) -> None:
        """Add further evidence to it."""
        sums = self.evidence.sums
        for name, counted in part.sums.items():
            if name not in sums:
                sums[name] = type(counted)()
            sums[name] += counted


def merge(parts: Iterable[Evidence]) -> Evidence:
    """Return the sum of all evidence."""
    total = Sum()
    for part in parts:
        total.add(part)
    return total.evidence


class Question(Struct, Generic[V], frozen=True, tag=True):
    """What a rule asks the project: a subclass whose fields say what exactly, and that finds the answer.

    A result of a rule holds as long as the verdicts on what it asked do.
    """

    def verdict(self, project: Evidence) -> V:
        """Return the answer from the evidence of all articles: plain data that can be compared."""
        raise NotImplementedError


class Answers:
    """The door between a rule and the project: every question is recorded with its verdict."""

    def __init__(self, project: Evidence) -> None:
        self._project = project
        self.given: dict[Question[Any], Any] = {}

    def ask(self, question: Question[V]) -> V:
        """Return the verdict on a question; asked again, it is the same."""
        if question not in self.given:
            self.given[question] = question.verdict(self._project)
        verdict: V = self.given[question]
        return verdict


def hold(verdicts: Mapping[Question[Any], Any], project: Evidence) -> bool:
    """Return whether every verdict would be the same in this project: what was concluded from them holds."""
    return not verdicts or all(question.verdict(project) == verdict for question, verdict in verdicts.items())


class Project(Struct, frozen=True):
    """All articles of a run, as a rule sees them that looks over all at once: through what it counts in them."""

    evidence: Evidence

    def of(self, count: Callable[[Any], C]) -> C:
        """Return the sum of what `count` returned of every article."""
        return self.evidence.of(count)
