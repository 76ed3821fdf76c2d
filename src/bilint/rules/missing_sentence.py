"""missing-sentence: a sentence of the original is gone from its paragraph."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from bilint.evidence import priors
from bilint.model import AlignedPair, Block, Confidence, Finding, Kind, SegmentPair, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.text.credits import is_promotion
from bilint.text.scripts import converted, has_han, is_traditional
from bilint.text.sentences import sentence_spans
from bilint.text.words import FUNCTION_WORDS, words

_PROSE = (Kind.PARAGRAPH, Kind.ITEM)
_SHORTEST = 80
"""Code points of a paragraph in which a sentence can be missed."""
_ALIGNED = 0.5
_HAN = 2.4
"""A Han character says about as much as so many Latin letters."""
_TOO_SHORT = -0.25
"""The logarithm of the length expected of a paragraph from which nothing is missing is above this, mostly."""
_FITS = 0.1
"""Without the sentence, the length of the paragraph is not above what is expected by more than this."""
_NEIGHBOURS = 0.9
"""The sentences beside the missing one are aligned with at least this score."""
_WORDS = 6
_KNOWN, _SAID, _SURELY = 3, 0.3, 0.1
"""Of at least so many words with known renderings, at most these shares are rendered in the paragraph, by chance."""


class _Gap(NamedTuple):
    """Sentences without a counterpart, between sentences that are aligned."""

    pair: SegmentPair
    beside: tuple[SegmentPair, ...]

    def holds(self, sentence: Span) -> bool:
        """Whether the sentence is one of them."""
        return any(segment.span == sentence for segment in self.pair.source)


@rule(severity=Severity.WARNING, confidence=Confidence.MEDIUM, mqm="accuracy/omission")
def check(pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
    """A sentence of the original has no counterpart in the translated paragraph.

    ## Why
    A skipped sentence leaves no trace for those who read the Chinese alone. Translators merge and reword sentences all
    the time, though. So a paragraph is looked at only when it is too short, and a sentence is reported when its
    neighbours are aligned, the paragraph has the right length without it, and hardly any of its words are rendered
    there. Unless it is next to none, the confidence is low: free translation looks the same.

    ## Bad
    ```en
    The lighthouse has a lamp with 3 wicks and a brass mirror. Never leave the door open when children are on the
    stairs. Ships see the light from 40 miles away.
    ```
    ```zh
    灯塔里有一盏带 3 根灯芯和一面黄铜镜的灯。船只在 40 英里外就能看到灯光。
    ```

    ## Good
    ```en
    The lighthouse has a lamp with 3 wicks and a brass mirror. Never leave the door open when children are on the
    stairs. Ships see the light from 40 miles away.
    ```
    ```zh
    灯塔里有一盏带 3 根灯芯和一面黄铜镜的灯。楼梯上有孩子时，切勿敞着门。船只在 40 英里外就能看到灯光。
    ```

    ## Source
    MQM 2.0, Accuracy / Omission.
    """
    candidates = list(_candidates(pair)) if _is_short(pair) else []
    gaps = list(_gaps(context.sentences(pair))) if candidates else []
    for span, confidence in candidates:
        for gap in gaps:
            if gap.holds(span):
                yield context.finding(
                    "a sentence of the original is missing",
                    _place(gap, pair.target[0]),
                    source=pair.source[0].prose.span(*span),
                    confidence=confidence,
                )


def _is_short(pair: AlignedPair) -> bool:
    if len(pair.source) != 1 or len(pair.target) != 1 or pair.score < _ALIGNED or pair.source[0].kind not in _PROSE:
        return False
    english, chinese = pair.source[0].prose.text, pair.target[0].prose.text
    if len(english) < _SHORTEST or _excess(len(english), chinese) > _TOO_SHORT or not has_han(chinese):
        return False
    return sum(map(english.count, ".?!:;")) > sum(map(chinese.count, "。？！：；"))


def _excess(expected: int, chinese: str) -> float:
    """The logarithm of how much longer than expected a Chinese text is, in Latin letters."""
    wide = (len(chinese.encode("utf-8", "surrogatepass")) - len(chinese)) / 2  # three bytes a character
    length = len(chinese) - wide + _HAN * wide
    return math.log(length / expected) if length and expected > 0 else math.inf


def _candidates(pair: AlignedPair) -> Iterator[tuple[Span, Confidence]]:
    """Sentences of which hardly a word is said, and without which the paragraph has the length expected."""
    english, chinese = pair.source[0].prose.text, pair.target[0].prose.text
    for span in sentence_spans(english):
        sentence = english[span.start : span.end]
        if _excess(len(english) - len(sentence), chinese) > _FITS or is_promotion(sentence):
            continue
        said, of = _said(sentence, chinese) if len(words(sentence)) >= _WORDS else (0, 0)
        if of >= _KNOWN and said <= _SAID * of:
            yield span, Confidence.MEDIUM if of > _KNOWN and said <= _SURELY * of else Confidence.LOW


def _gaps(pairs: tuple[SegmentPair, ...]) -> Iterator[_Gap]:
    for number, pair in enumerate(pairs):
        if not pair.target:
            beside = (*pairs[max(number - 1, 0) : number], *pairs[number + 1 : number + 2])
            aligned = tuple(other for other in beside if other.target)
            if aligned and min(other.score for other in aligned) >= _NEIGHBOURS:
                yield _Gap(pair, aligned)


def _said(sentence: str, chinese: str) -> tuple[int, int]:
    """How many words of a sentence are rendered in a text, of how many whose renderings are known."""
    known = priors()
    chinese = converted(chinese, "t2s") if is_traditional(chinese) else chinese
    content = {known.fold(word) for word in words(sentence) if word not in FUNCTION_WORDS and len(word) > 2}
    renderings = [found for word in content if (found := known.rendering(word))]
    pairs = [{a + b for form, _ in found.forms[:3] for a, b in pairwise(form)} for found in renderings]
    return sum(any(map(chinese.__contains__, each)) for each in pairs), len(pairs)


def _place(gap: _Gap, block: Block) -> Span:
    """The end of the sentence before the gap, or the beginning of the paragraph."""
    before = [other.target[-1].span.end for other in gap.beside if other.source[0].span < gap.pair.source[0].span]
    return block.prose.span(before[0] - 1, before[0]) if before else block.prose.span(0, 1)
