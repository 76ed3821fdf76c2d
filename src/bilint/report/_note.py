"""A finding on a page: what is wrong, what to write instead, on what evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bilint.messages import say
from bilint.page.words import said
from bilint.report._phrases import advice, encodable, evidence, further, message
from bilint.text.xml import element

if TYPE_CHECKING:
    from lxml.etree import _Element

    from bilint.model import Article, Edit, Fix, Placed

_BLANK = "␣"
_QUOTED = re.compile("`([^`]*)`")
_SUGGESTIONS = 3
_LONGEST = 400
"""So many characters of a line of a file, or of what a fix replaces, are shown."""


def note(finding: Placed, name: str, article: Article | None, *, has_mark: bool) -> _Element:
    """Return the finding as an element with the id `name`; without a mark in the text its line is shown."""
    parts = [_message(finding)]
    if not has_mark and re.search(r"\w", finding.target.text):
        parts.append(element("pre", element("code", finding.target.line[:_LONGEST])))
    if finding.fix:
        parts.append(element("p", *_fixed(finding, finding.fix, article), attributes={"class": "help"}))
    if words := advice(finding):
        parts.append(element("p", *_words(words), attributes={"class": "help"}))
    parts.append(_facts(finding, name))
    attributes = {
        "class": f"note {finding.severity.value} {finding.confidence.value}",
        "id": name,
        "tabindex": "-1",
        "data-rule": finding.rule,
    }
    return element("div", *parts, attributes=attributes)


def _message(finding: Placed) -> _Element:
    instead = [] if finding.fix else list(_instead(finding))
    behind: list[_Element | str] = [" ", element("span", *instead, attributes={"class": "do"})] if instead else []
    return element("p", element("b", said(finding.severity.value)), " ", *_words(message(finding)), *behind)


def _words(text: str) -> Iterator[_Element | str]:
    """The words of a message, what it quotes as code."""
    for number, part in enumerate(_QUOTED.split(text)):
        if part:
            yield element("code", part) if number % 2 else part


def _instead(finding: Placed) -> Iterator[_Element | str]:
    for number, word in enumerate(finding.suggestions[:_SUGGESTIONS]):
        if number:
            yield f" {said('or')} "
        yield element("ins", word) if word else said("remove")


def _fixed(finding: Placed, fix: Fix, article: Article | None) -> Iterator[_Element | str]:
    changes = dict.fromkeys((_old(finding, edit, article), edit.new) for edit in fix.edits)  # each once
    for old, new in list(changes)[:_SUGGESTIONS]:
        if old:
            yield element("del", _visible(old[:_LONGEST]))
            yield " "
        if new:
            yield element("ins", _visible(new[:_LONGEST]))
            yield " "
    label = said("safe-fix" if fix.safe else "unsafe-fix")
    yield from _words(f"{label}: {say(fix.title)}" if len(changes) > _SUGGESTIONS else label)


def _visible(text: str) -> str:
    """What is written, where it can be seen: blanks as their sign, characters that nobody sees by their number."""
    if text.isprintable():
        return text if text.strip() else _BLANK * len(text)
    return " ".join(f"U+{ord(char):04X}" for char in text) if not any(map(str.isprintable, text)) else text


def _old(finding: Placed, edit: Edit, article: Article | None) -> str:
    """What an edit replaces, as far as it is known."""
    if article:
        return article.target.text[edit.span.start : edit.span.end]
    start = edit.span.start - finding.span.start
    return finding.target.text[start : start + edit.span.end - edit.span.start] if start >= 0 else ""


def _facts(finding: Placed, name: str) -> _Element:
    place = finding.target.place
    at = element("a", f"{place.line}:{place.column}", attributes={"href": f"#{name}", "title": encodable(place.path)})
    parts: list[_Element | str] = [
        at,
        " ",
        element("span", finding.rule, attributes={"class": "rule"}),
        " ",
        element("span", said(finding.confidence.value), attributes={"class": "sure"}),
    ]
    for words in (evidence(finding), further(finding)):
        parts += [" ", element("span", words)] if words else []
    return element("p", *parts, attributes={"class": "facts"})
