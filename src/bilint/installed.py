"""Rules of installed packages, by the entry point group `bilint.rules`: `NAME = "package.module:check"`.

Only what is installed where this Python keeps its packages counts: nothing in the working directory, which is often a
checked tree, is looked at or imported.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import EntryPoint, distributions

from bilint.guard import fault
from bilint.messages import phrase
from bilint.model import Problem
from bilint.rules import Rule, all_rules

GROUP = "bilint.rules"


@cache
def installed_rules() -> tuple[dict[str, Rule], tuple[Problem, ...]]:
    """Return the rules by name, and what is wrong with packages that bring none: the others still run."""
    made: dict[str, Rule] = {}
    problems: list[Problem] = []
    with _without_working_directory():
        for package, point in sorted(_points(), key=lambda found: (found[0], found[1].name, found[1].value)):
            where = f"{package}: entry point `{point.name} = {point.value}` in `{GROUP}`"
            what = _loaded(point)
            if isinstance(what, Rule) and what.name not in made and what.name not in all_rules():
                made[what.name] = what
                continue
            wrong = phrase("there is already a rule `{name}`", name=what.name) if isinstance(what, Rule) else what
            problems.append(
                Problem(
                    "", phrase("{where}: {wrong}", where=where, wrong=wrong), "mend, update or uninstall the package"
                )
            )
    return made, tuple(problems)


def _loaded(point: EntryPoint) -> Rule | str:
    """Return the rule that an entry point leads to, or what is wrong with it."""
    try:
        made = getattr(point.load(), "rule", None)
    except BaseException as error:  # a plug-in may break in any way
        fault(error)
        return phrase("cannot be loaded: {error}", error=f"{type(error).__name__}: {error}")
    return made if isinstance(made, Rule) else phrase("is not a function with the decorator `bilint.rules.rule`")


def _points() -> Iterator[tuple[str, EntryPoint]]:
    for package in distributions(path=list(folders())):
        for point in package.entry_points:
            if point.group == GROUP:
                yield package.metadata["Name"] or "", point


def folders() -> tuple[str, ...]:
    """Return where this Python keeps its packages."""
    found = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    found += [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    return tuple(dict.fromkeys(found))


@contextmanager
def _without_working_directory() -> Iterator[None]:
    before, here = list(sys.path), os.path.realpath(os.curdir)
    sys.path[:] = [path for path in before if path and os.path.realpath(path) != here]
    try:
        yield
    finally:
        sys.path[:] = before
