"""Phrases the formats for people share: further places, suggestions, evidence, problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint.text.width import one_line

if TYPE_CHECKING:
    from bilint.model import Place, Placed, Problem

_PLACES = 10
_SUGGESTIONS = 3


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
    return f"{len(finding.more)} more: {', '.join(named)}{cut}"


def use(finding: Placed) -> str:
    """Return what to write instead, as in "use `A` or `B`"; at most three suggestions are named."""
    words = [f"`{one_line(word)}`" for word in finding.suggestions[:_SUGGESTIONS] if word]
    advice = f"use {' or '.join(words)}" if words else ""
    if "" not in finding.suggestions[:_SUGGESTIONS]:
        return advice
    return f"{advice} or remove it" if advice else "remove it"


def evidence(finding: Placed) -> str:
    """Return the evidence in words, as in `kept: 3; rendered: 14`."""
    pairs = ((name.replace("_", " "), value) for name, value in finding.evidence)
    return "; ".join(f"{name}: {_number(value)}" for name, value in pairs)


def problem(problem: Problem) -> str:
    """Return `path: message`; a message that begins with the path says it already."""
    path, message = one_line(problem.path), one_line(problem.message)
    return message if not path or message.startswith(f"{path}:") else f"{path}: {message}"


def _number(value: str | float) -> str:
    return f"{value:.3g}" if isinstance(value, float) else one_line(str(value))
