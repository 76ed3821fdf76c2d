"""Checking articles, for the commands that do: with a progress bar, on as many cores as it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint.commands.progress import progress
from bilint.messages import say
from bilint.parallel import cores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilint.baseline import Outcome
    from bilint.discover import Target
    from bilint.model import Report
    from bilint.parallel import Engine
    from bilint.plan import Plan

_LONG_RUN = 30
"""Articles from which several processes are worth their start."""


def checked(
    targets: Sequence[Target], plan: Plan, jobs: int | Engine, *, is_quiet: bool = False
) -> tuple[Report, Outcome]:
    """Return the report on the targets, and what became of the plan's baseline; 0 jobs are as many as it is worth."""
    from bilint import pipeline

    jobs = jobs or (cores() if len(targets) >= _LONG_RUN else 1)
    with progress(say("checking"), 0 if is_quiet else 2 * len(targets), 2 * _LONG_RUN) as tick:
        return pipeline.run_with_baseline(targets, plan, jobs, tick)
