"""The sentences of aligned blocks → aligned pairs of segments, by dynamic programming over lengths and terms.

Nothing here runs unless asked for: `bilint check` works on blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bilint.align.confidence import SENTENCES as SENTENCE_CALIBRATION
from bilint.align.confidence import confidences
from bilint.align.features import Features, Tokens, merged, simplified, source_tokens, target_tokens
from bilint.align.figures import comparable
from bilint.align.path import Move, best_path, cell_by_cell
from bilint.align.scores import Scorer
from bilint.align.semantic import Encoder, SecondLook
from bilint.align.terms import TermScores
from bilint.model import AlignedPair, Block, Inline, Kind, Segment, SegmentPair, Span
from bilint.text.sentences import sentence_spans

COSTS = {
    (1, 1): 0.0,
    (1, 0): -4.0,
    (0, 1): -4.0,
    (1, 2): -3.0,
    (2, 1): -3.0,
    (2, 2): -6.0,
    (1, 3): -4.8,
    (3, 1): -4.8,
}
"""What a move costs beside the evidence of its segments; free translations merge more often than they leave out."""
_FOR = 1.0
"""Sentences of the same paragraph are likelier to go together than blocks of the same article."""
_STEPS = tuple(COSTS)
_SURE = 1.0
"""As many sentences on both sides and no pair that scores below this: one to one, without a search."""
_WHOLE = frozenset({Kind.HEADING, Kind.CODE, Kind.CELL, Kind.TITLE, Kind.FIELD})


def segments(block: Block) -> tuple[Segment, ...]:
    """Return the sentences of a block in order; a heading, table cell, field or code block is one."""
    if block.kind is Kind.CODE:
        return (Segment(block, Span(0, len(block.content))),) if block.content else ()
    text = block.prose.text
    if block.kind in _WHOLE:
        return (Segment(block, Span(0, len(text))),) if text else ()
    return tuple(Segment(block, span) for span in sentence_spans(text))


def align_sentences(pair: AlignedPair, encoder: Encoder | None = None) -> tuple[SegmentPair, ...]:
    """Return the aligned segments of a pair of blocks, in the order of both sides; every segment is in exactly one.

    Where they are in doubt, an encoder is asked (`bilint.align.semantic`).
    """
    source = [segment for block in pair.source for segment in segments(block)]
    target = [segment for block in pair.target for segment in segments(block)]
    if len(source) == len(target) == 1:
        return (SegmentPair(tuple(source), tuple(target), pair.score),)
    return align_segments(source, target, encoder)


def align_segments(
    source: Sequence[Segment], target: Sequence[Segment], encoder: Encoder | None = None
) -> tuple[SegmentPair, ...]:
    """Return the aligned pairs of segments that were cut elsewhere, in the order of both sides."""
    moves = segment_moves(source, target, encoder)
    return tuple(
        SegmentPair(tuple(source[i0:i1]), tuple(target[j0:j1]), score)
        for (i0, i1, j0, j1, _), score in zip(moves, confidences(moves, SENTENCE_CALIBRATION), strict=True)
    )


def segment_moves(source: Sequence[Segment], target: Sequence[Segment], encoder: Encoder | None = None) -> list[Move]:
    """Return which runs of segments go together, in ascending order; the scores are log-likelihood ratios."""
    if not source or not target:
        skipped = [Move(i, i + 1, 0, 0, 0.0) for i in range(len(source))]
        return skipped + [Move(len(source), len(source), j, j + 1, 0.0) for j in range(len(target))]
    window = Window(source, target)
    moves = window.diagonal() or best_path((0, len(source), 0, len(target)), _STEPS, cell_by_cell(window.value))
    if encoder is None:
        return moves
    english, chinese = ([segment.text for segment in side] for side in (source, target))
    return SecondLook(english, chinese, _STEPS, window.value, encoder).moves(moves)


class Window:
    """The scores of all runs of segments of a pair of blocks; `costs` are what the moves cost beside them."""

    def __init__(
        self, source: Sequence[Segment], target: Sequence[Segment], costs: Mapping[tuple[int, int], float] = COSTS
    ) -> None:
        self._costs = costs
        texts = [segment.text for segment in source]
        translated = simplified([segment.text for segment in target])
        self._source = list(map(_features, source_tokens(texts, list(map(inlines_of, source)))))
        tokens = target_tokens(comparable(translated, texts), list(map(inlines_of, target)), frozenset())
        self._target = list(map(_features, tokens))
        self._score = Scorer(self._source)
        self._terms = TermScores(texts, translated)
        self._runs: tuple[dict[tuple[int, int], Features], dict[tuple[int, int], Features]] = ({}, {})

    def diagonal(self) -> list[Move]:
        """Return the moves of one to one where these are good enough to search for no others, else none."""
        if len(self._source) != len(self._target):
            return []
        scores = [self.value(n, n, 1, 1) for n in range(1, len(self._source) + 1)]
        return [Move(n, n + 1, n, n + 1, score) for n, score in enumerate(scores)] if min(scores) > _SURE else []

    def value(self, i: int, j: int, di: int, dj: int) -> float:
        """Return what it is worth that the `di` segments before number `i` go with the `dj` before `j`."""
        cost = self._costs[di, dj]
        if not di or not dj:
            return cost
        source = self._run(i, di, of_target=False)
        return cost + _FOR + self._score(source, self._run(j, dj, of_target=True)) + self._terms(i, j, di, dj)

    def _run(self, end: int, count: int, *, of_target: bool) -> Features:
        """The features of the `count` segments before number `end`, taken as one."""
        items, known = (self._target, self._runs[1]) if of_target else (self._source, self._runs[0])
        if count == 1:
            return items[end - 1]
        if (end, count) not in known:
            known[end, count] = merged(items[end - count : end])
        return known[end, count]


def _features(found: Tokens) -> Features:
    # The lexicon says better what the words of a sentence become.
    return Features(Kind.PARAGRAPH, "", (), *found._replace(lexical=frozenset(), expected=0), mergeable=True)


def inlines_of(segment: Segment) -> tuple[Inline, ...]:
    """Return the inlines of its block that begin in a segment."""
    start, end = segment.span
    return tuple(i for i in segment.block.inlines if start <= i.text.start < end)
