"""What of a component must survive translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bilint.model import Block, Document, Inline, InlineKind
from bilint.text.scripts import has_han

_ATTRIBUTE = re.compile(r"""(?<![\w:.@#-])([\w:.@#-]++)=(?:"[^"]*"|'[^']*')?""")
_WORD = re.compile(r"((?<=[a-z])[A-Z])")
_ALERT = re.compile(r"> *\[![A-Z]+\][^\n]*\n[> \t]*\Z")
_BEFORE = 60
"""Characters before a passage in which the first line of its box stands."""


def component_names(document: Document) -> Iterator[str]:
    """Yield the name of every component, that of an end with its `/`."""
    inlines = (inline for block in document.blocks for inline in block.inlines)
    return (inline.name for inline in (*inlines, *document.marks) if inline.kind is InlineKind.COMPONENT)


def identity(component: Inline, readable: frozenset[str]) -> tuple[str, ...]:
    """Return the name of a component, and of its attributes those that are Chinese to no reader."""
    attributes = [found[1] for found in _ATTRIBUTE.finditer(component.content) if has_han(found[0])]
    return component.name, *(name for name in attributes if readable.isdisjoint(_words(name)))


def is_in_alert(blocks: Iterable[Block], text: str) -> bool:
    """Return whether one of the blocks begins an alert of GitHub (`> [!TIP]`): a box that is no component."""
    starts = [block.span.start for block in blocks if "quote" in block.container]
    return any(_ALERT.search(text, max(start - _BEFORE, 0), start) for start in starts)


def _words(attribute: str) -> list[str]:
    """The attribute and the words that it consists of: `titleText` is a title."""
    return [attribute, *_WORD.sub(r" \1", attribute).lower().split()]
