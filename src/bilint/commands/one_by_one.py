"""One step on article after article, for the commands that print what it makes: one that breaks is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bilint.guard import attempt
from bilint.model import Problem

if TYPE_CHECKING:
    from bilint.discover import Target
    from bilint.plan import Plan

T = TypeVar("T")


def one_by_one(
    targets: Sequence[Target], plan: Plan, step: Callable[[Target, Plan], T | Problem], broken: list[Problem]
) -> Iterator[T]:
    """Yield what a step makes of each target, in order; `broken` takes why it cannot be done on others."""
    for target in targets:
        made = attempt(target.path, partial(step, target, plan), seconds=plan.loaded.settings.max_seconds)
        if isinstance(made, Problem):
            broken.append(made)
        else:
            yield made
