"""Reported faults and what silences or mends them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bilint.model.enums import plain_members
from bilint.model.places import Excerpt, Place, Span


class _Ranked(StrEnum):
    """A word with a rank: members are listed from the lowest to the highest."""

    @property
    def rank(self) -> int:
        """Position among the members, 0 for the lowest."""
        return list(type(self)).index(self)


@plain_members
class Severity(_Ranked):
    """How bad a fault is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@plain_members
class Confidence(_Ranked):
    """How sure bilint is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of `span` by `new`."""

    span: Span
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a fault; `safe` means the parse and the meaning stay as they were."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One reported fault. `more` are further places of the same cause; `source` is the English beside it."""

    rule: str
    mqm: str
    severity: Severity
    confidence: Confidence
    message: str
    target: Excerpt
    source: Excerpt | None = None
    more: tuple[Place, ...] = ()
    evidence: tuple[tuple[str, str | int | float], ...] = ()
    suggestions: tuple[str, ...] = ()
    help: str = ""
    fix: Fix | None = None
    key: str = ""
    fingerprint: str = ""

    def order(self) -> tuple[Place, str, str]:
        """Return the key findings are sorted by: path, line, column, then rule."""
        return self.target.place, self.rule, self.message


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment in a target that silences rules (all, when `rules` is empty) on the lines `first` to `last`."""

    span: Span
    first: int
    last: int
    rules: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that broke on an article."""

    rule: str
    error: str
