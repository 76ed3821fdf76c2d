"""The view for people: each fault in its line, the aligned English below it, and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from bilint.messages import say
from bilint.model import Excerpt, Placed, Report, Severity
from bilint.report._phrases import advice as help_of
from bilint.report._phrases import evidence, further, last_line, message, problem, use, where
from bilint.report._statistics import lines as statistics
from bilint.report._summary import statements, worst_first
from bilint.text.width import Snippet, cells, one_line, snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilint.report._style import Style

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_NARROWEST = 20
_HASHED = re.compile(r"[0-9a-f]{64}\.\w+$")
"""Names of fetched pages."""


class _Mark(Struct, frozen=True):
    """What is drawn under a fault: the character, its colour and the words beside it."""

    sign: str
    color: str
    label: str


class _Page(Struct, frozen=True):
    """The style, and how many digits the line numbers of one finding take."""

    style: Style
    digits: int

    def paint(self, text: str, color: str | None = "blue", *, bold: bool = True) -> str:
        return click.style(text, fg=color, bold=bold) if self.style.color else text

    def margin(self, number: str = "", sign: str = "|") -> str:
        return self.paint(f"{number:>{self.digits}} {sign}")

    @property
    def room(self) -> int:
        return max(_NARROWEST, self.style.width - self.digits - 3)


def render(report: Report, style: Style) -> str:
    """Return every finding with its snippets, worst first, then what was checked, what was not, and what went wrong."""
    return "".join(f"{line}\n" for line in _lines(report, style))


def _lines(report: Report, style: Style) -> Iterator[str]:
    addresses = {a.original.path: a.original.uri or "" for a in report.articles if a.original and a.original.path}
    for finding in () if style.has_statistics else worst_first(report):
        path = finding.source.place.path if finding.source else ""
        yield from _finding(finding, style, addresses.get(path, "") if _HASHED.search(path) else "")
        yield ""
    if style.has_statistics:
        yield from statistics(report)
    if not style.is_quiet:
        yield from statements(report)
    page = _Page(style, 0)
    for each in report.problems:
        yield f"{page.paint(say('error'), 'red')}{say(': ')}{problem(each)}"
        if each.hint:
            yield f"  {page.paint('=')} {say('help')}{say(': ')}{one_line(say(each.hint))}"


def _finding(finding: Placed, style: Style, address: str) -> Iterator[str]:
    """One finding; `address` is that of an original whose file name says nothing."""
    numbers = [excerpt.place.line for excerpt in (finding.target, finding.source) if excerpt]
    page = _Page(style, len(str(max(numbers))))
    color = _COLORS[finding.severity]
    label = page.paint(f"{say(finding.severity.value)}[{finding.rule}]", color)
    yield f"{label}{page.paint(': ' + one_line(message(finding)), None)}"
    advice = use(finding)
    target = _draw(finding.target, page)
    beside = _fits(target, advice, page)
    yield _arrow(finding.target, "-->", page)
    yield page.margin()
    yield from _snippet(finding.target, target, _Mark("^", color, advice if beside else ""), page)
    if finding.source:
        source = _draw(finding.source, page)
        mark = _Mark("-", "blue", label if _fits(source, label := say("the source"), page) else "")
        yield _arrow(finding.source, ":::", page)
        yield from _snippet(finding.source, source, mark, page)
    if address:
        told = say("the original is {address}", address=one_line(address))
        yield f"{page.margin(sign='=')} {page.paint(say('note'), None)}{say(': ')}{told}"
    yield from _notes(finding, "" if beside else advice, page)


def _notes(finding: Placed, advice: str, page: _Page) -> Iterator[str]:
    notes = (
        ("note", further(finding)),
        ("note", evidence(finding)),
        ("help", advice),
        ("help", one_line(help_of(finding))),
    )
    for kind, text in (*notes, ("help", f"bilint rule {finding.rule}")):
        if text:
            yield f"{page.margin(sign='=')} {page.paint(say(kind), None)}{say(': ')}{text}"


def _arrow(excerpt: Excerpt, sign: str, page: _Page) -> str:
    last = last_line(excerpt.place)
    lines = f" {say('(to line {line})', line=last)}" if last > excerpt.place.line else ""
    return f"{' ' * page.digits}{page.paint(sign)} {where(excerpt.place)}{lines}"


def _draw(excerpt: Excerpt, page: _Page) -> Snippet:
    place = excerpt.place
    end = place.end_column - 1 if place.end_line == place.line else len(excerpt.line)
    return snippet(excerpt.line, place.column - 1, end, width=page.room)


def _fits(drawn: Snippet, label: str, page: _Page) -> bool:
    return drawn.offset + drawn.length + 1 + cells(label) <= page.room


def _snippet(excerpt: Excerpt, drawn: Snippet, mark: _Mark, page: _Page) -> Iterator[str]:
    yield f"{page.margin(str(excerpt.place.line))} {drawn.text}".rstrip()
    marks = f"{mark.sign * drawn.length} {mark.label}".rstrip()
    yield f"{page.margin()} {' ' * drawn.offset}{page.paint(marks, mark.color)}"
