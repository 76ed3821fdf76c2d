"""What alignment compares: per block a set of tokens both languages share, its kind, and its length.

English words enter as the character pairs of their usual Chinese renderings, so that prose without names, numbers or
code still says what it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from itertools import pairwise
from operator import add
from typing import NamedTuple, TypeVar
from urllib.parse import unquote

from bilint.evidence import priors
from bilint.model import Block, Document, Inline, InlineKind, Kind
from bilint.text.credits import is_translators_own
from bilint.text.scripts import converted, has_han, is_traditional
from bilint.text.words import latin

_MERGEABLE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.HTML, Kind.TITLE})
T = TypeVar("T")
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
    inlines = block.inlines
    if inlines and block.kind is Kind.HEADING:  # a link without text there is an anchor, which translations leave out
        inlines = tuple(i for i in inlines if i.text or i.kind is not InlineKind.LINK)
    return _made(block, source_tokens(block.prose.text, inlines))


def _source_code(block: Block, *, translated: bool) -> Features:
    found = source_tokens(block.content) if translated else _NOTHING
    return _made(block, found._replace(kept=_lines(block.content), length=float(len(block.content))))


def _target(block: Block, vocabulary: frozenset[str], simplified: Callable[[str], str]) -> Features:
    if block.kind is Kind.CODE:
        text = block.content
        found = target_tokens(simplified(text), vocabulary) if has_han(text) else _NOTHING
        return _made(block, found._replace(kept=_lines(text), length=found.length or float(len(text))))
    made = _made(block, target_tokens(simplified(block.prose.text), vocabulary, block.inlines))
    return made._replace(note=True) if is_translators_own(block.prose.text[:_OPENING]) else made


def _made(block: Block, found: Tokens) -> Features:
    kind = block.kind
    key = block.info.split(",")[0] if kind is Kind.CODE else block.info
    return Features(kind, key, block.container, *found, kind in _MERGEABLE)


class Tokens(NamedTuple):
    """What a stretch of text says; the fields are those of `Features`."""

    exact: Set[str]
    kept: Set[str]
    lexical: Set[str]
    expected: int
    length: float


_NOTHING = Tokens(_EMPTY, _EMPTY, _EMPTY, 0, 0.0)


def source_tokens(text: str, inlines: Iterable[Inline] = ()) -> Tokens:
    """Return the tokens of English text and of the inlines in it."""
    exact = _words(text)
    kept = set(filter(str.isdigit, exact))
    pairs = list(filter(None, map(_pairs_of, exact)))
    if inlines:
        words, addresses = _inline_tokens(inlines)
        kept |= words
        kept |= addresses
        exact |= kept
    return Tokens(exact, kept, _EMPTY.union(*pairs), len(pairs), float(len(text)))


def target_tokens(text: str, vocabulary: frozenset[str], inlines: Iterable[Inline] = ()) -> Tokens:
    """Return the tokens of Chinese text, in Simplified characters, and of the inlines in it.

    Of its character pairs, those in `vocabulary`.
    """
    found = latin(text)
    exact = set(map(_fold, found.split()))
    kept: Set[str] = _EMPTY
    if inlines:
        words, kept = _inline_tokens(inlines)
        exact |= words
        exact |= kept
    letters = len(found) - found.count(" ")
    # A Chinese character says about as much as two and a half Latin letters.
    length = letters + (len(text) - letters) * 2.4 if has_han(text) else float(len(text))
    return Tokens(exact, kept, vocabulary.intersection(map(add, text, text[1:])), max(len(text) - 1, 0), length)


def _words(text: str) -> set[str]:
    """The Latin words and numbers of a text, by their base forms."""
    return set(map(_fold, latin(text).split()))


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


_fold = _Memo(lambda word: priors().fold(word)).__getitem__
"""The base form of a Latin word."""
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
        if inline.kind is InlineKind.CODE or inline.kind is InlineKind.MATH:
            words |= _words(inline.content)
        elif inline.kind is InlineKind.IMAGE:
            addresses.add("image:" + unquote(inline.destination).rsplit("/", 1)[-1])
        elif inline.kind is InlineKind.LINK:
            addresses.add("link:" + _link_key(inline.destination))
    return words, addresses


def _link_key(destination: str) -> str:
    """The last telling part of a link: hosts and language folders differ between translations."""
    path, _, fragment = destination.partition("#")
    return path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".html").removesuffix(".md") or fragment
