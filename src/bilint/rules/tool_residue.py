"""tool-residue: what a translation tool put in place of code, links and tags, and did not put back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Confidence, Document, Finding, InlineKind, Kind, Severity, Span
from bilint.rules import Context, Options, rule

_WHAT = (
    "(?:INLINE[_ -]?CODE|CODE(?:[_ -]?(?:BLOCK|SPAN))?|LINKS?|URLS?|IMAGES?|IMG|TAGS?|HTML|MATH|LATEX|FORMULA|"
    "PLACE_?HOLDERS?|PH|VAR(?:IABLE)?S?|TOKENS?|MASK|BLOCK|TERMS?|PROTECTED|PRESERVE[D]?|KEEP|NOTRANSLATE|DNT|SEGMENT|FRONT_?MATTER)"
)
_PATTERNS = (
    r"@@+[A-Z_]*+(?:\d++[A-Z_]*+)?@@+",
    rf"%%+{_WHAT}[_ -]?\d+%%+",
    rf"__+{_WHAT}(?:[_ -]?\d+)?_*__",
    r"__+[A-Z]+(?:_[A-Z]+)*_\d+__",
    rf"\{{\{{?\s*{_WHAT}[_ -]?\d+\s*\}}\}}?",
    rf"\[\[?{_WHAT}[_ -]?\d+\]\]?(?![(\[])",
    rf"<{_WHAT}[_ -]?\d+\s*/?>",
    r"\[\[\[\d+\]\]\]|\{\{\{\d+\}\}\}",
    "[⟦⟪⦃〚]\\s*+\\w++(?<=\\d)\\s*+[⟧⟫⦄〛]|§§\\w++(?<=\\d)§§|¤\\w++(?<=\\d)¤",
    r"</?(?:g|x|bx|ex|bpt|ept|ph|it|mrk)\s+(?:id|mid)=[\"']?\w+[\"']?[^<>\n]{0,40}/?>",
)
_RESIDUE = re.compile("|".join(_PATTERNS), re.IGNORECASE)
# All begin with one of these: looking for them first takes a third of the time. A run of them is one beginning: looked
# at from each of its characters, it would take time in the square of its length.
_START = re.compile(r"@@+|%%+|__+|\{|\[|<|⟦|⟪|⦃|〚|§§|¤")
_WORD = re.compile(
    rf"(?<![\w$]){_WHAT}_?PLACE_?HOLDER(?:_?\d+)?(?!\w)|(?<![\w$])PLACE_?HOLDER_?\d+(?!\w)", re.IGNORECASE
)
_SIGN = re.compile("[Hh][Oo][Ll][Dd][Ee][Rr]")


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    messages={
        "mark": "`{mark}` stands for what a translation tool took out and did not put back",
    },
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """A mark of a translation tool was not turned back into the code, link or tag it stands for.

    ## Why
    Tools hide what must not be translated behind marks such as `__LINK_0__`, `@@INLINE_CODE_3@@` or `⟦0⟧`. When a mark
    is damaged, or the tool stops, it stays, and what it stands for is gone. Marks that the original has as well are
    its own. Without an original, code is left alone.

    ## Bad
    ```en
    Read the [guide](https://docs.example.org/retention) first.
    ```
    ```zh
    请先阅读 __LINK_0__。
    ```

    ## Good
    ```en
    Read the [guide](https://docs.example.org/retention) first.
    ```
    ```zh
    请先阅读[指南](https://docs.example.org/retention)。
    ```

    ## Source
    MQM 2.0, Design and markup / Markup tag.
    """
    text, bitext = document.text, context.article.bitext
    there, code = "", list[Span]()
    for number, found in enumerate(_residues(text)):
        mark = found[0]
        if not number:  # most articles have none
            there, code = bitext.source.text.lower() if bitext else "", list(_code(document))
        if mark.lower() in there:
            continue
        if any(at.start <= found.start() < at.end for at in code) and (bitext is None or not _is_sure(mark)):
            continue
        yield context.finding("mark", Span(*found.span()), mark=mark, key="mark")


def _residues(text: str) -> Iterator[re.Match[str]]:
    """Yield the marks, then those that are only a word."""
    end = 0
    for start in _START.finditer(text):
        if start.start() >= end and (found := _RESIDUE.match(text, start.start())):
            yield found
            end = found.end()
    if _SIGN.search(text):
        yield from _WORD.finditer(text)


def _is_sure(mark: str) -> bool:
    """Whether nobody would write a mark in code for another reason."""
    return mark.startswith(("@@", "⟦", "__")) and any(map(str.isdigit, mark))


def _code(document: Document) -> Iterator[Span]:
    for block in document.blocks:
        if block.kind is Kind.CODE:
            yield block.span
        for inline in block.inlines:
            if inline.kind in (InlineKind.CODE, InlineKind.MATH):
                yield inline.span
