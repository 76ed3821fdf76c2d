"""Cases of rules: Markdown files in `cases/` that a translator can write, and running one as the tool would.

A file holds `## what this case shows` headings; under each stand fences: `en` (the original; HTML when it starts with
`<!doctype html>`), `newer` (the original as it is today), `zh`, `glossary` (CSV), `toml` (settings), `broken` (a rule
that is made to crash) and `report`, the expected findings: `line:column message (N more: line:column, …) [low]`. An
empty report means "must stay silent".
"""

from __future__ import annotations

import gc
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from bilint import pipeline, settings
from bilint.discover import Target
from bilint.model import Confidence, Document, Failure, Finding, Original, Report, Suppression
from bilint.originals import Finder
from bilint.rules import all_rules
from bilint.selection import Active, Selection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parent / "cases"
KNOWN_MISS = "known miss:"
_KINDS = frozenset({"en", "newer", "zh", "glossary", "toml", "broken", "report"})
_FENCE = re.compile(r"^(?P<marks>`{3,}|~{3,})(?P<kind>\S+)\n(?P<body>(?:.*\n)*?)(?P=marks)$", re.MULTILINE)
_HEADING = re.compile(r"^## (?P<title>.+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a rule: its files by kind, and the lines of the expected report."""

    rule: str
    title: str
    files: Mapping[str, str]

    @property
    def expected(self) -> list[str]:
        """The lines of the report fence."""
        return self.files["report"].split("\n")[:-1]

    @property
    def is_known_miss(self) -> bool:
        """Whether the rule is known to get this case wrong."""
        return self.title.startswith(KNOWN_MISS)


def read(file: Path) -> Iterator[Case]:
    """Yield the cases of a file in order. Raises ValueError, with `file:line`, for a case that is not well-formed."""
    text = file.read_text(encoding="utf-8")
    starts = [*_HEADING.finditer(without_fences(text))]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        where = f"{file.name}:{text.count(chr(10), 0, match.start()) + 1}"
        files = fences(text[match.end() : end], where)
        missing = {"zh", "report"} - files.keys()
        if missing:
            raise ValueError(f"{where}: no fence `{min(missing)}`")
        yield Case(file.stem, match["title"], files)


def without_fences(text: str) -> str:
    """Return `text` with blanks for its fences: what looks like a heading in there is none."""
    return _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def fences(text: str, where: str) -> dict[str, str]:
    """Return the content of the fences in `text` by kind. Raises ValueError for an unknown or doubled kind."""
    files: dict[str, str] = {}
    for match in _FENCE.finditer(text):
        kind = match["kind"]
        if kind not in _KINDS or kind in files:
            raise ValueError(f"{where}: fence `{kind}` is {'doubled' if kind in files else 'unknown'}")
        files[kind] = match["body"]
    return files


def run(rule: str, files: Mapping[str, str], folder: Path) -> Report:
    """Return what the tool reports with only `rule` on, or all (also for a rule that judges the work of the others)."""
    watches = rule != "all" and all_rules()[rule].scope in (Suppression, Failure)
    plan = _plan("all" if watches else rule, files, folder)
    try:
        report = pipeline.run([Target(str(folder / "zh.md"))], plan)
    finally:
        gc.enable()  # the pipeline leaves it off: right for one run, not for thousands
    return report if rule == "all" else replace(report, findings=tuple(f for f in report.findings if f.rule == rule))


def _plan(select: str, files: Mapping[str, str], folder: Path) -> pipeline.Plan:
    names = {"zh": "zh.md", "en": "en.md", "newer": "newer.md", "glossary": "terms.csv", "toml": "bilint.toml"}
    for kind, name in names.items():
        if kind in files or kind == "toml":
            (folder / name).write_bytes(files.get(kind, "").encode())
    changes: dict[str, Any] = {"select": (select,)}
    if "min-confidence" not in tomllib.loads(files.get("toml", "")):
        changes["min_confidence"] = Confidence.LOW
    if "glossary" in files:
        changes["glossaries"] = ("terms.csv",)
    loaded = settings.load(folder)
    loaded = msgspec.structs.replace(loaded, settings=msgspec.structs.replace(loaded.settings, **changes))
    given = {str(folder / "zh.md"): str(folder / "en.md")} if "en" in files else {}
    plan = pipeline.Plan.of(loaded, given, "source")
    if "newer" in files:
        plan = msgspec.structs.replace(plan, finder=_Newer(loaded, given, str(folder / "newer.md")))
    if "broken" in files:
        plan = msgspec.structs.replace(plan, selection=_Broken(loaded, files["broken"].strip()))
    return plan


class _Newer(Finder):
    """Finds the given original, and a newer version of it."""

    def __init__(self, loaded: settings.Loaded, given: Mapping[str, str], newer: str) -> None:
        super().__init__(loaded.settings.originals, loaded.root, given, given_by="source")
        self._newer = newer

    def find(self, document: Document) -> tuple[Original | None, str]:
        original, why = super().find(document)
        return (replace(original, latest=self._newer) if original else None), why


class _Broken(Selection):
    """A selection in which one rule crashes."""

    def __init__(self, loaded: settings.Loaded, rule: str) -> None:
        self._rule = rule
        super().__init__(loaded)

    def for_overrides(self, numbers: tuple[int, ...]) -> tuple[Active, ...]:
        return tuple(self._crashing(active) for active in super().for_overrides(numbers))

    def _crashing(self, active: Active) -> Active:
        if active.rule.name != self._rule:
            return active
        return msgspec.structs.replace(active, rule=msgspec.structs.replace(active.rule, check=_crash))


def _crash(*_: object) -> NoReturn:
    raise ValueError("made to break")


def lines(report: Report) -> list[str]:
    """Return the findings of a report as a case writes them."""
    return [_line(finding) for finding in report.findings]


def _line(finding: Finding) -> str:
    place = finding.target.place
    more = ", ".join(f"{other.line}:{other.column}" for other in finding.more)
    folded = f" ({len(finding.more)} more: {more})" if more else ""
    low = " [low]" if finding.confidence is Confidence.LOW else ""
    return f"{place.line}:{place.column} {finding.message}{folded}{low}"
