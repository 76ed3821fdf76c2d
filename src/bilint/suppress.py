"""Suppression comments in the target, in markdownlint's words.

`<!-- bilint-disable-next-line mixed-term: reason -->`, `-disable-line`, `-disable` … `-enable`, `-disable-file`; in MDX
also as `{/* … */}`. Without rule names all rules are meant. What begins on the next line is meant whole: a paragraph, a
code block, a table, a list; a comment cannot stand inside the last three. So is what was left out above the comment.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec import Struct

from bilint.model import Block, Document, Finding, Kind, Place, Span, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
                first = place.end_line + 1
                end = max(first, _end_of_next(document, made.span.end))
                found.append(replace(made, first=first, last=end, gap=_end_before(document, made.span.start)))
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


def _end_before(document: Document, offset: int) -> int:
    """Return the end of the last block of text or code that ends before `offset`; -1 for none."""
    ends = (b.span.end for b in document.blocks if b.span.end <= offset and (b.kind is not Kind.HTML or b.prose.text))
    return max(ends, default=-1)


def _end_of_next(document: Document, offset: int) -> int:
    """Return the last line of what begins right behind `offset`, 0 for nothing.

    A blank line may stand before code, a table or a list: formatters put one there.
    """
    following = (n for n, block in enumerate(document.blocks) if block.start >= offset)
    number = next(following, None)
    if number is None:
        return 0
    block = document.blocks[number]
    whole = _whole(block)
    between = document.text[offset : block.start]
    if between.strip(" \t\r\n>-*+|.)0123456789") or (between.count("\n") > 1 and not whole):
        return 0
    for other in document.blocks[number + 1 :]:
        if not whole or other.container[: len(whole)] != whole:
            break
        block = other
    return document.place(block.span).end_line


def _whole(block: Block) -> tuple[str, ...]:
    """Return the outermost table or list that a block is in; code is alone in a container of its own."""
    for depth, name in enumerate(block.container, 1):
        if name in ("table", "list"):
            return block.container[:depth]
    return ("code",) if block.kind is Kind.CODE else ()


def judged(unused: Iterable[Suppression], able: Mapping[str, bool]) -> Iterator[Suppression]:
    """Yield what of the comments that silenced nothing is certainly needless.

    `able` says of each rule whether it could have fired on the article. A comment for all rules is judged when all
    could have; of one with names, those are left that could have, or that are no rule's.
    """
    for each in unused:
        names = tuple(name for name in each.rules if able.get(name, True))
        if names or (not each.rules and all(able.values())):
            yield replace(each, rules=names)


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
        left = [span for span in spans if not _is_silenced(finding, span, document, comments, used)]
        if len(left) == len(spans):
            kept.append(finding)
        elif left:
            kept.append(replace(finding, span=left[0], more_spans=tuple(left[1:])))
        else:
            suppressed += 1
    return Outcome(tuple(kept), suppressed, tuple(s for s in comments if s not in used))


def _is_silenced(
    finding: Finding, span: Span, document: Document, comments: Sequence[Suppression], used: set[Suppression]
) -> bool:
    line = document.place(span).line
    hits = [
        each
        for each in comments
        if (not each.rules or finding.rule in each.rules)
        and (each.first <= line <= each.last or (finding.is_gap and span.end == each.gap))
    ]
    used.update(hits)
    return bool(hits)
