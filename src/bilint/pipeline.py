"""The whole tool, top-down: the only file that knows the order of the stages.

for each article:  read target → find source → parse both → align → count evidence     (map)
add up the evidence of all articles                                                      (merge)
for each article:  rules judge with the project's evidence → fold → suppress → sift     (map)
leave out what is known, sort and report
"""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import msgspec
from msgspec import Struct

from bilint.align import align
from bilint.baseline import Baseline, Looked, Outcome, apply
from bilint.discover import Target, read_target
from bilint.evidence import Answers, Evidence, Project, merge
from bilint.files import Files
from bilint.guard import attempt, together
from bilint.judging import Judged, checked, context_of, judge
from bilint.model import (
    Article,
    Document,
    Finding,
    Kind,
    Original,
    Placed,
    Problem,
    Report,
    Severity,
    UserError,
)
from bilint.originals import GIVEN, own_address
from bilint.parallel import Steps, map_merge_map
from bilint.parse import interleaved, parse, read
from bilint.plan import Plan, signature
from bilint.reading import Reading, opening, pairing
from bilint.reading.counts import originals
from bilint.rules import Options
from bilint.selection import Active
from bilint.text.language import foreign
from bilint.version import __version__


class Prepared(Struct, frozen=True):
    """What is read of an article, with its own evidence, and the seconds of CPU time that it has taken so far."""

    reading: Reading
    evidence: Evidence
    spent: float = 0


class _Counted(Struct, frozen=True):
    """The evidence of an article, or of all."""

    path: str
    evidence: Evidence


_LEAST = 1.0
"""Seconds of CPU time that judging has, however long reading took."""


def run(targets: Sequence[Target], plan: Plan, jobs: int = 1, tick: Callable[[], None] = lambda: None) -> Report:
    """Return the report on all targets, sorted by path, line, column, rule. The same input gives the same report."""
    return run_with_baseline(targets, plan, jobs, tick)[0]


def run_with_baseline(
    targets: Sequence[Target], plan: Plan, jobs: int = 1, tick: Callable[[], None] = lambda: None
) -> tuple[Report, Outcome]:
    """Return the report, as `run` does, and what became of the plan's baseline."""
    unmerged: list[Problem] = []
    steps = Steps(partial(_prepare_with_evidence, plan), partial(_merged, unmerged), _Judge(plan), _killed)
    with _without_collector():
        judged = map_merge_map(targets, steps, jobs, tick)
    outcome = _without_known(judged, plan.baseline)
    report = Report(
        articles=tuple(j.checked for j in judged if j.checked),
        findings=tuple(sorted(outcome.findings, key=Placed.order)),
        suppressed=sum(j.suppressed for j in judged),
        hidden=sum(j.sifted.hidden for j in judged),
        problems=(*unmerged, *(problem for j in judged for problem in j.problems)),
        signature=signature(plan, list(_revisions(judged))),
        version=__version__,
        minor=sum(j.sifted.minor for j in judged),
        unchanged=sum(j.sifted.unchanged for j in judged),
        baselined=outcome.known,
        expired=sum(entry.count for entry in outcome.expired),
        sources=sum(j.is_source for j in judged),
    )
    return report, outcome


def _revisions(judged: Iterable[Judged]) -> Iterator[str]:
    """Yield the originals that were not read as they lie there, but from a revision."""
    for each in judged:
        original = each.checked.original if each.checked else None
        if original and original.file and original.path:
            yield original.path


def _without_known(judged: Sequence[Judged], baseline: Baseline | None) -> Outcome:
    if baseline is None:
        return Outcome(tuple(f for j in judged for f in j.sifted.shown), 0, (), ())
    looked = (Looked(j.checked.path, j.sifted.shown, j.sifted.unseen, j.able) for j in judged if j.checked)
    return apply(baseline, tuple(looked))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Documents are many small objects without cycles: by default the collector walks them over and over."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def prepare(target: Target, plan: Plan) -> Article:
    """Return the article of a target: parsed, with its original found, parsed and aligned where it is at hand.

    Raises UserError when the target or its original cannot be read.
    """
    document = read_target(target)
    if code := foreign(opening(document)):
        return Article(document, why=f"not Chinese (language code {code}): skipped", language=code)
    most = plan.loaded.settings.max_file_bytes
    original, why = plan.finder.find(document)
    is_given = original is not None and original.found_by in GIVEN
    if not is_given and (halves := _halves(document)):
        return Article(halves[1], Original(None, target.path, "interleaved"), bitext=align(*halves))
    if original is None or original.path is None or original.opened is None:
        return Article(document, original, why)
    source = read(original.opened, original.uri or "", original.charset, most, original.path)
    if not _says_something(source) and _says_something(document):
        raise UserError(f"{original.path}: the original of {target.path} has no text", "fetch or save it again")
    bitext = align(source, document)
    match = pairing(bitext)
    if not match.fits:
        return Article(document, original, f"{original.path} does not match the article", pairing=match)
    newer = read(original.latest, original.uri or "", original.charset, most) if original.latest else None
    return Article(document, original, why, bitext, match, own_address(source) if original.uri else None, newer)


def _says_something(document: Document) -> bool:
    """Whether there is text besides the front matter: the page of a section may have none."""
    return any(block.prose.text.strip() for block in document.blocks if block.kind not in (Kind.TITLE, Kind.FIELD))


def _halves(document: Document) -> tuple[Document, Document] | None:
    """Return the English and the Chinese of an article that holds both."""
    if halves := interleaved.split(document):
        return halves
    english = interleaved.commented(document)
    if english is None:
        return None
    source = replace(parse(english, document.path), text=document.text)
    return source, document


def _prepare_with_evidence(plan: Plan, target: Target) -> tuple[Prepared | Problem, _Counted]:
    start = time.process_time()
    prepared = attempt(target.path, partial(_counted, target, plan), seconds=plan.loaded.settings.max_seconds)
    if isinstance(prepared, Problem):
        return prepared, _Counted(target.path, Evidence())
    spent = time.process_time() - start
    return msgspec.structs.replace(prepared, spent=spent), _Counted(target.path, prepared.evidence)


def _counted(target: Target, plan: Plan) -> Prepared:
    reading = Reading(prepare(target, plan))
    return Prepared(reading, Evidence.counted(reading, (originals, *plan.selection.counts)))


def _merged(problems: list[Problem], counted: Sequence[_Counted]) -> _Counted:
    """The evidence of all articles; one that cannot be added is left out, and its article is a problem."""
    total, unmerged = together(counted, lambda each: each.path, lambda all_: merge(each.evidence for each in all_))
    problems += unmerged
    return _Counted("", total)


def _killed(target: Target) -> Judged:
    what = f"{target.path}: the worker process died on this article twice"
    return Judged(None, problems=(Problem(target.path, what, "was memory short? exclude it, or give it to --jobs 1"),))


_NOTHING = Reading(Article(Document("", "", ())))


class _Judge:
    """Judges the articles of one run, in one process."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._overviews: dict[tuple[str, Options, Severity | None], Mapping[str, Sequence[Finding]]] = {}

    def __call__(self, prepared: Prepared | Problem, total: _Counted) -> Judged:
        if isinstance(prepared, Problem):
            return Judged(None, problems=(prepared,))
        path, limit = prepared.reading.article.target.path, self._plan.loaded.settings.max_seconds
        left = max(limit - prepared.spent, _LEAST) if limit else 0
        judged = attempt(path, partial(self._judged, prepared, total.evidence), seconds=left)
        return Judged(None, problems=(judged,)) if isinstance(judged, Problem) else judged

    def _judged(self, prepared: Prepared, project: Evidence) -> Judged:
        article = prepared.reading.article
        if article.bitext is None and project.of(originals)[article.target.path]:
            return Judged(None, is_source=True)
        if article.language:
            return Judged(checked(article))
        return judge(prepared.reading, self._plan, prepared.evidence, project, self._over_all)

    def _over_all(self, configured: Active, project: Evidence) -> Mapping[str, Sequence[Finding]]:
        """What a rule finds that looks over all articles, by path: once in a process, each article takes its own."""
        key = (configured.rule.name, configured.options, configured.severity)
        if key not in self._overviews:
            files = Files(self._plan.grounds)
            context = context_of(configured, _NOTHING, self._plan, Evidence(), Answers(project), files=files)
            found: dict[str, list[Finding]] = defaultdict(list)
            for path, finding in configured.rule.check(Project(project), context):
                found[path].append(finding)
            self._overviews[key] = dict(found)
        return self._overviews[key]


__all__ = ["Plan", "Prepared", "judge", "prepare", "run", "run_with_baseline", "signature"]
