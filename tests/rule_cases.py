"""Cases of rules: Markdown files in `cases/` that a translator can write, and running one as the tool would.

A file holds `## what this case shows` headings; under each stand fences: `en` (the original; HTML when it starts with
`<!doctype html>`), `newer` (the original as it is today), `zh`, `glossary` (CSV), `settings` (TOML), `broken` (a rule
that is made to crash), `report`, and `mended` or `mended-unsafely`, which say what `--fix` makes of the article, alone
or with `--unsafe-fixes`. Several articles are told apart by a name: `zh a.md`, `zh b.md`, `en a.md`; one without an
original of its name has `en`.

The report says all that a user is told; an empty one means "must stay silent":

    5:4-7 warning/medium `生成型` where this article also says `生成式`
      source 3:1-11
      more 7:4-7, 9:1-4
      use 生成式
      evidence 生成式 2, 生成型 3
      help `生成式` is preferred by the rest of the article

Places are `line:column-column` or, over several lines, `line:column-line:column`, ends exclusive; with several articles
the first line begins with the article's name. `python scripts/regenerate_cases.py` writes what is found into the
reports; whether it is right is for you to read in `git diff`.
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
from bilint.commands.fixing import Bench
from bilint.discover import Target
from bilint.model import Confidence, Document, Failure, Original, Placed, Report, Suppression
from bilint.originals import Finder
from bilint.rules import all_rules
from bilint.selection import Active, Selection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bilint.model import Place

FOLDER = Path(__file__).parent / "cases"
KNOWN_MISS = "known miss:"
_ONE = frozenset({"glossary", "settings", "broken", "report"})
MENDED = ("mended", "mended-unsafely")
_PER_ARTICLE = frozenset({"en", "newer", "zh", *MENDED})
_FENCE = re.compile(
    r"^(?P<marks>`{3,}|~{3,})(?P<kind>\S+)(?: (?P<name>\S+))?\n(?P<body>(?:.*\n)*?)(?P=marks)$", re.MULTILINE
)
_HEADING = re.compile(r"^## (?P<title>.+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a rule: its files by fence (`zh`, `en a.md`), and where the body of its report stands in the file."""

    rule: str
    title: str
    files: Mapping[str, str]
    report: tuple[int, int]

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
    yield from read_text(file.read_text(encoding="utf-8"), file.stem)


def read_text(text: str, rule: str) -> Iterator[Case]:
    """Yield the cases in the text of the file of a rule."""
    starts = [*_HEADING.finditer(without_fences(text))]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        where = f"{rule}.md:{text.count(chr(10), 0, match.start()) + 1}"
        part = text[match.end() : end]
        files = fences(part, where)
        if not any(kind.split(" ")[0] == "zh" for kind in files) or "report" not in files:
            raise ValueError(f"{where}: a case has `zh` and `report`")
        report = next(fence.span("body") for fence in _FENCE.finditer(part) if fence["kind"] == "report")
        yield Case(rule, match["title"], files, (match.end() + report[0], match.end() + report[1]))


def without_fences(text: str) -> str:
    """Return `text` with blanks for its fences: what looks like a heading in there is none."""
    return _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def fences(text: str, where: str) -> dict[str, str]:
    """Return the content of the fences in `text` by kind and name. Raises ValueError for an unknown or doubled one."""
    files: dict[str, str] = {}
    for match in _FENCE.finditer(text):
        kind = f"{match['kind']} {match['name']}" if match["name"] else match["kind"]
        known = match["kind"] in _PER_ARTICLE or kind in _ONE
        if not known or kind in files:
            raise ValueError(f"{where}: fence `{kind}` is {'doubled' if kind in files else 'unknown'}")
        files[kind] = match["body"]
    return files


def run(rule: str, files: Mapping[str, str], folder: Path) -> Report:
    """Return what the tool reports with only `rule` on, or all (also for a rule that judges the work of the others)."""
    watches = rule != "all" and all_rules()[rule].scope in (Suppression, Failure)
    articles = sorted(path(kind) for kind in files if kind.split(" ")[0] == "zh")
    plan = _plan("all" if watches else rule, files, folder)
    try:
        report = pipeline.run([Target(str(folder / name)) for name in articles], plan)
    finally:
        gc.enable()  # the pipeline leaves it off: right for one run, not for thousands
    return report if rule == "all" else replace(report, findings=tuple(f for f in report.findings if f.rule == rule))


def mended(rule: str, files: Mapping[str, str], folder: Path, *, with_unsafe: bool) -> dict[str, str]:
    """Return by `zh` fence what `--fix` makes of each article, with only `rule` on, or all."""
    articles = {path(kind): kind for kind in files if kind.split(" ")[0] == "zh"}
    plan = _plan(rule, files, folder)
    targets = [Target(str(folder / name)) for name in sorted(articles)]
    try:
        bench = Bench(targets, plan, lambda now: pipeline.run(now, plan))
        bench.mend(pipeline.run(targets, plan), with_unsafe=with_unsafe)
    finally:
        gc.enable()
    works = {kind: bench.works.get(str(folder / name)) for name, kind in articles.items()}
    return {kind: work.mended if work else files[kind] for kind, work in works.items()}


def path(fence: str) -> str:
    """Return where the text of an article's fence is written: `zh.md` for `zh`, `en/a.md` for `en a.md`."""
    kind, _, name = fence.partition(" ")
    return f"{kind}/{name}" if name else f"{kind}.md"


def _plan(select: str, files: Mapping[str, str], folder: Path) -> pipeline.Plan:
    for fence, text in {"settings": "", **files}.items():
        if fence.startswith(MENDED):
            continue
        file = folder / {"glossary": "terms.csv", "settings": "bilint.toml"}.get(fence, path(fence))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    given_settings = tomllib.loads(files.get("settings", ""))
    changes: dict[str, Any] = {} if "select" in given_settings else {"select": (select,)}
    if "min-confidence" not in given_settings:
        changes["min_confidence"] = Confidence.LOW
    if "glossary" in files:
        changes["glossaries"] = ("terms.csv",)
    loaded = settings.load(folder)
    loaded = msgspec.structs.replace(loaded, settings=msgspec.structs.replace(loaded.settings, **changes))
    given = dict(_given(files, folder))
    plan = pipeline.Plan.of(loaded, given, "source")
    if "newer" in files:
        plan = msgspec.structs.replace(plan, finder=_Newer(loaded, given, str(folder / "newer.md")))
    if "broken" in files:
        plan = msgspec.structs.replace(plan, selection=_Broken(loaded, files["broken"].strip()))
    return plan


def _given(files: Mapping[str, str], folder: Path) -> Iterator[tuple[str, str]]:
    """Yield which original each article is given: that of its name, else the one without a name."""
    for fence in files:
        kind, _, name = fence.partition(" ")
        original = next((each for each in (f"en {name}", "en") if each in files), None)
        if kind == "zh" and original:
            yield str(folder / path(fence)), str(folder / path(original))


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
    several = len({finding.target.place.path for finding in report.findings} | {a.path for a in report.articles}) > 1
    return [
        f"{Path(finding.target.place.path).name} {line}" if several and not line.startswith(" ") else line
        for finding in report.findings
        for line in shown(finding)
    ]


def shown(finding: Placed) -> Iterator[str]:
    """Yield the lines that a case writes for a finding; paths are those of the case."""
    before, among_several, _ = finding.target.place.path.partition("/zh/")
    folder = before if among_several else str(Path(finding.target.place.path).parent)
    message = finding.message.replace(f"{folder}/", "")
    yield f"{_range(finding.target.place)} {finding.severity}/{finding.confidence} {message}"
    if finding.source:
        yield f"  source {_range(finding.source.place)}"
    if finding.more:
        yield f"  more {', '.join(map(_range, finding.more))}"
    for suggestion in finding.suggestions:
        yield f"  use {_one_line(suggestion)}"
    if finding.evidence:
        evidence = ", ".join(f"{name} {value}" for name, value in finding.evidence)
        yield f"  evidence {_one_line(evidence).replace(f'{folder}/', '')}"
    if finding.help:
        yield f"  help {_one_line(finding.help).replace(f'{folder}/', '')}"


def _range(place: Place) -> str:
    end = place.end_column if place.line == place.end_line else f"{place.end_line}:{place.end_column}"
    return f"{place.line}:{place.column}-{end}"


def _one_line(text: str) -> str:
    return text.replace("\n", "\\n")
