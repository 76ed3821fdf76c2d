"""What alignment compares: per block a set of tokens both languages share, its kind, and its length.

English words enter as the character pairs of their usual Chinese renderings, so that prose without names, numbers or
code still says what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import pairwise
from operator import add
from typing import NamedTuple, TypeVar
from urllib.parse import unquote

from bilint.align.figures import bound, comparable, plain
from bilint.evidence import priors
from bilint.model import Block, Document, Inline, InlineKind, Kind
from bilint.text.credits import is_translators_own
from bilint.text.scripts import converted, has_han, is_traditional
from bilint.text.urls import last_segment
from bilint.text.words import latin

_LITERAL = frozenset({InlineKind.CODE, InlineKind.MATH, InlineKind.PLACEHOLDER, InlineKind.TEMPLATE, InlineKind.MACRO})
_MERGEABLE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.HTML, Kind.TITLE})
T = TypeVar("T")
_EMPTY: frozenset[str] = frozenset()
_DIGIT = re.compile("[0-9]")
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
    mergeable: bool = False
    note: bool = False

    def look(self) -> Features:
        """Return the same as something to look up: blocks of one look score alike."""
        return self._replace(exact=frozenset(self.exact), kept=frozenset(self.kept), lexical=frozenset(self.lexical))


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
    texts = [b.prose.text if b.kind is not Kind.CODE else b.content if translated else "" for b in source]
    english = list(map(_made, source, source_tokens(texts, list(map(_telling_inlines, source)))))
    here = [b.prose.text if b.kind is not Kind.CODE else b.content if has_han(b.content) else "" for b in target]
    tokens = target_tokens(comparable(here, texts), [b.inlines for b in target], vocabulary(english))
    return english, [
        made._replace(note=True) if is_translators_own(block.prose.text[:_OPENING]) else made
        for block, made in zip(target, map(_made, target, tokens), strict=True)
    ]


def _telling_inlines(block: Block) -> Sequence[Inline]:
    """The inlines of an English block; links without text in headings are anchors, which translations leave out."""
    if not block.inlines or block.kind is not Kind.HEADING:
        return block.inlines
    return [i for i in block.inlines if i.text or i.kind is not InlineKind.LINK]


def _made(block: Block, found: Tokens) -> Features:
    if block.kind is Kind.CODE:
        language = block.info.split(",")[0]
        found = found._replace(kept=_lines(block.content), length=found.length or float(len(block.content)))
        return Features(Kind.CODE, language, block.container, *found)
    return Features(block.kind, block.info, block.container, *found, block.kind in _MERGEABLE)


class Tokens(NamedTuple):
    """What a stretch of text says; the fields are those of `Features`."""

    exact: Set[str]
    kept: Set[str]
    lexical: Set[str]
    expected: int
    length: float


def source_tokens(texts: Sequence[str], inlines: Sequence[Sequence[Inline]]) -> list[Tokens]:
    """Return the tokens of each English text and of the inlines in it."""
    words = [set(map(_fold, latin(plain(text)).split())) for text in texts]
    having = (_DIGIT.search(text) is not None for text in texts)
    kept = [_bound(text, each) if has else set() for text, each, has in zip(texts, words, having, strict=True)]
    pairs = [list(filter(None, map(_pairs_of, each))) for each in words]
    for exact, needed, those in zip(words, kept, inlines, strict=True):
        if those:
            needed.update(*_inline_tokens(those))
            exact |= needed  # noqa: PLW2901
    return [
        Tokens(exact, needed, _EMPTY.union(*found), len(found), float(len(text)))
        for exact, needed, found, text in zip(words, kept, pairs, texts, strict=True)
    ]


def _bound(text: str, words: Iterable[str]) -> set[str]:
    """The figures among the words of a text that a translation has to have."""
    left = bound(text)
    return set(filter(str.isdigit, words if left is text else map(_fold, latin(plain(left)).split())))


def vocabulary(source: Iterable[Features]) -> frozenset[str]:
    """Return the character pairs that an original accounts for; all others, most of those there are, say nothing."""
    return _EMPTY.union(*(f.lexical for f in source))


def target_tokens(texts: Sequence[str], inlines: Sequence[Sequence[Inline]], known: frozenset[str]) -> list[Tokens]:
    """Return the tokens of each Chinese text and of the inlines in it; of its character pairs, those in `known`."""
    texts = simplified(texts)
    found = list(map(latin, texts))
    words = [
        set(map(_fold, (latin(written) if (written := plain(text)) is not text else letters).split()))
        for text, letters in zip(texts, found, strict=True)
    ]
    kept: list[Set[str]] = [_EMPTY] * len(words)
    for number, those in enumerate(inlines):
        if those:
            code, kept[number] = _inline_tokens(those)
            words[number].update(code, kept[number])
    lexical = [known.intersection(map(add, text, text[1:])) for text in texts]
    lengths = [_length(text, len(letters) - letters.count(" ")) for text, letters in zip(texts, found, strict=True)]
    return list(map(Tokens, words, kept, lexical, [max(len(text) - 1, 0) for text in texts], lengths))


def _length(text: str, letters: int) -> float:
    """A Chinese character says about as much as two and a half Latin letters."""
    return letters + (len(text) - letters) * 2.4 if has_han(text) else float(len(text))


def simplified(texts: Sequence[str]) -> Sequence[str]:
    """Return the texts of an article in Simplified characters, as the priors are; most articles are."""
    if not is_traditional("".join(texts[:_SAMPLE])):
        return texts
    return [converted(text, "t2s") for text in texts]


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


class _Memo(dict[str, T]):
    """A function of words with what it returned, as a dictionary: every word of an article is looked up."""

    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> T:
        self[word] = value = self._function(word)
        return value


def _pairs(word: str) -> frozenset[str]:
    rendering = priors().rendering(word) if len(word) > 2 else None
    if rendering is None:
        return _EMPTY
    forms = [form for form, count in rendering.forms[:3] if count * 8 >= rendering.segments]
    return frozenset(a + b for form in forms for a, b in pairwise(form))


def _base(word: str) -> str:
    letters = word.lstrip("0123456789")
    # Of `2nd` and `4GB` the number: 第 2 个, 4 GB.
    return word.removesuffix(letters) or priors().fold(word)


_fold = _Memo(_base).__getitem__
"""The base form of a Latin word or number."""
_pairs_of = _Memo(_pairs).__getitem__
"""The Han character pairs of a word's usual renderings."""


def _lines(code: str) -> frozenset[str]:
    """Code is known by its lines; those with Han are left out, as comments and strings get translated."""
    lines = code.split("\n")
    if has_han(code):
        lines = [line for line in lines if not has_han(line)]
    return frozenset("line:" + line for line in map(str.strip, lines) if len(line) > 3)


def _inline_tokens(inlines: Iterable[Inline]) -> tuple[set[str], set[str]]:
    """What a translation keeps: the words of code and formulas; the addresses of links and images, if not replaced."""
    words: set[str] = set()
    addresses: set[str] = set()
    for inline in inlines:
        if inline.kind in _LITERAL:
            words.update(map(_fold, latin(inline.content).split()))
        elif inline.kind is InlineKind.IMAGE:
            addresses.add("image:" + unquote(inline.destination).rsplit("/", 1)[-1])
        elif inline.kind is InlineKind.LINK:
            addresses.add("link:" + _place(inline.destination))
    return words, addresses


def _place(destination: str) -> str:
    """The last telling part of a link: hosts and language folders differ between translations."""
    return last_segment(destination) or destination.partition("#")[2]
