"""The whole tool, top-down: the only file that knows the order of the stages.

for each article:  read target → find source → parse both → align → count evidence     (map)
add up the evidence of all articles                                                      (merge)
for each article:  rules judge with the project's evidence → fold → suppress            (map)
sort and report
"""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct

from bilint import suppress
from bilint.align import align
from bilint.discover import Target, read_target
from bilint.evidence import Answers, Evidence, Project, merge, priors
from bilint.glossary import Glossary, load
from bilint.guard import REPORT_IT, attempt, fault, together
from bilint.model import (
    AlignedPair,
    Article,
    Bitext,
    Checked,
    Document,
    Failure,
    Finding,
    Gap,
    Original,
    Placed,
    Problem,
    Report,
    SegmentPair,
    Severity,
    Suppression,
    UserError,
)
from bilint.originals import GIVEN, Finder, own_address
from bilint.parallel import Steps, map_merge_map
from bilint.parse import interleaved, parse, read
from bilint.reading import Reading, pairing
from bilint.reading.counts import originals
from bilint.rules import Context, Options, Rule, all_counts, all_rules
from bilint.selection import Active, Selection
from bilint.settings import Loaded
from bilint.version import __version__


class Plan(Struct, frozen=True):
    """What all articles of a run share."""

    loaded: Loaded
    glossary: Glossary
    finder: Finder
    selection: Selection

    @classmethod
    def of(cls, loaded: Loaded, given: Mapping[str, str], given_by: str = "pairs") -> Plan:
        """Return the plan for these settings. Raises UserError for unknown rules, bad options, glossaries or pairs."""
        finder = Finder(loaded.settings.originals, loaded.root, given, given_by=given_by)
        return cls(loaded, load(loaded.settings.glossaries, loaded.root), finder, Selection(loaded))


class Judged(Struct, frozen=True):
    """The outcome for one article."""

    checked: Checked | None
    findings: tuple[Placed, ...] = ()
    suppressed: int = 0
    hidden: int = 0
    problems: tuple[Problem, ...] = ()


OverAll = Callable[[Active, Evidence], Iterable[tuple[str, Finding]]]


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
    unmerged: list[Problem] = []
    steps = Steps(partial(_prepare_with_evidence, plan), partial(_merged, unmerged), _Judge(plan), _killed)
    with _without_collector():
        judged = map_merge_map(targets, steps, jobs, tick)
    return Report(
        articles=tuple(j.checked for j in judged if j.checked),
        findings=tuple(sorted((f for j in judged for f in j.findings), key=Placed.order)),
        suppressed=sum(j.suppressed for j in judged),
        hidden=sum(j.hidden for j in judged),
        problems=(*unmerged, *(problem for j in judged for problem in j.problems)),
        signature=signature(plan),
        version=__version__,
    )


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
    original, why = plan.finder.find(document)
    is_given = original is not None and original.found_by in GIVEN
    if not is_given and (halves := _halves(document)):
        return Article(halves[1], Original(None, target.path, "interleaved"), bitext=align(*halves))
    if original is None or original.path is None:
        return Article(document, original, why)
    source = read(original.path, original.uri or "", original.charset)
    if not any(block.prose.text.strip() for block in source.blocks):
        raise UserError(f"{original.path}: the original of {target.path} has no text", "fetch or save it again")
    bitext = align(source, document)
    match = pairing(bitext)
    if not match.fits:
        return Article(document, original, f"{original.path} does not match the article", pairing=match)
    newer = read(original.latest, original.uri or "", original.charset) if original.latest else None
    return Article(document, original, why, bitext, match, own_address(source) if original.uri else None, newer)


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
    return Prepared(reading, Evidence.counted(reading, (originals, *all_counts())))


def _merged(problems: list[Problem], counted: Sequence[_Counted]) -> _Counted:
    """The evidence of all articles; one that cannot be added is left out, and its article is a problem."""
    total, unmerged = together(counted, lambda each: each.path, lambda all_: merge(each.evidence for each in all_))
    problems += unmerged
    return _Counted("", total)


def _killed(target: Target) -> Judged:
    what = f"{target.path}: the worker process died on this article twice"
    return Judged(None, problems=(Problem(target.path, what, "was memory short? exclude it, or give it to --jobs 1"),))


class _Judge:
    """Judges the articles of one run, in one process."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._overviews: dict[tuple[str, Options, Severity | None], tuple[tuple[str, Finding], ...]] = {}

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
            return Judged(None)  # the original of another article of this run
        return judge(prepared.reading, self._plan, prepared.evidence, project, self._over_all)

    def _over_all(self, configured: Active, project: Evidence) -> tuple[tuple[str, Finding], ...]:
        """What a rule finds that looks over all articles: once in a process, each article takes its own."""
        key = (configured.rule.name, configured.options, configured.severity)
        if key not in self._overviews:
            context = _context(configured, _NOTHING, self._plan, Evidence(), Answers(project))
            self._overviews[key] = tuple(configured.rule.check(Project(project), context))
        return self._overviews[key]


_NOTHING = Reading(Article(Document("", "", ())))


def _context(configured: Active, reading: Reading, plan: Plan, own: Evidence, answers: Answers) -> Context[Any]:
    return Context(configured.rule, reading, configured.options, own, answers, plan.glossary, configured.severity)


def judge(reading: Reading, plan: Plan, own: Evidence, project: Evidence, over_all: OverAll) -> Judged:
    """Return what the active rules find in one article, folded and with suppressions applied."""
    article = reading.article
    active = plan.selection.for_path(article.target.path)
    answers = Answers(project)

    def context(configured: Active) -> Context[Any]:
        return _context(configured, reading, plan, own, answers)

    found: list[Finding] = []
    failures: list[Failure] = []
    for configured in active:
        try:
            found.extend(_check(configured, context(configured)))
            if configured.rule.scope is Project:
                found.extend(
                    _configured(f, configured)
                    for path, f in over_all(configured, project)
                    if path == article.target.path
                )
        except BaseException as error:  # a broken rule must not take the others with it
            fault(error)
            failures.append(Failure(configured.rule.name, f"{type(error).__name__}: {error}"))
    outcome = suppress.apply(_folded(found), article.target)
    ran = {configured.rule.name for configured in active} - {failure.rule for failure in failures}
    unused = suppress.judged(outcome.unused, _able(ran, article))
    late: list[Suppression | Failure] = [*unused, *failures]
    found_late = [
        f
        for configured in active
        for item in late
        if isinstance(item, configured.rule.scope)
        for f in configured.rule.check(item, context(configured))
    ]
    findings = (*outcome.findings, *found_late)
    least = plan.loaded.settings.min_confidence.rank
    placed = (Placed.of(f, article) for f in findings if f.confidence.rank >= least)
    shown = tuple(_fingerprinted(sorted(placed, key=Placed.order)))
    path = article.target.path
    problems = tuple(Problem(path, f"{path}: rule `{f.rule}` failed: {f.error}", REPORT_IT) for f in failures)
    return Judged(_checked(article), shown, outcome.suppressed, len(findings) - len(shown), problems)


def _able(ran: Collection[str], article: Article) -> dict[str, bool]:
    """Say of each rule that looks at articles whether it could have fired on this one.

    Without the original only those could for certain that look at the translation alone.
    """
    rules = (rule for rule in all_rules().values() if rule.scope not in (Suppression, Failure))
    return {r.name: r.name in ran and (article.bitext is not None or r.scope is Document) for r in rules}


def _check(configured: Active, context: Context[Any]) -> Iterator[Finding]:
    """Run one rule on what it looks at."""
    check = configured.rule.check
    for item in _seen(configured.rule, context.reading):
        for finding in check(item, context):
            yield _configured(finding, configured)


def _configured(finding: Finding, configured: Active) -> Finding:
    return replace(finding, confidence=configured.confidence) if configured.confidence else finding


def _seen(rule: Rule, reading: Reading) -> Iterable[Any]:
    """What a rule looks at in an article; nothing for one that judges the work of the others."""
    article, roles = reading.article, rule.roles
    seen: dict[type, Callable[[], Iterable[Any]]] = {
        AlignedPair: lambda: reading.pairs(roles),
        SegmentPair: lambda: reading.segment_pairs(roles),
        Gap: lambda: reading.gaps(roles),
        Bitext: lambda: (article.bitext,) if article.bitext else (),
        Document: lambda: (reading.target(roles),),
        Article: lambda: (article,),
    }
    return seen[rule.scope]() if rule.scope in seen else ()


def _folded(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of one rule with the same key become one, at the first place, with the others as further places."""
    folded: dict[tuple[str, str], Finding] = {}
    for number, finding in enumerate(sorted(findings, key=lambda f: (f.span, f.rule, f.message))):
        cause = (finding.rule, finding.key or f"\n{number}")
        if cause not in folded:
            folded[cause] = finding
        else:
            first = folded[cause]
            folded[cause] = replace(first, more_spans=(*first.more_spans, finding.span, *finding.more_spans))
    return list(folded.values())


def _fingerprinted(findings: Iterable[Placed]) -> Iterator[Placed]:
    """Findings with an identity that survives moved lines: rule, path, cause, and which of several alike."""
    seen: dict[str, int] = {}
    for finding in findings:
        cause = "\0".join((finding.rule, finding.target.place.path, finding.key or finding.target.text))
        seen[cause] = seen.get(cause, 0) + 1
        digest = hashlib.sha256(f"{cause}\0{seen[cause]}".encode("utf-8", "surrogatepass")).hexdigest()
        yield replace(finding, fingerprint=digest[:16])


def _checked(article: Article) -> Checked:
    pairs = article.bitext.pairs if article.bitext else ()
    source, target = ([pair.source for pair in pairs].count(()), [pair.target for pair in pairs].count(()))
    return Checked(
        article.target.path,
        article.original,
        article.why,
        pairs=len(pairs) - source - target,
        unaligned_source=target,
        unaligned_target=source,
    )


def signature(plan: Plan) -> str:
    """Return what made a result comparable: version, rules, glossary, priors."""
    rules = ",".join(active.rule.name for active in plan.selection.for_overrides(()))
    digest = hashlib.sha256(rules.encode()).hexdigest()[:8]
    return f"bilint:{__version__}|rules:{digest}|glossary:{plan.glossary.digest[:8]}|priors:{priors().digest[:8]}"


__all__ = ["Judged", "Original", "Plan", "Prepared", "judge", "prepare", "run", "signature"]
