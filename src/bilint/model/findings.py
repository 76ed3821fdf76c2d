"""Reported faults and what silences or mends them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple, Self

from bilint.model.articles import Article
from bilint.model.enums import plain_members
from bilint.model.fixes import Fix
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


@plain_members
class KnownBy(StrEnum):
    """Which text, beside its cause, a finding is known by to a baseline: when that changes, it is another finding."""

    BOTH = "both"
    """The blocks it is in, and those of the original that are aligned with them."""
    TARGET = "target"
    """The blocks it is in: the original makes no difference, nor does what is aligned with them."""
    LINE = "line"
    """Its own lines: the block goes on behind them, and what is put into it makes no difference."""
    ARTICLE = "article"
    """The title: it is said of the whole article, wherever its place is."""


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

    def at_spans(self, spans: Sequence[Span]) -> Self:
        """Return the finding at some of its spans, with the edits that belong to these."""
        first, *rest = spans
        fix = self.fix and self.fix.at(spans, (self.span, *self.more_spans))
        source = self.source_span if first == self.span else None
        return replace(self, span=first, more_spans=tuple(rest), source_span=source, fix=fix)


class Print(NamedTuple):
    """What a place of a finding is known by: a digest of rule, cause and texts; `words` begin what stands there."""

    digest: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Finding):
    """A finding for the reports, which have no documents: with its places and the characters there.

    `prints` are what each of its places is known by, the first one's first, or, where something is left out, each block
    of it; `others` are the characters at the further places, where they may become the first (`at`); `edited` is what
    the edits of its fix replace, in their order.
    """

    target: Excerpt
    source: Excerpt | None = None
    more: tuple[Place, ...] = ()
    prints: tuple[Print, ...] = ()
    others: tuple[Excerpt, ...] = ()
    edited: tuple[Place, ...] = ()

    @property
    def fingerprint(self) -> str:
        """An identity that survives moved lines and sections: the least of its places' ones, whichever comes first."""
        return min((each.digest for each in self.prints), default="")

    @classmethod
    def of(
        cls, finding: Finding, article: Article, prints: tuple[Print, ...] = (), *, with_others: bool = False
    ) -> Placed:
        """Return the finding with what the documents of its article say of its spans."""
        source = article.bitext.source if article.bitext else None
        return cls(
            **{name: getattr(finding, name) for name in Finding.__dataclass_fields__},
            target=article.target.excerpt(finding.span),
            source=source.excerpt(finding.source_span) if source and finding.source_span is not None else None,
            more=tuple(article.target.place(span) for span in finding.more_spans),
            prints=prints,
            others=tuple(map(article.target.excerpt, finding.more_spans)) if with_others else (),
            edited=tuple(article.target.place(edit.span) for edit in finding.fix.edits) if finding.fix else (),
        )

    def at(self, places: Sequence[int]) -> Placed:
        """Return the finding at some of its places, 0 for the first; one of what is left out has only one."""
        if len(places) == len(self.prints) or self.is_gap:
            return self
        all_, spans = (self.target, *self.others), (self.span, *self.more_spans)
        first, *rest = places
        left = self.at_spans([spans[n] for n in places])
        where = dict(zip(self.fix.edits, self.edited, strict=True)) if self.fix else {}
        return replace(
            left,
            target=all_[first],
            source=self.source if first == 0 else None,
            edited=tuple(where[edit] for edit in left.fix.edits) if left.fix else (),
            more=tuple(self.more[n - 1] for n in rest),
            prints=tuple(self.prints[n] for n in places),
            others=self.others and tuple(all_[n] for n in rest),
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
