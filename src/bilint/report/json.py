"""The contract for other programs: one JSON object, the same bytes for the same report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from bilint.model import Argument, Checked, Confidence, Excerpt, Fix, Original, Place, Placed, Problem, Report, Severity
from bilint.report._statistics import tables
from bilint.report._summary import counts
from bilint.text.escapes import in_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bilint.report._style import Style

SCHEMA_VERSION = 1
WORDS = "english"
ENDINGS = (".json",)
_Object = dict[str, object]


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield the report as one JSON object of `schema()`, sorted by path, line, column, rule: finding by finding."""
    opening = "{"
    for name, value in _members(report, style):
        yield f'{opening}\n "{name}": '
        yield from (_json(value, 1),) if isinstance(value, (int, str, dict)) else _list(value)
        opening = ","
    yield "\n}\n"


def _members(report: Report, style: Style) -> Iterator[tuple[str, int | str | _Object | Iterator[_Object]]]:
    """Yield the members of the object; of findings and articles there is one object at a time."""
    findings = () if style.has_statistics else sorted(report.findings, key=Placed.order)
    yield "schema_version", SCHEMA_VERSION
    yield "tool", {"name": "bilint", "version": report.version}
    yield "signature", report.signature
    yield "articles", map(_article, sorted(report.articles, key=lambda each: each.path))
    yield "findings", map(finding_object, findings)
    yield "summary", counts(report) | (_statistics(report) if style.has_statistics else {})
    yield "problems", map(problem_object, sorted(report.problems, key=lambda each: (each.path, each.message)))


def _json(value: object, depth: int) -> str:
    """Return a value as JSON over several lines, those after the first indented so far."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # `json` itself takes ten times as long with an indent.
    shown = msgspec.json.format(line.encode("utf-8", "surrogatepass"), indent=1).decode("utf-8", "surrogatepass")
    return in_json(shown).replace("\n", "\n" + " " * depth)


def _list(values: Iterable[_Object]) -> Iterator[str]:
    opening = "["
    for value in values:
        yield f"{opening}\n  {_json(value, 2)}"
        opening = ","
    yield "[]" if opening == "[" else "\n ]"


def _statistics(report: Report) -> _Object:
    return {f"by_{name}": [row._asdict() for row in rows] for name, rows in tables(report).items()}


def _article(article: Checked) -> _Object:
    return {
        "path": article.path,
        "source": _original(article.original) if article.original else None,
        "pairs": article.pairs,
        "unaligned_source": article.unaligned_source,
        "unaligned_target": article.unaligned_target,
        "why": article.why,
        "words": article.words,
    }


def _original(original: Original) -> _Object:
    return {"uri": original.uri, "path": original.path, "found_by": original.found_by}


def finding_object(finding: Placed) -> _Object:
    """Return what the report says of a finding."""
    return {
        "rule": finding.rule,
        "mqm": finding.mqm,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "message_id": finding.message_id,
        "arguments": {name: _argument(value) for name, value in finding.arguments},
        "message": finding.message,
        "help": finding.help,
        **_excerpt(finding.target),
        "more": [_range(place) for place in finding.more],
        "source": _excerpt(finding.source) if finding.source else None,
        "evidence": dict(finding.evidence),
        "suggestions": list(finding.suggestions),
        "fix": _fix(finding.fix, finding.edited) if finding.fix else None,
        "fingerprint": finding.fingerprint,
    }


def _argument(value: Argument) -> object:
    return list(value) if isinstance(value, tuple) else value


def _excerpt(excerpt: Excerpt) -> _Object:
    return {"path": excerpt.place.path, **_range(excerpt.place), "text": excerpt.text}


def _range(place: Place) -> _Object:
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _fix(fix: Fix, places: Sequence[Place]) -> _Object:
    edits = [
        {"start": edit.span.start, "end": edit.span.end, **_range(place), "new": edit.new}
        for edit, place in zip(fix.edits, places, strict=True)
    ]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def problem_object(problem: Problem) -> _Object:
    """Return what the report says of a problem."""
    return {"path": problem.path, "message": problem.message, "hint": problem.hint}


def schema() -> _Object:
    """Return the JSON Schema (draft 2020-12) of what `render` yields."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "bilint report",
        "description": "Lines and columns count from 1, in code points; ends are exclusive.",
        **_record(
            schema_version={"const": SCHEMA_VERSION},
            tool=_record(name={"const": "bilint"}, version=_STRING),
            signature=_STRING | {"description": "What made the result: version, rules, glossary, priors."},
            articles=_array(_ARTICLE),
            findings=_array({"$ref": "#/$defs/finding"}),
            summary=_SUMMARY,
            problems=_array(_record(path=_STRING, message=_STRING, hint=_STRING)),
        ),
        "$defs": {"finding": _FINDING, "fix": _FIX},
    }


def _record(**properties: _Object) -> _Object:
    """Return the schema of an object that has all these keys and no others."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _array(items: _Object) -> _Object:
    return {"type": "array", "items": items}


def _or_null(kind: _Object) -> _Object:
    return {"anyOf": [kind, {"type": "null"}]}


_NUMBERS = (
    "articles",
    "findings",
    "error",
    "warning",
    "info",
    "suppressed",
    "hidden",
    "problems",
    "minor",
    "unchanged",
    "baselined",
    "expired",
    "sources",
)
_TABLES = ("by_severity", "by_confidence", "by_rule", "by_file")
_STRING: _Object = {"type": "string"}
_COUNT: _Object = {"type": "integer", "minimum": 0}
_ORDINAL: _Object = {"type": "integer", "minimum": 1}
_ROWS = _array(_record(name=_STRING, findings=_COUNT, articles=_COUNT)) | {"description": "Only with --statistics."}
_SUMMARY = _record(**dict.fromkeys(_NUMBERS, _COUNT), **dict.fromkeys(_TABLES, _ROWS)) | {"required": list(_NUMBERS)}
_RANGE: dict[str, _Object] = dict.fromkeys(("line", "column", "end_line", "end_column"), _ORDINAL)
_EXCERPT: dict[str, _Object] = {"path": _STRING, **_RANGE, "text": _STRING}
_ARTICLE = _record(
    path=_STRING,
    source=_or_null(_record(uri=_or_null(_STRING), path=_or_null(_STRING), found_by=_STRING)),
    pairs=_COUNT,
    unaligned_source=_COUNT,
    unaligned_target=_COUNT,
    why=_STRING | {"description": "Why the original is not at hand or was not used; else empty."},
    words=_COUNT | {"description": "English words of the original outside code."},
)
_FIX = _record(
    title=_STRING,
    safe={"type": "boolean", "description": "`--fix` makes it; else only with `--unsafe-fixes`, and it needs a look."},
    edits=_array(
        _record(start=_COUNT, end=_COUNT, **_RANGE, new=_STRING)
        | {"description": "Write `new` for the code points `start` to `end` of the file, counted from 0."}
    ),
)
_ARGUMENTS: _Object = {
    "type": "object",
    "description": "What differs from finding to finding in the message.",
    "additionalProperties": {"type": ["string", "number", "array"], "items": _STRING},
}
_FINDING = _record(
    rule=_STRING,
    mqm=_STRING | {"description": "Category of the Multidimensional Quality Metrics (themqm.org)."},
    severity={"enum": [severity.value for severity in Severity]},
    confidence={"enum": [confidence.value for confidence in Confidence]},
    message_id=_STRING | {"description": "Which of the rule's messages it is."},
    arguments=_ARGUMENTS,
    message=_STRING,
    help=_STRING | {"description": "What to do about it; may be empty."},
    **_EXCERPT,
    more=_array(_record(**_RANGE)) | {"description": "Further places of the same cause."},
    source=_or_null(_record(**_EXCERPT)) | {"description": "The aligned English."},
    evidence={"type": "object", "additionalProperties": {"type": ["string", "number"]}},
    suggestions=_array(_STRING),
    fix=_or_null({"$ref": "#/$defs/fix"}),
    fingerprint=_STRING,
)
