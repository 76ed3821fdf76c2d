"""`check --fix` and `--diff`: articles are mended in memory until nothing is left to do, then written once."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bilint import fix
from bilint.commands.printing import tell_error, write, write_bytes
from bilint.files import Grounds, read_bytes, replace_file
from bilint.guard import attempt
from bilint.library.grounds import around
from bilint.messages import Text, phrase, phrases
from bilint.model import Document, Format, Problem, Report, Severity, UserError
from bilint.parse import parse_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bilint.discover import Target
    from bilint.plan import Plan

_MOST_ROUNDS = 8
"""Of the articles that were tried none took more than four; one that goes on has rules that undo each other's work."""
_BROKEN = "design-and-markup/"
"""What a mended text may not have more of, whatever its severity."""
_Faults = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Fixing:
    """What is to be mended: also what needs a look (`with_unsafe`); or nothing is written, only shown (`is_shown`)."""

    with_unsafe: bool = False
    is_shown: bool = False


@dataclass(slots=True)
class Work:
    """One article on its way: the bytes and the text that were read, the text as it is now, what was mended and not."""

    target: Target
    data: bytes
    text: str
    mended: str
    rules: Counter[str] = field(default_factory=Counter)
    left: dict[tuple[str, str], Text] = field(default_factory=dict)
    is_given_up: bool = False

    def give_up(self, why: Text) -> None:
        """Put everything back."""
        self.mended, self.is_given_up = self.text, True
        self.rules.clear()
        self.left = {("", ""): phrase("{path} is left as it was: {why}", path=self.target.path, why=why)}

    def result(self) -> bytes:
        """Return the bytes of the mended file."""
        mark = BOM_UTF8 if self.data.startswith(BOM_UTF8) else b""
        return mark + self.mended.encode()


class Bench:
    """Mends the articles of a run: mends what was found, looks again, until nothing is left that can be mended."""

    def __init__(self, targets: Sequence[Target], plan: Plan, look: Callable[[Sequence[Target]], Report]) -> None:
        self._targets, self._plan, self._look = {target.path: target for target in targets}, plan, look
        self._states = {path: _state(path) for path, each in self._targets.items() if each.text is None}
        self.works: dict[str, Work] = {}

    def mend(self, first: Report, *, with_unsafe: bool) -> Report:
        """Mend what `first` found, and return the report on the articles as they are then."""
        faults, report = _faults(first), first
        for _ in range(_MOST_ROUNDS):
            changed = [work for work in self._works(report) if self._mend(work, report, with_unsafe=with_unsafe)]
            if not changed:
                return report
            report = self._look(self.now())
            worse = [work for work in changed if _is_worse(work, faults, report)]
            if worse:
                report = self._look(self.now())
        for work in changed:
            work.give_up(phrase("its fixes undo each other"))
        return self._look(self.now())

    def now(self) -> list[Target]:
        """Return the targets, with the texts of those that were mended."""
        mended = {path: work.mended for path, work in self.works.items() if work.mended != work.text}
        return [replace(each, text=mended.get(path, each.text)) for path, each in self._targets.items()]

    def _works(self, report: Report) -> Iterator[Work]:
        """Yield the articles that have something to mend."""
        for path in sorted({each.target.place.path for each in report.findings if each.fix}):
            if path not in self.works:
                self.works[path] = self._begin(self._targets[path])
            if not self.works[path].is_given_up:
                yield self.works[path]

    def _begin(self, target: Target) -> Work:
        if target.text is not None:
            return Work(target, target.text.encode("utf-8", "surrogatepass"), target.text, target.text)
        work = Work(target, b"", "", "")
        document = attempt(target.path, lambda: self._read(work))
        if isinstance(document, Problem):
            work.give_up(_text(document.message))
        elif document.format is Format.HTML:
            work.give_up(phrase("it is a page of HTML, and only Markdown is mended"))
        else:
            work.text = work.mended = document.text
        return work

    def _read(self, work: Work) -> Document:
        path = work.target.path
        if not _allowed(self._plan, path).hold(path):
            raise UserError("{path}: is a link that leads outside, to {place}", path=path, place=os.path.realpath(path))
        work.data = read_bytes(path, work.target.most)
        if _state(path) != self._states[path]:
            raise UserError("{path}: was changed while it was checked", "run bilint again", path=path)
        return parse_bytes(work.data, path)

    def _mend(self, work: Work, report: Report, *, with_unsafe: bool) -> bool:
        """Mend an article, and return whether that changed its text."""
        path = work.target.path
        findings = [each for each in report.findings if each.target.place.path == path]
        wanted = list(fix.repairs(findings, with_unsafe=with_unsafe))
        seconds = self._plan.loaded.settings.max_seconds
        mended = attempt(path, lambda: fix.mend(work.mended, path, wanted), seconds=seconds)
        if isinstance(mended, Problem):
            work.give_up(_text(mended.message))
            return False
        for each in mended.refused:
            rule, place = each.finding.rule, each.finding.target.place
            where = f"{path}:{place.line}:{place.column}"
            why = phrase("{place}: {rule} is not mended: it would change what other marks mean", place=where, rule=rule)
            work.left[rule, str(each.place)] = why
        work.rules.update(each.finding.rule for each in mended.made)
        is_changed = mended.text != work.mended
        work.mended = mended.text
        return is_changed

    def given(self) -> Iterator[bytes]:
        """Yield what became of the articles that were read from standard input."""
        for path, target in sorted(self._targets.items()):
            if target.text is not None:
                work = self.works.get(path)
                yield work.result() if work else target.text.encode("utf-8", "surrogatepass")

    def write(self) -> Iterator[Problem]:
        """Write what was mended into the files, and yield what could not be written."""
        for path, work in sorted(self.works.items()):
            if work.mended != work.text and work.target.text is None:
                written = attempt(path, lambda path=path, work=work: self._write(path, work))  # type: ignore[misc]
                if isinstance(written, Problem):
                    yield written
                    work.give_up(phrase("it cannot be written"))

    def _write(self, path: str, work: Work) -> None:
        if _state(path) != self._states[path] or read_bytes(path, work.target.most) != work.data:
            raise UserError("{path}: was changed while it was mended", "run bilint again", path=path)
        if not os.access(path, os.W_OK):
            raise UserError("{path}: may not be written", path=path)
        replace_file(path, (work.result(),))


def _state(path: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _allowed(plan: Plan, path: str) -> Grounds:
    """Return where a file may lie that is written under this path, its links resolved."""
    here, place = os.getcwd(), os.path.abspath(path)
    grounds = plan.grounds.and_below(here, *around(Path(here) / "_").roots)
    return grounds if Path(place).is_relative_to(here) else grounds.and_below(os.path.dirname(place))


def _faults(report: Report) -> dict[str, _Faults]:
    """Return by path the faults that a mended text may not have more of."""
    faults: dict[str, _Faults] = defaultdict(Counter)
    for each in report.findings:
        if each.severity is Severity.ERROR or each.mqm.startswith(_BROKEN):
            faults[each.target.place.path][each.rule, each.message] += 1
    return faults


def _is_worse(work: Work, before: Mapping[str, _Faults], report: Report) -> bool:
    """Whether a mended text has a fault that it did not have; then it is given up."""
    path = work.target.path
    new = _faults(report).get(path, Counter()) - before.get(path, Counter())
    problems = [each.message for each in report.problems if each.path == path]
    if new or problems:
        what = problems[0] if problems else ": ".join(min(new))
        work.give_up(phrase("mended, it would have another fault ({what})", what=what))
    return bool(new or problems)


def differences(works: Iterable[Work]) -> Iterator[str]:
    """Yield the lines of a unified diff from the articles as they were to the mended ones."""
    from difflib import unified_diff

    for work in works:
        before, after = (text.split("\n") for text in (work.text, work.mended))
        lines = [f"{line}\n" for line in before[:-1]], [f"{line}\n" for line in after[:-1]]
        for part, rest in zip(lines, (before[-1], after[-1]), strict=True):
            part.extend([rest] if rest else [])
        path = work.target.path
        for line in unified_diff(*lines, path, path):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def fixed(first: Report, bench: Bench, fixing: Fixing) -> Report:
    """Mend what was found, write or show it, say on standard error what was done, and return what remains.

    Where it is only shown, all remains.
    """
    report = bench.mend(first, with_unsafe=fixing.with_unsafe)
    works = [work for _, work in sorted(bench.works.items())]
    if fixing.is_shown:
        _show("".join(differences(works)))
        report = first
    else:
        problems = tuple(bench.write())
        report = replace(report, problems=(*report.problems, *problems)) if problems else report
        for given in bench.given():
            write_bytes(given)
    _say(works, report, fixing)
    return report


def _show(diff: str) -> None:
    """Print a diff: for a program to the byte, for a terminal without what would act on it."""
    if sys.stdout is not None and sys.stdout.isatty():
        write(diff)
    else:
        write_bytes(diff.encode("utf-8", "surrogateescape"))


def _say(works: Iterable[Work], report: Report, fixing: Fixing) -> None:
    works = list(works)
    for work in works:
        for _, why in sorted(work.left.items()):
            tell_error(why, kind="note")
    places = sum(work.rules.total() for work in works)
    articles = sum(bool(work.rules) for work in works)
    among = phrases("{number} article", "{number} articles", articles)
    if not places:
        said = phrase("nothing to mend")
    elif fixing.is_shown:
        said = phrases(
            "would mend {number} place in {among}", "would mend {number} places in {among}", places, among=among
        )
    else:
        said = phrases("mended {number} place in {among}", "mended {number} places in {among}", places, among=among)
    tell_error(said, kind="note")
    unsafe = sum(bool(each.fix and not each.fix.safe) for each in report.findings)
    if unsafe and not fixing.with_unsafe:
        more = phrases(
            "{number} finding more with --unsafe-fixes", "{number} findings more with --unsafe-fixes", unsafe
        )
        tell_error(more, kind="note")


def _text(words: str) -> Text:
    return words if isinstance(words, Text) else Text(words, "", {})
