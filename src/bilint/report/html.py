"""A page for the people who review: the findings in the articles as they read, to be filtered and stepped through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from bilint.messages import say
from bilint.model import Checked, Placed, Report, Severity
from bilint.page import markup, page, words
from bilint.page.blocks import called, title
from bilint.page.rows import language_of
from bilint.page.shell import button
from bilint.page.words import said
from bilint.report._beside import beside, excerpts, fits
from bilint.report._phrases import encodable, problem
from bilint.report._statistics import tables
from bilint.report._summary import statements
from bilint.text.xml import element

if TYPE_CHECKING:
    from lxml.etree import _Element

    from bilint.model import Article
    from bilint.report._style import Style

ENDINGS = (".html", ".htm")
_WHOLE = 50
"""Up to so many articles with findings are in the page as a whole, what is between the findings folded."""
_SHORT = 12
"""Up to so many articles are listed openly."""
_LEAST = (("any-confidence", "0"), ("from-medium", "1"), ("only-high", "2"))


class _Section(NamedTuple):
    """An article with findings: its id on the page, its path, what is known of it, its findings with their ids."""

    name: str
    path: str
    checked: Checked | None
    findings: list[tuple[str, Placed]]


class _Shown(NamedTuple):
    """A section as mark-up, and what the article is called."""

    name: str
    text: str


def render(report: Report, style: Style) -> str:
    """Return one self-contained page, the articles by path, the findings of each by place."""
    sections = list(_sections(report))
    shown = [_shown(each, style, is_whole=len(sections) <= _WHOLE) for each in sections]
    parts = [
        markup(_top(report)),
        *([markup(_filters(report, sections))] if sections else []),
        *([markup(_contents(sections, [each.name for each in shown]))] if len(sections) > 1 else []),
        "<main>",
        *(each.text for each in shown),
        markup(_nothing()),
        "</main>",
        markup(_clean(report, {each.path for each in sections})),
    ]
    return page("report", words.findings(len(report.findings)), parts)


def _sections(report: Report) -> Iterator[_Section]:
    checked = {each.path: each for each in report.articles}
    named = ((f"f{number}", finding) for number, finding in enumerate(sorted(report.findings, key=Placed.order), 1))
    for number, (path, found) in enumerate(groupby(named, key=lambda each: each[1].target.place.path), 1):
        yield _Section(f"a{number}", path, checked.get(path), list(found))


def _shown(section: _Section, style: Style, *, is_whole: bool) -> _Shown:
    article = style.article(section.path)
    if article and not fits(article, section.findings):
        article = None
    parts = beside(article, section.findings, is_whole=is_whole) if article else excerpts(section.findings)
    kind = "article" if article is None or article.bitext else "article single"
    made = element("section", _head(section, article), *parts, attributes={"class": kind, "id": section.name})
    return _Shown(called(article.target) if article else "", markup(made))


def _head(section: _Section, article: Article | None) -> _Element:
    target = [element("p", encodable(section.path)), _counts(section.findings)]
    source: list[_Element] = []
    original = section.checked.original if section.checked else None
    if original and (original.uri or original.path):
        source.append(element("p", encodable(original.uri or original.path or "")))
    if section.checked and section.checked.why:
        source.append(element("p", said("alone")))
    language = "zh"
    if article is None:
        target.append(element("p", said("changed")))
    else:
        language = language_of(article.target)
        target.insert(0, element("h2", *(title(article.target) or [encodable(section.path)])))
        if article.bitext:
            source.insert(0, element("h2", *title(article.bitext.source)))
    return element(
        "div",
        element("div", *source, attributes={"class": "en", "lang": "en"}),
        element("div", *target, attributes={"class": "zh", "lang": language}),
        attributes={"class": "row head"},
    )


def _counts(findings: Iterable[tuple[str, Placed]]) -> _Element:
    numbers = Counter(finding.severity for _, finding in findings)
    spans = (
        element(
            "span", str(numbers[each]), element("i", f" {said(f'{each.value}s')}"), attributes={"class": each.value}
        )
        for each in reversed(Severity)
        if numbers[each]
    )
    return element("p", *spans, attributes={"class": "counts"})


def _top(report: Report) -> _Element:
    parts = [
        element("p", "bilint", button("theme", "◐", "theme"), attributes={"class": "brand"}),
        element("h1", said("report")),
        *(element("p", line) for line in statements(report)),
    ]
    if report.problems:
        items = (
            element("li", encodable(problem(each)), *([element("small", say(each.hint))] if each.hint else []))
            for each in report.problems
        )
        parts.append(
            element("div", element("h2", said("problems")), element("ul", *items), attributes={"class": "problems"})
        )
    return element("header", *parts, attributes={"class": "top"})


def _filters(report: Report, sections: Sequence[_Section]) -> _Element:
    counted = tables(report)
    search = element(
        "input",
        attributes={"id": "search", "type": "search", "placeholder": said("search"), "aria-label": said("search")},
    )
    parts = [
        search,
        *(_chip(row.name, row.findings) for row in counted["severity"]),
        _select("rule", [("any-rule", "")], [(row.name, f"{row.name} ({row.findings})") for row in counted["rule"]]),
        _select("file", [("any-file", "")], [(each.name, encodable(each.path)) for each in sections]),
        _select("confidence", _LEAST, []),
        element("output", attributes={"id": "count", "aria-live": "polite"}),
        button("previous", "↑", "previous"),
        button("next", "↓", "next"),
        button("help", "?", "keys"),
    ]
    return element("div", *parts, attributes={"class": "filters", "role": "search", "aria-label": said("filters")})


def _chip(severity: str, number: int) -> _Element:
    attributes = {"type": "button", "class": severity, "data-severity": severity, "aria-pressed": "true"}
    return element("button", f"{said(f'{severity}s')} {number}", attributes=attributes)


def _select(name: str, first: Sequence[tuple[str, str]], options: Sequence[tuple[str, str]]) -> _Element:
    every = [*((said(key), value) for key, value in first), *((name, value) for value, name in options)]
    made = (element("option", name, attributes={"value": value}) for name, value in every)
    return element("select", *made, attributes={"id": name, "aria-label": said(name)})


def _contents(sections: Sequence[_Section], names: Sequence[str]) -> _Element:
    entries = (_entry(each, name) for each, name in zip(sections, names, strict=True))
    summary = element("summary", f"{said('articles')} ({len(sections)})")
    opened = {"open": ""} if len(sections) <= _SHORT else {}
    listed = element("details", summary, element("ol", *entries), attributes=opened)
    return element("nav", listed, attributes={"class": "contents", "aria-label": said("articles")})


def _entry(section: _Section, name: str) -> _Element:
    path = encodable(section.path)
    link = element("a", name or path, element("small", path), attributes={"href": f"#{section.name}"})
    return element("li", link, _counts(section.findings), attributes={"data-of": section.name})


def _nothing() -> _Element:
    reset = element("button", said("reset"), attributes={"type": "button", "id": "reset"})
    return element("div", element("p", said("none")), reset, attributes={"class": "nothing", "hidden": ""})


def _clean(report: Report, faulty: set[str]) -> _Element:
    paths = sorted({each.path for each in report.articles if not each.language} - faulty)
    made = element("p", said("made-by", version=report.version))
    if not paths:
        return element("footer", made)
    summary = element("summary", f"{said('clean')} ({len(paths)})")
    listed = element("details", summary, element("ul", *(element("li", encodable(path)) for path in paths)))
    return element("footer", element("div", listed, attributes={"class": "clean"}), made)
