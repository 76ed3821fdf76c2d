"""damaged-text: characters that were lost, misread, or that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from unicodedata import category

from bilint.model import Alters, Confidence, Document, Edit, Finding, Fix, InlineKind, Kind, Severity, Span
from bilint.reading.restored import deleted
from bilint.rules import Context, Options, rule
from bilint.text.encodings import LOST, misread

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_ODD = re.compile(f"{LOST}|\ufffd+|[{_CONTROLS}]+|[{_INVISIBLE}]+")
# A text is searched for one of the characters several times as fast as for a stretch of them.
_ODD_ONE = re.compile(f"[{LOST[0]}\ufffd{_CONTROLS}{_INVISIBLE}]")
_JOINERS = "\u200c\u200d\u200e\u200f\u2060"
_MARKS = frozenset("*_~`")
"""Beside these an invisible character makes them work: authors put it there."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/character-encoding",
    fixes=("safe", "unsafe"),
    messages={
        "lost": "a character was lost here: `{text}`",
        "misread": "`{text}` was read in the wrong encoding; it says `{meant}`",
        "control": "control character {code}",
        "code": "invisible character {code} in code or an address",
        "invisible": "invisible character {code} in the text",
    },
    help={"code": "delete it: who copies the code copies it too"},
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """Characters were lost or read in the wrong encoding, or stand in the text although nobody sees them.

    ## Why
    A page that went through a tool with another encoding shows `ï¼Œ`, `â€™` or `锟斤拷`; a zero-width space copied
    along with a word breaks searches, links and commands. What the original has too is not reported, nor what joins the
    parts of an emoji, nor an invisible character beside a mark of emphasis, which makes it work.

    ## Bad
    ```zh
    拔下磁盘之前ï¼Œ请先备份。
    ```

    ## Good
    ```zh
    拔下磁盘之前，请先备份。
    ```

    ## Source
    MQM 2.0, Linguistic conventions / Character encoding.
    """
    text = document.text
    if text.isascii() and not _ODD_ONE.search(text):
        return
    bitext = context.article.bitext
    there = bitext.source.text if bitext else ""
    taken: list[Span] = []
    for start, end, meant in misread(text):
        if text[start:end] not in there:
            taken.append(Span(start, end))
            fix = Fix.of([Edit(taken[-1], meant)], safe=False)
            yield context.finding("misread", taken[-1], text=text[start:end], meant=meant, key="misread", fix=fix)
    first = _ODD_ONE.search(text)
    for found in _ODD.finditer(text, first.start()) if first else ():
        span = Span(*found.span())
        if found[0][0] not in there and not any(at.start <= span.start < at.end for at in taken):
            yield from _odd(found[0], span, document, context)


def _odd(chars: str, span: Span, document: Document, context: Context[Options]) -> Iterator[Finding]:
    """Report one stretch of characters that should not be there."""
    code = f"U+{ord(chars[0]):04X}"
    if chars[0] in (LOST[0], "\ufffd"):
        yield context.finding("lost", span, text=chars, key="lost")
    elif chars[0] < "\xa0" or chars[0] in "\u2028\u2029":
        fix = deleted(chars, span, Alters.PROSE)
        yield context.finding("control", span, code=code, severity=Severity.WARNING, key=code, fix=fix)
    elif where := _code_at(span, document):
        fix = deleted(chars, span, where)
        yield context.finding("code", span, code=code, severity=Severity.WARNING, key=f"code {code}", fix=fix)
    elif not _is_meant(chars, span, document.text):
        make = partial(context.finding, severity=Severity.WARNING, confidence=Confidence.MEDIUM)
        yield make("invisible", span, code=code, key=code, fix=deleted(chars, span, Alters.PROSE))


def _code_at(span: Span, document: Document) -> Alters | None:
    """Return what it is in, code or an address; None for prose."""
    for block in document.blocks:
        if block.span.start <= span.start < block.span.end:
            if block.kind is Kind.CODE:
                return Alters.CODE
            for inline in block.inlines:
                if inline.span.start <= span.start < inline.span.end:
                    if inline.kind is InlineKind.CODE:
                        return Alters.CODE
                    if document.text[span.start] in inline.destination:
                        return Alters.ADDRESS
            return None
    return None


def _is_meant(chars: str, span: Span, text: str) -> bool:
    """Whether an invisible character does something: it joins an emoji, or keeps marks of emphasis apart."""
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if before in _MARKS or after in _MARKS:
        return True
    return chars[0] in _JOINERS and any(char and category(char) in ("So", "Sk", "Mn", "Cn") for char in (before, after))
