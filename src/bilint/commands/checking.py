"""Checking articles, for the commands that do: with a progress bar, on as many cores as it is worth."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from bilint.commands.printing import tell_error
from bilint.commands.progress import progress
from bilint.messages import say
from bilint.model import UserError
from bilint.parallel import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bilint.baseline import Outcome
    from bilint.discover import Target
    from bilint.model import Report
    from bilint.parallel import Engine
    from bilint.plan import Plan
    from bilint.recall import Recall

_LONG_RUN = 30
"""Articles from which several processes are worth their start."""


R_co = TypeVar("R_co", covariant=True)


class Run(Protocol[R_co]):
    """A run over articles, as `pipeline.run_with_baseline` is one."""

    def __call__(  # noqa: D102
        self,
        targets: Sequence[Target],
        plan: Plan,
        jobs: int | Engine,
        *,
        tick: Callable[[], None],
        recall: Recall | None,
    ) -> R_co: ...


def checked(
    targets: Sequence[Target], plan: Plan, jobs: int | Engine, *, is_quiet: bool = False, has_cache: bool = True
) -> tuple[Report, Outcome]:
    """Return the report on the targets, and what became of the plan's baseline; 0 jobs are as many as it is worth.

    Results of earlier runs are taken from the cache, if the settings want one and `has_cache`.
    """
    from bilint.pipeline import run_with_baseline

    return through(run_with_baseline, targets, plan, jobs, is_quiet=is_quiet, has_cache=has_cache)


def through(
    run: Run[R_co],
    targets: Sequence[Target],
    plan: Plan,
    jobs: int | Engine,
    *,
    is_quiet: bool = False,
    has_cache: bool = True,
) -> R_co:
    """Return what a run over the targets comes to, with jobs and cache as `checked` has them."""
    jobs = jobs or (cores() if len(targets) >= _LONG_RUN else 1)
    with (
        _recall(targets, plan, has_cache=has_cache) as recall,
        progress(say("checking"), 0 if is_quiet else 2 * len(targets), 2 * _LONG_RUN) as tick,
    ):
        return run(targets, plan, jobs, tick=tick, recall=recall)


@contextmanager
def _recall(targets: Sequence[Target], plan: Plan, *, has_cache: bool) -> Iterator[Recall | None]:
    """Yield what is known from earlier runs; say what is wrong with a cache that cannot be used.

    What has changed since a revision is asked of Git, and what comes from standard input is in no file.
    """
    from bilint.cache_door import opened, unusable
    from bilint.conditions import config_of
    from bilint.recall import Recall

    is_of_files = plan.since is None and not any(target.text is not None for target in targets)
    if not (has_cache and plan.loaded.settings.cache and is_of_files):
        yield None
        return
    try:
        cache = opened(plan.loaded.root, partial(config_of, plan), len(targets))
    except UserError as error:
        tell_error(error.message, error.hint, kind="warning")
        yield None
        return
    recall = Recall(cache, plan)
    try:
        yield recall
    finally:
        if cache:
            cache.close()
        if recall.trouble:
            what = unusable(plan.loaded.root, recall.trouble)
            tell_error(what.message, what.hint, kind="warning")
