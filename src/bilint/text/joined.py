"""Many short texts searched as one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate


class Joined:
    """Texts with a NUL between them: where few of them hold what is looked for, one search is cheaper than many.

    `text` is all of them; a pattern that is searched in it must not match a NUL, and knows no `^` and `$`.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        parts = list(texts)
        self.text = "\0".join(parts)
        self._ends = list(accumulate(len(part) + 1 for part in parts))

    def number(self, offset: int) -> int:
        """Return the number, from 0, of the text that the character at `offset` belongs to."""
        return bisect_right(self._ends, offset)

    def holding(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """Yield the numbers of the texts in which `pattern` matches, in ascending order."""
        at = 0
        while found := pattern.search(self.text, at):
            number = self.number(found.start())
            yield number
            at = self._ends[number]
