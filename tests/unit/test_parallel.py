"""Map → merge → map gives the same on one core and on several."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bilint import parallel
from bilint.parallel import Steps, map_merge_map

JOBS = [1, 2, 3, 8]


def prepare(item: int) -> tuple[str, int]:
    return f"item {item}", item


def merge(parts: Sequence[int]) -> int:
    return sum(parts)


def judge(state: str, total: int) -> tuple[str, int]:
    return state, total


@pytest.mark.parametrize("jobs", JOBS)
@pytest.mark.parametrize("count", [0, 1, 2, 4, 7])
def test_results_stand_in_the_order_of_the_items_and_know_the_sum_of_all(
    count: int, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: jobs)
    ticks: list[None] = []
    items = [10 * number + 1 for number in range(count)]
    results = map_merge_map(items, Steps(prepare, merge, judge, str), jobs, lambda: ticks.append(None))
    assert results == [(f"item {item}", sum(items)) for item in items]
    assert len(ticks) == 2 * count
