"""changed-code: code that differs from the original's in more than its comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import EVERYTHING, Alters, Bitext, Confidence, Finding, Fix, Severity
from bilint.reading.damage import Cause, ChangedCode, changed_code
from bilint.rules import Context, Options, rule

_TYPOGRAPHIC = re.compile(r"[^\w\s\x00-\x7f]")
"""Marks that no code has: dashes, full-width and curly ones."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="design-and-markup/code",
    roles=EVERYTHING,
    fixes=("safe", "unsafe"),
    messages={
        "differs": "code differs from the original: `{original}`",
        "marks": "typographic marks stand in code, which is `{original}` in the original",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A command, a name or a line of code is not the one of the original.

    ## Why
    One letter lost in a command, a full-width colon in a name, and what readers copy does not work. Reported is what
    looks like damage: marks of prose in code, a blank that parts a name, a letter or two of one word, capitals, a
    bracket that is gone, marks that became references of HTML; and, where nothing else differs in the code of the page,
    a lost option, one digit, the last letter of a command. Where other words or strings differ, more than three lines
    of a listing, or one name again and again, the code was revised: the confidence is low. Comments and strings are
    translated, so lines with Han are left alone; so are blanks beside brackets and operators, other line breaks, what
    converters leave in code, names that are shortened or written with other brackets, and what the original's code
    says elsewhere: there its slip was mended. Dashes, quotation marks and full-width marks in code have one cause, and
    are one finding.

    ## Bad
    ```en
    Call `disconnect()` when the work is done.
    ```
    ```zh
    工作完成后调用 `disconnection()`。
    ```

    ## Good
    ```en
    Call `disconnect()` when the work is done.
    ```
    ```zh
    工作完成后调用 `disconnect()`。
    ```

    ## Source
    MQM 2.0, Design and markup.
    """
    for code in changed_code(context.pairs, bitext):
        is_revised = code.cause is Cause.REVISION or (code.cause is Cause.SLIP and context.reading.edition is not None)
        is_typed = not code.words and bool(_strange(code))
        spans = [code.here.span] if "`" not in code.there.text else []
        edits = bitext.target.edits(spans, code.here.text, code.there.text)
        yield context.finding(
            "marks" if is_typed else "differs",
            code.here.span,
            original=code.there.text,
            source=code.there.span,
            confidence=Confidence.LOW if is_revised else Confidence.MEDIUM,
            key="marks" if is_typed else _slip(code),
            suggestions=(code.there.text,),
            fix=Fix.of(edits, safe=not is_revised and code.here.is_inline, alters=Alters.CODE),
        )


def _slip(code: ChangedCode) -> str:
    """What a difference has in common with others of the page: one slip made in many lines is one."""
    return " ".join(*code.words) if len(code.words) == 1 else ""


def _strange(code: ChangedCode) -> set[str]:
    """The marks that no code has, and the original's has not either: a word processor put them there."""
    return set(_TYPOGRAPHIC.findall(code.here.text)) - set(_TYPOGRAPHIC.findall(code.there.text))
