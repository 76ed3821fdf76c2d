"""The command line of `bilint terms`."""

from __future__ import annotations

import sys

import click

from bilint.cli_options import CONFIG, TEXT_OR_JSON, with_input
from bilint.commands.asked import Asked
from bilint.commands.help import Group


@click.group("terms", cls=Group)
def terms_group() -> None:
    """Look at term lists, and at how the project renders terms."""


@terms_group.command("check")
@click.argument("files", nargs=-1, metavar="[FILES]...")
@click.option("--config", metavar="FILE", help=CONFIG)
@click.option("--format", "format_", type=TEXT_OR_JSON, default="text", show_default=True)
def terms_check(files: tuple[str, ...], *, config: str | None, format_: str) -> None:
    """Validate FILES, or the lists of the settings: a later one has the last word.

    Named with their lines: entries that make no sense, duplicates, renderings that one entry approves and another
    forbids, forms of one term that agree in nothing, characters of the other script, and what a later list replaces.
    Exit code: 0 nothing to mend, 1 something, 2 an entry or a list cannot be read, 3 there is no list.
    """
    from bilint.commands import terms as command

    sys.exit(command.run_check(files, config, format_))


@terms_group.command("mine")
@with_input
@click.option(
    "--format", "format_", type=click.Choice(["csv", "html", "json", "tbx"]), default="csv", show_default=True
)
@click.option("--output", "-o", metavar="FILE", help="Write there instead of to standard output.")
@click.option("--min-uses", type=click.IntRange(min=1), default=5, show_default=True, help="Leave out rarer terms.")
@click.option("--limit", type=click.IntRange(min=1), default=500, show_default=True, help="Terms at most.")
def terms_mine(asked: Asked, *, format_: str, output: str | None, min_uses: int, limit: int) -> None:
    """Propose a glossary from the project's own aligned sentences.

    For each term: how it is rendered, how often, and how often it is left in English; `html` and `json` show sentences.
    Read it before you use it: what is frequent need not be right. Exit code: 0 terms are proposed, 1 none are frequent
    enough, 2 an article cannot be read, 3 there is nothing to read.
    """
    from bilint.commands import mined

    sys.exit(mined.run(asked, mined.Wanted(format_, output, min_uses, limit)))


@terms_group.command("show")
@click.argument("word")
@with_input
@click.option("--format", "format_", type=TEXT_OR_JSON, default="text", show_default=True)
def terms_show(asked: Asked, *, word: str, format_: str) -> None:
    """Print how WORD is rendered: published translations with counts, the glossaries, and every use in PATHS.

    WORD is a term of one or several words, in any case and number; longer terms with it are told, too. Without PATHS,
    only what is known without a project. Exit code: 0 something is known of it, 1 nothing, 2 an article cannot be read,
    3 there is nothing to read.
    """
    from bilint.commands import shown_terms

    sys.exit(shown_terms.run(word, asked, format_))


@terms_group.command("keep")
@with_input
@click.option("--format", "format_", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@click.option("--all", "is_all", is_flag=True, help="Also names, and what published translations keep.")
def terms_keep(asked: Asked, *, format_: str, is_all: bool) -> None:
    """List the words that the project leaves in English on purpose: `untranslated-words` is silent on them.

    `csv` is a term list of those that no glossary keeps yet. Exit code: 0 there are some, 1 none, 2 an article cannot
    be read, 3 there is nothing to read.
    """
    from bilint.commands import kept_terms

    sys.exit(kept_terms.run(asked, format_, is_all=is_all))
