"""`bilint check`: the report on articles."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bilint.commands.asked import Asked, plan_of
from bilint.commands.checking import checked
from bilint.commands.printing import FAILED, FOUND, NOTHING, append, tell, tell_error, write
from bilint.guard import together

if TYPE_CHECKING:
    from bilint.discover import Target
    from bilint.model import Report, Severity
    from bilint.plan import Plan


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the report is wanted."""

    format: str
    output: str | None
    jobs: int
    fetch_first: bool
    since: str | None = None
    is_quiet: bool = False
    has_statistics: bool = False


def run(asked: Asked, changes: Mapping[str, Any], wanted: Wanted) -> int:
    """Check articles, write the report, and return the exit code."""
    targets, plan = plan_of(asked, changes)
    if wanted.since is not None:
        plan = _since(wanted.since, targets, plan)
    unfetched = _fetch_first(asked, targets, plan) if wanted.fetch_first else False
    report, _ = checked(targets, plan, wanted.jobs, is_quiet=wanted.is_quiet)
    report = _print(report, wanted)
    if wanted.format not in ("full", "concise", "github") or wanted.output:
        # The report on the terminal would have said it.
        tell(report.problems)
    return FAILED if unfetched else _exit_code(report, plan.loaded.settings.fail_on)


def _since(revision: str, targets: Sequence[Target], plan: Plan) -> Plan:
    from msgspec.structs import replace

    from bilint.since import Since

    paths = [target.path for target in targets if not target.problem]
    return replace(plan, since=Since(revision, paths, plan.loaded.settings.max_file_bytes))


def _fetch_first(asked: Asked, targets: Sequence[Target], plan: Plan) -> bool:
    from bilint.commands.fetch import fetched

    failed = fetched(targets, plan).failed
    for result in failed:
        tell_error(f"{result.url}: {result.why}")
    return bool(failed)


def _print(report: Report, wanted: Wanted) -> Report:
    """Write the report, and return it with the articles as problems that it could not show."""
    from bilint.report import Style, render

    to_terminal = wanted.output is None and sys.stdout is not None and sys.stdout.isatty()
    color = not os.environ.get("NO_COLOR") and (to_terminal or bool(os.environ.get("FORCE_COLOR")))
    width = os.get_terminal_size().columns if to_terminal else 100
    style = Style(color, width, is_quiet=wanted.is_quiet, has_statistics=wanted.has_statistics)
    summary = os.environ.get("GITHUB_STEP_SUMMARY") if wanted.format == "github" else None

    def rendered(paths: Collection[str]) -> tuple[str, str]:
        part = _part(report, paths) if len(paths) < len(everything) else report
        return render(part, wanted.format, style=style), _step_summary(part) if summary else ""

    everything = sorted({*(a.path for a in report.articles), *(f.target.place.path for f in report.findings)})
    (text, table), problems = together(everything, str, rendered)
    if problems:
        sound = _part(report, {*everything} - {problem.path for problem in problems})
        report = replace(sound, problems=(*report.problems, *problems))
        text, table = render(report, wanted.format, style=style), _step_summary(report) if summary else ""
    if summary:
        append(summary, table)
    write(text, wanted.output, color=color)
    return report


def _step_summary(report: Report) -> str:
    """GitHub shows the file that `$GITHUB_STEP_SUMMARY` names under the job: the full table goes into it."""
    from bilint.report.github import summary_markdown

    return summary_markdown(report)


def _part(report: Report, paths: Collection[str]) -> Report:
    """What a report says of some articles."""
    return replace(
        report,
        articles=tuple(article for article in report.articles if article.path in paths),
        findings=tuple(finding for finding in report.findings if finding.target.place.path in paths),
        problems=(),
    )


def _exit_code(report: Report, fail_on: Severity | None) -> int:
    if report.problems:
        return FAILED
    if not report.articles:
        tell_error("nothing was checked: no Markdown files found")
        return NOTHING
    return FOUND if fail_on and any(f.severity.rank >= fail_on.rank for f in report.findings) else 0
