"""The command line: it translates words; what commands do and print is in `commands`."""

from __future__ import annotations

import gc
import sys
from typing import Any

import click

from bilint.cli_options import CONFIG, TEXT_OR_JSON, TRUST_STORE, with_input
from bilint.cli_terms import terms_group
from bilint.commands.asked import Asked, changes
from bilint.commands.help import Group, speaking
from bilint.commands.printing import FAILED, INTERRUPTED, tell
from bilint.export import FORMATS as EXPORTS
from bilint.guard import fault, problem_of
from bilint.model import Confidence, Severity
from bilint.report import FORMATS
from bilint.version import __version__

_FAIL_ON = click.Choice([*(severity.value for severity in Severity), "never"])
_SEVERITY = click.Choice([severity.value for severity in Severity])
_ON_FAILURE = click.Choice(["error", "warn"])
_CONFIDENCE = click.Choice([confidence.value for confidence in Confidence])
_JOBS = click.IntRange(min=0)
_JOBS_OPTION = click.option(
    "--jobs", "-j", type=_JOBS, default=0, help="Processes (default: one per core for long runs)."
)
_CACHE_OPTION = click.option("--no-cache", is_flag=True, help="Read and write no results of earlier runs.")


class _Main(Group):
    """Turns errors into one clear line on stderr and exit code 2: 1 would say that the articles have faults."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        # Modules and documents are many objects without cycles: the collector would walk them over and over.
        gc.disable()
        try:
            with speaking(args[0] if args else kwargs.get("args") or sys.argv[1:]):
                return self._guarded(*args, **kwargs)
        finally:
            gc.freeze()  # nor are they walked when the process ends

    def _guarded(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)
        except BaseException as error:  # a bug must not pass for findings
            tell([problem_of(fault(error))])
        sys.exit(FAILED)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:  # click would say that it aborts, with exit code 1
            ctx.exit(INTERRUPTED)


@click.group(cls=_Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bilint", help="Show the version and exit.")
def main() -> None:
    """Check translated Markdown against its English originals.

    Start with `bilint check FOLDER`; `bilint show originals FOLDER` tells which original each article is compared with.
    """


def _comma(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


_OUTPUT = (
    "Write the report there instead of to standard output (`-`). Repeatable. Without --format, or beside `-`, its name "
    "says the format: report.sarif, junit.xml."
)
_OUTPUT_DIR = "Write the report there as JSON Lines, a file for each 1,000 articles: for more than memory should hold."


@main.command()
@with_input
@click.option("--format", "format_", type=click.Choice(FORMATS), help="How the report is shown (default: full).")
@click.option("--output", "-o", multiple=True, metavar="[FORMAT:]FILE", help=_OUTPUT)
@click.option("--output-dir", metavar="DIR", help=_OUTPUT_DIR)
@click.option("--select", multiple=True, callback=_comma, metavar="RULES", help="Only these rules (comma-separated).")
@click.option("--ignore", multiple=True, callback=_comma, metavar="RULES", help="Not these rules (comma-separated).")
@click.option("--fail-on", type=_FAIL_ON, help="Lowest severity that makes the exit code 1.")
@click.option("--min-confidence", type=_CONFIDENCE, help="Lowest confidence that is shown and counted.")
@click.option("--min-severity", type=_SEVERITY, help="Lowest severity that is shown and counted.")
@click.option("--baseline", metavar="FILE", help="Leave out the findings in FILE (`bilint baseline write`).")
@click.option("--no-baseline", is_flag=True, help="Show all findings, whatever the settings say of a baseline.")
@click.option("--since", metavar="REV", help="Only findings in blocks that have changed since the Git revision REV.")
@click.option("--statistics", "has_statistics", is_flag=True, help="Show counts instead of findings.")
@click.option("--quiet", "-q", "is_quiet", is_flag=True, help="Only findings and problems: no last lines, no progress.")
@click.option("--fix", "is_fixing", is_flag=True, help="Mend what can be mended safely; what remains is reported.")
@click.option("--unsafe-fixes", "is_unsafe", is_flag=True, help="With --fix or --diff: mend what needs a look, too.")
@click.option("--diff", "is_diff", is_flag=True, help="Show what --fix would change as a diff, and change nothing.")
@_JOBS_OPTION
@click.option("--cluster", metavar="ADDRESS", help="Work on the Dask cluster of this scheduler (bilint[cluster]).")
@_CACHE_OPTION
@click.option("--fetch", "fetch_first", is_flag=True, help="First fetch the originals that are not at hand.")
@click.option("--on-failure", type=_ON_FAILURE, help="What a page is that cannot be fetched (default: the settings).")
def check(
    asked: Asked,
    *,
    format_: str | None,
    output: tuple[str, ...],
    output_dir: str | None,
    jobs: int,
    cluster: str | None,
    no_cache: bool,
    fetch_first: bool,
    on_failure: str | None,
    since: str | None,
    has_statistics: bool,
    is_quiet: bool,
    is_fixing: bool,
    is_unsafe: bool,
    is_diff: bool,
    **wishes: Any,
) -> None:
    """Check articles; folders are searched for Markdown files.

    Exit code: 0 nothing at or above --fail-on, 1 findings, 2 bilint could not do its work, 3 nothing was checked.
    """
    from bilint.commands import check as command
    from bilint.commands.outputs import outputs

    shown = outputs(format_, output)
    cached = not no_cache
    fixing = command.fixing_of(is_fixing=is_fixing, is_unsafe=is_unsafe, is_diff=is_diff)
    others = {"--format": format_, "--output": output, "--statistics": has_statistics}
    folder = command.folder_of(output_dir, {**others, "--fix": is_fixing, "--diff": is_diff})
    looks = (jobs, fetch_first, since, is_quiet, has_statistics, on_failure)
    wanted = command.Wanted(shown, *looks, cluster, cached, fixing, folder)
    sys.exit(command.run(asked, changes(**wishes), wanted))


@main.command()
@with_input
@click.option("--format", "format_", type=click.Choice(EXPORTS), default="text", show_default=True)
@click.option("--html", "format_", flag_value="html", help="The same as --format html.")
@click.option("--level", type=click.Choice(["block", "sentence", "both"]), default="both", show_default=True)
@click.option("--output", "-o", metavar="FILE", help="Write there instead of to standard output.")
@click.option("--output-dir", metavar="DIR", help="Write a file per article there, and index.tsv, which lists them.")
@click.option("--semantic", is_flag=True, help="Ask a sentence encoder about doubtful sentences (bilint[semantic]).")
def align(
    asked: Asked, *, format_: str, level: str, output: str | None, output_dir: str | None, semantic: bool
) -> None:
    """Print articles beside their originals, or export the aligned pairs.

    Exit code: 0 all were aligned, 1 some have no original at hand, 2 some could not be read, 3 no articles were found.
    """
    from bilint.commands import align as command

    levels = ("block", "sentence") if level == "both" else (level,)
    sys.exit(command.run(asked, command.Wanted(format_, levels, output, output_dir, semantic)))


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--refresh", is_flag=True, help="Ask again for what is at hand; a change is recorded beside it.")
@click.option("--accept", is_flag=True, help="Check against the newest version from now on.")
@click.option("--pairs", metavar="FILE", help="Lines `target<TAB>source`; without PATHS, all targets in it are meant.")
@click.option("--config", metavar="FILE", help=CONFIG)
@click.option("--trust-store", multiple=True, metavar="FOLDER", help=TRUST_STORE)
@click.option("--jobs", "-j", type=click.IntRange(min=1), default=8, show_default=True, help="Servers at a time.")
@click.option("--on-failure", type=_ON_FAILURE, help="What a page is that cannot be fetched (default: the settings).")
@click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses too.")
def fetch(
    paths: tuple[str, ...],
    *,
    pairs: str | None,
    config: str | None,
    trust_store: tuple[str, ...],
    allow_private: bool,
    on_failure: str | None,
    **wishes: Any,
) -> None:
    """Fetch the originals that articles name by URL; what is at hand is left alone.

    Exit code: 0 all are at hand, 1 some could not be fetched (with `--on-failure warn` 0), 2 bilint could not do its
    work, 3 no article names a URL.
    """
    from bilint.commands import fetch as command

    asked = Asked(paths, pairs=pairs, config=config, trust_store=trust_store)
    sys.exit(command.run(asked, allow_private=allow_private, on_failure=on_failure, wishes=wishes))


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--config", metavar="FILE", help=CONFIG)
@click.option("--format", "format_", type=TEXT_OR_JSON, default="text", show_default=True)
def coverage(paths: tuple[str, ...], *, config: str | None, format_: str) -> None:
    """List originals without a translation, and translations without their original, in trees that mirror each other.

    Exit code: 0 all is translated, 1 something is missing or gone, 2 bilint could not do its work, 3 no trees found.
    """
    from bilint.commands import coverage as command

    sys.exit(command.run(Asked(paths, config=config), format_))


_SEGMENTS = "With --reference: write what was compared there, a passage a line, as the command sacrebleu takes it."


@main.command()
@with_input
@click.option("--format", "format_", type=TEXT_OR_JSON, default="text", show_default=True)
@click.option("--output", "-o", metavar="FILE", help="Write there instead of to standard output.")
@click.option("--most", type=click.FloatRange(min=0), help="Highest penalty per 1,000 words that passes.")
@click.option("--baseline", metavar="FILE", help="An earlier score (`--format json`): show what has changed since.")
@click.option("--reference", metavar="DIR", help="Reviewed translations of the same paths: BLEU, chrF++ and TER.")
@click.option("--against", "rival", metavar="DIR", help="With --reference: other translations, with the significance.")
@click.option("--segments", metavar="DIR", help=_SEGMENTS)
@_JOBS_OPTION
@_CACHE_OPTION
def score(asked: Asked, *, format_: str, no_cache: bool, **wishes: Any) -> None:
    """Give articles and the project a penalty: weighted findings per 1,000 English words, 0 is best.

    Weights are settings (`[score]`: error 5, warning 1, info 0.1). With --reference, say how like reviewed translations
    they are, by sacrebleu. Exit code: 0 scored, 1 the penalty is above --most, 2 bilint could not do its work, 3 there
    is nothing to score.
    """
    from bilint.commands import score as command

    sys.exit(command.run(asked, command.Wanted(format_, has_cache=not no_cache, **wishes)))


_LIST_SAVED = "Write no settings; list saved originals that look like those of articles in originals/index.tsv."


@main.command("init")
@click.argument("paths", nargs=-1, metavar="[FOLDER | PATHS]...")
@click.option("--check", "is_check", is_flag=True, help="Write nothing; say whether the settings find the originals.")
@click.option(
    "--originals", multiple=True, metavar="FOLDER", help="Where the originals are, if not in FOLDER or beside."
)
@click.option("--list-saved", "is_listing", is_flag=True, help=_LIST_SAVED)
@click.option("--format", "format_", type=TEXT_OR_JSON, help="With --check: of what is printed.  [default: text]")
@click.option("--config", metavar="FILE", help="With --check or --list-saved: the settings file.")
@click.option("--pairs", metavar="FILE", help="With --check: lines `target<TAB>source`.")
@click.option("--trust-store", multiple=True, metavar="FOLDER", help=TRUST_STORE)
def init(
    paths: tuple[str, ...],
    *,
    is_check: bool,
    originals: tuple[str, ...],
    is_listing: bool,
    format_: str | None,
    config: str | None,
    pairs: str | None,
    trust_store: tuple[str, ...],
) -> None:
    """Write bilint.toml for the translations in FOLDER (default: here), and say which originals it finds.

    A settings file that is there is never changed. Exit code: 0 written (--check: all articles have their originals), 1
    with --check some have none, 2 bilint could not do its work, 3 no articles were found.
    """
    from bilint.commands import init as command

    asked = Asked(paths, None, pairs, None, config, trust_store)
    sys.exit(command.chosen(asked, originals, format_, is_check=is_check, is_listing=is_listing))


@main.command()
@click.argument("name", required=False)
@click.option("--format", "format_", type=TEXT_OR_JSON, default="text", show_default=True)
def rule(name: str | None, format_: str) -> None:
    """List the rules, or print the manual of one."""
    from bilint.commands import rule as command

    sys.exit(command.run(name, format_))


@main.group("baseline")
def baseline_group() -> None:
    """Keep a file of known findings; `bilint check --baseline FILE` leaves them out.

    The file is the setting `baseline`, by default bilint-baseline.json beside the settings; no other command reads it
    unless the setting or --baseline names it.
    """


_BASELINE_FILE = click.option("--file", metavar="FILE", help="The file of known findings.")


@baseline_group.command("write")
@with_input
@_BASELINE_FILE
@_JOBS_OPTION
@_CACHE_OPTION
def baseline_write(asked: Asked, *, file: str | None, jobs: int, no_cache: bool) -> None:
    """Write all findings in PATHS to the file; what it held before is gone.

    Exit code: 0 written, 2 bilint could not do its work, 3 nothing was checked.
    """
    from bilint.commands import baseline as command

    sys.exit(command.run_write(asked, file, jobs, has_cache=not no_cache))


@baseline_group.command("prune")
@with_input
@_BASELINE_FILE
@_JOBS_OPTION
@_CACHE_OPTION
def baseline_prune(asked: Asked, *, file: str | None, jobs: int, no_cache: bool) -> None:
    """Remove from the file what is not found in PATHS any more; of other articles nothing is removed.

    Exit code: as for `write`.
    """
    from bilint.commands import baseline as command

    sys.exit(command.run_prune(asked, file, jobs, has_cache=not no_cache))


@baseline_group.command("show")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@_BASELINE_FILE
@click.option("--config", metavar="FILE", help=CONFIG)
@click.option("--format", "format_", type=TEXT_OR_JSON, default="text", show_default=True)
def baseline_show(paths: tuple[str, ...], *, file: str | None, config: str | None, format_: str) -> None:
    """Print what the file says, of all articles or of those in PATHS. Exit code: 0, or 2 when it cannot be read."""
    from bilint.commands import baseline as command

    sys.exit(command.run_show(Asked(paths, config=config), file, format_))


@main.group("show")
def show_group() -> None:
    """Print what a stage made of the input."""


def _stage(name: str, text: str) -> None:
    """Add `bilint show NAME`, which prints that stage."""

    @show_group.command(name, help=text)
    @with_input
    @click.option("--format", "format_", type=TEXT_OR_JSON, default="text", show_default=True)
    def command(asked: Asked, *, format_: str) -> None:
        from bilint.commands import show

        sys.exit(show.run(name, asked, format_))


for _name, _text in {
    "files": "Print the articles that would be checked.",
    "originals": "Print for each article its original, how it was found, or why not.",
    "blocks": "Print the blocks of each article.",
    "alignment": "Print each article beside its original, block by block.",
    "terms": "Print the glossary terms that occur in each original, and how they are rendered.",
    "settings": "Print the settings in force.",
}.items():
    _stage(_name, _text)


main.add_command(terms_group)
