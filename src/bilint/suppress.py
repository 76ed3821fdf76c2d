"""Suppression comments in the target, in markdownlint's words.

`<!-- bilint-disable-next-line mixed-term: reason -->`, `-disable-line`, `-disable` … `-enable`, `-disable-file`; in MDX
also as `{/* … */}`. Without rule names all rules are meant.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec import Struct

from bilint.model import Document, Finding, Place, Span, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMMENT = re.compile(r"\s*bilint-([\w-]+)((?:\s[^:：]*)?)(?:[:：](.*))?", re.DOTALL)


class Outcome(Struct, frozen=True):
    """What is left after suppression: the findings, how many were silenced, and the comments that silenced none."""

    findings: tuple[Finding, ...]
    suppressed: int
    unused: tuple[Suppression, ...]


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """Return the suppressions that the comments of a document ask for, in file order.

    One whose verb is mistyped silences no line: it is reported as unused.
    """
    last = document.text.count("\n") + 1
    found: list[Suppression] = []
    open_ones: list[Suppression] = []
    for verb, made, place in _directives(document):
        match verb:
            case "disable-next-line":
                found.append(replace(made, first=place.end_line + 1, last=place.end_line + 1))
            case "disable-line":
                found.append(replace(made, first=place.line, last=place.end_line))
            case "disable-file":
                found.append(replace(made, first=1, last=last))
            case "disable":
                open_ones.append(replace(made, first=place.end_line, last=last))
            case "enable":
                closed, open_ones = _closed(open_ones, made.rules, place.line)
                found.extend(closed)
            case _:
                found.append(replace(made, rules=(f"bilint-{verb}",)))
    return tuple(sorted((*found, *open_ones), key=lambda s: (s.span, s.rules)))


def _directives(document: Document) -> Iterator[tuple[str, Suppression, Place]]:
    """Yield the verb of each of bilint's comments, a suppression of no lines yet, and where the comment stands."""
    for offset, comment in document.comments:
        found = _COMMENT.fullmatch(comment)
        if found:
            marks = len("<!---->") if document.text.startswith("<!--", offset) else len("{/**/}")
            span = Span(offset, min(offset + len(comment) + marks, len(document.text)))
            names = tuple(re.findall(r"[\w-]+", found[2]))
            yield found[1], Suppression(span, 1, 0, names, (found[3] or "").strip()), document.place(span)


def _closed(
    open_ones: list[Suppression], rules: tuple[str, ...], line: int
) -> tuple[list[Suppression], list[Suppression]]:
    """Return what an `enable` of `rules` (all when empty) ends at `line`, and what stays open.

    One for all rules is ended whole by any `enable`: rather report too much than hide.
    """
    closed: list[Suppression] = []
    left: list[Suppression] = []
    for each in open_ones:
        ended = tuple(name for name in each.rules if not rules or name in rules)
        stays = tuple(name for name in each.rules if name not in ended)
        if ended or not each.rules:
            closed.append(replace(each, rules=ended, last=line))
        if stays:
            left.append(replace(each, rules=stays))
    return closed, left


def apply(findings: Sequence[Finding], document: Document) -> Outcome:
    """Return the findings without suppressed places; a finding all of whose places are suppressed is gone."""
    comments = suppressions(document)
    if not comments:
        return Outcome(tuple(findings), 0, ())
    used: set[Suppression] = set()
    kept: list[Finding] = []
    suppressed = 0
    for finding in findings:
        spans = (finding.span, *finding.more_spans)
        left = [span for span in spans if not _silencers(finding.rule, document.place(span), comments, used)]
        if len(left) == len(spans):
            kept.append(finding)
        elif left:
            kept.append(replace(finding, span=left[0], more_spans=tuple(left[1:])))
        else:
            suppressed += 1
    return Outcome(tuple(kept), suppressed, tuple(s for s in comments if s not in used))


def _silencers(rule: str, place: Place, comments: Sequence[Suppression], used: set[Suppression]) -> bool:
    hits = [s for s in comments if s.first <= place.line <= s.last and (not s.rules or rule in s.rules)]
    used.update(hits)
    return bool(hits)
