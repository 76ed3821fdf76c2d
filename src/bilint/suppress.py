"""Suppression comments in the target, in markdownlint's words.

`<!-- bilint-disable-next-line mixed-term: reason -->`, `-disable-line`, `-disable` … `-enable`, `-disable-file`; in MDX
also as `{/* … */}`. Without rule names all rules are meant. What begins on the next line is meant whole: a paragraph, a
code block, a table, a list; a comment cannot stand inside the last three. So is what was left out above the comment.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from dataclasses import replace
from itertools import accumulate, count
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from bilint.model import Block, Document, Finding, Kind, Place, Span, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

_COMMENT = re.compile(r"\s*bilint-([\w-]+)((?:\s[^:：]*)?)(?:[:：](.*))?", re.DOTALL)


_ALL = ""
"""Stands for the rules of a comment that names none."""


class Outcome(Struct, frozen=True):
    """What is left after suppression: the findings, how many were silenced, and the comments that silenced none."""

    findings: tuple[Finding, ...]
    suppressed: int
    unused: tuple[Suppression, ...]


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """Return the suppressions that the comments of a document ask for, in file order.

    One whose verb is mistyped silences no line: it is reported as unused.
    """
    directives = list(_directives(document))
    if not directives:
        return ()
    last = document.text.count("\n") + 1
    found: list[Suppression] = []
    open_ones, blocks = _Open(), _Blocks(document)
    for verb, made, place in directives:
        match verb:
            case "disable-next-line":
                first = place.end_line + 1
                end = max(first, blocks.end_of_next(made.span.end))
                found.append(replace(made, first=first, last=end, gap=blocks.end_before(made.span.start)))
            case "disable-line":
                found.append(replace(made, first=place.line, last=place.end_line))
            case "disable-file":
                found.append(replace(made, first=1, last=last))
            case "disable":
                open_ones.add(replace(made, first=place.end_line, last=last))
            case "term":
                pass  # a term that the article decides: `bilint.glossary.in_article`
            case "enable":
                found.extend(open_ones.close(made.rules, place.line))
            case _:
                found.append(replace(made, rules=(f"bilint-{verb}",)))
    return tuple(sorted((*found, *open_ones.left()), key=lambda s: (s.span, s.rules)))


def _directives(document: Document) -> Iterator[tuple[str, Suppression, Place]]:
    """Yield the verb of each of bilint's comments, a suppression of no lines yet, and where the comment stands."""
    for offset, comment in document.comments:
        found = _COMMENT.fullmatch(comment)
        if found:
            marks = len("<!---->") if document.text.startswith("<!--", offset) else len("{/**/}")
            span = Span(offset, min(offset + len(comment) + marks, len(document.text)))
            names = tuple(re.findall(r"[\w/-]+", found[2]))
            yield found[1], Suppression(span, 1, 0, names, (found[3] or "").strip()), document.place(span)


class _Blocks:
    """Where the blocks of a document begin and end, to look up what stands beside a comment."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._said = sorted(b.span.end for b in document.blocks if b.kind is not Kind.HTML or b.prose.text)
        # The first block that starts at or behind an offset, in the order of the document.
        self._latest = list(accumulate((block.start for block in document.blocks), max))
        wholes = list(map(_whole, document.blocks))
        self._last = list(range(len(wholes)))
        for number in reversed(range(len(wholes) - 1)):
            whole = wholes[number]
            if whole and document.blocks[number + 1].container[: len(whole)] == whole:
                self._last[number] = self._last[number + 1]

    def end_before(self, offset: int) -> int:
        """Return the end of the last block of text or code that ends before `offset`; -1 for none."""
        number = bisect_right(self._said, offset)
        return self._said[number - 1] if number else -1

    def end_of_next(self, offset: int) -> int:
        """Return the last line of what begins right behind `offset`, 0 for nothing.

        A blank line may stand before code, a table or a list: formatters put one there.
        """
        document, number = self._document, bisect_left(self._latest, offset)
        if number == len(self._latest):
            return 0
        block = document.blocks[number]
        between = document.text[offset : block.start]
        if between.strip(" \t\r\n>-*+|.)0123456789") or (between.count("\n") > 1 and not _whole(block)):
            return 0
        return document.place(document.blocks[self._last[number]].span).end_line


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


class _Open:
    """The `disable` comments that no `enable` has ended yet, by the rules they name."""

    def __init__(self) -> None:
        self._open: dict[int, Suppression] = {}
        self._naming: dict[str, set[int]] = defaultdict(set)
        self._numbers = count()

    def add(self, made: Suppression) -> None:
        number = next(self._numbers)
        self._open[number] = made
        for name in made.rules or (_ALL,):
            self._naming[name].add(number)

    def close(self, rules: tuple[str, ...], line: int) -> Iterator[Suppression]:
        """Yield what an `enable` of `rules` (all when empty) ends at `line`.

        One for all rules is ended whole by any `enable`: rather report too much than hide.
        """
        names = (*rules, _ALL) if rules else tuple(self._naming)
        numbers: set[int] = set().union(*(self._naming.pop(name, ()) for name in names))
        for number in sorted(numbers):
            each = self._open.pop(number)
            ended = tuple(name for name in each.rules if not rules or name in rules)
            stays = tuple(name for name in each.rules if name not in ended)
            yield replace(each, rules=ended, last=line)
            if stays:
                self._open[number] = replace(each, rules=stays)

    def left(self) -> Iterable[Suppression]:
        return self._open.values()


def apply(findings: Sequence[Finding], document: Document) -> Outcome:
    """Return the findings without suppressed places; a finding all of whose places are suppressed is gone."""
    comments = suppressions(document)
    if not comments:
        return Outcome(tuple(findings), 0, ())
    lines: dict[str, set[int]] = defaultdict(set)
    gaps: dict[str, set[int]] = defaultdict(set)
    for finding in findings:
        spans = (finding.span, *finding.more_spans)
        lines[finding.rule].update(document.place(span).line for span in spans)
        gaps[finding.rule].update(span.end for span in spans if finding.is_gap)
    silent = {rule: _Silent(rule, lines[rule], comments) for rule in lines}
    kept: list[Finding] = []
    suppressed = 0
    for finding in findings:
        spans = (finding.span, *finding.more_spans)
        by_rule = silent[finding.rule]
        left = [span for span in spans if not by_rule.holds(finding, span, document)]
        if len(left) == len(spans):
            kept.append(finding)
        elif left:
            kept.append(finding.at_spans(left))
        else:
            suppressed += 1
    found = {rule: _Found(sorted(lines[rule]), gaps[rule]) for rule in lines}
    found[_ALL] = _Found(sorted(set().union(*lines.values())), set().union(*gaps.values()))
    return Outcome(tuple(kept), suppressed, tuple(each for each in comments if not _is_used(each, found)))


class _Silent:
    """Where comments silence a rule: the lines with a finding, and the offsets behind which what is left out is."""

    def __init__(self, rule: str, lines: Iterable[int], comments: Iterable[Suppression]) -> None:
        meant = [each for each in comments if not each.rules or rule in each.rules]
        self._gaps = {each.gap for each in meant}
        self._lines: set[int] = set()
        ranges = deque(sorted((each.first, each.last) for each in meant))
        last = 0
        for line in sorted(lines):
            while ranges and ranges[0][0] <= line:
                last = max(last, ranges.popleft()[1])
            if line <= last:
                self._lines.add(line)

    def holds(self, finding: Finding, span: Span, document: Document) -> bool:
        return document.place(span).line in self._lines or (finding.is_gap and span.end in self._gaps)


class _Found(NamedTuple):
    """Where a rule found something: lines, ascending, and where something was left out."""

    lines: Sequence[int]
    gaps: Set[int]


def _is_used(comment: Suppression, found: Mapping[str, _Found]) -> bool:
    """Whether a finding of the rules that a comment names (of any when it names none) lies where it silences."""
    there = [found[rule] for rule in comment.rules or (_ALL,) if rule in found]
    return any(
        comment.gap in each.gaps or bisect_left(each.lines, comment.first) < bisect_right(each.lines, comment.last)
        for each in there
    )
