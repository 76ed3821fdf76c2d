"""A page that shows the article as it reads beside its original, sentence by sentence; it needs no network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bilint.export import SENTENCE, Shown
from bilint.model import AlignedPair, Bitext, SegmentPair
from bilint.model.alignment import LIKELY
from bilint.page import markup, page
from bilint.page.blocks import called, title
from bilint.page.prose import Sentence
from bilint.page.rows import Line, column, language_of, lines, row
from bilint.page.shell import button
from bilint.page.words import said
from bilint.text.xml import element

if TYPE_CHECKING:
    from lxml.etree import _Element

    from bilint.export import AlignedArticle, Sentences

SUFFIX = ".html"
"""The ending of the names of its files."""
_SHORT = 12
"""Up to so many articles are listed openly."""
_Numbered = tuple[int, SegmentPair]


def render(articles: Sequence[AlignedArticle]) -> str:
    """Return one page with a section per article; what is unsure or stands alone is marked."""
    names = [each.shown.called or each.target for each in articles]
    name = names[0] if len(articles) == 1 else said("alignment")
    contents = [markup(_contents(articles, names))] if len(articles) > 1 else []
    sections = (f'<div id="a{number}">{each.shown.markup}</div>' for number, each in enumerate(articles, 1))
    return page("alignment", name, [markup(_top()), *contents, "<main>", *sections, "</main>"])


def shown(bitext: Bitext, sentences: Sentences, levels: Sequence[str]) -> Shown:
    """Return the article as a section of the page; its sentences are kept apart where they are among the levels."""
    every = (line for line in lines(bitext.pairs, bitext.target) if not line.is_title(bitext.source, bitext.target))
    rows = (_row(line, bitext, sentences if SENTENCE in levels else _none) for line in every)
    return Shown(
        called(bitext.target), markup(element("section", _head(bitext), *rows, attributes={"class": "article"}))
    )


def _none(pair: AlignedPair) -> Sequence[SegmentPair]:
    return ()


def _top() -> _Element:
    brand = element("p", f"bilint · {said('alignment')}", _buttons(), attributes={"class": "brand"})
    return element("header", brand, attributes={"class": "top"})


def _buttons() -> _Element:
    return element("span", button("help", "?", "keys"), button("theme", "◐", "theme"))


def _contents(articles: Sequence[AlignedArticle], names: Sequence[str]) -> _Element:
    entries = (
        element("li", element("a", name, element("small", each.target), attributes={"href": f"#a{number}"}))
        for number, (each, name) in enumerate(zip(articles, names, strict=True), 1)
    )
    summary = element("summary", f"{said('articles')} ({len(articles)})")
    opened = {"open": ""} if len(articles) <= _SHORT else {}
    listed = element("details", summary, element("ol", *entries), attributes=opened)
    return element("nav", listed, attributes={"class": "contents", "aria-label": said("articles")})


def _head(bitext: Bitext) -> _Element:
    source = [element("h1", *title(bitext.source)), element("p", bitext.source.uri or bitext.source.path)]
    target = [element("h1", *(title(bitext.target) or [bitext.target.path])), element("p", bitext.target.path)]
    return element(
        "div",
        element("div", *source, attributes={"class": "en", "lang": "en"}),
        element("div", *target, attributes={"class": "zh", "lang": language_of(bitext.target)}),
        attributes={"class": "row head"},
    )


def _row(line: Line, bitext: Bitext, sentences: Sentences) -> _Element:
    pairs = list(enumerate(inner for pair in line.pairs for inner in sentences(pair)))
    by_source, by_target = _by_block(pairs, is_source=True), _by_block(pairs, is_source=False)
    source = column(line.source, bitext.source, "en", sentences=by_source)
    target = column(line.target, bitext.target, language_of(bitext.target), sentences=by_target)
    for side, blocks in ((source, line.source), (target, line.target)):
        if not blocks:
            side.set("class", f"{side.get('class')} none")
            side.append(element("span", said("no-counterpart"), attributes={"lang": "en"}))
    if not (line.source and line.target):
        return row(source, target, "alone")
    score = min(pair.score for pair in line.pairs)
    made = row(source, target, "unsure" if score < LIKELY else "")
    if score < LIKELY:
        why = said("unsure-why", percent=round(100 * score))
        made.append(element("span", said("unsure"), attributes={"class": "doubt", "title": why}))
    return made


def _by_block(pairs: Sequence[_Numbered], *, is_source: bool) -> dict[int, list[Sentence]]:
    """The sentences of one side by the identity of their block."""
    found: defaultdict[int, list[Sentence]] = defaultdict(list)
    for number, pair in pairs:
        for segment in pair.source if is_source else pair.target:
            found[id(segment.block)].append(Sentence(segment.span, tuple(_attributes(number, pair))))
    return found


def _attributes(number: int, pair: SegmentPair) -> Iterator[tuple[str, str]]:
    if not (pair.source and pair.target):
        yield "class", "s alone"
        yield "title", said("no-counterpart")
    elif pair.score < LIKELY:
        yield "class", "s unsure"
        yield "title", said("unsure-why", percent=round(100 * pair.score))
    else:
        yield "class", "s"
    yield "data-s", str(number)
