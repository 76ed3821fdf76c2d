"""Sentences and blocks that belong together, read as one text each."""

from __future__ import annotations

from collections.abc import Sequence

from bilint.model import AlignedPair, Segment, SegmentPair, Span


class Joined:
    """The text of several segments, with the way back."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = [segment for segment in segments if segment.text]  # a block of code has no prose to point at
        self.text = "\n".join(segment.text for segment in self._segments)

    def span(self, start: int, end: int) -> Span:
        """Return where a range of the text stands in its document; at most to the end of the segment it begins in."""
        for segment in self._segments:
            length = segment.span.end - segment.span.start
            if start <= length:
                at = segment.span.start + start
                return segment.block.prose.span(at, min(at + end - start, segment.span.end))
            start, end = start - length - 1, end - length - 1
        raise IndexError(start)


def whole(pair: AlignedPair) -> SegmentPair:
    """Return a pair of blocks read as one pair of segments."""
    source, target = (
        tuple(Segment(block, Span(0, len(block.prose.text))) for block in side) for side in (pair.source, pair.target)
    )
    return SegmentPair(source, target, pair.score)
