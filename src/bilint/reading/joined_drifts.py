"""Terms that drift together: compounds of one another, and those at the same places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilint.reading.drift import Drift


def joined(found: Sequence[Drift]) -> Iterator[list[Drift]]:
    """Yield terms that differ in the same characters and hold one another, or share a place, together."""
    groups: list[list[Drift]] = []
    for drift in sorted(found, key=lambda each: (-len(each.usual), each.term)):
        group = next((group for group in groups if any(_is_same(drift, each) for each in group)), None)
        if group is None:
            groups.append([drift])
        else:
            group.append(drift)
    yield from groups


def _is_same(one: Drift, two: Drift) -> bool:
    if {use.span for use in one.places} & {use.span for use in two.places}:
        return True
    words = set(one.term.split(" ")), set(two.term.split(" "))
    is_part = words[0] <= words[1] or words[1] <= words[0]
    return is_part and {*_differing(one.main, one.other)} == {*_differing(two.main, two.other)}


def _differing(one: str, two: str) -> tuple[str, str]:
    """What is left of two forms without what they begin and end with alike."""
    shortest = min(len(one), len(two))
    first = next((n for n in range(shortest) if one[n] != two[n]), shortest)
    last = next((n for n in range(shortest - first) if one[-1 - n] != two[-1 - n]), shortest - first)
    return one[first : len(one) - last], two[first : len(two) - last]
