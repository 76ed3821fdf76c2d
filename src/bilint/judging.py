"""Judging one article: rules → folded → suppressed → sifted and placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from msgspec import Struct

from bilint import suppress
from bilint.align.numbered import Numbered
from bilint.evidence import Answers, Evidence, Project, Question
from bilint.files import Files
from bilint.glossary import Glossary
from bilint.glossary.in_article import with_own_terms
from bilint.guard import REPORT_IT, fault
from bilint.messages import phrase
from bilint.model import (
    AlignedPair,
    Article,
    Bitext,
    Checked,
    Confidence,
    Document,
    Failure,
    Finding,
    Gap,
    Problem,
    SegmentPair,
    Severity,
    Suppression,
    UserError,
    joined,
)
from bilint.plan import Plan
from bilint.reading import Reading
from bilint.reading.amount import words_outside_code
from bilint.rules import Context, Options, Rule
from bilint.selection import Active
from bilint.sieve import Sifted, sift


class Ruled(Struct, frozen=True):
    """What a rule found in an article, and what it asked the project for that, with the verdicts."""

    found: tuple[Finding, ...]
    verdicts: Mapping[Question[Any], Any]


class Overview(Struct, frozen=True):
    """What the rules that look over all articles find in one of them, and which of them broke."""

    found: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()


class Basis(Struct, frozen=True):
    """What the outcome for an article rests on besides itself: it holds as long as these are the same."""

    rules: Mapping[str, Ruled] = {}
    """By rule, what it found, asked and was told; nothing of one that broke."""
    is_original: bool = False
    """Whether the project has it as the original of another article."""
    overview: Overview = Overview()
    there: Mapping[str, bool] = {}
    """What the rules asked of the checked tree (`Files`): whether something is at a path."""
    within: Mapping[str, bool] = {}
    """And whether a path lies within its grounds."""
    aligned: Numbered | None = None
    """How it was aligned with its original."""


class Judged(Struct, frozen=True):
    """The outcome for one article."""

    checked: Checked | None
    sifted: Sifted = Sifted()
    suppressed: int = 0
    problems: tuple[Problem, ...] = ()
    able: tuple[str, ...] = ()
    """The rules that could have found something."""
    is_source: bool = False
    """Whether it was not judged because it is the original of another article."""
    basis: Basis = Basis()


_NOTHING = Reading(Article(Document("", "", ())))


def context_of(
    configured: Active, reading: Reading, glossary: Glossary, own: Evidence, answers: Answers, *, files: Files
) -> Context[Any]:
    """Return what a rule, as configured, may lean on when it judges an article."""
    return Context(configured.rule, reading, configured.options, own, answers, files, glossary, configured.severity)


def judge(reading: Reading, plan: Plan, own: Evidence, project: Evidence, known: Basis) -> Judged:
    """Return what the active rules find in one article, folded and with suppressions applied.

    What is `known` is taken over: what rules find that look over all articles, and what a rule has found before.
    """
    article = reading.article
    active = plan.selection.for_path(article.target.path)
    files = Files(plan.grounds)
    glossary, problems = _glossary_of(article, plan)

    def context(configured: Active, answers: Answers) -> Context[Any]:
        return context_of(configured, reading, glossary, own, answers, files=files)

    rules = dict(known.rules)
    failures = list(known.overview.failures)
    for configured in active:
        name, answers = configured.rule.name, Answers(project.only(configured.rule.counts))
        if name in rules:
            continue
        try:
            rules[name] = Ruled(tuple(found_by(configured, context(configured, answers))), answers.given)
        except BaseException as error:  # a broken rule must not take the others with it
            failures.append(Failure(name, _named(fault(error))))
    found = [*known.overview.found, *(finding for ruled in rules.values() for finding in ruled.found)]
    outcome = suppress.apply(_folded(_yielded(found, active)), article.target)
    ran = {configured.rule.name for configured in active} - {failure.rule for failure in failures}
    able = _able(plan.selection.rules.values(), ran, article)
    unused = suppress.judged(outcome.unused, able)
    late: list[Suppression | Failure] = [*unused, *failures]
    found_late = [
        f
        for configured in active
        for item in late
        if isinstance(item, configured.rule.scope)
        for f in configured.rule.check(item, context(configured, Answers(project.only(configured.rule.counts))))
    ]
    sifted = sift((*outcome.findings, *found_late), article, plan)
    path = article.target.path
    problems += tuple(_problem(path, failure) for failure in failures)
    could = tuple(name for name, is_able in able.items() if is_able)
    could += tuple(each.rule.name for each in active if each.rule.scope in (Suppression, Failure))
    there, within = {**known.there, **files.given}, {**known.within, **files.within}
    basis = msgspec.structs.replace(known, rules=rules, there=there, within=within)
    return Judged(checked(article), sifted, outcome.suppressed, problems, could, basis=basis)


class OverAll:
    """What the rules that look over all articles find in a project: each looks once, each article takes its own.

    They see what they count, and nothing else.
    """

    def __init__(self, plan: Plan, project: Evidence, known: Mapping[str, Overview] | None = None) -> None:
        self._plan, self._project, self._known = plan, project, known or {}
        self._files = Files(plan.grounds)
        self._found: dict[tuple[str, Options, Severity | None], Mapping[str, Sequence[Finding]] | Failure] = {}

    def __call__(self, path: str) -> Overview:
        """Return what is found in the article at a path; where it is `known`, nobody looks."""
        if path in self._known:
            return self._known[path]
        rules = [each for each in self._plan.selection.for_path(path) if each.rule.scope is Project]
        by_path = [(each, self._by_path(each)) for each in rules]
        return Overview(
            tuple(
                _configured(finding, each)
                for each, found in by_path
                if not isinstance(found, Failure)
                for finding in found.get(path, ())
            ),
            tuple(failure for _, failure in by_path if isinstance(failure, Failure)),
        )

    @property
    def has_asked(self) -> bool:
        """Whether a rule has asked the checked tree."""
        return bool(self._files.given or self._files.within)

    def _by_path(self, configured: Active) -> Mapping[str, Sequence[Finding]] | Failure:
        key = (configured.rule.name, configured.options, configured.severity)
        if key not in self._found:
            try:
                self._found[key] = self._looked(configured)
            except BaseException as error:
                self._found[key] = Failure(configured.rule.name, _named(fault(error)))
        return self._found[key]

    def _looked(self, configured: Active) -> Mapping[str, Sequence[Finding]]:
        project = self._project.only(configured.rule.counts)
        answers = Answers(project)
        context = context_of(configured, _NOTHING, self._plan.glossary, Evidence(), answers, files=self._files)
        found: dict[str, list[Finding]] = defaultdict(list)
        for path, finding in configured.rule.check(Project(project), context):
            found[path].append(finding)
        return found


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _problem(path: str, failure: Failure) -> Problem:
    what = phrase("{path}: rule `{rule}` failed: {error}", path=path, rule=failure.rule, error=failure.error)
    return Problem(path, what, REPORT_IT)


def _glossary_of(article: Article, plan: Plan) -> tuple[Glossary, tuple[Problem, ...]]:
    """The glossary that holds in an article; when its own terms make no sense, why, and the glossary without them."""
    try:
        return with_own_terms(plan.glossary, article.target), ()
    except UserError as error:
        return plan.glossary, (Problem(article.target.path, error.message, error.hint),)


def _able(known: Iterable[Rule], ran: Collection[str], article: Article) -> dict[str, bool]:
    """Say of each rule that looks at articles whether it could have fired on this one.

    Without the original only those could for certain that look at the translation alone.
    """
    rules = (rule for rule in known if rule.scope not in (Suppression, Failure))
    return {r.name: r.name in ran and (article.bitext is not None or r.scope is Document) for r in rules}


def found_by(configured: Active, context: Context[Any]) -> Iterator[Finding]:
    """Run one rule on what it looks at."""
    check = configured.rule.check
    for item in _seen(configured.rule, context.reading):
        for finding in check(item, context):
            yield _configured(finding, configured)


def _configured(finding: Finding, configured: Active) -> Finding:
    return replace(finding, confidence=configured.confidence) if configured.confidence else finding


def _yielded(found: Sequence[Finding], active: Iterable[Active]) -> Iterator[Finding]:
    """Findings with low confidence where a rule speaks that theirs yields to, unless the settings say otherwise."""
    speaking = {finding.rule for finding in found}
    yielding = {each.rule.name for each in active if each.rule.yields_to in speaking and not each.confidence}
    for finding in found:
        yield replace(finding, confidence=Confidence.LOW) if finding.rule in yielding else finding


def _seen(rule: Rule, reading: Reading) -> Iterable[Any]:
    """What a rule looks at in an article; nothing for one that judges the work of the others."""
    article, scope = reading.article, rule.scope
    if scope is Document:
        return (reading.target(rule.roles),)
    if scope is Article:
        return (article,)
    if scope is Bitext:
        return (article.bitext,) if article.bitext else ()
    by_part = {AlignedPair: reading.pairs, SegmentPair: reading.segment_pairs, Gap: reading.gaps}
    return by_part[scope](rule.roles) if scope in by_part else ()


def _folded(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of one rule with the same key become one, at the first place, with the others as further places."""
    folded: dict[tuple[str, str], list[Finding]] = {}
    for number, finding in enumerate(sorted(findings, key=lambda f: (f.span, f.rule, f.message))):
        folded.setdefault((finding.rule, finding.key or f"\n{number}"), []).append(finding)
    return [_as_one(alike) for alike in folded.values()]


def _as_one(alike: Sequence[Finding]) -> Finding:
    first, *others = alike
    if not others:
        return first
    more = (span for each in others for span in (each.span, *each.more_spans))
    return replace(first, more_spans=(*first.more_spans, *more), fix=joined(each.fix for each in alike))


def checked(article: Article) -> Checked:
    """Return what the report says of an article."""
    pairs = article.bitext.pairs if article.bitext else ()
    source, target = ([pair.source for pair in pairs].count(()), [pair.target for pair in pairs].count(()))
    return Checked(
        article.target.path,
        article.original,
        article.why,
        pairs=len(pairs) - source - target,
        unaligned_source=target,
        unaligned_target=source,
        language=article.language,
        words=words_outside_code(article.bitext.source) if article.bitext else 0,
    )
