"""A team's own checks: `[[checks]]` of the settings as rules, named `project/NAME`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from bilint.messages import phrase
from bilint.misfits import place
from bilint.model import WRITTEN, AlignedPair, Block, Document, Finding, Message, Span, UserError
from bilint.rules import Context, Options, Rule

if TYPE_CHECKING:
    from bilint.settings import Check, Loaded

PREFIX = "project/"
_LOW = 0.3
"""Under this score the Chinese may be that of another block. A word that is missing lowers the score of its own."""
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _Comparing(Struct, frozen=True):
    """What a check does that looks at the English too: where its pattern is found, what the Chinese must say."""

    english: str
    require: str
    forbid: str
    message: str

    def __call__(self, pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
        if not pair.source or not pair.target:
            return
        english = next(_matches(self.english, pair.source), None)
        if english is None:
            return
        evidence = (("english", english[1]),)
        is_said = not self.require or pair.score < _LOW
        if not is_said and next(_matches(self.require, pair.target), None) is None:
            first = pair.target[0]
            span = Span(first.start, pair.target[-1].span.end)
            yield context.finding("own", span, source=english[0], evidence=evidence, message=self.message)
        for span, _ in _matches(self.forbid, pair.target) if self.forbid else ():
            yield context.finding("own", span, source=english[0], evidence=evidence, message=self.message)


class _Alone(Struct, frozen=True):
    """What a check does that looks at the Chinese alone."""

    forbid: str
    message: str

    def __call__(self, document: Document, context: Context[Options]) -> Iterator[Finding]:
        for span, _ in _matches(self.forbid, document.blocks):
            yield context.finding("own", span, message=self.message)


def _matches(pattern: str, blocks: Sequence[Block]) -> Iterator[tuple[Span, str]]:
    """Yield what a pattern finds in the readable text of blocks, with its span in the file; empty matches are none."""
    for block in blocks:
        for found in re.finditer(pattern, block.prose.text):
            if found[0]:
                yield block.prose.span(found.start(), found.end()), found[0]


def own_rules(loaded: Loaded) -> dict[str, Rule]:
    """Return the rules that the settings declare, by name. Raises UserError, with file and line, for a broken one."""
    made: dict[str, Rule] = {}
    for number, check in enumerate(loaded.settings.checks):
        rule = _rule(check, loaded, f"checks[{number}]")
        if rule.name in made:
            raise UserError(
                "{where}: a second check `{name}`",
                "rename it",
                where=place(loaded.file, f"checks[{number}].name"),
                name=check.name,
            )
        made[rule.name] = rule
    return made


def _rule(check: Check, loaded: Loaded, path: str) -> Rule:
    def refuse(key: str, what: str, hint: str) -> UserError:
        return UserError(
            "{where}: `{path}.{key}`: {what}",
            hint,
            where=place(loaded.file, f"{path}.{key}"),
            path=path,
            key=key,
            what=what,
        )

    if not _NAME.fullmatch(check.name):
        raise refuse(
            "name",
            phrase("`{name}` is no name of a check", name=check.name),
            phrase("use small letters, digits and hyphens"),
        )
    if not check.require and not check.forbid:
        raise refuse(
            "name",
            phrase("neither `require` nor `forbid` is given"),
            phrase("say what the Chinese must have or must not"),
        )
    if check.require and not check.english:
        raise refuse("require", phrase("goes with `english`"), phrase("say where it is required; `.` is any English"))
    if not check.message.strip():
        raise refuse("message", phrase("is empty"), phrase("say what is wrong"))
    for key in ("english", "require", "forbid"):
        try:
            re.compile(getattr(check, key))
        except (re.error, OverflowError, RecursionError) as error:
            hint = phrase("patterns are Python's regular expressions; TOML takes them in single quotes: '…'")
            raise refuse(key, phrase("is not a valid pattern: {error}", error=error), hint) from error
    comparing = bool(check.english)
    act = _Comparing(check.english, check.require, check.forbid, check.message) if comparing else None
    return Rule(
        f"{PREFIX}{check.name}",
        check.severity,
        check.confidence,
        check.mqm,
        AlignedPair if comparing else Document,
        Options,
        act or _Alone(check.forbid, check.message),
        f"{check.message}\n\nA check of this project, declared in its settings.",
        {"own": Message("own", "{message}", check.help)},
        WRITTEN,
    )
