"""SARIF 2.1.0, for code scanning and editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/ and, for limits and what is shown,
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING

from bilint.messages import say
from bilint.model import Confidence, Fix, Place, Placed, Problem, Report, Severity
from bilint.report._identity import numbered
from bilint.report._phrases import advice, manual_of, message, use, where
from bilint.report._positions import uri
from bilint.report._summary import worst_first
from bilint.rules import Rule, all_rules
from bilint.text.escapes import in_json
from bilint.text.width import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilint.report._style import Style

_Object = dict[str, object]

WORDS = "asked"
ENDINGS = (".sarif", ".sarif.json")
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST_RESULTS = 25_000
"""Code scanning refuses a run with more."""
_MOST_LINKED = 10
"""Further places are named in the message as in the other formats; a term may stand in hundreds."""
_MOST_RELATED = 100
"""Editors list the further places; of a page that is half translated they want them all."""
_MOST_CHARACTERS = 1000
"""Code scanning shows 1,024 of a message or a description."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEM_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_PRECISIONS = {Confidence.HIGH: "high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}
_SPECIAL = re.compile(r"[\\\[\]]")
"""What makes links in a message (SARIF, 3.11.6)."""
_CASE = re.compile(r"^(`{3,})(en|newer|zh|glossary)\b[^\n]*$", re.MULTILINE)
"""Fences of the manuals, whose words no viewer knows."""


def render(report: Report, style: Style) -> str:
    """Return a log with one run: the worst first, at most 25,000; what is left out is said in a notification."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return in_json(json.dumps(log, ensure_ascii=False, allow_nan=False)) + "\n"


def _run(report: Report) -> _Object:
    shown = list(islice(numbered(worst_first(report)), _MOST_RESULTS))
    known = all_rules()
    names = sorted({finding.rule for finding, _ in shown})
    numbers = {name: number for number, name in enumerate(names)}
    rules = [_rule(known[name]) if name in known else {"id": name} for name in names]
    driver = {"name": "bilint", "version": report.version, "rules": rules}
    left = len(report.findings) - len(shown)
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report.problems, left)],
        "results": [_result(finding, identity, numbers) for finding, identity in shown],
        "properties": {"signature": report.signature},
    }


def _rule(rule: Rule) -> _Object:
    severity, confidence = Severity(rule.severity), Confidence(rule.confidence)
    manual = _CASE.sub(r"\1text", manual_of(rule))
    summary = _cut(manual.partition("\n")[0])
    return {
        "id": rule.name,
        "name": rule.name.title().replace("-", ""),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": manual, "markdown": f"# {rule.name}\n\n{manual}\n"},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {
            "tags": ["translation", rule.mqm],
            "precision": _PRECISIONS[confidence],
            "problem.severity": _PROBLEM_SEVERITIES[severity],
        },
    }


def _result(finding: Placed, identity: str, numbers: dict[str, int]) -> _Object:
    related = list(_related(finding))
    fixes = [_fix(finding.fix, finding.edited, finding.target.place.path)] if finding.fix else []
    return {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": _physical(finding.target.place, finding.target.text)}],
        **({"relatedLocations": related} if related else {}),
        **({"fixes": fixes} if fixes else {}),
        "partialFingerprints": {"bilint/v1": finding.fingerprint, "primaryLocationLineHash": identity},
        "properties": {"confidence": finding.confidence.value, "evidence": dict(finding.evidence)},
    }


def _message(finding: Placed) -> str:
    """Return fact and advice, and links to the related locations, which code scanning shows only where they stand."""
    what_to_do = say("; ").join(part for part in (use(finding), one_line(advice(finding))) if part)
    text = _escaped(one_line(message(finding))) + (f" ({_escaped(what_to_do)})" if what_to_do else "")
    links = [f"[{say('source')}](0)"] if finding.source else []
    links += [f"[{_escaped(where(place))}]({n})" for n, place in enumerate(finding.more[:_MOST_LINKED], 1)]
    return f"{_cut(text)} – {', '.join(links)}" if links else _cut(text)


def _related(finding: Placed) -> Iterator[_Object]:
    if finding.source:
        yield _location(0, say("the source"), finding.source.place, finding.source.text)
    for number, place in enumerate(finding.more[:_MOST_RELATED], 1):
        yield _location(number, say("the same here"), place)


def _location(number: int, said: str, place: Place, text: str = "") -> _Object:
    return {"id": number, "message": {"text": said}, "physicalLocation": _physical(place, text)}


def _physical(place: Place, text: str = "") -> _Object:
    snippet = {"snippet": {"text": _cut(text)}} if text else {}
    return {"artifactLocation": {"uri": uri(place.path)}, "region": _region(place) | snippet}


def _region(place: Place) -> _Object:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(fix: Fix, places: Sequence[Place], path: str) -> _Object:
    """Return the fix; what it replaces is told by lines and columns, as findings are."""
    replacements = [
        {"deletedRegion": _region(place), "insertedContent": {"text": edit.new}}
        for edit, place in zip(fix.edits, places, strict=True)
    ]
    changes = [{"artifactLocation": {"uri": uri(path)}, "replacements": replacements}]
    return {"description": {"text": say(fix.title)}, "artifactChanges": changes}


def _invocation(problems: Sequence[Problem], left: int) -> _Object:
    notifications = [_notification(each) for each in problems]
    if left:
        text = say(
            "{left} more findings are left out: code scanning takes {most} in a run", left=left, most=_MOST_RESULTS
        )
        notifications.append({"level": "warning", "message": {"text": text}})
    said = {"toolExecutionNotifications": notifications} if notifications else {}
    return {"executionSuccessful": not problems, **said}


def _notification(problem: Problem) -> _Object:
    text = say(problem.message) + (f" ({say(problem.hint)})" if problem.hint else "")
    place = {"physicalLocation": {"artifactLocation": {"uri": uri(problem.path)}}}
    return {
        "level": "error",
        "message": {"text": _escaped(one_line(text))},
        **({"locations": [place]} if problem.path else {}),
    }


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"
