"""Reported faults and what silences or mends them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bilint.model.articles import Article
from bilint.model.enums import plain_members
from bilint.model.messages import Argument, Message
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
    """One fault as a rule finds it: where in the target, which English belongs to it, and what to say of it.

    `more` are further places of the same cause. `is_gap` says that something is left out behind `span`, which is the
    end of the block before it.
    """

    rule: str
    mqm: str
    severity: Severity
    confidence: Confidence
    template: Message
    arguments: tuple[tuple[str, Argument], ...]
    span: Span
    source_span: Span | None = None
    more_spans: tuple[Span, ...] = ()
    evidence: tuple[tuple[str, str | int | float], ...] = ()
    suggestions: tuple[str, ...] = ()
    fix: Fix | None = None
    key: str = ""
    is_gap: bool = False

    @property
    def message_id(self) -> str:
        """Which of the rule's messages this is."""
        return self.template.id

    @property
    def message(self) -> str:
        """The fact, in English."""
        return self.template.fill(dict(self.arguments))[0]

    @property
    def help(self) -> str:
        """What to do about it, in English; empty when the fact says it all."""
        return self.template.fill(dict(self.arguments))[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Finding):
    """A finding for the reports, which have no documents: with its places and the characters there.

    `fingerprint` is an identity that survives moved lines.
    """

    target: Excerpt
    source: Excerpt | None = None
    more: tuple[Place, ...] = ()
    fingerprint: str = ""

    @classmethod
    def of(cls, finding: Finding, article: Article) -> Placed:
        """Return the finding with what the documents of its article say of its spans."""
        source = article.bitext.source if article.bitext else None
        return cls(
            **{name: getattr(finding, name) for name in Finding.__dataclass_fields__},
            target=article.target.excerpt(finding.span),
            source=source.excerpt(finding.source_span) if source and finding.source_span is not None else None,
            more=tuple(article.target.place(span) for span in finding.more_spans),
        )

    def order(self) -> tuple[Place, str, str]:
        """Return the key findings are sorted by: path, line, column, then rule."""
        return self.target.place, self.rule, self.message


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment in a target that silences rules (all, when `rules` is empty) on the lines `first` to `last`.

    `gap` is the offset behind which what is left out is silenced too, -1 for none.
    """

    span: Span
    first: int
    last: int
    rules: tuple[str, ...]
    reason: str = ""
    gap: int = -1


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that broke on an article."""

    rule: str
    error: str
