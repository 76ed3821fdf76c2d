"""The command line: words → settings → pipeline → report → exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bilint import __version__
from bilint.model import Confidence, Report, Severity, UserError

if TYPE_CHECKING:
    from bilint.discover import Target
    from bilint.pipeline import Plan
    from bilint.settings import Loaded

FOUND, FAILED, NOTHING = 1, 2, 3
_FORMATS = ("full", "concise", "json", "github")
_LONG_RUN = 30


class _Group(click.Group):
    """Turns user errors into one clear line on stderr and exit code 2."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except UserError as error:
            click.echo(f"error: {error.message}", err=True)
            if error.hint:
                click.echo(f"  hint: {error.hint}", err=True)
            sys.exit(FAILED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(FAILED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bilint")
def main() -> None:
    """Check translated Markdown against its English originals.

    Start with `bilint check FOLDER`; `bilint show originals FOLDER` tells which original each article is compared with.
    """


def _comma(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


_input_options: tuple[Callable[[Any], Any], ...] = (
    click.argument("paths", nargs=-1, metavar="[PATHS]..."),
    click.option("--source", metavar="FILE|URL", help="The English original of the one article given."),
    click.option("--pairs", metavar="FILE", help="Lines `target<TAB>source`; without PATHS, all targets in it are checked."),
    click.option("--stdin-filename", metavar="FILE", help="The name of the article read from standard input (`-`)."),
    click.option("--config", metavar="FILE", help="Settings file (default: bilint.toml or pyproject.toml, here or above)."),
)


def _with_input(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_input_options):
        command = option(command)
    return command


@main.command()
@_with_input
@click.option("--format", "format_", type=click.Choice(_FORMATS), default="full", show_default=True)
@click.option("--output", "-o", metavar="FILE", help="Write the report there instead of to standard output.")
@click.option("--select", multiple=True, callback=_comma, metavar="RULES", help="Only these rules (comma-separated).")
@click.option("--ignore", multiple=True, callback=_comma, metavar="RULES", help="Not these rules (comma-separated).")
@click.option("--fail-on", type=click.Choice([*(s.value for s in Severity), "never"]), help="Lowest severity that makes the exit code 1.")
@click.option("--min-confidence", type=click.Choice([c.value for c in Confidence]), help="Lowest confidence that is shown and counted.")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes (default: one per core for long runs).")
def check(
    paths: tuple[str, ...],
    source: str | None,
    pairs: str | None,
    stdin_filename: str | None,
    config: str | None,
    format_: str,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    min_confidence: str | None,
    jobs: int,
) -> None:
    """Check articles; folders are searched for Markdown files.

    Exit code: 0 nothing at or above --fail-on, 1 findings, 2 bilint could not do its work, 3 nothing was checked.
    """
    from bilint import pipeline

    changes: dict[str, Any] = {}
    if select:
        changes["select"] = select
    if ignore:
        changes["ignore"] = ignore
    if fail_on:
        changes["fail_on"] = None if fail_on == "never" else Severity(fail_on)
    if min_confidence:
        changes["min_confidence"] = Confidence(min_confidence)
    targets, plan = _plan(paths, source, pairs, stdin_filename, config, changes)
    jobs = jobs or (_cores() if len(targets) >= _LONG_RUN else 1)
    with _progress(len(targets)) as tick:
        report = pipeline.run(targets, plan, jobs, tick)
    _write(_render(report, format_, output), output)
    if format_ == "json" or output:
        _echo_problems(report)
    sys.exit(_exit_code(report, plan.loaded.settings.fail_on))


def _plan(
    paths: Sequence[str],
    source: str | None,
    pairs: str | None,
    stdin_filename: str | None,
    config: str | None,
    changes: dict[str, Any],
) -> tuple[list[Target], Plan]:
    """The targets and the plan that the words of a command ask for."""
    from bilint.discover import Target, discover
    from bilint.originals.pairs import read as read_pairs
    from bilint.pipeline import Plan

    if source and pairs:
        raise UserError("--source and --pairs exclude each other")
    loaded = _load(config, changes)
    given = read_pairs(Path(pairs)) if pairs else {}
    files = [path for path in paths if path != "-"]
    if not paths and not given:
        raise UserError("no paths given", "name files or folders, for example `bilint check docs/zh`")
    targets = discover(files or ([] if "-" in paths else list(given)), loaded.settings, loaded.root)
    if "-" in paths:
        targets.append(Target(stdin_filename or "<stdin>", _stdin()))
    if source:
        if len(targets) != 1:
            raise UserError(f"--source goes with one article, {len(targets)} are given", "use --pairs for several")
        given = {targets[0].path: source}
    return targets, Plan.of(loaded, given, "source" if source else "pairs")


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("<stdin>: is not UTF-8") from error


def _load(config: str | None, changes: dict[str, Any]) -> Loaded:
    import msgspec

    from bilint import settings

    loaded = settings.load(Path.cwd(), Path(config) if config else None)
    return msgspec.structs.replace(loaded, settings=msgspec.structs.replace(loaded.settings, **changes))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _progress(articles: int) -> AbstractContextManager[Callable[[], None]]:
    """A progress bar on stderr for long runs on a terminal."""
    if articles < _LONG_RUN or not sys.stderr.isatty():
        return nullcontext(lambda: None)
    from contextlib import contextmanager

    @contextmanager
    def bar() -> Any:
        with click.progressbar(length=2 * articles, label="checking", file=sys.stderr) as shown:
            yield lambda: shown.update(1)

    return bar()


def _render(report: Report, format_: str, output: str | None) -> str:
    from bilint.report import Style, render

    if format_ == "github":
        _write_step_summary(report)
    to_terminal = output is None and sys.stdout.isatty()
    color = not os.environ.get("NO_COLOR") and (to_terminal or bool(os.environ.get("FORCE_COLOR")))
    width = os.get_terminal_size().columns if to_terminal else 100
    return render(report, format_, style=Style(color=color, width=width))


def _write_step_summary(report: Report) -> None:
    """GitHub shows the file named there under the job: the full table goes into it."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        from bilint.report.github import summary_markdown

        with Path(path).open("a", encoding="utf-8") as file:
            file.write(summary_markdown(report))


def _write(text: str, output: str | None) -> None:
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
        return
    try:
        Path(output).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"{output}: cannot be written: {(error.strerror or str(error)).lower()}") from error


def _echo_problems(report: Report) -> None:
    """Say on stderr what the report on the terminal would have said."""
    for problem in report.problems:
        click.echo(f"error: {problem.message}" + (f"\n  hint: {problem.hint}" if problem.hint else ""), err=True)


def _exit_code(report: Report, fail_on: Severity | None) -> int:
    if report.problems:
        return FAILED
    if not report.articles:
        click.echo("error: nothing was checked: no Markdown files found", err=True)
        return NOTHING
    return FOUND if fail_on and any(f.severity.rank >= fail_on.rank for f in report.findings) else 0


@main.command()
@click.argument("name", required=False)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rule(name: str | None, format_: str) -> None:
    """List the rules, or print the manual of one."""
    from bilint import show

    _write(show.rules(name, format_), None)


@main.group("show")
def show_group() -> None:
    """Print what a stage made of the input."""


def _stage(name: str, text: str) -> None:
    """Add `bilint show NAME`, which prints the function of that name in `bilint.show`."""

    @show_group.command(name, help=text)
    @_with_input
    @click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
    def command(
        paths: tuple[str, ...],
        source: str | None,
        pairs: str | None,
        stdin_filename: str | None,
        config: str | None,
        format_: str,
    ) -> None:
        from bilint import show

        if name == "settings":
            _write(show.settings(_load(config, {}), format_), None)
            return
        targets, plan = _plan(paths, source, pairs, stdin_filename, config, {})
        if not targets:
            click.echo("error: no Markdown files found", err=True)
            sys.exit(NOTHING)
        _write(show.STAGES[name](targets, plan, format_), None)


for _name, _text in {
    "files": "Print the articles that would be checked.",
    "originals": "Print for each article its original, how it was found, or why not.",
    "blocks": "Print the blocks of each article.",
    "alignment": "Print each article beside its original, block by block.",
    "terms": "Print the glossary terms that occur in each original, and how they are rendered.",
    "settings": "Print the settings in force.",
}.items():
    _stage(_name, _text)
