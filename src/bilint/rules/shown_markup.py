"""shown-markup: marks of links, headings, lists, code and HTML that readers see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bilint.model import EVERYTHING, AlignedPair, Block, Confidence, Document, Finding, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.text import marks
from bilint.text.width import shortened

_LONG = 40
_SIGNS = re.compile(r"[\[\]#`<&＃【［]|^[-*+\d]|[-*+•][ \t]|://|(?<=\n)[-*+\d]", re.MULTILINE)
"""Without one of these, a text shows no mark."""
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_READ = (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.TITLE)


class _Shown(NamedTuple):
    message: str
    start: int
    end: int


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    roles=EVERYTHING,
    yields_to="unclosed-fence",
    messages={
        "link": "the marks of the link `{text}` are shown",
        "reference": "the link `{text}` has no definition and is shown as it is written",
        "image": "`{text}` is a link behind a full-width mark, not an image",
        "heading": "the mark `{text}` is shown, this is no heading",
        "item": "the mark `{text}` is shown, this is no item of a list",
        "run-on": "an item of a list stands on the line of another: `{text}`",
        "box": "the box `{text}` of a task is shown as text",
        "code": "a backtick is shown: `{text}`",
        "tag": "the tag `{text}` is shown as text",
        "entity": "`{text}` is shown as text",
        "address": "punctuation behind the address `{text}` becomes part of the link where bare addresses are links",
    },
    help={
        "link": "write `[text](address)` with marks of ASCII, without blanks between them",
        "reference": "the label in the second brackets must be that of a definition",
        "image": "write `![text](address)`",
        "heading": "put a blank behind the marks",
        "item": "begin the line with `- ` or `1. `",
        "run-on": "put each item on a line of its own",
        "box": "write `[ ]` or `[x]`, and a blank",
        "code": "close the code with as many backticks as open it",
        "tag": "write `<` and `>` as the original does",
        "entity": "escape it once only",
        "address": "write `<address>`, or put a blank behind it",
    },
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """A mark of Markdown or HTML is shown to readers instead of doing its work.

    ## Why
    Marks work in one spelling only. A full-width bracket, a blank between the two parts of a link, a label that has no
    definition, a missing blank behind `##` or `-`, or a backtick that is not closed turn them into text. What the
    original shows as well is meant to be seen. Marks of emphasis have a rule of their own, unrendered-emphasis.

    ## Bad
    ```zh
    修改份数之前，请先阅读[保留策略指南]（https://example.org/retention）。

    ##选择磁盘
    ```

    ## Good
    ```zh
    修改份数之前，请先阅读[保留策略指南](https://example.org/retention)。

    ## 选择磁盘
    ```

    ## Source
    CommonMark 0.31; GitHub Flavored Markdown 0.29, section 6.9 (extended autolinks).
    """
    bitext = context.article.bitext
    for block in document.blocks:
        if block.kind not in _READ or not _may_show(block):
            continue
        pair = bitext.pair_of(block) if bitext else None
        last = 0
        for shown in sorted(_shown(document, block, pair, bitext.source.text if bitext else ""), key=_place):
            span = block.prose.span(shown.start, shown.end)
            if shown.start < last or _is_escaped(document.text, span):
                continue
            last = shown.end
            severity = Severity.INFO if shown.message == "address" else None
            yield context.finding(
                shown.message,
                span,
                source=pair.source[0].span if pair and pair.source else None,
                severity=severity,
                text=_short(block.prose.text[shown.start : shown.end]),
            )


def _place(shown: _Shown) -> tuple[int, int]:
    return shown.start, -shown.end


def _may_show(block: Block) -> bool:
    return _SIGNS.search(block.prose.text) is not None or "！" in block.prose.text


def _is_escaped(text: str, span: Span) -> bool:
    """Whether the mark has a backslash before it, and is meant to be seen; not that of a link."""
    return text[span.start - 1 : span.start] == "\\" and text[span.start] != "["


def _short(text: str) -> str:
    text = text.strip()
    return shortened(text, _LONG)


def _shown(document: Document, block: Block, pair: AlignedPair | None, source: str) -> Iterator[_Shown]:
    there = "\n".join(original.prose.text for original in pair.source) if pair else ""
    text = block.prose.text
    for message, pattern in (("link", marks.LINK), ("reference", marks.REFERENCE), ("entity", marks.ENTITY)):
        yield from _more_than(message, pattern, text, there)
    yield from _images(document, block)
    yield from _lines(block, pair)
    yield from _backticks(text, there)
    if pair and pair.source:
        written = source[pair.source[0].start : pair.source[-1].span.end]
        yield from _tags(document, block, written)
    for found in marks.ADDRESS.finditer(text) if "://" in text else ():
        if found["swallowed"] is not None and not any(
            link.text.start <= found.start() < link.text.end for link in block.links()
        ):
            yield _Shown("address", *found.span())


def _more_than(message: str, pattern: re.Pattern[str], text: str, there: str) -> Iterator[_Shown]:
    """What the original shows less often."""
    found = [_Shown(message, *match.span()) for match in pattern.finditer(text)]
    if found and len(found) > sum(1 for _ in pattern.finditer(there)):
        yield from found


def _images(document: Document, block: Block) -> Iterator[_Shown]:
    for link in block.links() if "！" in block.prose.text else ():
        if document.text[link.span.start - 1] == "！" and _IMAGE.search(link.destination):
            yield _Shown("image", max(link.text.start - 1, 0), link.text.end)


def _lines(block: Block, pair: AlignedPair | None) -> Iterator[_Shown]:
    """Marks at the beginnings of lines: headings, items, boxes."""
    text = block.prose.text
    kinds = {original.kind for original in pair.source} if pair else set()
    if block.kind in (Kind.PARAGRAPH, Kind.ITEM):
        found = list(marks.HEADING.finditer(text))
        if not found and kinds == {Kind.HEADING}:
            found = list(marks.ANY_HEADING.finditer(text))
        yield from (_Shown("heading", *match.span()) for match in found)
        yield from _items(block, kinds)
    if block.kind is Kind.ITEM and (box := marks.BOX.match(text)):
        yield _Shown("box", box.start(), box.end())


def _items(block: Block, kinds: set[Kind]) -> Iterator[_Shown]:
    text = block.prose.text
    found = list(marks.ITEM.finditer(text))
    numbered = [match for match in found if match[0][0].isdigit()]
    if len(numbered) < 2:
        found = [match for match in found if match not in numbered]
    if Kind.ITEM in kinds or len(found) > 1:
        yield from (_Shown("item", *match.span()) for match in found if block.kind is Kind.PARAGRAPH or match.start())
    if Kind.ITEM in kinds:
        yield from (_Shown("run-on", *match.span()) for match in marks.RUN_ON.finditer(text))


def _backticks(text: str, there: str) -> Iterator[_Shown]:
    if text.count("`") > there.count("`"):
        yield from (_Shown("code", *match.span()) for match in marks.BACKTICKS.finditer(text))


def _tags(document: Document, block: Block, written: str) -> Iterator[_Shown]:
    """Tags that the original has as such and the translation as text."""
    for found in marks.TAG.finditer(block.prose.text):
        at = block.prose.position(found.start())
        if document.text.startswith("&", at) and f"<{found[1]}" in written and f"&lt;{found[1]}" not in written:
            yield _Shown("tag", *found.span())
