"""Check kinds that several rules share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from bilint.model import AlignedPair, Block, Kind
from bilint.text.credits import is_credit, is_translator_note

T = TypeVar("T")


def multiset_difference(
    left: Iterable[T], right: Iterable[T], key: Callable[[T], Hashable]
) -> tuple[list[T], list[T]]:
    """Return what is left of both sides after equal items (by `key`) are struck out one for one, in order."""
    left, right = list(left), list(right)
    shared = Counter(map(key, left)) & Counter(map(key, right))

    def rest(side: list[T]) -> list[T]:
        budget, out = Counter(shared), []
        for item in side:
            if budget[key(item)]:
                budget[key(item)] -= 1
            else:
                out.append(item)
        return out

    return rest(left), rest(right)


def runs(pairs: Sequence[AlignedPair], wanted: Callable[[AlignedPair], bool]) -> list[tuple[int, int]]:
    """Return the ranges (first, end) of consecutive pairs that are `wanted`."""
    out: list[tuple[int, int]] = []
    for number, pair in enumerate(pairs):
        if not wanted(pair):
            continue
        if out and out[-1][1] == number:
            out[-1] = (out[-1][0], number + 1)
        else:
            out.append((number, number + 1))
    return out


_CAPTION = re.compile(r"(?:示例|图|表|清单|代码清单|代码|例|圖|listing|figure|table|example)\s*\d[\d.-]*", re.IGNORECASE)
_DRAWING = re.compile(r"\+--|\|[ \t]*\|")


def is_body(block: Block) -> bool:
    """Return whether a block is part of what the article says: not navigation, a credit, a note, a caption or a drawing."""
    boilerplate = {"nav", "header", "footer", "aside", "form"}.intersection(block.container)
    text = block.prose.text
    return (
        block.kind not in (Kind.TITLE, Kind.FIELD, Kind.HTML)
        and not boilerplate
        and not is_credit(text)
        and not is_translator_note(text)
        and not _CAPTION.match(text.lstrip())
        and not _DRAWING.search(text)
    )
