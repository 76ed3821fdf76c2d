"""Pairs of blocks that share tokens found nowhere else, and the longest chain of them that ascends on both sides.

The idea is that of Melamed (1999). Of all anchors the longest chain is kept, which drops those that cross it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence, Set


def unique_tokens(blocks: Sequence[Set[str]]) -> dict[str, int]:
    """Return the tokens that stand in exactly one of the blocks, with the number of that block."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for tokens in blocks:
        repeated |= seen & tokens
        seen |= tokens
    return {token: number for number, tokens in enumerate(blocks) for token in tokens - repeated}


def votes(source: Sequence[Set[str]], target: Sequence[Set[str]]) -> Counter[tuple[int, int]]:
    """Return per pair of block numbers how much the unique tokens they share say: two each, one for Han pairs."""
    where = unique_tokens(source)
    found: Counter[tuple[int, int]] = Counter()
    for token, number in unique_tokens(target).items():
        if token in where:
            found[where[token], number] += 2 if token.isascii() else 1
    return found


def ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of pairs that ascends strictly on both sides (patience sorting)."""
    tails: list[int] = []
    chain_end: list[int] = []
    back: list[int] = []
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    for number, (_, j) in enumerate(ordered):
        at = bisect_left(tails, j)
        back.append(chain_end[at - 1] if at else -1)
        tails[at : at + 1] = [j]
        chain_end[at : at + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = chain_end[-1] if chain_end else -1
    while number >= 0:
        chain.append(ordered[number])
        number = back[number]
    return chain[::-1]
