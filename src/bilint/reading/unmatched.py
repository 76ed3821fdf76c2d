"""What is on one side and not on the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def multiset_difference(left: Iterable[T], right: Iterable[T], key: Callable[[T], Hashable]) -> tuple[list[T], list[T]]:
    """Return what is left of both sides after equal items (by `key`) are struck out one for one, in order."""
    left, right = list(left), list(right)
    left_keys, right_keys = list(map(key, left)), list(map(key, right))
    if left_keys == right_keys:
        return [], []
    shared = Counter(left_keys) & Counter(right_keys)

    def rest(side: list[T], keys: list[Hashable]) -> list[T]:
        budget, out = Counter(shared), []
        for item, name in zip(side, keys, strict=True):
            if budget[name]:
                budget[name] -= 1
            else:
                out.append(item)
        return out

    return rest(left, left_keys), rest(right, right_keys)


def twins(new: Sequence[T], lost: Sequence[T], text: Callable[[T], str]) -> list[tuple[T, T]]:
    """Return the items of `new` with those of `lost` that they stand for, by `text`, in order.

    The likest two are taken first, and each item once; the time grows with the product of the numbers.
    """
    from rapidfuzz import fuzz

    alike = [
        (-fuzz.ratio(text(there), text(here)), number, other)
        for number, here in enumerate(new)
        for other, there in enumerate(lost)
    ]
    taken: dict[int, int] = {}
    free = set(range(len(lost)))
    for _, number, other in sorted(alike):
        if number not in taken and other in free:
            taken[number] = other
            free.remove(other)
    return [(new[number], lost[other]) for number, other in sorted(taken.items())]
