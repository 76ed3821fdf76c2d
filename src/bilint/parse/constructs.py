"""What template languages, components and messages put between the words: what each is, and what it is called."""

from __future__ import annotations

import re
from typing import NamedTuple

from bilint.model import Inline, InlineKind, Span

MASK = "\u2cfe"
"""Stands in the text to parse for each character of a construct: a punctuation mark that means nothing in Markdown.

It is Coptic's full stop. Where a file has it, it is text: a construct is known by its place.
"""
_NAME = re.compile(r"/?[#\w.:-]*")
_VARIABLE = re.compile(r"[\w.$\[\]-]+(?:\s*\|\s*\w+)*")
_IDENTIFIER = r"[A-Za-z_][\w.-]*"
_ARGUMENT = r"(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*+\})*+"
# Each alternative starts with a literal character: the search then skips from one candidate to the next.
_OF_MESSAGES = "|".join(
    (
        rf"\{{(?:{_IDENTIFIER}|\d+)(?:[:!][^{{}}\s]{{1,20}})?\}}",
        rf"\{{\s*\w+\s*,\s*(?:plural|selectordinal|select|number|date|time)\b{_ARGUMENT}\}}",
        r"%(?<![\w%]%)(?:\(\w+\))?[-+0#]*+\d*+(?:\.\d+)?[sdifuxXc@](?![A-Za-z0-9])",
    )
)
PLACEHOLDERS = re.compile(rf"\$\{{[A-Za-z_]\w[\w.:-]*\}}|%\d\$[sdiu@]|{_OF_MESSAGES}")
"""What a program fills in; in Markdown, the first two are hidden from the parser."""
SPECIAL = re.compile(f"{MASK}+|{_OF_MESSAGES}")
"""What is not prose in a text: a stretch of hidden constructs, or a placeholder."""
_MESSAGE = re.compile(r"\{\s*(\w+)\s*,\s*(\w+)")


class Construct(NamedTuple):
    """A stretch that is no prose; `kind` is None for what says nothing to anybody (a comment)."""

    kind: InlineKind | None
    span: Span
    name: str = ""


def mark(text: str, kind: InlineKind, span: Span, name: str) -> Inline:
    """Return the construct at `span` of a file's `text` as an inline without prose."""
    return Inline(kind, span, Span(0, 0), text[span.start : span.end], name=name)


def expression(raw: str) -> tuple[InlineKind | None, str]:
    """Return what an expression in braces is and what it is called: `{{< figure … >}}` is a template, `figure`."""
    opener, inner = raw[:2], raw[2:-2]
    if opener == "{/":
        return None, ""
    if opener in ("{*", "{!"):
        return InlineKind.TEMPLATE, "include"
    if opener == "{%" or inner[:1] in ("<", "%"):
        return InlineKind.TEMPLATE, _first_word(inner.lstrip("<%-+ \t\r\n"))
    inner = inner.strip("-~{} \t\r\n")
    if _VARIABLE.fullmatch(inner):
        return InlineKind.PLACEHOLDER, inner
    return InlineKind.MACRO, _first_word(inner)


def placeholder_name(raw: str) -> str:
    """Return what is compared of a placeholder: all of it; of a message with variants, its argument and kind."""
    message = _MESSAGE.match(raw)
    return f"{message[1]}, {message[2]}" if message else raw


def _first_word(text: str) -> str:
    found = _NAME.match(text)
    return found[0] if found else ""
