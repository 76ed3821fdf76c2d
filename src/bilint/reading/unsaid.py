"""Sentences of the original that an otherwise translated paragraph does not say."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cached_property, lru_cache
from itertools import chain, islice
from statistics import median
from typing import NamedTuple

from bilint.lexicon import (
    Content,
    Rates,
    Said,
    Stretches,
    Term,
    content,
    content_of,
    least_said,
    piece_of,
    said,
    stretch_of,
)
from bilint.model import WRITTEN, AlignedPair, Bitext, Block, InlineKind, Kind, Segment, Span
from bilint.reading.condensed import is_condensed
from bilint.reading.held import held_pairs
from bilint.reading.reading import Reading
from bilint.text.scripts import han_count, has_han, is_traditional
from bilint.text.sentences import is_one_sentence, sentence_spans
from bilint.text.words import words

_LOOK, _UNSAID = -2.0, -3.0
"""Up to the second ratio the words of a sentence are not said; up to the first, shipped rates alone may be wrong."""
_TOLD = 0.5
"""From this weight on it is told. Of sentences taken away, one at a time, two in three are; with 1, three in five."""
_PER_RATIO, _NEUTRAL = 4.0, -4.0
"""So much of the ratio counts as much as one of the margin; this ratio neither adds nor takes."""
_LEAST = 4
_MOST = 30
"""Fewer words tell little; the time to align sentences grows with the square of their number."""
_NEAR = 2
"""Target blocks looked at on either side for what may be said there instead."""
_READ = frozenset({Kind.PARAGRAPH, Kind.ITEM})
_SPREAD, _SHORT = 0.16, 1.4
"""The logarithm of the ratio of lengths spreads by the first, and by the second over the root of the letters more."""
_AS_LONG, _LONG, _LEAST_SHARE = -0.3, 1.0, 0.05
"""Up to the first, the logarithm of the odds that a paragraph of this length lacks a sentence, no words are looked at;
nor where it is so many spreads longer than usual."""
_HAN = 2.4
"""Latin letters for what a Han character says."""
_LEAST_PAIRS = 5
_PRIOR, _PRIOR_BASE, _SUREST = 3.0, 25.0, 0.97
"""The shipped rates of a term weigh as much as so many blocks of the article, and as so many of its sentences."""
_SAMPLE = 100


class Unsaid(NamedTuple):
    """A sentence of the original, from 1 the `number` of its `sentences`, that is not said in the target of its pair.

    `said` tells which words are not, `weight` how sure that is, from 0.5 up.
    """

    pair: AlignedPair
    segment: Segment
    number: int
    sentences: int
    said: Said
    weight: float


@lru_cache(maxsize=2)
def left_out(reading: Reading) -> tuple[Unsaid, ...]:
    """Return the sentences left out of an article's text; see `unsaid`."""
    bitext = reading.article.bitext
    return tuple(unsaid(bitext, reading.pairs(WRITTEN), reading.is_text)) if bitext else ()


def unsaid(bitext: Bitext, pairs: Sequence[AlignedPair], is_text: Callable[[Block], bool]) -> Iterator[Unsaid]:
    """Yield the sentences left out of these pairs of `bitext`, in the order of the pairs and of the original.

    `is_text` tells of a block whether it is for readers to read; it is asked of few.

    Their words are not said in the paragraph or beside it, and the alignment of sentences leaves them over. `weight`
    is the margin of that, a log-likelihood ratio, with a fourth of what the words say more.
    """
    held = {id(pair.source[0]) for pair in held_pairs(bitext)}
    read = [pair for pair in pairs if _is_read(pair, held)]
    lengths = list(map(_length, read))
    usual = median(lengths) if len(lengths) >= _LEAST_PAIRS else 0.0
    article = _Around(bitext)
    for pair, length in zip(read, lengths, strict=True):
        if len(pair.source) == 1 and is_one_sentence(pair.source[0].prose.text):
            continue
        spread = _SPREAD + _SHORT / math.sqrt(sum([len(block.prose.text) for block in pair.source]) + 1)
        short = (length - usual) / spread
        places = _sentences(pair.source) if short <= _LONG else []
        suspects = _suspects(places, short, spread) if 2 <= len(places) <= _MOST else []
        if suspects and not is_condensed(pair) and all(map(is_text, pair.source)):
            yield from _left_out(pair, [Segment(*place) for place in places], suspects, article)


def _is_read(pair: AlignedPair, held: Set[int]) -> bool:
    """Whether a pair is prose and right: a paragraph that lost much scores less, but what is beside it holds it."""
    if not (pair.is_firm or (pair.is_likely and id(pair.source[0]) in held)):
        return False
    is_prose = _READ.issuperset([block.kind for block in (*pair.source, *pair.target)])
    return is_prose and any(map(has_han, [block.prose.text for block in pair.target]))


def _length(pair: AlignedPair) -> float:
    """The logarithm of the ratio of lengths, target by source."""
    return math.log((_letters(pair.target) + 1) / (_letters(pair.source) + 1))


def _letters(blocks: Sequence[Block]) -> float:
    text = blocks[0].prose.text if len(blocks) == 1 else "".join([block.prose.text for block in blocks])
    return len(text) + (_HAN - 1) * han_count(text)


def _sentences(blocks: Sequence[Block]) -> list[tuple[Block, Span]]:
    """The sentences of paragraphs and list items: of most nothing but their lengths is looked at."""
    return [(block, span) for block in blocks for span in sentence_spans(block.prose.text)]


def _suspects(places: Sequence[tuple[Block, Span]], short: float, spread: float) -> list[int]:
    """The numbers of the sentences that may be missing: without them the length of the translation is no surprise."""
    lengths = [end - start for _, (start, end) in places]
    letters = sum(lengths) + 1
    shares = (math.log(max(1 - length / letters, _LEAST_SHARE)) / spread for length in lengths)
    return [number for number, share in enumerate(shares) if (short**2 - (short - share) ** 2) / 2 > _AS_LONG]


def _left_out(pair: AlignedPair, sentences: list[Segment], suspects: list[int], article: _Around) -> Iterator[Unsaid]:
    contents = _Contents(sentences)
    stretch = stretch_of(pair.target, traditional=article.is_traditional)
    everything = range(len(sentences))
    wanted = [
        number
        for number in suspects
        if len(words(sentences[number].text)) >= _LEAST
        and least_said(contents[number], stretch) <= _LOOK
        and said(contents[number], stretch, _others(contents, number, everything)).ratio <= _LOOK
    ]
    if not wanted:
        return
    rates = article.rates(pair)
    wanted = [number for number in wanted if least_said(contents[number], stretch, rates) <= _UNSAID]
    target = [Segment(*place) for place in _sentences(pair.target)] if wanted else []
    if not 0 < len(target) <= _MOST:
        return
    margin = _margins(sentences, target)
    there = [number for number in everything if margin[number] < 0]
    for number in wanted:
        found = said(contents[number], stretch, _others(contents, number, there), rates)
        weight = margin[number] - (found.ratio - _NEUTRAL) / _PER_RATIO
        if found.ratio <= _UNSAID and weight >= _TOLD and not article.says(contents[number], found, pair):
            yield Unsaid(pair, sentences[number], number + 1, len(sentences), found, weight)


def _margins(source: Sequence[Segment], target: Sequence[Segment]) -> list[float]:
    from bilint.align.margins import margins

    return margins(source, target)


class _Contents(dict[int, Content]):
    """What the sentences of a paragraph say, by their numbers: of most paragraphs nobody asks."""

    def __init__(self, sentences: Sequence[Segment]) -> None:
        super().__init__()
        self._sentences = sentences

    def __missing__(self, number: int) -> Content:
        segment = self._sentences[number]
        start, end = segment.span
        inlines = (i for i in segment.block.inlines if i.kind is InlineKind.CODE and start <= i.text.start < end)
        found = self[number] = content(segment.text, [inline.content for inline in inlines])
        return found


def _others(contents: _Contents, number: int, there: Sequence[int]) -> Content:
    """What the other sentences say that are there."""
    rest = [contents[other] for other in there if other != number]
    return Content(tuple(chain(*(each.terms for each in rest))), tuple(chain(*(each.exact for each in rest))))


class _Around:
    """What the rest of the article tells: how it renders terms, and whether a sentence is said beside its paragraph."""

    def __init__(self, bitext: Bitext) -> None:
        self._bitext = bitext
        self._known: dict[str, _Uses] = {}

    @cached_property
    def is_traditional(self) -> bool:
        """Whether the translation is in Traditional characters."""
        return is_traditional("".join(block.prose.text for block in self._bitext.target.blocks[:_SAMPLE]))

    def rates(self, pair: AlignedPair) -> Rates:
        """Return how often the translation of a term shows it outside `pair`, and how often other blocks do."""
        at = self._numbers[id(self._bitext.pair_of(pair.source[0]))]
        length = sum(each for number, each in enumerate(self._stretches.lengths) if number != at)

        def rates(term: Term) -> tuple[float, float]:
            has, shows = (numbers - {at} for numbers in self._uses(term))
            hit = (len(has & shows) + _PRIOR * term.hit) / (len(has) + _PRIOR)
            base = (len(shows - has) + _PRIOR_BASE * term.base) / (length + _PRIOR_BASE)
            return min(hit, _SUREST), base

        return rates

    def says(self, sentence: Content, found: Said, pair: AlignedPair) -> bool:
        """Return whether a sentence may stand in markup, in what is unaligned beside its pair, or in blocks near it."""
        text = self._bitext.target.text[pair.target[0].start : pair.target[-1].span.end].lower()
        if found.unsaid_exact and all(exact.text in text for exact in found.unsaid_exact):
            return True
        pairs = self._bitext.pairs
        own = self._bitext.pair_of(pair.source[0])
        at = next(n for n, each in enumerate(pairs) if each is own)
        if any(
            not each.source and _is_prose(each.target)
            for each in (*pairs[max(at - 1, 0) : at], *pairs[at + 1 : at + 2])
        ):
            return True
        before = ((block, each) for each in reversed(pairs[:at]) for block in reversed(each.target))
        after = ((block, each) for each in islice(pairs, at + 1, None) for block in each.target)
        return any(
            said(sentence, stretch_of((block,), traditional=self.is_traditional), content_of(each.source)).ratio >= 0
            for block, each in (*islice(before, _NEAR), *islice(after, _NEAR))
        )

    def _uses(self, term: Term) -> _Uses:
        if term.text not in self._known:
            has = {number for number, english in enumerate(self._english) if term.text in english}
            self._known[term.text] = _Uses(has, self._stretches.saying(term))
        return self._known[term.text]

    @cached_property
    def _aligned(self) -> list[AlignedPair]:
        return [pair for pair in self._bitext.pairs if pair.source and pair.target]

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {id(pair): number for number, pair in enumerate(self._aligned)}

    @cached_property
    def _english(self) -> list[str]:
        return [_text(pair.source).lower() for pair in self._aligned]

    @cached_property
    def _stretches(self) -> Stretches:
        return Stretches([piece_of(pair.target, traditional=self.is_traditional) for pair in self._aligned])


class _Uses(NamedTuple):
    """The numbers of the pairs whose English has a term, and of those whose Chinese shows it."""

    has: set[int]
    shows: set[int]


def _is_prose(blocks: Sequence[Block]) -> bool:
    return any(block.kind in _READ for block in blocks)


def _text(blocks: Sequence[Block]) -> str:
    return "\n".join(block.prose.text for block in blocks)
