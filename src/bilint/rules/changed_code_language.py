"""changed-code-language: a listing that calls itself another language than the original's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import EVERYTHING, AlignedPair, Alters, Confidence, Document, Finding, Fix, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.text.scripts import has_han

_NAME = re.compile(r"[^\s{},:=]+")
_ALIKE = (
    "sh bash shell zsh console shell-session terminal shellsession ps1 powershell pwsh bat cmd",
    "js javascript jsx mjs ts typescript tsx",
    "yml yaml",
    "md markdown mdx",
    "py python python3 pycon",
    "html xml vue svelte xhtml vue-html htm",
    "c cpp c++ cc objc objective-c",
    "cs csharp c#",
    "rb ruby",
    "rs rust",
    "kt kotlin",
    "go golang",
    "json json5 jsonc",
    "text txt plain plaintext output none log",
    "docker dockerfile",
    "make makefile",
    "diff patch",
)
_GROUP = {name: number for number, names in enumerate(_ALIKE) for name in names.split(" ")}
_PLAIN = _GROUP["text"]


@rule(
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    mqm="design-and-markup/code",
    roles=EVERYTHING,
    fixes=("safe", "unsafe"),
    messages={
        "changed": "this listing is `{here}`, and `{there}` in the original",
        "translated": "the language of this listing, `{there}`, was translated: `{here}`",
    },
)
def check(pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
    """A listing has the language of another one, or a Chinese word in place of its language.

    ## Why
    The word behind the fence decides how a listing is coloured, and in many generators whether it is rendered at all.
    Another name for the same language is not reported, nor a name where the original has none.

    ## Bad
    ````en
    ```sh
    tidepool list
    ```
    ````
    ````zh
    ```脚本
    tidepool list
    ```
    ````

    ## Good
    ````en
    ```sh
    tidepool list
    ```
    ````
    ````zh
    ```bash
    tidepool list
    ```
    ````

    ## Source
    CommonMark 0.31, info strings.
    """
    bitext = context.article.bitext
    if len(pair.source) != 1 or len(pair.target) != 1 or bitext is None or pair.target[0].kind is not Kind.CODE:
        return
    there, here = (_NAME.match(side[0].info.strip()) for side in (pair.source, pair.target))
    if not there or not here or pair.source[0].kind is not Kind.CODE:
        return
    if has_han(here[0]) and not has_han(there[0]):
        message = "translated"
    elif _is_other(there[0].lower(), here[0].lower()):
        message = "changed"
    else:
        return
    original, block = pair.source[0], pair.target[0]
    line = _line(block.span, bitext.target)
    edits = bitext.target.edits([line], here[0], there[0])
    yield context.finding(
        message,
        line,
        source=_line(original.span, bitext.source),
        confidence=Confidence.HIGH if message == "translated" else None,
        severity=Severity.WARNING if message == "translated" else None,
        there=there[0],
        here=here[0],
        suggestions=(there[0],),
        fix=Fix.of(edits, safe=message == "translated", alters=Alters.MARK),
    )


def _is_other(there: str, here: str) -> bool:
    """Whether two names are known, and of different languages; text is no language."""
    groups = _GROUP.get(there), _GROUP.get(here)
    return None not in groups and groups[0] != groups[1] and _PLAIN not in groups


def _line(span: Span, document: Document) -> Span:
    end = document.text.find("\n", span.start, span.end)
    return Span(span.start, end if end >= 0 else span.end)
