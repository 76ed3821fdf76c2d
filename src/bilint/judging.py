"""Judging one article: rules → folded → suppressed → sifted and placed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from msgspec import Struct

from bilint import suppress
from bilint.evidence import Answers, Evidence, Project
from bilint.files import Files
from bilint.guard import REPORT_IT, fault
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
    Suppression,
)
from bilint.plan import Plan
from bilint.reading import Reading
from bilint.rules import Context, Rule
from bilint.selection import Active
from bilint.sieve import Sifted, sift


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


OverAll = Callable[[Active, Evidence], Mapping[str, Sequence[Finding]]]
"""What a rule that looks over all articles finds in a project, by the path of the article."""


def context_of(
    configured: Active, reading: Reading, plan: Plan, own: Evidence, answers: Answers, *, files: Files
) -> Context[Any]:
    """Return what a rule, as configured, may lean on when it judges an article."""
    return Context(
        configured.rule, reading, configured.options, own, answers, files, plan.glossary, configured.severity
    )


def judge(reading: Reading, plan: Plan, own: Evidence, project: Evidence, over_all: OverAll) -> Judged:
    """Return what the active rules find in one article, folded and with suppressions applied."""
    article = reading.article
    active = plan.selection.for_path(article.target.path)
    answers, files = Answers(project), Files(plan.grounds)

    def context(configured: Active) -> Context[Any]:
        return context_of(configured, reading, plan, own, answers, files=files)

    found: list[Finding] = []
    failures: list[Failure] = []
    for configured in active:
        try:
            found.extend(found_by(configured, context(configured)))
            if configured.rule.scope is Project:
                here = over_all(configured, project).get(article.target.path, ())
                found.extend(_configured(finding, configured) for finding in here)
        except BaseException as error:  # a broken rule must not take the others with it
            fault(error)
            failures.append(Failure(configured.rule.name, f"{type(error).__name__}: {error}"))
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
        for f in configured.rule.check(item, context(configured))
    ]
    sifted = sift((*outcome.findings, *found_late), article, plan)
    path = article.target.path
    problems = tuple(Problem(path, f"{path}: rule `{f.rule}` failed: {f.error}", REPORT_IT) for f in failures)
    could = tuple(name for name, is_able in able.items() if is_able)
    could += tuple(each.rule.name for each in active if each.rule.scope in (Suppression, Failure))
    return Judged(checked(article), sifted, outcome.suppressed, problems, could)


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
    return replace(first, more_spans=(*first.more_spans, *more))


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
    )
