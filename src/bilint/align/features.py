"""What alignment compares: per block a set of tokens both languages share, its kind, and its length.

English words enter as the character pairs of their usual Chinese renderings, so that prose without names, numbers or
code still says what it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from functools import cache
from itertools import pairwise
from operator import add
from typing import NamedTuple
from urllib.parse import unquote

from bilint.evidence import priors
from bilint.model import Block, Document, Inline, InlineKind, Kind
from bilint.text.credits import is_translators_own
from bilint.text.scripts import converted, has_han, is_traditional
from bilint.text.words import latin

_MERGEABLE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.HTML, Kind.TITLE})
_EMPTY: frozenset[str] = frozenset()
_SAMPLE = 100
_OPENING = 8
"""A translator's note says so in its first characters; a paragraph may hold one further on."""


class Features(NamedTuple):
    """One block as the aligner sees it.

    `exact` are tokens that stand unchanged on both sides: names, numbers, link targets, words of code. `kept` are those
    that a translation has to have: all but the words of the prose; of the Chinese, only addresses; of code, its lines
    without Han. `lexical` are Han character pairs; `expected` is how many English words stand behind them, on the
    Chinese side how many pairs the text has. `mergeable` blocks may be aligned two with one. A `note` is by the
    translator, or names the original.
    """

    kind: Kind
    key: str
    container: tuple[str, ...]
    exact: Set[str]
    kept: Set[str]
    lexical: Set[str]
    expected: int
    length: float
    mergeable: bool
    note: bool = False


def alignable(document: Document) -> list[Block]:
    """Return the blocks that say something: prose, code, images; bare HTML tags do not."""
    return [b for b in document.blocks if _says_something(b)]


def _says_something(block: Block) -> bool:
    if block.kind is Kind.CODE:
        return bool(block.content.strip())
    if block.kind is Kind.FIELD:
        return bool(block.prose.text)
    return bool(block.prose.text.strip()) or any(i.kind in (InlineKind.IMAGE, InlineKind.LINK) for i in block.inlines)


def features(source: Sequence[Block], target: Sequence[Block]) -> tuple[list[Features], list[Features]]:
    """Return the features of the English and of the Chinese blocks of an article."""
    translated = any(block.kind is Kind.CODE and has_han(block.content) for block in target)
    english = [_source_code(b, translated=translated) if b.kind is Kind.CODE else _source(b) for b in source]
    # Character pairs that the original cannot account for say nothing; they are most of all there are.
    vocabulary = _EMPTY.union(*(f.lexical for f in english))
    simplified = simplifier(target)
    return english, [_target(block, vocabulary, simplified) for block in target]


def _source(block: Block) -> Features:
    text = block.prose.text
    found = source_tokens(text)
    inlines = block.inlines
    if inlines and block.kind is Kind.HEADING:  # a link without text there is an anchor, which translations leave out
        inlines = tuple(i for i in inlines if i.text or i.kind is not InlineKind.LINK)
    kept = set(filter(str.isdigit, found.exact)) | inline_tokens(inlines)
    return _made(block, found.exact | kept, kept, found, len(text))


def _source_code(block: Block, *, translated: bool) -> Features:
    found = source_tokens(block.content) if translated else _NOTHING
    return _made(block, found.exact, _lines(block.content), found, len(block.content))


def _target(block: Block, vocabulary: frozenset[str], simplified: Callable[[str], str]) -> Features:
    if block.kind is Kind.CODE:
        text, kept = block.content, _lines(block.content)
        found = target_tokens(simplified(text), vocabulary) if has_han(text) else _NOTHING
        return _made(block, found.exact, kept, found, found.length or len(text))
    found = target_tokens(simplified(block.prose.text), vocabulary)
    inlines = inline_tokens(block.inlines)
    made = _made(block, found.exact | inlines, addresses(inlines), found, found.length)
    return made._replace(note=True) if is_translators_own(block.prose.text[:_OPENING]) else made


def _made(block: Block, exact: Set[str], kept: Set[str], found: Tokens, length: float) -> Features:
    key = block.info.split(",")[0] if block.kind is Kind.CODE else block.info
    mergeable = block.kind in _MERGEABLE
    return Features(block.kind, key, block.container, exact, kept, found.lexical, found.expected, length, mergeable)


class Tokens(NamedTuple):
    """What a stretch of text says: words and numbers, character pairs, how many stand behind them, its length."""

    exact: Set[str]
    lexical: Set[str]
    expected: int
    length: float


_NOTHING = Tokens(_EMPTY, _EMPTY, 0, 0.0)


def source_tokens(text: str) -> Tokens:
    """Return the tokens of English text."""
    words = _words(latin(text))
    pairs = list(filter(None, map(_pairs_of, words)))
    return Tokens(words, _EMPTY.union(*pairs), len(pairs), len(text))


def target_tokens(text: str, vocabulary: frozenset[str]) -> Tokens:
    """Return the tokens of Chinese text, in Simplified characters; of its character pairs, those in `vocabulary`."""
    found = latin(text)
    lexical = vocabulary.intersection(map(add, text, text[1:]))
    letters = len(found) - found.count(" ")
    # A Chinese character says about as much as two and a half Latin letters.
    length = letters + (len(text) - letters) * 2.4 if has_han(text) else float(len(text))
    return Tokens(_words(found), lexical, max(len(text) - 1, 0), length)


class _Folds(dict[str, str]):
    """Latin words → their base forms; a dictionary, as every word of an article is looked up."""

    def __missing__(self, word: str) -> str:
        self[word] = base = priors().fold(word)
        return base


_fold = _Folds().__getitem__
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def _words(text: str) -> set[str]:
    return set(map(_fold, text.split()))


def simplifier(target: Sequence[Block]) -> Callable[[str], str]:
    """Return what makes the text of the article Simplified, as the priors are; nothing to do for most articles."""
    text = "".join(block.prose.text for block in target[:_SAMPLE])
    return _simplified if is_traditional(text) else _unchanged


def _simplified(text: str) -> str:
    return converted(text, "t2s")


def _unchanged(text: str) -> str:
    return text


def merged(parts: Iterable[Features]) -> Features:
    """Return the features of several blocks taken as one."""
    first, *rest = parts
    return Features(
        first.kind,
        first.key,
        first.container,
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
    rendering = known.rendering(word)
    if rendering is None:
        return frozenset()
    forms = [form for form, count in rendering.forms[:3] if count * 8 >= rendering.segments]
    return frozenset(a + b for form in forms for a, b in pairwise(form))


def _lines(code: str) -> frozenset[str]:
    """Code is known by its lines; those with Han are left out, as comments and strings get translated."""
    lines = code.split("\n")
    if has_han(code):
        lines = [line for line in lines if not has_han(line)]
    return frozenset("line:" + line for line in map(str.strip, lines) if len(line) > 3)


def inline_tokens(inlines: Iterable[Inline]) -> set[str]:
    """Return the tokens of code, formulas, images and links, which a translation keeps."""
    tokens: set[str] = set()
    for inline in inlines:
        if inline.kind is InlineKind.CODE or inline.kind is InlineKind.MATH:
            tokens |= _words(latin(inline.content))
        elif inline.kind is InlineKind.IMAGE:
            tokens.add("image:" + unquote(inline.destination).rsplit("/", 1)[-1])
        elif inline.kind is InlineKind.LINK:
            tokens.add("link:" + _link_key(inline.destination))
    return tokens


def addresses(tokens: Iterable[str]) -> set[str]:
    """Return those of `inline_tokens` that stand for links and images, which translators may replace by others."""
    return {token for token in tokens if ":" in token}


def _link_key(destination: str) -> str:
    """The last telling part of a link: hosts and language folders differ between translations."""
    path, _, fragment = destination.partition("#")
    return path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".html").removesuffix(".md") or fragment
