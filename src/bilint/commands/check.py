"""`bilint check`: the report on articles."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from bilint.commands.asked import Asked, plan_of
from bilint.commands.checking import checked, through
from bilint.commands.nothing import why_unchecked
from bilint.commands.outputs import Output, color_and_width, says_problems, write_all
from bilint.commands.printing import FAILED, FOUND, NOTHING, append, cleaned, tell, tell_error
from bilint.commands.sound import shown
from bilint.guard import attempt
from bilint.messages import phrase
from bilint.model import UserError

if TYPE_CHECKING:
    from bilint.commands.fixing import Fixing
    from bilint.commands.parts import Folder
    from bilint.discover import Target
    from bilint.model import Article, Problem, Report, Severity
    from bilint.parallel import Engine
    from bilint.plan import Plan
    from bilint.report import Style


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the report is wanted."""

    outputs: tuple[Output, ...]
    jobs: int
    fetch_first: bool
    since: str | None = None
    is_quiet: bool = False
    has_statistics: bool = False
    on_failure: str | None = None
    cluster: str | None = None
    has_cache: bool = True
    fixing: Fixing | None = None
    folder: Folder | None = None


class _How(NamedTuple):
    """How articles are looked at."""

    engine: int | Engine
    is_quiet: bool
    has_cache: bool


_Told = tuple["Mapping[str, int]", "Sequence[Problem]"]
"""The numbers of a report, and the problems that it has not said."""


def run(asked: Asked, changes: Mapping[str, Any], wanted: Wanted) -> int:
    """Check articles, write the report, and return the exit code."""
    # What a change of the original asks of the translation is what is looked for, so it must be seen as it is now.
    targets, plan = plan_of(asked, changes, of_today=wanted.since is not None)
    if wanted.folder:
        _refuse_text(targets)
        wanted.folder.open()
    if wanted.since is not None:
        plan = _since(wanted.since, targets, plan)
    unfetched = wanted.fetch_first and _fetch_first(targets, plan, wanted.on_failure)
    with _engine(wanted) as engine:
        # What other machines see of the files is not known here.
        how = _How(engine, is_quiet=wanted.is_quiet, has_cache=wanted.has_cache and not wanted.cluster)
        if wanted.folder:
            numbers, problems = _in_parts(wanted.folder, targets, plan, how)
        else:
            numbers, problems = _reported(targets, plan, wanted, how)
    tell(problems)
    if not (numbers["articles"] or numbers["problems"]):
        what, hint = why_unchecked(numbers["sources"], asked.paths, plan.loaded)
        tell_error(phrase("nothing was checked: {what}", what=what), hint)
    return FAILED if unfetched else _exit_code(numbers, plan.loaded.settings.fail_on)


def _in_parts(folder: Folder, targets: Sequence[Target], plan: Plan, how: _How) -> _Told:
    """Write the report into a folder; return its numbers, and the problems."""
    from bilint.commands import parts

    run = partial(parts.run, folder)
    total = through(run, targets, plan, how.engine, is_quiet=how.is_quiet, has_cache=how.has_cache)
    return total.numbers, total.problems


def _reported(targets: Sequence[Target], plan: Plan, wanted: Wanted, how: _How) -> _Told:
    """Print the report; return its numbers, and the problems of which it says nothing."""
    from bilint.report import counts

    look = partial(checked, jobs=how.engine, is_quiet=how.is_quiet, has_cache=how.has_cache)
    report, _ = look(targets, plan)
    if wanted.fixing:
        from bilint.commands.fixing import Bench, fixed

        bench = Bench(targets, plan, lambda now: look(now, plan)[0])
        report = fixed(report, bench, wanted.fixing)
        wanted = replace(wanted, outputs=_beside(wanted, targets))
        targets = targets if wanted.fixing and wanted.fixing.is_shown else bench.now()
    report = _print(report, wanted, _again(targets, plan))
    return counts(report), () if says_problems(wanted.outputs) else report.problems


@contextmanager
def _engine(wanted: Wanted) -> Iterator[int | Engine]:
    """What does the work: processes here, or a cluster."""
    if wanted.cluster is None:
        yield wanted.jobs
        return
    from bilint.cluster import Cluster

    cluster = Cluster(wanted.cluster)
    try:
        yield cluster
    finally:
        cluster.close()


def fixing_of(*, is_fixing: bool, is_unsafe: bool, is_diff: bool) -> Fixing | None:
    """Return what is to be mended. Raises UserError for options that make no sense together."""
    if not is_fixing and not is_diff:
        if is_unsafe:
            raise UserError("--unsafe-fixes goes with --fix or --diff", "--diff shows what it would change")
        return None
    from bilint.commands.fixing import Fixing

    return Fixing(with_unsafe=is_unsafe, is_shown=is_diff)


def folder_of(path: str | None, others: Mapping[str, object]) -> Folder | None:
    """Return the folder for a report in parts; `others` are the options that want another one, by name.

    Raises UserError for one of these that is given.
    """
    if path is None:
        return None
    for name, value in others.items():
        if value:
            raise UserError(
                "--output-dir and {option} exclude each other", "it writes JSON Lines, and nothing else", option=name
            )
    from bilint.commands.parts import Folder

    return Folder(path)


def _refuse_text(targets: Sequence[Target]) -> None:
    if any(target.text is not None for target in targets):
        raise UserError("--output-dir is for files, not for standard input", "leave out `-`")


def _beside(wanted: Wanted, targets: Sequence[Target]) -> tuple[Output, ...]:
    """The outputs where standard output is taken: a report gives way to a diff, and beside an article to what waits."""
    if wanted.fixing and wanted.fixing.is_shown:
        return tuple(each for each in wanted.outputs if each.file is not None)
    is_taken = any(target.text is not None for target in targets)
    return tuple(replace(each, is_beside=is_taken) for each in wanted.outputs)


def _since(revision: str, targets: Sequence[Target], plan: Plan) -> Plan:
    from msgspec.structs import replace

    from bilint.since import Since

    paths = [target.path for target in targets if not target.problem]
    return replace(plan, since=Since(revision, paths, plan.loaded.settings.max_file_bytes))


def _fetch_first(targets: Sequence[Target], plan: Plan, on_failure: str | None) -> bool:
    """Fetch, say what failed, and return whether that fails the run."""
    from bilint.commands.fetch import failing, fetched

    fails = failing(plan, on_failure)
    failed = fetched(targets, plan).failed
    for result in failed:
        tell_error(phrase("{url}: {why}", url=result.url, why=result.why), kind="error" if fails else "warning")
    return fails and bool(failed)


def _again(targets: Sequence[Target], plan: Plan) -> Callable[[str], Article | None]:
    """Return what reads an article again, by its path, as it was read to be judged; None when that does not work."""
    from bilint.model import Problem
    from bilint.pipeline import prepare

    known = {target.path: target for target in targets}

    def read(path: str) -> Article | None:
        if path not in known:
            return None
        made = attempt(path, lambda: prepare(known[path], plan), seconds=plan.loaded.settings.max_seconds)
        return None if isinstance(made, Problem) else made

    return read


def _print(report: Report, wanted: Wanted, article: Callable[[str], Article | None]) -> Report:
    """Write the report, and return it with the articles as problems that it could not show."""
    from bilint.report import pieces

    styles = [_style(wanted, output, article) for output in wanted.outputs]
    is_github = any(output.format == "github" for output in wanted.outputs)
    summary = os.environ.get("GITHUB_STEP_SUMMARY") if is_github else None

    def texts(part: Report) -> list[list[bytes]]:
        made = [
            cleaned(pieces(part, each.format, style=style), color=style.color)
            for each, style in zip(wanted.outputs, styles, strict=True)
        ]
        return [*made, cleaned((_step_summary(part),)) if summary else []]

    made, report = shown(report, texts)
    if summary:
        append(summary, made[-1])
    write_all(wanted.outputs, made[:-1])
    return report


def _style(wanted: Wanted, output: Output, article: Callable[[str], Article | None]) -> Style:
    from bilint.report import Style

    color, width = color_and_width(output)
    return Style(color, width, is_quiet=wanted.is_quiet, has_statistics=wanted.has_statistics, article=article)


def _step_summary(report: Report) -> str:
    """GitHub shows the file that `$GITHUB_STEP_SUMMARY` names under the job: the full table goes into it."""
    from bilint.report.github import summary_markdown

    return summary_markdown(report)


def _exit_code(numbers: Mapping[str, int], fail_on: Severity | None) -> int:
    from bilint.model import Severity

    if numbers["problems"]:
        return FAILED
    if not numbers["articles"]:
        return NOTHING
    return FOUND if any(numbers[each] and fail_on and each.rank >= fail_on.rank for each in Severity) else 0
