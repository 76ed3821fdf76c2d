"""Phrases the formats for people share: further places, suggestions, evidence, problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint.messages import Text, language, phrase, say
from bilint.messages.manuals import in_chinese
from bilint.messages.rules import in_words, rule_words
from bilint.text.width import one_line

if TYPE_CHECKING:
    from bilint.model import Place, Placed, Problem
    from bilint.rules import Rule

_PLACES = 10
_SUGGESTIONS = 3


def message(finding: Placed) -> str:
    """Return what is wrong, in the language that is spoken."""
    return _said(finding)[0]


def advice(finding: Placed) -> str:
    """Return what the rule says to do about it, in the language that is spoken; may be empty."""
    return _said(finding)[1]


def _said(finding: Placed) -> tuple[str, str]:
    return in_words(finding, "" if language() == "en" else _home(finding.rule))


def _home(rule: str) -> str:
    """The module of a rule; empty for one of the project, whose words are those of its settings."""
    from bilint.installed import installed_rules
    from bilint.rules import all_rules

    known = all_rules().get(rule) or installed_rules()[0].get(rule)
    return known.check.__module__ if known else ""


def encodable(text: str) -> str:
    """Return `text` with lone surrogates, as from a file name that is not UTF-8, written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def where(place: Place) -> str:
    """Return `path:line:column`."""
    return f"{one_line(place.path)}:{place.line}:{place.column}"


def last_line(place: Place) -> int:
    """Return the number of the last line that has a character of the place: an end at column 1 takes none."""
    return max(place.line, place.end_line - (place.end_column == 1))


def further(finding: Placed) -> str:
    """Return the further places of the same cause, as in `2 more: 33:18, 35:12`; at most ten are named."""
    if not finding.more:
        return ""
    here = finding.target.place.path
    named = [f"{p.line}:{p.column}" if p.path == here else where(p) for p in finding.more[:_PLACES]]
    cut = " …" if len(finding.more) > _PLACES else ""
    places = f"{', '.join(named)}{cut}"
    return say("{number} more: {places}", number=len(finding.more), places=places)


def manual_of(rule: Rule) -> str:
    """Return the manual of a rule in the language that is spoken; its first line is the summary."""
    return rule.manual if language() == "en" else in_chinese(rule.manual, rule_words(rule.check.__module__))


def use(finding: Placed) -> str:
    """Return what to write instead, as in "use `A` or `B`"; at most three suggestions are named."""
    words = [f"`{one_line(word)}`" for word in finding.suggestions[:_SUGGESTIONS] if word]
    forms = say(" or ").join(words)
    if "" not in finding.suggestions[:_SUGGESTIONS]:
        return say("use {forms}", forms=forms) if words else ""
    return say("use {forms} or remove it", forms=forms) if words else say("remove it")


def evidence(finding: Placed) -> str:
    """Return the evidence in words, as in `kept: 3; rendered: 14`."""
    pairs = ((name.replace("_", " "), value) for name, value in finding.evidence)
    return say("; ").join(say("{name}: {value}", name=say(name), value=_number(value)) for name, value in pairs)


def problem(problem: Problem) -> str:
    """Return `path: message`; a message that begins with the path says it already."""
    path, message = one_line(problem.path), one_line(say(problem.message))
    return message if not path or message.startswith(f"{path}:") else f"{path}: {message}"


def _number(value: str | float) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    return one_line(say(value) if isinstance(value, Text) else str(value))


EVIDENCE = (
    phrase("added"),
    phrase("blocks"),
    phrase("english"),
    phrase("english words"),
    phrase("glossary"),
    phrase("han"),
    phrase("is"),
    phrase("kept in english"),
    phrase("lines"),
    phrase("listings"),
    phrase("missing"),
    phrase("numbers and names said nowhere"),
    phrase("original"),
    phrase("repeats line"),
    phrase("uses"),
    phrase("was"),
    phrase("words"),
    phrase("words said nowhere"),
)
"""What rules call their evidence, where it is no word of an article."""

RANKS = (
    phrase("error"),
    phrase("warning"),
    phrase("info"),
    phrase("high"),
    phrase("medium"),
    phrase("low"),
)
"""Severities and confidences, which are said by their values."""
