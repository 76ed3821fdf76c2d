"""Rules: the decorator that makes a function one, and loading by walking this package.

A rule is one module with one decorated function. The annotation of its first parameter says what it looks at: an
`AlignedPair`, a `SegmentPair`, a `Gap`, the target `Document`, the `Bitext`, the `Article`, an unused `Suppression`, a
`Failure`, or the `Project`. Of the first four it sees only what has one of the roles it is about. Its docstring is its
manual. A check of the `Project` yields findings with the path of the article that each points into.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Generic, Literal, TypeVar, get_type_hints

import msgspec

from bilint.evidence import Answers, Evidence, Question
from bilint.files import Files, Grounds
from bilint.glossary import Glossary
from bilint.model import (
    PLACEHOLDER,
    WRITTEN,
    AlignedPair,
    Argument,
    Article,
    Confidence,
    Document,
    Failure,
    Finding,
    Fix,
    KnownBy,
    Message,
    Place,
    Roles,
    Severity,
    Span,
    Suppression,
)
from bilint.reading import Reading


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A rule's own options: subclass with typed, defaulted, documented fields."""


OptionsT = TypeVar("OptionsT", bound=Options)
V = TypeVar("V")
Check = Callable[[Any, "Context[Any]"], Iterator[Any]]
Count = Callable[[Reading], Any]
Fixes = Literal["safe", "unsafe"]


class Rule(msgspec.Struct, frozen=True):
    """A rule as the rest of bilint sees it; `scope` is the type its check looks at, in blocks of these `roles`.

    Where the rule `yields_to` finds something in an article, findings of this one have low confidence there. `fixes`
    are the kinds of fixes that its findings may have.
    """

    name: str
    severity: Severity
    confidence: Confidence
    mqm: str
    scope: type
    options: type[Options]
    check: Check
    manual: str
    messages: dict[str, Message]
    roles: Roles = WRITTEN
    counts: tuple[Count, ...] = ()
    yields_to: str = ""
    known_by: KnownBy | None = None
    fixes: tuple[Fixes, ...] = ()

    @property
    def is_comparing(self) -> bool:
        """Whether its check looks at the original too."""
        return self.scope not in (Document, Suppression, Failure)

    @property
    def known(self) -> KnownBy:
        """What its findings are known by; unless it says otherwise, the texts that its check looks at."""
        return self.known_by or (KnownBy.BOTH if self.is_comparing else KnownBy.TARGET)

    @property
    def summary(self) -> str:
        """The first line of the manual."""
        return self.manual.split("\n", 1)[0]


class Context(msgspec.Struct, Generic[OptionsT], frozen=True):
    """What a check may lean on besides what it looks at, and how it makes findings.

    `own` is what was counted in this article; of the others it learns through `ask`, and through `files` whether a file
    of the repository is there.
    """

    rule: Rule
    reading: Reading
    options: OptionsT
    own: Evidence = msgspec.field(default_factory=Evidence)
    answers: Answers = msgspec.field(default_factory=lambda: Answers(Evidence()))
    files: Files = msgspec.field(default_factory=lambda: Files(Grounds(())))
    glossary: Glossary = msgspec.field(default_factory=Glossary)
    severity: Severity | None = None

    @property
    def article(self) -> Article:
        """The article that is checked."""
        return self.reading.article

    def ask(self, question: Question[V]) -> V:
        """Return what all articles of the run say to a question."""
        return self.answers.ask(question)

    @property
    def document(self) -> Document:
        """The translation with the blocks that the rule is about."""
        return self.reading.target(self.rule.roles)

    @property
    def pairs(self) -> tuple[AlignedPair, ...]:
        """The aligned pairs with the blocks that the rule is about; see `Reading.pairs`."""
        return self.reading.pairs(self.rule.roles)

    def finding(
        self,
        message_id: str,
        span: Span,
        *,
        source: Span | None = None,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        key: str = "",
        more: tuple[Span, ...] = (),
        evidence: tuple[tuple[str, str | int | float], ...] = (),
        suggestions: tuple[str, ...] = (),
        is_gap: bool = False,
        fix: Fix | None = None,
        **arguments: Argument,
    ) -> Finding:
        """Return a finding at `span` of the article; `source` is the span of the original that belongs to it.

        `message_id` names one of the rule's messages, `arguments` is what stands in its braces; where prose leaves out
        code, people read an ellipsis. Findings of one rule with the same non-empty `key` in one article are folded into
        one; baselines know them by its first line, so what tells findings of one cause apart stands in a second.
        `is_gap` says that something is left out behind `span`. Raises KeyError for a message that the rule does
        not have, or a missing argument, and ValueError for a fix of a kind that the rule does not say it has.
        """
        if fix and ("safe" if fix.safe else "unsafe") not in self.rule.fixes:
            raise ValueError(f"{self.rule.name} has such a fix: it must be said in `fixes`")
        template = self.rule.messages[message_id]
        template.fill(arguments)  # what is missing is the rule's fault: found here, not in a report
        return Finding(
            self.rule.name,
            self.rule.mqm,
            self.severity or severity or self.rule.severity,
            confidence or self.rule.confidence,
            template,
            tuple((name, _readable(value)) for name, value in arguments.items()),
            span,
            source,
            more,
            tuple((name, _readable(value)) for name, value in evidence),
            suggestions,
            fix,
            key=key,
            is_gap=is_gap,
        )


_Shown = TypeVar("_Shown", Argument, str | int | float)


def _readable(value: _Shown) -> _Shown:
    if isinstance(value, str) and PLACEHOLDER in value:
        return value.replace(PLACEHOLDER, "…")
    return value


def rule(
    *,
    severity: Severity,
    confidence: Confidence,
    mqm: str,
    messages: Mapping[str, str],
    help: Mapping[str, str] | None = None,  # noqa: A002 - the word for it everywhere
    options: type[Options] = Options,
    roles: Roles = WRITTEN,
    counts: tuple[Count, ...] = (),
    yields_to: str = "",
    known_by: KnownBy | None = None,
    fixes: tuple[Fixes, ...] = (),
) -> Callable[[Check], Check]:
    """Mark the decorated function as the check of its module's rule, which is about blocks of these roles.

    `messages` are by id the facts that it finds, `help` by the same ids what to do about them. Both are templates: what
    differs from finding to finding stands in braces (`"`{word}` is left in English"`) and is given to
    `Context.finding` by that name, so that the words can be said in another language. `counts` are functions from the
    reading of an article to a monoid (`bilint.evidence`): their sums over all articles are what a question asks. Where
    the rule `yields_to` finds something, what this one finds has low confidence: it has the same cause. `known_by`
    says which text its findings are known by to a baseline, where that is not what the check looks at. `fixes` says
    which kinds of fixes its findings may have.
    """

    def register(check: Check) -> Check:
        name = check.__module__.rsplit(".", 1)[-1].replace("_", "-")
        scope = next(iter(get_type_hints(check).values()))
        manual = inspect.cleandoc(check.__doc__ or "")
        said = {key: Message(key, text, (help or {}).get(key, "")) for key, text in messages.items()}
        made = Rule(
            name,
            severity,
            confidence,
            mqm,
            scope,
            options,
            check,
            manual,
            said,
            roles,
            counts,
            yields_to,
            known_by,
            fixes,
        )
        check.rule = made  # type: ignore[attr-defined]
        return check

    return register


@cache
def all_rules() -> dict[str, Rule]:
    """Return all rules by name, sorted. The package is the list: a module that holds a rule is found here."""
    found: dict[str, Rule] = {}
    for module in pkgutil.iter_modules(__path__):
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            made = getattr(value, "rule", None)
            if isinstance(made, Rule) and made.check.__module__.endswith(f".{module.name}"):
                found[made.name] = made
    return dict(sorted(found.items()))


def whole_line(document: Document, line: int) -> Span:
    """Return the span of line `line`, from 1, without its end."""
    start = document.line_starts[line - 1]
    return Span(start, start + len(document.line(line)))


__all__ = ["Context", "Count", "Options", "Place", "Rule", "all_rules", "rule", "whole_line"]
