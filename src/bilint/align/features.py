"""What alignment compares: per block a set of tokens both languages share, its kind, and its length.

English words enter as the character pairs of their usual Chinese renderings, so that prose without names, numbers or
code still says what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache
from itertools import pairwise
from operator import add
from typing import NamedTuple
from urllib.parse import unquote

from bilint.evidence import priors
from bilint.model import Block, Document, InlineKind, Kind
from bilint.text.scripts import has_han

_LATIN = re.compile(r"[a-z][a-z'’]+|\d+")
_MERGEABLE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.HTML, Kind.TITLE})
_EMPTY: frozenset[str] = frozenset()
_CODE_WORD = re.compile(r"[A-Za-z_]\w{2,}|\d+")


class Features(NamedTuple):
    """One block as the aligner sees it.

    `exact` are tokens that stand unchanged on both sides (names, numbers, link targets, code); `kept` are those of them
    that a translation has to have (all but words of the prose), empty on the Chinese side; `lexical` are Han
    character pairs; `expected` is how many English words stand behind `lexical`, on the Chinese side how many pairs
    the text has; `mergeable` blocks may be aligned two with one.
    """

    kind: Kind
    key: str
    exact: Set[str]
    kept: Set[str]
    lexical: Set[str]
    expected: int
    length: float
    mergeable: bool


def alignable(document: Document) -> list[Block]:
    """Return the blocks that say something: prose, code, images; bare HTML tags do not."""
    return [b for b in document.blocks if _says_something(b)]


def _says_something(block: Block) -> bool:
    if block.kind is Kind.CODE:
        return bool(block.content.strip())
    if block.kind is Kind.FIELD:
        return bool(block.prose.text)
    return bool(block.prose.text.strip()) or any(i.kind in (InlineKind.IMAGE, InlineKind.LINK) for i in block.inlines)


def source_features(block: Block) -> Features:
    """Return the features of an English block."""
    if block.kind is Kind.CODE:
        return _code_features(block)
    text = block.prose.text
    exact = set(_LATIN.findall(text.lower()))
    pairs = list(filter(None, map(_pairs_of, exact)))
    kept = set(filter(str.isdigit, exact)) | _inline_tokens(block)
    lexical = _EMPTY.union(*pairs)
    return Features(block.kind, block.info, exact | kept, kept, lexical, len(pairs), len(text), _is_mergeable(block))


def target_features(block: Block, vocabulary: frozenset[str]) -> Features:
    """Return the features of a Chinese block; of its character pairs, only those in `vocabulary`."""
    if block.kind is Kind.CODE:
        return _code_features(block)
    text = block.prose.text
    found = _LATIN.findall(text.lower())
    exact = set(found) | _inline_tokens(block)
    lexical = vocabulary.intersection(map(add, text, text[1:]))
    latin = sum(map(len, found))
    # A Chinese character says about as much as two and a half Latin letters.
    length = latin + (len(text) - latin) * 2.4 if has_han(text) else float(len(text))
    return Features(
        block.kind, block.info, exact, _EMPTY, lexical, max(len(text) - 1, 0), length, _is_mergeable(block)
    )


def _is_mergeable(block: Block) -> bool:
    return block.kind in _MERGEABLE


def merged(parts: Iterable[Features]) -> Features:
    """Return the features of several blocks taken as one."""
    first, *rest = parts
    return Features(
        first.kind,
        first.key,
        set(first.exact).union(*(p.exact for p in rest)),
        set(first.kept).union(*(p.kept for p in rest)),
        set(first.lexical).union(*(p.lexical for p in rest)),
        first.expected + sum(p.expected for p in rest),
        first.length + sum(p.length for p in rest),
        mergeable=True,
    )


@cache
def _pairs_of(word: str) -> frozenset[str]:
    """The Han character pairs of a word's usual renderings."""
    if len(word) < 3:
        return frozenset()
    known = priors()
    rendering = known.rendering(known.fold(word))
    if rendering is None:
        return frozenset()
    forms = [form for form, count in rendering.forms[:3] if count * 8 >= rendering.segments]
    return frozenset(a + b for form in forms for a, b in pairwise(form))


def _code_features(block: Block) -> Features:
    """Code is known by its lines; those with Han are left out, as comments and strings get translated."""
    lines = block.content.split("\n")
    if has_han(block.content):
        lines = [line for line in lines if not has_han(line)]
    exact = frozenset("line:" + line for line in map(str.strip, lines) if len(line) > 3)
    exact = exact or frozenset(_CODE_WORD.findall(block.content))
    return Features(Kind.CODE, block.info.split(",")[0], exact, _EMPTY, _EMPTY, 0, len(block.content), False)


def _inline_tokens(block: Block) -> set[str]:
    tokens: set[str] = set()
    if not block.inlines:
        return tokens
    for inline in block.inlines:
        if inline.kind is InlineKind.CODE or inline.kind is InlineKind.MATH:
            tokens.update(_LATIN.findall(inline.content.lower()))
        elif inline.kind is InlineKind.IMAGE:
            tokens.add("image:" + unquote(inline.destination).rsplit("/", 1)[-1])
        elif inline.kind is InlineKind.LINK:
            tokens.add("link:" + _link_key(inline.destination))
    return tokens


def _link_key(destination: str) -> str:
    """The last telling part of a link: hosts and language folders differ between translations."""
    path, _, fragment = destination.partition("#")
    return path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".html").removesuffix(".md") or fragment
