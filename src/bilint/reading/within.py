"""What a block stands in that is no block itself."""

from __future__ import annotations

from bilint.model import Block, Document, InlineKind


def components_around(block: Block, document: Document) -> tuple[str, ...]:
    """Return the names of the components that stand on lines of their own around a block, outermost first."""
    around: list[str] = []
    for mark in document.marks:
        if mark.span.start > block.start:
            break
        if mark.kind is not InlineKind.COMPONENT:
            continue
        if not mark.name.startswith("/"):
            around.append(mark.name)
        elif mark.name[1:] in around:
            del around[len(around) - 1 - around[::-1].index(mark.name[1:]) :]
    return tuple(around)
