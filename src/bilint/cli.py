"""The command line: words → settings → pipeline → report → exit code."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bilint.guard import fault, problem_of
from bilint.model import Confidence, Severity, UserError
from bilint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from bilint.discover import Target
    from bilint.fetching import Fetching
    from bilint.library.fetch import Result
    from bilint.model import Report
    from bilint.pipeline import Plan
    from bilint.settings import Loaded

FOUND, FAILED, NOTHING, INTERRUPTED = 1, 2, 3, 130
_EXPORTS = ("text", "jsonl", "tsv", "tmx", "xliff", "html")
_FORMATS = ("full", "concise", "json", "github")
_FAIL_ON = click.Choice([*(severity.value for severity in Severity), "never"])
_CONFIDENCE = click.Choice([confidence.value for confidence in Confidence])
_JOBS = click.IntRange(min=0)
_LONG_RUN = 30


class _Group(click.Group):
    """Turns errors into one clear line on stderr and exit code 2: 1 would say that the articles have faults."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        # Modules and documents are many objects without cycles: the collector would walk them over and over.
        gc.disable()
        try:
            return super().main(*args, **kwargs)
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)
        except BaseException as error:  # a bug must not pass for findings
            problem = problem_of(fault(error))
            _echo_error(problem.message, problem.hint)
        sys.exit(FAILED)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:  # click would say that it aborts, with exit code 1
            ctx.exit(INTERRUPTED)


def _echo_error(message: str, hint: str) -> None:
    with suppress(BrokenPipeError):  # nobody listens: the exit code is left
        click.echo(f"error: {message}" + (f"\n  hint: {hint}" if hint else ""), err=True)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bilint")
def main() -> None:
    """Check translated Markdown against its English originals.

    Start with `bilint check FOLDER`; `bilint show originals FOLDER` tells which original each article is compared with.
    """


def _comma(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


_INPUT_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.argument("paths", nargs=-1, metavar="[PATHS]..."),
    click.option("--source", metavar="FILE|URL", help="The English original of the one article given."),
    click.option(
        "--pairs", metavar="FILE", help="Lines `target<TAB>source`; without PATHS, all targets in it are checked."
    ),
    click.option("--stdin-filename", metavar="FILE", help="The name of the article read from standard input (`-`)."),
    click.option(
        "--config", metavar="FILE", help="Settings file (default: bilint.toml or pyproject.toml, here or above)."
    ),
)


@dataclass(frozen=True, slots=True)
class _Input:
    """What a command is asked to look at."""

    paths: tuple[str, ...]
    source: str | None
    pairs: str | None
    stdin_filename: str | None
    config: str | None


def _with_input(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `_Input`, gathered in its first argument."""

    @wraps(command)
    def gathered(**words: Any) -> None:
        fields = {name: words.pop(name) for name in _Input.__dataclass_fields__}
        command(_Input(**fields), **words)

    for option in reversed(_INPUT_OPTIONS):
        gathered = option(gathered)
    return gathered


@main.command()
@_with_input
@click.option("--format", "format_", type=click.Choice(_FORMATS), default="full", show_default=True)
@click.option("--output", "-o", metavar="FILE", help="Write the report there instead of to standard output.")
@click.option("--select", multiple=True, callback=_comma, metavar="RULES", help="Only these rules (comma-separated).")
@click.option("--ignore", multiple=True, callback=_comma, metavar="RULES", help="Not these rules (comma-separated).")
@click.option("--fail-on", type=_FAIL_ON, help="Lowest severity that makes the exit code 1.")
@click.option("--min-confidence", type=_CONFIDENCE, help="Lowest confidence that is shown and counted.")
@click.option("--jobs", "-j", type=_JOBS, default=0, help="Processes (default: one per core for long runs).")
@click.option("--fetch", "fetch_first", is_flag=True, help="First fetch the originals that are not at hand.")
def check(asked: _Input, *, format_: str, output: str | None, jobs: int, fetch_first: bool, **wishes: Any) -> None:
    """Check articles; folders are searched for Markdown files.

    Exit code: 0 nothing at or above --fail-on, 1 findings, 2 bilint could not do its work, 3 nothing was checked.
    """
    from bilint import pipeline

    targets, plan = _plan(asked, _changes(**wishes))
    unfetched: Sequence[Result] = ()
    if fetch_first:
        unfetched = _fetch(targets, plan).failed
        for result in unfetched:
            _echo_error(f"{result.url}: {result.why}", "")
    jobs = jobs or (_cores() if len(targets) >= _LONG_RUN else 1)
    with _progress("checking", 2 * len(targets), 2 * _LONG_RUN) as tick:
        report = pipeline.run(targets, plan, jobs, tick)
    _write(_render(report, format_, output), output)
    if format_ == "json" or output:
        # The report on the terminal would have said it.
        for problem in report.problems:
            _echo_error(problem.message, problem.hint)
    sys.exit(FAILED if unfetched else _exit_code(report, plan.loaded.settings.fail_on))


def _changes(
    *, select: tuple[str, ...], ignore: tuple[str, ...], fail_on: str | None, min_confidence: str | None
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
    return changes


def _plan(asked: _Input, changes: Mapping[str, Any]) -> tuple[list[Target], Plan]:
    """Return the targets and the plan that the words of a command ask for."""
    from bilint.discover import discover
    from bilint.originals.pairs import read as read_pairs
    from bilint.pipeline import Plan

    if asked.source and asked.pairs:
        raise UserError("--source and --pairs exclude each other")
    if asked.stdin_filename and "-" not in asked.paths:
        raise UserError("--stdin-filename goes with `-`, the article read from standard input")
    if not asked.paths and not asked.pairs:
        raise UserError("no paths given", "name files or folders, for example `bilint check docs/zh`")
    loaded = _load(asked.config, changes)
    given = read_pairs(Path(asked.pairs)) if asked.pairs else {}
    paths = [path for path in asked.paths or given if path != "-"]
    targets = discover(paths, loaded.settings, loaded.root)
    if "-" in asked.paths:
        targets.append(_stdin(asked.stdin_filename or "<stdin>"))
    if asked.source:
        if len(targets) != 1:
            raise UserError(f"--source goes with one article, {len(targets)} are given", "use --pairs for several")
        given = {targets[0].path: asked.source}
    _refuse_itself(given, asked.pairs or "--source")
    return targets, Plan.of(loaded, given, "source" if asked.source else "pairs")


def _stdin(name: str) -> Target:
    from bilint.discover import Target
    from bilint.parse import decode

    return Target(name, decode(sys.stdin.buffer.read(), name))


def _refuse_itself(given: Mapping[str, str], where: str) -> None:
    from bilint.originals.paths import is_same_file

    for target, source in given.items():
        if is_same_file(source, target):
            raise UserError(f"{where}: {source} is the article itself", "name its English original")


def _load(config: str | None, changes: Mapping[str, Any]) -> Loaded:
    """Return the settings of the file with the changes; rules selected here are not selected otherwise by overrides."""
    import msgspec

    from bilint import settings

    loaded = settings.load(Path.cwd(), Path(config) if config else None)
    changed = msgspec.structs.replace(loaded.settings, **changes)
    if "select" in changes:
        overrides = tuple(msgspec.structs.replace(override, select=None) for override in changed.overrides)
        changed = msgspec.structs.replace(changed, overrides=overrides)
    return msgspec.structs.replace(loaded, settings=changed)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _progress(label: str, steps: int, shortest: int = 2) -> AbstractContextManager[Callable[[], None]]:
    """Return a progress bar on stderr for runs of at least `shortest` steps on a terminal."""
    if steps < shortest or not sys.stderr.isatty():
        return nullcontext(lambda: None)
    return _bar(label, steps)


@contextmanager
def _bar(label: str, steps: int) -> Iterator[Callable[[], None]]:
    with click.progressbar(length=steps, label=label, file=sys.stderr) as shown:
        yield lambda: shown.update(1)


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

        _write_file(path, summary_markdown(report), mode="a")


def _write(text: str, output: str | None = None) -> None:
    if output not in (None, "-"):
        _write_file(output, text)
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
    except OSError as error:
        # Python flushes once more when it ends: that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # A reader that has seen enough (`| head`) is no fault: the exit code still says what was found.
        if not isinstance(error, BrokenPipeError):
            raise UserError(f"standard output: cannot be written: {(error.strerror or str(error)).lower()}") from error


def _write_file(path: str, text: str, *, mode: str = "w") -> None:
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        with Path(path).open(mode, encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from error


def _exit_code(report: Report, fail_on: Severity | None) -> int:
    if report.problems:
        return FAILED
    if not report.articles:
        click.echo("error: nothing was checked: no Markdown files found", err=True)
        return NOTHING
    return FOUND if fail_on and any(f.severity.rank >= fail_on.rank for f in report.findings) else 0


@main.command()
@_with_input
@click.option("--format", "format_", type=click.Choice(_EXPORTS), default="text", show_default=True)
@click.option("--html", "format_", flag_value="html", help="The same as --format html.")
@click.option("--level", type=click.Choice(["block", "sentence", "both"]), default="both", show_default=True)
@click.option("--output", "-o", metavar="FILE", help="Write there instead of to standard output.")
@click.option("--output-dir", metavar="DIR", help="Write a file per article there, and index.tsv, which lists them.")
@click.option("--semantic", is_flag=True, help="Ask a sentence encoder about doubtful sentences (bilint[semantic]).")
def align(
    asked: _Input, *, format_: str, level: str, output: str | None, output_dir: str | None, semantic: bool
) -> None:
    """Print articles beside their originals, or export the aligned pairs.

    Exit code: 0 all were aligned, 1 some have no original at hand, 2 some could not be read, 3 no articles were found.
    """
    from bilint import alignments
    from bilint.align.semantic import load_encoder
    from bilint.export import render

    if output_dir and (output or format_ == "text"):
        raise UserError("--output-dir goes with --format, and not with --output", "for example --format tmx")
    if semantic and level == "block":
        raise UserError("--semantic is about sentences, and --level block leaves them out", "leave out one of the two")
    targets, plan = _plan(asked, {})
    left = alignments.Left()
    levels = ("block", "sentence") if level == "both" else (level,)
    articles = alignments.align_all(targets, plan, levels, left, load_encoder() if semantic else None)
    if output_dir:
        for name, text in alignments.files(articles, format_):
            _write_file(os.path.join(output_dir, name), text)
    elif done := list(articles):
        _write(render(done, format_), output)
    for problem in (*left.alone, *left.broken):
        _echo_error(problem.message, problem.hint)
    if not targets:
        click.echo("error: no Markdown files found", err=True)
    sys.exit(FAILED if left.broken else FOUND if left.alone else 0 if targets else NOTHING)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--refresh", is_flag=True, help="Ask again for what is at hand; a change is recorded beside it.")
@click.option("--accept", is_flag=True, help="Check against the newest version from now on.")
@click.option("--pairs", metavar="FILE", help="Lines `target<TAB>source`; without PATHS, all targets in it are meant.")
@click.option("--config", metavar="FILE", help="Settings file (default: bilint.toml or pyproject.toml, here or above).")
@click.option("--jobs", "-j", type=click.IntRange(min=1), default=8, show_default=True, help="Servers at a time.")
@click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses too.")
def fetch(paths: tuple[str, ...], *, pairs: str | None, config: str | None, allow_private: bool, **wishes: Any) -> None:
    """Fetch the originals that articles name by URL; what is at hand is left alone.

    Exit code: 0 all are at hand, 1 some could not be fetched, 2 bilint could not do its work, 3 no article names a URL.
    """
    from bilint import fetching

    targets, plan = _plan(_Input(paths, None, pairs, None, config), {})
    done = _fetch(targets, plan, allow_private=allow_private, **wishes)
    if done.results:
        _write(fetching.text(done))
    for problem in done.problems:
        _echo_error(problem.message, problem.hint)
    if done.problems:
        sys.exit(FAILED)
    if not done.results:
        click.echo("error: nothing to fetch: no article names a URL", err=True)
        sys.exit(NOTHING)
    sys.exit(FOUND if done.failed else 0)


def _fetch(targets: list[Target], plan: Plan, *, allow_private: bool = False, **wishes: Any) -> Fetching:
    from msgspec.structs import replace

    from bilint import fetching
    from bilint.library.fetch import Wishes

    settings = plan.loaded.settings.originals
    if allow_private:
        settings = replace(settings, allow_private=True)
    seconds = plan.loaded.settings.max_seconds
    progress = partial(_progress, "fetching")
    return fetching.fetch(targets, plan.finder, settings, Wishes(**wishes), seconds=seconds, progress=progress)


@main.command()
@click.argument("name", required=False)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rule(name: str | None, format_: str) -> None:
    """List the rules, or print the manual of one."""
    from bilint import show

    _write(show.rules(name, format_))


@main.group("show")
def show_group() -> None:
    """Print what a stage made of the input."""


def _stage(name: str, text: str) -> None:
    """Add `bilint show NAME`, which prints the function of that name in `bilint.show`."""

    @show_group.command(name, help=text)
    @_with_input
    @click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
    def command(asked: _Input, *, format_: str) -> None:
        from bilint import show

        if name == "settings":
            _write(show.settings(_load(asked.config, {}), format_))
            return
        targets, plan = _plan(asked, {})
        if not targets:
            click.echo("error: no Markdown files found", err=True)
            sys.exit(NOTHING)
        shown, problems = show.stage(name, targets, plan, format_)
        _write(shown)
        for problem in problems:
            _echo_error(problem.message, problem.hint)
        sys.exit(FAILED if problems else 0)


for _name, _text in {
    "files": "Print the articles that would be checked.",
    "originals": "Print for each article its original, how it was found, or why not.",
    "blocks": "Print the blocks of each article.",
    "alignment": "Print each article beside its original, block by block.",
    "terms": "Print the glossary terms that occur in each original, and how they are rendered.",
    "settings": "Print the settings in force.",
}.items():
    _stage(_name, _text)
