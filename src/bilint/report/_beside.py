"""An article of the report as a section of the page: what stands around its findings, both sides beside each other."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilint.model import Article, Block, Placed
from bilint.page.blocks import Marks, by_block
from bilint.page.prose import Mark
from bilint.page.rows import Line, column, language_of, lines, row
from bilint.page.words import blocks
from bilint.report._note import note
from bilint.text.xml import element

if TYPE_CHECKING:
    from lxml.etree import _Element

    from bilint.model import Document, Excerpt, Span

_AROUND = 1
"""So many lines of the page are shown before and behind one with a finding."""
_STRETCH = 20
"""So many lines at most are laid out together: a browser passes over those that are not in sight."""
_CONTEXT = 300
"""So many characters of a line of the file are shown before and behind a finding whose article cannot be read again."""

Named = Sequence[tuple[str, Placed]]
"""Findings with their ids on the page."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the findings of an article are: the marks on both sides, and under which line which findings stand."""

    source: Marks
    target: Marks
    under: Mapping[int, Named]
    marked: frozenset[int]
    pointed: frozenset[str]


def fits(article: Article, findings: Named) -> bool:
    """Return whether the texts are those in which the findings were found."""
    source = article.bitext.source if article.bitext else None
    return all(
        _stands(article.target, finding.span, finding.target)
        and (finding.source is None or (source is not None and _stands(source, finding.source_span, finding.source)))
        for _, finding in findings
    )


def _stands(document: Document, span: Span | None, excerpt: Excerpt) -> bool:
    return span is not None and document.text[span.start : span.end] == excerpt.text


def beside(article: Article, findings: Named, *, is_whole: bool) -> Iterator[_Element]:
    """Yield the stretches with findings, and between them what is left out, or folded where the article `is_whole`."""
    every = list(lines(article.pairs(), article.target))
    places = _places(article, findings, every)
    if above := places.under.get(-1):
        yield element("div", _group([], above, article, places), attributes={"class": "stretch"})
    around = {n for at in places.marked for n in range(at - _AROUND, at + _AROUND + 1) if 0 <= n < len(every)}
    shown = sorted(n for n in around if n in places.marked or not _is_title(article, every[n]))
    done = 0
    for stretch in _stretches(shown):
        yield from _fold(article, every[done : stretch[0]], is_whole=is_whole)
        groups = (
            _group([_row(article, every[n], places, n)], places.under.get(n, ()), article, places) for n in stretch
        )
        yield element("div", *groups, attributes={"class": "stretch"})
        done = stretch[-1] + 1
    yield from _fold(article, every[done:], is_whole=is_whole)


def _is_title(article: Article, line: Line) -> bool:
    return article.bitext is not None and line.is_title(article.bitext.source, article.target)


def _stretches(numbers: Sequence[int]) -> Iterator[list[int]]:
    stretch: list[int] = []
    for number in numbers:
        if stretch and (number > stretch[-1] + 1 or len(stretch) >= _STRETCH):
            yield stretch
            stretch = []
        stretch.append(number)
    if stretch:
        yield stretch


def _places(article: Article, findings: Named, every: Sequence[Line]) -> _Places:
    target = [_mark(name, f, span) for name, f in findings if not f.is_gap for span in (f.span, *f.more_spans)]
    source = [_mark(name, f, f.source_span) for name, f in findings if f.source and f.source_span]
    in_target = by_block(article.target.blocks, target)
    in_source = by_block(article.bitext.source.blocks, source) if article.bitext else {}
    lines_of: defaultdict[str, list[int]] = defaultdict(list)
    english: dict[str, int] = {}
    for number, line in enumerate(every):
        for name in _names(line.target, in_target):
            lines_of[name].append(number)
        for name in _names(line.source, in_source):
            english.setdefault(name, number)
    starts = sorted((block.start, number) for number, line in enumerate(every) for block in line.target)
    under: defaultdict[int, list[tuple[str, Placed]]] = defaultdict(list)
    for name, finding in findings:
        at = english.get(name) if finding.is_gap else _first(lines_of[name], finding, every)
        under[_nearest(finding, starts) if at is None else at].append((name, finding))
    marked = {*under, *english.values(), *(number for numbers in lines_of.values() for number in numbers)} - {-1}
    return _Places(in_source, in_target, under, frozenset(marked), frozenset(n for n, at in lines_of.items() if at))


def _mark(name: str, finding: Placed, span: Span) -> Mark:
    return Mark(span, (("class", finding.severity.value), ("data-f", name)))


def _names(blocks: Sequence[Block], marks: Marks) -> set[str]:
    return {dict(mark.attributes)["data-f"] for block in blocks for mark in marks.get(id(block), ())}


def _first(numbers: Sequence[int], finding: Placed, every: Sequence[Line]) -> int | None:
    """The line of the finding itself among those that it has marks in."""
    at = finding.span.start
    here = (n for n in numbers if any(block.start <= at <= block.span.end for block in every[n].target))
    return next(here, None)


def _nearest(finding: Placed, starts: Sequence[tuple[int, int]]) -> int:
    """The last line that begins before a finding; -1 when there is none, or it is about the article as a whole."""
    at = bisect_right(starts, (finding.span.start, len(starts)))
    return starts[at - 1][1] if at else -1


def _row(article: Article, line: Line, places: _Places, number: int) -> _Element:
    source = article.bitext.source if article.bitext else article.target
    return row(
        column(line.source, source, "en", places.source),
        column(line.target, article.target, language_of(article.target), places.target),
        "" if number in places.marked else "context",
    )


def _group(rows: list[_Element], findings: Named, article: Article, places: _Places) -> _Element:
    """A line of the page with what is said of it."""
    notes = (
        note(finding, name, article, has_mark=name in places.pointed or finding.is_gap) for name, finding in findings
    )
    return element("div", *rows, *notes, attributes={"data-row": ""})


def _fold(article: Article, between: Sequence[Line], *, is_whole: bool) -> Iterator[_Element]:
    """What is between two stretches, but for the titles, which stand above the article."""
    left = [line for line in between if not _is_title(article, line)]
    words = blocks(len(left))
    if not left:
        return
    if not is_whole:
        yield element("p", words, attributes={"class": "fold"})
        return
    nothing = _Places({}, {}, {}, frozenset(), frozenset())
    rows = (_row(article, line, nothing, -1) for line in left)
    yield element("details", element("summary", words), *rows, attributes={"class": "fold"})


def excerpts(findings: Named) -> Iterator[_Element]:
    """Yield the findings of an article that cannot be read again, each with the lines that it stands in."""
    for name, finding in findings:
        source = _line(finding.source, name, finding) if finding.source else element("p")
        line = row(
            element("div", source, attributes={"class": "en", "lang": "en"}),
            element("div", _line(finding.target, name, finding), attributes={"class": "zh", "lang": "zh"}),
        )
        group = element("div", line, note(finding, name, None, has_mark=True), attributes={"data-row": ""})
        yield element("div", group, attributes={"class": "stretch"})


def _line(excerpt: Excerpt, name: str, finding: Placed) -> _Element:
    at = excerpt.place.column - 1
    end = at + len(excerpt.text.split("\n", 1)[0])
    mark = element("mark", excerpt.line[at:end], attributes={"class": finding.severity.value, "data-f": name})
    return element("p", excerpt.line[max(at - _CONTEXT, 0) : at], mark, excerpt.line[end : end + _CONTEXT])
