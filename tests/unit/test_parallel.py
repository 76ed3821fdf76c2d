"""A step gives the same on one core and on several."""

from __future__ import annotations

import pytest

from bilint import parallel
from bilint.parallel import Step, spread

JOBS = [1, 2, 3, 8]


@pytest.mark.parametrize("jobs", JOBS)
@pytest.mark.parametrize("count", [0, 1, 2, 4, 7])
def test_results_stand_in_the_order_of_the_items(count: int, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: jobs)
    ticks: list[None] = []
    items = [10 * number + 1 for number in range(count)]
    results = spread(items, Step(lambda item: f"item {item}", str), jobs, lambda: ticks.append(None))
    assert results == [f"item {item}" for item in items]
    assert len(ticks) == count
