"""What was found and what was not looked at: the last lines of a report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bilint.messages import phrase, say, say_number
from bilint.model import Checked, Placed, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def counts(report: Report) -> dict[str, int]:
    """Return the numbers of the report by name, in the order of the JSON summary."""
    return {
        "articles": len(report.articles),
        "findings": len(report.findings),
        **{severity.value: _of(report.findings, severity) for severity in reversed(Severity)},
        "suppressed": report.suppressed,
        "hidden": report.hidden,
        "problems": len(report.problems),
        "minor": report.minor,
        "unchanged": report.unchanged,
        "baselined": report.baselined,
        "expired": report.expired,
        "sources": report.sources,
    }


def statements(report: Report) -> list[str]:
    """Return what was found where and what is not shown; then, where there are any, what was not checked and why."""
    return [
        say("; ").join([_found(report), *_not_shown(report)]),
        *_alone(report),
        *_as_they_are(report),
        *_sources(report),
        *_foreign(report),
        *_expired(report),
    ]


def worst_first(report: Report) -> list[Placed]:
    """Return the findings as people read them: by severity, then confidence, then place."""
    return sorted(report.findings, key=lambda f: (-f.severity.rank, -f.confidence.rank, f.order()))


def _alone(report: Report) -> Iterator[str]:
    if alone := sum(map(is_alone, report.articles)):
        yield say_number(
            "{number} article has no original at hand: checked alone (bilint show originals)",
            "{number} articles have no original at hand: checked alone (bilint show originals)",
            alone,
        )


def _as_they_are(report: Report) -> Iterator[str]:
    """The articles that are compared with today's original for want of the one that was translated, by the reason."""
    reasons = Counter(each.original.as_is for each in report.articles if each.original and each.original.as_is)
    for reason, articles in sorted(reasons.items()):
        yield say_number(
            "{number} article is compared with its original of today: {reason} (originals.as-translated)",
            "{number} articles are compared with their originals of today: {reason} (originals.as-translated)",
            articles,
            reason=reason,
        )


def _sources(report: Report) -> Iterator[str]:
    if report.sources:
        yield say_number(
            "{number} file is the original of another: not checked",
            "{number} files are originals of others: not checked",
            report.sources,
        )


def _foreign(report: Report) -> Iterator[str]:
    codes = [article.language for article in report.articles if article.language]
    if codes:
        yield say_number(
            "{number} file is not Chinese ({codes}): skipped",
            "{number} files are not Chinese ({codes}): skipped",
            len(codes),
            codes=", ".join(sorted(set(codes))),
        )


def _expired(report: Report) -> Iterator[str]:
    if report.expired:
        yield say_number(
            "{number} place in the baseline is found no more (bilint baseline prune)",
            "{number} places in the baseline are found no more (bilint baseline prune)",
            report.expired,
        )


def is_alone(article: Checked) -> bool:
    """Return whether the article was checked without its original."""
    return not article.language and (article.original is None or bool(article.why))


def articles(number: int) -> str:
    """Return `1 article`, `2 articles`."""
    return say_number("{number} article", "{number} articles", number)


def by_severity(findings: Iterable[Placed]) -> str:
    """Return the findings counted by severity, worst first, as in `2 errors, 1 warning`."""
    found = list(findings)
    numbers = ((severity, _of(found, severity)) for severity in reversed(Severity))
    return say(", ").join(_named(number, severity) for severity, number in numbers if number)


def _named(number: int, severity: Severity) -> str:
    if severity is Severity.INFO:
        return say("{number} info", number=number)
    if severity is Severity.WARNING:
        return say_number("{number} warning", "{number} warnings", number)
    return say_number("{number} error", "{number} errors", number)


def _of(findings: Iterable[Placed], severity: Severity) -> int:
    return sum(finding.severity is severity for finding in findings)


def _found(report: Report) -> str:
    checked = sum(not article.language for article in report.articles)
    if report.findings:
        severities, where = by_severity(report.findings), _where(report)
        return say_number(
            "{number} finding ({severities}) in {where}",
            "{number} findings ({severities}) in {where}",
            len(report.findings),
            severities=severities,
            where=where,
        )
    if not checked:
        return say("nothing was checked")
    if any(map(is_alone, report.articles)):
        return say("{articles} checked: no findings", articles=articles(checked))
    return say_number(
        "{number} article checked against its original: no findings",
        "{number} articles checked against their originals: no findings",
        checked,
    )


def _where(report: Report) -> str:
    checked = {article.path for article in report.articles if not article.language}
    faulty = {finding.target.place.path for finding in report.findings}
    if faulty <= checked:
        return say("{faulty} of {articles}", faulty=len(faulty), articles=articles(len(checked)))
    files = say_number("{number} file", "{number} files", len(faulty))
    return say("{files}, {articles} checked", files=files, articles=articles(len(checked)))


def _not_shown(report: Report) -> list[str]:
    left_out = (
        (report.suppressed, phrase("{number} suppressed", number=report.suppressed)),
        (report.hidden, phrase("{number} below --min-confidence not shown", number=report.hidden)),
        (report.minor, phrase("{number} below --min-severity not shown", number=report.minor)),
        (report.unchanged, phrase("{number} in unchanged blocks not shown", number=report.unchanged)),
        (report.baselined, phrase("{number} baselined", number=report.baselined)),
    )
    parts = [say(words) for number, words in left_out if number]
    fixes = [finding.fix for finding in report.findings if finding.fix]
    clauses = [say(", ").join(parts)] if parts else []
    if fixes:
        safe = sum(fix.safe for fix in fixes)
        how = (
            phrase("{number} can be fixed safely")
            if safe == len(fixes)
            else phrase("{number} can be fixed ({safe} safely)")
        )
        clauses.append(say(how, number=len(fixes), safe=safe))
    if report.problems:
        clauses.append(say_number("{number} problem", "{number} problems", len(report.problems)))
    return clauses
