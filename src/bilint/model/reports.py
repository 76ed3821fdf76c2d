"""What a run comes to."""

from __future__ import annotations

from dataclasses import dataclass

from bilint.model.articles import Original
from bilint.model.findings import Placed
from bilint.model.texts import Text


class UserError(Exception):
    """Something the user gave cannot be used; `message` says what and where, `hint` what to do about it.

    Both are literals with the arguments in braces, as in `UserError("{path}: is empty", path=path)`: so they can be
    said in another language.
    """

    def __init__(self, message: str, hint: str = "", /, **arguments: object) -> None:
        self.message = _text(message, arguments)
        self.hint = _text(hint, arguments)
        super().__init__(self.message)


def _text(words: str, arguments: dict[str, object]) -> Text:
    return words if isinstance(words, Text) else Text(words, "", arguments)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a report says of one article: its original and how much of both sides was aligned."""

    path: str
    original: Original | None
    why: str
    pairs: int
    unaligned_source: int
    unaligned_target: int
    language: str = ""
    """The code of the language of an article that was not checked because it is not Chinese."""
    words: int = 0
    """English words of the original outside code."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something bilint could not do (read a file, run a rule); makes the exit code 2."""

    path: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that a run found out, sorted by path, line, column, rule.

    Not among the findings: `suppressed` by a comment, `hidden` for their confidence, `minor` for their severity,
    `unchanged` since the revision that was asked for, `baselined`. `expired` entries of the baseline fit nothing any
    more. `sources` are files that were not checked because they are the originals of others.
    """

    articles: tuple[Checked, ...]
    findings: tuple[Placed, ...]
    suppressed: int
    hidden: int
    problems: tuple[Problem, ...]
    signature: str
    version: str
    minor: int = 0
    unchanged: int = 0
    baselined: int = 0
    expired: int = 0
    sources: int = 0
