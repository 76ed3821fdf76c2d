"""`bilint terms check`: what is wrong with term lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bilint.commands.asked import Asked, load
from bilint.commands.printing import FAILED, FOUND, NOTHING, tell_error, write
from bilint.glossary.conflicts import Conflict, conflicts
from bilint.glossary.lists import Listed, read
from bilint.messages import say
from bilint.model import Severity, UserError
from bilint.text.escapes import to_json


def run_check(files: Sequence[str], config: str | None, format_: str) -> int:
    """Print what is wrong with these lists, or with those of the settings, and return the exit code.

    A later list has the last word. Raises UserError for settings that cannot be read.
    """
    names, root = (files, Path()) if files else _of_settings(config)
    if not names:
        tell_error("no term lists: name files, or set `glossaries` in the settings")
        return NOTHING
    lists, faults = _read(names, root)
    found = list(conflicts(lists))
    if format_ == "json":
        broken = [_as_conflict(fault, fault.message) for fault in faults]
        write(to_json([_record(each) for each in (*broken, *found)]))
    else:
        broken = [_as_conflict(fault, say(fault.message)) for fault in faults]
        write("".join(_lines(lists, broken, found)))
    if faults:
        return FAILED
    return FOUND if any(each.severity is not Severity.INFO for each in found) else 0


def _of_settings(config: str | None) -> tuple[Sequence[str], Path]:
    loaded = load(Asked((), config=config), {})
    return loaded.settings.glossaries, loaded.root


def _read(names: Sequence[str], root: Path) -> tuple[list[Listed], list[UserError]]:
    """The lists that can be read, and what cannot be."""
    lists: list[Listed] = []
    faults: list[UserError] = []
    for name in names:
        try:
            lists.append(read(name, root))
            faults += lists[-1].faults
        except UserError as error:
            faults.append(error)
    return lists, faults


def _as_conflict(fault: UserError, said: str) -> Conflict:
    origin, _, message = said.partition(": ")
    return Conflict(origin, Severity.ERROR, message, fault.hint)


def _lines(lists: Sequence[Listed], faults: Sequence[Conflict], found: Sequence[Conflict]) -> Iterator[str]:
    for each in (*faults, *found):
        yield f"{each.origin}: {say(each.severity.value)}: {say(each.message)}\n"
        if each.hint:
            yield f"  {say(each.hint)}\n"
    terms = sum(len(listed.terms) for listed in lists)
    wrong = len(faults) + sum(each.severity is not Severity.INFO for each in found)
    yield say("{terms} terms in {lists} lists, {wrong} to mend", terms=terms, lists=len(lists), wrong=wrong) + "\n"


def _record(each: Conflict) -> dict[str, str]:
    return {"place": each.origin, "severity": each.severity, "message": each.message, "hint": each.hint}
