"""What a first round teaches about an article: how its repeated texts are said, and how much has no counterpart.

"Parameters" that is 参数 in five places is 参数 in the sixth, and where nearly every block has a counterpart, a
doubtful pair is likelier than a block dropped and another added in the same place.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from bilint.align.path import Move

_KNOWN, _CONTRADICTED = 4.0, -2.0
_OFTEN, _MOSTLY = 2, 0.6
"""A text has a usual counterpart when it was aligned with it this often, in this share of its uses."""
_USUAL_GAPS, _USUAL_BLOCKS = 1.5, 30.0
_CHEAPEST, _DEAREST = -2.5, -3.0


class Memory:
    """Counterparts of repeated texts, by the texts of the blocks on both sides."""

    def __init__(self, source: Sequence[str], target: Sequence[str], path: Iterable[Move]) -> None:
        self._source, self._target = source, target
        pairs = Counter(
            (source[m.i0], target[m.j0])
            for m in path
            if m.i1 - m.i0 == m.j1 - m.j0 == 1 and source[m.i0] != target[m.j0]
        )
        self._usual = _usual(pairs, 0, Counter(source)), _usual(pairs, 1, Counter(target))
        self._usual_here = [self._usual[1].get(text) for text in target]

    def __bool__(self) -> bool:
        """Whether any text has a usual counterpart: without one there is never a bonus."""
        return any(self._usual)

    def added(self, values: list[float], i: int, first: int) -> list[float]:
        """Return the values of source text i with the target texts from `first` on, and what is usual added to them.

        It speaks for a pair or against it; a pair of texts without a usual counterpart stays as it is.
        """
        source = self._source[i]
        there, here = self._usual[0].get(source), self._usual_here[first : first + len(values)]
        if there is None and not any(here):
            return values
        return [
            value
            if there is None is usual
            else value + (_KNOWN if there == target or usual == source else _CONTRADICTED)
            for value, usual, target in zip(values, here, self._target[first:], strict=False)
        ]


def _usual(pairs: Counter[tuple[str, str]], side: int, uses: Counter[str]) -> dict[str, str]:
    """The text that most uses of a text on `side` were aligned with."""
    return {
        pair[side]: pair[1 - side]
        for pair, count in pairs.items()
        if count >= _OFTEN and count >= _MOSTLY * uses[pair[side]] and pair[side].strip()
    }


def skip_cost(gaps: int, blocks: int) -> float:
    """Return what an unaligned block of a side costs, when `gaps` of its `blocks` were left unaligned at first."""
    share = (gaps + _USUAL_GAPS) / (blocks + _USUAL_BLOCKS)
    return max(_DEAREST, min(_CHEAPEST, math.log(share)))
