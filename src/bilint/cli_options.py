"""Options that commands share, as click has them."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from bilint.commands.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT_OR_JSON = click.Choice(["text", "json"])
CONFIG = "Settings file (default: bilint.toml or pyproject.toml, beside PATHS or above)."
TRUST_STORE = "Read the Git store in FOLDER although its repository lies among the checked files."
_INPUT_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.argument("paths", nargs=-1, metavar="[PATHS]..."),
    click.option("--source", metavar="FILE|URL", help="The English original of the one article given."),
    click.option(
        "--pairs", metavar="FILE", help="Lines `target<TAB>source`; without PATHS, all targets in it are checked."
    ),
    click.option("--stdin-filename", metavar="FILE", help="The name of the article read from standard input (`-`)."),
    click.option("--config", metavar="FILE", help=CONFIG),
    click.option("--trust-store", multiple=True, metavar="FOLDER", help=TRUST_STORE),
)


def with_input(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `Asked`, gathered in its first argument."""

    @wraps(command)
    def gathered(**words: Any) -> None:
        fields = {name: words.pop(name) for name in Asked.__dataclass_fields__}
        command(Asked(**fields), **words)

    for option in reversed(_INPUT_OPTIONS):
        gathered = option(gathered)
    return gathered
