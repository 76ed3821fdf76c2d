"""A block as it reads: headings as headings, lists, code, tables."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from bilint.model import Block, Document, Kind
from bilint.page.prose import Mark, Sentence, reads
from bilint.text.xml import element

if TYPE_CHECKING:
    from lxml.etree import _Element

Marks = Mapping[int, Sequence[Mark]]
"""The marks of blocks, by the identity of the block."""
_NUMBERED = re.compile(r"[>\s]*(\d{1,9})[.)]\s+(?:\[[ xX]\]\s+)?$")
"""What stands on the line before an item of a numbered list."""
_DEEPEST_LIST, _DEEPEST_HEADING = 5, 6
_BELOW_TITLE = 2
"""The page has its own title and those of its articles above the headings of an article."""
_NO_PROSE = 240
"""So many characters are shown of HTML that says nothing (a script, an embedded film)."""


def shown(block: Block, document: Document, marks: Sequence[Mark] = (), sentences: Iterable[Sentence] = ()) -> _Element:
    """Return the block as an element; the marks are those that touch it."""
    if block.kind is Kind.CODE:
        made = _code(block, document, marks)
    elif not block.prose.text:
        made = element("pre", element("code", block.content[:_NO_PROSE]), attributes={"class": "html"})
    else:
        made = _by_kind(block, document, reads(block, marks, sentences))
    return element("blockquote", made) if "quote" in block.container else made


def table_line(blocks: Sequence[Block], marks: Marks) -> _Element:
    """Return cells of a table as one line of it."""
    return element("table", element("tr", *(_cell(each, reads(each, marks.get(id(each), ()))) for each in blocks)))


def by_block(blocks: Iterable[Block], marks: Iterable[Mark]) -> Marks:
    """Return the marks of blocks; one without length belongs to the block that it stands in or ends."""
    ordered = sorted(blocks, key=lambda block: block.start)
    starts = [block.start for block in ordered]
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in sorted(marks):
        start, end = mark.span
        first = max(bisect_right(starts, start) - 1, 0)
        for block in ordered[first : max(bisect_left(starts, end), first + 1)]:
            if (block.start < end and start < block.span.end) or (
                start == end and block.start <= start <= block.span.end
            ):
                found[id(block)].append(mark)
    return found


def _cell(block: Block, content: Sequence[_Element | str]) -> _Element:
    return element("th" if "head" in block.container else "td", *content)


def _by_kind(block: Block, document: Document, content: Sequence[_Element | str]) -> _Element:
    depth = min(block.container.count("list"), _DEEPEST_LIST)
    if block.kind is Kind.HEADING:
        tag = f"h{min(block.level + _BELOW_TITLE, _DEEPEST_HEADING)}"
        return element(tag, *content, attributes={"class": f"h{block.level}"})
    if block.kind is Kind.ITEM:
        return _item(block, document, content, max(depth, 1))
    if block.kind is Kind.FIELD:
        return element(
            "p", element("span", block.info, attributes={"class": "key"}), *content, attributes={"class": "field"}
        )
    if block.kind is Kind.CELL:
        return element("table", element("tr", _cell(block, content)))
    classes = [block.kind.value] if block.kind is Kind.TITLE else []
    classes += [f"d{depth}"] if depth else []
    classes += ["footnote"] if "footnote" in block.container else []
    return element("p", *content, attributes={"class": " ".join(classes)} if classes else {})


def _item(block: Block, document: Document, content: Sequence[_Element | str], depth: int) -> _Element:
    before = document.line(document.place(block.span).line)[: document.place(block.span).column - 1]
    numbered = _NUMBERED.match(before)
    attributes = {"class": f"d{depth}"} | ({"start": numbered[1]} if numbered else {})
    return element("ol" if numbered else "ul", element("li", *content), attributes=attributes)


def _code(block: Block, document: Document, marks: Sequence[Mark]) -> _Element:
    """The code with its marks; marked whole where it does not stand in the file as it reads (quoted, in a list)."""
    content = block.content.rstrip("\n")
    at = document.text.find(content, *block.span) if content else -1
    parts: list[_Element | str] = []
    done = 0
    for mark in marks if at >= 0 else ():
        start, end = max(mark.span.start - at, 0), min(mark.span.end - at, len(content))
        if done <= start < end:
            parts += [content[done:start], element("mark", content[start:end], attributes=dict(mark.attributes))]
            done = end
    code = element("code", *parts, content[done:])
    if marks and not done:
        code = element("mark", code, attributes=dict(marks[0].attributes))
    return element("pre", code, attributes={"data-info": block.info} if block.info else {})


def named(document: Document) -> Block | None:
    """Return the block that says what the document is called: its title field, else its first heading."""
    field = (block for block in document.blocks if block.kind is Kind.FIELD and block.info == "title")
    headings = (block for block in document.blocks if block.kind is Kind.HEADING)
    return next(field, None) or min(headings, key=lambda block: block.level, default=None)


def title(document: Document) -> list[_Element | str]:
    """Return what the document is called, as it reads; empty when it does not say."""
    block = named(document)
    return reads(block, ()) if block else []


def called(document: Document) -> str:
    """Return what the document is called, in one line of plain text."""
    return " ".join("".join(map(str, element("p", *title(document)).itertext())).split())
