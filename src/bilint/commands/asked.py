"""What a command is asked to look at: words of the command line → settings, articles, plan."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilint.model import Confidence, Severity, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bilint.discover import Target
    from bilint.pipeline import Plan
    from bilint.settings import Loaded


@dataclass(frozen=True, slots=True)
class Asked:
    """The options that all commands on articles share."""

    paths: tuple[str, ...]
    source: str | None = None
    pairs: str | None = None
    stdin_filename: str | None = None
    config: str | None = None
    trust_store: tuple[str, ...] = ()


def changes(
    *,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    min_confidence: str | None,
    min_severity: str | None,
    baseline: str | None,
    no_baseline: bool,
) -> dict[str, Any]:
    """Return the settings that the command line changes."""
    from bilint.selection import check_names

    check_names(select, "--select")
    check_names(ignore, "--ignore")
    changes: dict[str, Any] = {}
    if select:
        changes["select"] = select
    if ignore:
        changes["ignore"] = ignore
    if fail_on:
        changes["fail_on"] = None if fail_on == "never" else Severity(fail_on)
    if min_confidence:
        changes["min_confidence"] = Confidence(min_confidence)
    if min_severity:
        changes["min_severity"] = Severity(min_severity)
    if baseline is not None and no_baseline:
        raise UserError("--baseline and --no-baseline exclude each other")
    if baseline is not None:
        # In settings a path is relative to their folder; on the command line to the working directory.
        changes["baseline"] = os.path.abspath(baseline)
    if no_baseline:
        changes["baseline"] = ""
    return changes


def plan_of(asked: Asked, changes: Mapping[str, Any], *, of_today: bool = False) -> tuple[list[Target], Plan]:
    """Return the targets and the plan that the words of a command ask for.

    `of_today`: originals are read as they are, also where the settings want them as they were translated.
    """
    from bilint.discover import Target, discover
    from bilint.originals.pairs import read as read_pairs
    from bilint.pipeline import Plan

    if asked.source and asked.pairs:
        raise UserError("--source and --pairs exclude each other")
    if asked.stdin_filename and "-" not in asked.paths:
        raise UserError("--stdin-filename goes with `-`, the article read from standard input")
    if not asked.paths and not asked.pairs:
        raise UserError("no paths given", "name files or folders, for example `bilint check docs/zh`")
    given = read_pairs(Path(asked.pairs)) if asked.pairs else {}
    loaded = load(asked, changes, given)
    loaded = _with_originals_of_today(loaded) if of_today else loaded
    paths = [path for path in asked.paths or given if path != "-"]
    targets = discover(paths, loaded.settings, loaded.root)
    if "-" in asked.paths:
        targets.append(_stdin(asked.stdin_filename or "<stdin>"))
    if asked.source:
        if len(targets) != 1:
            raise UserError(
                "--source goes with one article, {count} are given", "use --pairs for several", count=len(targets)
            )
        given = {targets[0].path: asked.source}
    _refuse_itself(given, asked.pairs or "--source")
    plan = Plan.of(loaded, given, "source" if asked.source else "pairs")
    return targets + [Target(problem.path, problem=problem) for problem in plan.problems], plan


def _with_originals_of_today(loaded: Loaded) -> Loaded:
    from msgspec.structs import replace

    settings = loaded.settings
    return replace(loaded, settings=replace(settings, originals=replace(settings.originals, as_translated=False)))


def _stdin(name: str) -> Target:
    from bilint.discover import Target
    from bilint.parse import decode

    if sys.stdin is None:
        raise UserError("standard input is closed", "give the article to it, or name its file")
    return Target(name, decode(sys.stdin.buffer.read(), name))


def _refuse_itself(given: Mapping[str, str], where: str) -> None:
    from bilint.originals.paths import is_same_file

    for target, source in given.items():
        if is_same_file(source, target):
            raise UserError(
                "{where}: {source} is the article itself", "name its English original", where=where, source=source
            )


def load(asked: Asked, changes: Mapping[str, Any], given: Iterable[str] = ()) -> Loaded:
    """Return the settings of the file with the changes; rules selected here are not selected otherwise by overrides."""
    import msgspec

    from bilint import settings

    paths = [path for path in (*(asked.paths or given), asked.stdin_filename) if path and path != "-"]
    loaded = settings.load(settings.here(), Path(asked.config) if asked.config else None, paths)
    changed = msgspec.structs.replace(loaded.settings, **changes)
    if "select" in changes:
        overrides = tuple(msgspec.structs.replace(override, select=None) for override in changed.overrides)
        changed = msgspec.structs.replace(changed, overrides=overrides)
    return msgspec.structs.replace(loaded, settings=changed, trusted=asked.trust_store)
