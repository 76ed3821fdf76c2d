"""Listings that are not closed, and those that hold what is no listing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bilint.model import Block, Document, Kind
from bilint.text.head import body_start
from bilint.text.scripts import has_han

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*(.*)")
_SENTENCE = re.compile("[。！？；：，]")


def closed_listings(document: Document) -> Iterator[Block]:
    """Yield the listings between fences; one that is never closed may hold what is no listing."""
    for block in listings(document.blocks):
        lines = document.text[block.span.start : block.span.end].split("\n")
        opening = _FENCE.match(lines[0])
        if opening is not None and len(lines) > 1 and _closes(lines[-1], opening[1]):
            yield block


def unclosed_listings(document: Document) -> Iterator[tuple[Block, str]]:
    """Yield the listings not closed where they should be: open to the `end`, or what follows is `swallowed`."""
    for block in listings(document.blocks):
        lines = document.text[block.span.start : block.span.end].split("\n")
        opening = _FENCE.match(lines[0])
        if opening is None:
            continue
        if not _closes(lines[-1] if len(lines) > 1 else "", opening[1]):
            yield block, "end"
        elif any(_opens(line, opening[1]) for line in lines[1:-1]):
            yield block, "swallowed"


def are_more(here: Sequence[tuple[Block, str]], there: Sequence[tuple[Block, str]]) -> bool:
    """Return whether more listings are open than in the original, or, unlike there, one up to the end of the page."""
    ends = [sum(message == "end" for _, message in unclosed) for unclosed in (here, there)]
    return len(here) > len(there) or ends[0] > ends[1]


def _closes(line: str, marks: str) -> bool:
    found = _FENCE.match(line)
    return found is not None and not found[2].strip() and found[1].startswith(marks)


def _opens(line: str, marks: str) -> bool:
    """Whether a line in a listing opens another one of the same marks: it names a language."""
    found = _FENCE.match(line)
    return found is not None and found[1] == marks and bool(found[2].strip()) and "`" not in found[2]


def holds_text(block: Block) -> bool:
    """Return whether a listing holds a paragraph: a blank line before a sentence in Chinese."""
    parts = f"\n{block.content}".split("\n\n")[1:]
    return any(has_han(part) and _SENTENCE.search(part) for part in parts)


_OPENING = re.compile(r"[`~]{3,}[ \t]*(?:markdown|md|mdx)?[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_ANY = re.compile(r"\s*(?:```|~~~)")
_NAMED = re.compile(r"(?:markdown|mdx?)\b", re.IGNORECASE)
_MOST = 0.8
"""Share of a file, 0 to 1, that makes a listing the page."""
_HALF = 0.5
"""Share of an original from which a listing is what the page is about."""


def listings(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the listings among blocks, in order."""
    return (block for block in blocks if block.kind is Kind.CODE)


def is_page(block: Block, document: Document, source: Document | None) -> bool:
    """Return whether a listing is, but for front matter and a sentence around it, all that there is."""
    if not _OPENING.match(document.text, block.span.start):
        return False
    start = body_start(document.text)
    share = (block.span.end - block.span.start) / max(len(document.text[start:].strip()), 1)
    if document.text[start : block.span.start].strip():
        return share >= _MOST and not (source and _is_listing(source))
    if source and _ANY.match(source.text, body_start(source.text)):
        return False
    return share >= _MOST or _NAMED.match(block.info.strip()) is not None


def _is_listing(document: Document) -> bool:
    """Whether an original is mostly one listing itself."""
    longest = max((block.span.end - block.span.start for block in listings(document.blocks)), default=0)
    return longest >= _HALF * len(document.text.strip())
