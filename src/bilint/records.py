"""Findings as bytes and back: small enough to be kept for every article, and data only, each with its schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec import Struct

from bilint.model import (
    Argument,
    Checked,
    Confidence,
    Excerpt,
    Finding,
    Fix,
    Kind,
    Place,
    Placed,
    Print,
    Problem,
    Severity,
    Span,
)
from bilint.rules import Rule

S = TypeVar("S", bound=Struct)
_Place = tuple[int, int, int, int]
_Excerpt = tuple[_Place, str, str]


class _Seen(Struct, frozen=True, array_like=True, gc=False):
    """What a `Placed` has besides a `Finding`; the paths are those of the article."""

    target: _Excerpt
    source: _Excerpt | None
    more: tuple[_Place, ...]
    prints: tuple[Print, ...]
    others: tuple[_Excerpt, ...]
    edited: tuple[_Place, ...]


class Found(Struct, frozen=True, array_like=True, gc=False):
    """A finding; its rule knows the words of its message. `kinds` are the arguments that are kinds of blocks."""

    rule: str
    message: str
    severity: Severity
    confidence: Confidence
    arguments: tuple[tuple[str, Argument], ...]
    kinds: tuple[int, ...]
    span: Span
    source_span: Span | None
    more_spans: tuple[Span, ...]
    evidence: tuple[tuple[str, str | int | float], ...]
    suggestions: tuple[str, ...]
    fix: Fix | None
    key: str
    is_gap: bool
    seen: _Seen | None


class Shown(Struct, frozen=True, array_like=True, gc=False):
    """What the report takes of an article; `able` are numbers among the rules, `source` is the path of the English."""

    path: str
    source: str
    checked: Checked | None
    found: tuple[Found, ...]
    hidden: int
    minor: int
    unchanged: int
    unseen: tuple[str, ...]
    suppressed: int
    problems: tuple[Problem, ...]
    able: tuple[int, ...]
    is_source: bool


class Records:
    """Findings → records and back; `rules` are those of the project, by name.

    What a record cannot hold raises ValueError: a message that its rule does not have, a place in a third file.
    """

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = rules

    def of(self, finding: Finding, path: str = "", source: str = "") -> Found:
        """Return the record of a finding; of a placed one with its places in the article and its English."""
        rule = self._rules[finding.rule]
        if rule.messages.get(finding.message_id) != finding.template or rule.mqm != finding.mqm:
            raise ValueError(f"{finding.rule}: a finding that is not its rule's")
        return Found(
            finding.rule,
            finding.message_id,
            finding.severity,
            finding.confidence,
            finding.arguments,
            tuple(number for number, (_, value) in enumerate(finding.arguments) if isinstance(value, Kind)),
            finding.span,
            finding.source_span,
            finding.more_spans,
            finding.evidence,
            finding.suggestions,
            finding.fix,
            finding.key,
            finding.is_gap,
            _seen(finding, path, source) if isinstance(finding, Placed) else None,
        )

    def finding(self, record: Found) -> Finding:
        """Return the finding of a record. Raises LookupError for a rule or a message that there is not."""
        return Finding(**self._fields(record))

    def placed(self, record: Found, path: str, source: str) -> Placed:
        """Return the placed finding of a record, in the article and its English. Raises like `finding`."""
        seen = record.seen
        if seen is None:
            raise LookupError("a finding without places")
        return Placed(
            **self._fields(record),
            target=_excerpt(seen.target, path),
            source=_excerpt(seen.source, source) if seen.source else None,
            more=tuple(Place(path, *place) for place in seen.more),
            prints=seen.prints,
            others=tuple(_excerpt(each, path) for each in seen.others),
            edited=tuple(Place(path, *place) for place in seen.edited),
        )

    def _fields(self, record: Found) -> dict[str, Any]:
        rule = self._rules[record.rule]
        arguments = record.arguments
        if record.kinds:
            kinds = {number: Kind(str(arguments[number][1])) for number in record.kinds}
            arguments = tuple((name, kinds.get(number, value)) for number, (name, value) in enumerate(arguments))
        return {
            "rule": rule.name,
            "mqm": rule.mqm,
            "severity": record.severity,
            "confidence": record.confidence,
            "template": rule.messages[record.message],
            "arguments": arguments,
            "span": record.span,
            "source_span": record.source_span,
            "more_spans": record.more_spans,
            "evidence": record.evidence,
            "suggestions": record.suggestions,
            "fix": record.fix,
            "key": record.key,
            "is_gap": record.is_gap,
        }


def _seen(finding: Placed, path: str, source: str) -> _Seen:
    return _Seen(
        _of_excerpt(finding.target, path),
        _of_excerpt(finding.source, source) if finding.source else None,
        tuple(_of_place(place, path) for place in finding.more),
        finding.prints,
        tuple(_of_excerpt(each, path) for each in finding.others),
        tuple(_of_place(place, path) for place in finding.edited),
    )


def _of_excerpt(excerpt: Excerpt, path: str) -> _Excerpt:
    return _of_place(excerpt.place, path), excerpt.text, excerpt.line


def _of_place(place: Place, path: str) -> _Place:
    if place.path != path:
        raise ValueError(f"{place.path}: a place in another file than {path}")
    return place.line, place.column, place.end_line, place.end_column


def _excerpt(record: _Excerpt, path: str) -> Excerpt:
    place, text, line = record
    return Excerpt(Place(path, *place), text, line)
