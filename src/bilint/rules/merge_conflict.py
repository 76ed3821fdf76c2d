"""merge-conflict: the marks of a merge that was not finished."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Confidence, Document, Finding, Kind, Severity, Span
from bilint.rules import Context, Options, rule

_MARK = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: [^\n]*)?$|^={7}\r?$", re.MULTILINE)
_SIDES = re.compile(r"^(?:<{7}|>{7})(?: |\r?$)", re.MULTILINE)


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    messages={"marks": "a merge was not finished: `{mark}`"},
    help={"marks": "keep one side, and delete the marks"},
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """The marks that Git leaves where two versions of a file collide are still there.

    ## Why
    Readers see both versions and the marks between them. Where the original shows such marks, as a text about Git
    does, nothing is reported; without an original, marks in a listing are left alone.

    ## Bad
    ```zh
    设置保存在账户里。

    <<<<<<< HEAD
    备份会保留七天。
    =======
    备份会保留一周。
    >>>>>>> a1b2c3d4
    ```

    ## Good
    ```zh
    设置保存在账户里。

    备份会保留七天。
    ```

    ## Source
    The format that `git merge` writes.
    """
    text, bitext = document.text, context.article.bitext
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    if not _SIDES.search(text) or (bitext and _SIDES.search(bitext.source.text)):
        return
    spans = [Span(found.start(), found.start() + len(found[0].rstrip())) for found in _MARK.finditer(text)]
    if bitext is None:
        listings = [block.span for block in document.blocks if block.kind is Kind.CODE]
        spans = [span for span in spans if not any(at.start <= span.start < at.end for at in listings)]
    if spans:
        mark = text[spans[0].start : spans[0].end]
        yield context.finding("marks", spans[0], more=tuple(spans[1:]), mark=mark)
