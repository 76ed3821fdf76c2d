"""unclosed-bracket: a bracket that opens and is never closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Block, Confidence, Document, Finding, Kind, Severity
from bilint.reading import blocks_with
from bilint.rules import Context, Options, rule

_OPENS = re.compile("[（《【]")
_MARK = re.compile("[（(）)《》【】]")
_CLOSES = {"）": "（(", ")": "（(", "》": "《", "】": "【"}
_CLOSING = {"（": "）", "《": "》", "【": "】"}


@rule(
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    mqm="linguistic-conventions/punctuation",
    messages={"open": "`{mark}` is never closed"},
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """A bracket or title mark opens in a paragraph and is not closed in it.

    ## Why
    The closing mark got lost, or was taken for part of an address. A half-width bracket closes a full-width one
    (half-width-punctuation reports that). A bracket that goes on over several paragraphs is left alone.

    ## Bad
    ```zh
    最新的备份（标有星号总是排在最前面。
    ```

    ## Good
    ```zh
    最新的备份（标有星号）总是排在最前面。
    ```

    ## Source
    GB/T 15834—2011, 4.9.
    """
    order = {id(block): number for number, block in enumerate(document.blocks)}
    for block in blocks_with(_OPENS, document):
        if block.kind is Kind.HTML or block.prose.text.rstrip()[-1:] in "：（":
            continue
        opened, strays = _unmatched(block)
        following = document.blocks[order[id(block)] + 1 :][:3]
        if len(opened) != 1 or strays or any(_unmatched(other)[1] for other in following):
            continue
        mark = block.prose.text[opened[0]]
        if mark in _CLOSING:
            yield context.finding("open", block.prose.span(opened[0], opened[0] + 1), mark=mark)


def _unmatched(block: Block) -> tuple[list[int], int]:
    """The offsets of the marks that are not closed, and how many close what did not open."""
    opened: list[int] = []
    strays = 0
    text = block.prose.text
    for found in _MARK.finditer(text):
        if found[0] not in _CLOSES:
            opened.append(found.start())
        elif opened and text[opened[-1]] in _CLOSES[found[0]]:
            opened.pop()
        else:
            strays += 1
    return opened, strays
