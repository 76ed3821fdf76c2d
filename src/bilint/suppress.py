"""Suppression comments in the target, in markdownlint's words.

`<!-- bilint-disable-next-line mixed-term: reason -->`, `-disable-line`, `-disable` … `-enable`, `-disable-file`; in MDX also as
`{/* … */}`. Without rule names all rules are meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bilint.model import Document, Excerpt, Finding, Place, Span, Suppression

_COMMENT = re.compile(r"\s*bilint-(disable-next-line|disable-line|disable-file|disable|enable)\b([^:]*)(?::(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is left after suppression: the findings, how many were silenced, and the comments that silenced none."""

    findings: tuple[Finding, ...]
    suppressed: int
    unused: tuple[Suppression, ...]


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """Return the suppressions that the comments of a document ask for, in file order."""
    last = len(document.line_starts)
    found: list[Suppression] = []
    open_ones: list[Suppression] = []
    for offset, comment in document.comments:
        match = _COMMENT.fullmatch(comment)
        if match is None:
            continue
        marks = len("<!---->") if document.text.startswith("<!--", offset) else len("{/**/}")
        span = Span(offset, min(offset + len(comment) + marks, len(document.text)))
        place = document.place(span)
        names = tuple(re.findall(r"[\w-]+", match[2]))
        made = Suppression(span, 1, last, names, (match[3] or "").strip())
        match match[1]:
            case "disable-next-line":
                found.append(replace(made, first=place.end_line + 1, last=place.end_line + 1))
            case "disable-line":
                found.append(replace(made, first=place.line, last=place.end_line))
            case "disable-file":
                found.append(made)
            case "disable":
                open_ones.append(replace(made, first=place.end_line))
            case _:
                closed = [s for s in open_ones if not names or s.rules == names or set(s.rules) <= set(names)]
                found.extend(replace(s, last=place.line) for s in closed)
                open_ones = [s for s in open_ones if s not in closed]
    return tuple(sorted((*found, *open_ones), key=lambda s: s.span))


def apply(findings: Sequence[Finding], document: Document) -> Outcome:
    """Return the findings with suppressed places taken out; a finding all of whose places are suppressed is gone."""
    comments = suppressions(document)
    used: set[Suppression] = set()
    kept: list[Finding] = []
    suppressed = 0
    for finding in findings:
        places = (finding.target.place, *finding.more)
        left = [place for place in places if not _silencers(finding.rule, place, comments, used)]
        if len(left) == len(places):
            kept.append(finding)
        elif left:
            first = Excerpt(left[0], finding.target.text, document.line(left[0].line))
            kept.append(replace(finding, target=first, more=tuple(left[1:])))
        else:
            suppressed += 1
    return Outcome(tuple(kept), suppressed, tuple(s for s in comments if s not in used))


def _silencers(rule: str, place: Place, comments: Sequence[Suppression], used: set[Suppression]) -> bool:
    hits = [s for s in comments if s.first <= place.line <= s.last and (not s.rules or rule in s.rules)]
    used.update(hits)
    return bool(hits)

