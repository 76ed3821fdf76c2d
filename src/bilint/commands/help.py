"""Commands as people see them: `--language`, and help and errors in that language."""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from itertools import zip_longest
from typing import Any

import click

from bilint import messages
from bilint.messages import say
from bilint.text.width import cells
from bilint.text.wrapping import wrapped

_LANGUAGE = click.Option(
    ["--language"],
    type=click.Choice(messages.LANGUAGES),
    expose_value=False,
    help="Language of what is said to people (default: that of the locale).",
)
_GAP = 2
_WIDEST_NAME = 30
"""As click sets options and their help: that of wider ones begins on a line of its own."""


def asked_language(words: Sequence[str]) -> str | None:
    """Return what `--language` says, wherever it stands: even the complaint about another option is in that language.

    None when it is not there, or names no language: that is told when the words are parsed.
    """
    said = None
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if word == "--":
            break
        name, _, value = word.partition("=")
        if name == "--language":
            said = value or following
    return said if said in messages.LANGUAGES else None


@contextmanager
def speaking(words: Sequence[str]) -> Iterator[None]:
    """Speak in the block what the words of the command line ask for, else the language of the locale; click too."""
    asked = asked_language(words)
    language = asked or messages.of_locale(os.environ)
    domain, before = gettext.textdomain(), os.environ.get("LANGUAGE")
    if language != "en":
        gettext.bindtextdomain(messages.DOMAIN, messages.FOLDER)
        gettext.textdomain(messages.DOMAIN)
        os.environ["LANGUAGE"] = language  # where gettext looks first, whatever the locale
    try:
        with messages.speaking(language, is_asked=asked is not None):
            yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE", None)
        if before is not None:
            os.environ["LANGUAGE"] = before


def paragraphs(help_: str) -> str:
    """Return a docstring as the catalogue has it: paragraphs between empty lines, each in one line."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", help_.strip()))


class _Formatter(click.HelpFormatter):
    """Breaks lines by the cells that they take: click counts characters, and breaks at blanks only."""

    def write_heading(self, heading: str) -> None:
        """Write the head of a section."""
        colon = "：" if messages.language() == "zh" else ":"
        self.write(f"{' ' * self.current_indent}{heading}{colon}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, indented."""
        room = max(self.width - self.current_indent, 11)
        parts = (wrapped(part, room) for part in paragraphs(text).split("\n\n"))
        self.write("\n\n".join("\n".join(" " * self.current_indent + line for line in part) for part in parts) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST_NAME, col_spacing: int = _GAP) -> None:
        """Write names and what is told of them, in two columns."""
        if messages.language() == "en":
            super().write_dl(rows, col_max, col_spacing)
            return
        rows = list(rows)
        names = min(max(cells(name) for name, _ in rows), col_max) + col_spacing
        indent, room = " " * self.current_indent, max(self.width - self.current_indent - names - 2, 10)
        for name, told in rows:
            first, *rest = [*wrapped(told, room)] or [""]
            if cells(name) > names - col_spacing:
                self.write(f"{indent}{name}\n")
                name = ""  # noqa: PLW2901 - said already
            self.write(f"{indent}{name}{' ' * (names - cells(name))}{first}".rstrip() + "\n")
            self.write("".join(f"{indent}{' ' * names}{line}\n" for line in rest))


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command with `--language`, whose help is in the language that is spoken."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_LANGUAGE)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return click's option, in the language of today: click keeps the one that it made first."""
        made = super().get_help_option(ctx)
        if made is not None:
            made.help = say("Show this message and exit.")
        return made

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help."""
        if messages.language() == "en":
            return super().get_short_help_str(limit)
        return say(paragraphs(self.help or "")).partition("\n")[0].partition("。")[0]

    def get_help(self, ctx: click.Context) -> str:
        """Return the help in the language that is spoken."""
        said = copy(self)
        said.help = say(paragraphs(self.help or ""))
        said.params = [_in_words(each) for each in self.params]
        return super(Command, said).get_help(ctx)


def _in_words(parameter: click.Parameter) -> click.Parameter:
    said = copy(parameter)
    if isinstance(said, click.Option) and said.help:
        said.help = say(said.help)
    return said


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command


Group.group_class = Group
