"""A report in parts: a folder of JSON Lines files, each written where its articles are at hand.

Nothing of a part is in memory before it is written or afterwards but its numbers. All files one after the other, by
their names, have the bytes of `--format jsonl`.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from bilint.baseline import Outcome
from bilint.commands.printing import cleaned, unwritten
from bilint.commands.sound import shown
from bilint.files import read_head, replace_file
from bilint.kept import UNFIT, Keeper, Kept, Reviewed
from bilint.messages import speaking
from bilint.messages.system import reason
from bilint.model import Problem, UserError
from bilint.parallel import Step, spread
from bilint.pipeline import outcomes, report_of, revisions, without_known
from bilint.plan import signature
from bilint.recall import Recall
from bilint.report import counts
from bilint.report.jsonl import finding_lines, last_lines

if TYPE_CHECKING:
    from bilint.discover import Target
    from bilint.judging import Judged
    from bilint.model import Placed, Report
    from bilint.parallel import Engine
    from bilint.plan import Plan

ARTICLES = 1000
"""Of a part: a file of some MB, and a thousand files for a million articles."""
_LAST = "summary.jsonl"
"""Behind all others by its name, and written last: where it is not, the run has not ended."""
_OURS = re.compile(r"part-\d{5,}\.jsonl|" + re.escape(_LAST))
_LEFT = re.compile(r"\.bilint-\w{8}")
"""What a killed run leaves of a file that it was writing."""
_BEGINNING = b'{"type": "'


class Total(Struct, frozen=True):
    """What a report in parts comes to: its numbers, those of the summary, and what went wrong."""

    numbers: dict[str, int]
    problems: tuple[Problem, ...]


class Folder:
    """Where the parts of a report go. It holds nothing else: what an earlier run left there is replaced."""

    def __init__(self, path: str) -> None:
        self._path = path

    def open(self) -> None:
        """Make it, if need be, and take away what says that an earlier run has ended.

        Raises UserError when it holds other files or cannot be written to.
        """
        try:
            os.makedirs(self._path, exist_ok=True)
            if _LAST in list(self._files()):
                os.unlink(os.path.join(self._path, _LAST))
            with tempfile.TemporaryFile(dir=self._path):
                pass
        except OSError as error:
            raise unwritten(self._path, error) from error

    def clear(self) -> None:
        """Remove what an earlier run left, first what says that it has ended. Raises like `open`."""
        try:
            for name in sorted(self._files(), key=lambda name: (name != _LAST, name)):
                os.unlink(os.path.join(self._path, name))
        except OSError as error:
            raise unwritten(self._path, error) from error

    def part(self, number: int) -> str:
        """Return the path of a part; they count from 0."""
        return os.path.join(self._path, f"part-{number:05}.jsonl")

    def close(self, parts: Sequence[str], last: Sequence[bytes]) -> None:
        """Write what stands behind the parts. Raises UserError when one of them is not here, or as `open` does."""
        try:
            if missing := {os.path.basename(part) for part in parts}.difference(os.listdir(self._path)):
                raise UserError(
                    "{folder}: {name}, which was written elsewhere, is not here",
                    "the folder must be one that all machines of the cluster share",
                    folder=self._path,
                    name=min(missing),
                )
            replace_file(os.path.join(self._path, _LAST), last)
        except OSError as error:
            raise unwritten(self._path, error) from error

    def _files(self) -> Iterator[str]:
        """Yield the names of what is there. Raises UserError for what no run has left."""
        with os.scandir(self._path) as entries:
            for entry in entries:
                if not _is_ours(entry):
                    raise UserError(
                        "{folder}: holds {name}, which is no part of a report",
                        "name a folder for this alone; what an earlier run left there is replaced",
                        folder=self._path,
                        name=entry.name,
                    )
                yield entry.name


def _is_ours(entry: os.DirEntry[str]) -> bool:
    if not entry.is_file(follow_symlinks=False):
        return False
    if _LEFT.fullmatch(entry.name):
        return True
    return bool(_OURS.fullmatch(entry.name)) and read_head(entry.path, len(_BEGINNING)) in (b"", _BEGINNING)


class _Part(Struct, frozen=True):
    """Articles of which a file is to be written."""

    file: str
    kept: tuple[Kept | Reviewed, ...]


class _Written(Struct, frozen=True):
    """What is known of a file that was written.

    Else `odd` says why what was kept of its articles cannot be read, or `unwritten` why the file cannot be written.
    """

    numbers: dict[str, int] = {}
    problems: tuple[Problem, ...] = ()
    revisions: frozenset[str] = frozenset()
    odd: str = ""
    unwritten: str = ""


def run(
    folder: Folder,
    targets: Sequence[Target],
    plan: Plan,
    jobs: int | Engine,
    *,
    tick: Callable[[], None] = lambda: None,
    recall: Recall | None = None,
) -> Total:
    """Check the targets, which must be files, write what is found into the folder, and return what it comes to.

    Raises UserError when something there cannot be written.
    """
    write = partial(_all_written, folder, plan, jobs)
    return outcomes(targets, plan, jobs, tick, recall or Recall(None, plan), use=write)


def _all_written(
    folder: Folder, plan: Plan, jobs: int | Engine, keeper: Keeper, kept: dict[int, Kept | Reviewed]
) -> Total:
    by_path = sorted(kept, key=lambda number: kept[number].path)
    ordered, outcome = _left([kept.pop(number) for number in by_path], keeper, plan)
    numbers = counts(report_of((), outcome, ""))
    problems: list[Problem] = []
    named: set[str] = set()
    parts = [
        _Part(folder.part(number), tuple(ordered[at : at + ARTICLES]))
        for number, at in enumerate(range(0, len(ordered), ARTICLES))
    ]
    folder.clear()
    write = partial(_written, keeper)
    # A part that kills workers is written here: whatever it was, no article is at fault any more.
    made = dict(spread(parts, Step(write, write, takes_long=True), jobs))
    for number, part in enumerate(parts):
        _refuse(made[number], part.file)
        numbers.update({name: known + made[number].numbers[name] for name, known in numbers.items()})
        problems += made[number].problems
        named |= made[number].revisions
    with speaking("en"):
        last = cleaned(last_lines(problems, numbers, signature(plan, named)))
    folder.close([part.file for part in parts], last)
    return Total(numbers, tuple(problems))


def _left(kept: list[Kept | Reviewed], keeper: Keeper, plan: Plan) -> tuple[Sequence[Kept | Reviewed], Outcome]:
    """Return what is to be shown of the articles, and what became of the baseline: it is for all of them together."""
    if plan.baseline is None:
        kept.reverse()
        return [_bare(kept.pop()) for _ in range(len(kept))], Outcome((), 0, (), ())
    judged = [keeper.judged(one) for one in kept]
    outcome = without_known(judged, plan.baseline)
    by_path = defaultdict(list)
    for finding in outcome.findings:
        by_path[finding.target.place.path].append(finding)
    left = [Reviewed(one.path, _showing(each, by_path[one.path])) for one, each in zip(kept, judged, strict=True)]
    return left, outcome._replace(findings=())


def _bare(kept: Kept | Reviewed) -> Kept | Reviewed:
    """What the report takes, without what it rests on."""
    return msgspec.structs.replace(kept, told=b"", found=b"") if isinstance(kept, Kept) else kept


def _showing(judged: Judged, found: Sequence[Placed]) -> Judged:
    return msgspec.structs.replace(judged, sifted=msgspec.structs.replace(judged.sifted, shown=tuple(found)))


def _written(keeper: Keeper, part: _Part) -> _Written:
    """Write a part; in a worker nothing may be raised, which would look as if it had been killed."""
    try:
        judged = [keeper.judged(one) for one in part.kept]
    except UNFIT as error:
        return _Written(odd=str(error) or repr(error))
    found = tuple(finding for each in judged for finding in each.sifted.shown)
    lines, report = shown(report_of(judged, Outcome(found, 0, (), ()), ""), _lines)
    try:
        replace_file(part.file, lines)
    except OSError as error:
        return _Written(unwritten=reason(error))
    return _Written(counts(report), report.problems, frozenset(revisions(judged)))


def _lines(report: Report) -> list[bytes]:
    with speaking("en"):
        return cleaned(finding_lines(report.findings))


def _refuse(made: _Written, file: str) -> None:
    if made.odd:
        raise ValueError(made.odd)  # UNFIT: what is kept is not what was written
    if made.unwritten:
        raise UserError("{what}: cannot be written: {why}", what=file, why=made.unwritten)
