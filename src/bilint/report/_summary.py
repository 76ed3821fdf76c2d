"""What was found and what was not looked at: the last lines of a report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

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
        "; ".join([_found(report), *_not_shown(report)]),
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
        have = "article has" if alone == 1 else "articles have"
        yield f"{alone} {have} no original at hand: checked alone (bilint show originals)"


def _as_they_are(report: Report) -> Iterator[str]:
    """The articles that are compared with today's original for want of the one that was translated, by the reason."""
    reasons = Counter(each.original.as_is for each in report.articles if each.original and each.original.as_is)
    for reason, articles in sorted(reasons.items()):
        is_, its = ("is", "its original") if articles == 1 else ("are", "their originals")
        yield f"{plural(articles, 'article')} {is_} compared with {its} of today: {reason} (originals.as-translated)"


def _sources(report: Report) -> Iterator[str]:
    if report.sources:
        are = "is the original of another" if report.sources == 1 else "are originals of others"
        yield f"{plural(report.sources, 'file')} {are}: not checked"


def _foreign(report: Report) -> Iterator[str]:
    codes = [article.language for article in report.articles if article.language]
    if codes:
        are = "is" if len(codes) == 1 else "are"
        yield f"{plural(len(codes), 'file')} {are} not Chinese ({', '.join(sorted(set(codes)))}): skipped"


def _expired(report: Report) -> Iterator[str]:
    if report.expired:
        fits = "place in the baseline is" if report.expired == 1 else "places in the baseline are"
        yield f"{report.expired} {fits} found no more (bilint baseline prune)"


def is_alone(article: Checked) -> bool:
    """Return whether the article was checked without its original."""
    return not article.language and (article.original is None or bool(article.why))


def plural(number: int, noun: str) -> str:
    """Return the number with its noun, as in `1 article`, `2 articles`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def by_severity(findings: Iterable[Placed]) -> str:
    """Return the findings counted by severity, worst first, as in `2 errors, 1 warning`."""
    found = list(findings)
    numbers = ((severity, _of(found, severity)) for severity in reversed(Severity))
    return ", ".join(_named(number, severity) for severity, number in numbers if number)


def _named(number: int, severity: Severity) -> str:
    return f"{number} info" if severity is Severity.INFO else plural(number, severity.value)


def _of(findings: Iterable[Placed], severity: Severity) -> int:
    return sum(finding.severity is severity for finding in findings)


def _found(report: Report) -> str:
    articles = sum(not article.language for article in report.articles)
    if report.findings:
        return f"{plural(len(report.findings), 'finding')} ({by_severity(report.findings)}) in {_where(report)}"
    if not articles:
        return "nothing was checked"
    alone = sum(map(is_alone, report.articles))
    if alone:
        return f"{plural(articles, 'article')} checked: no findings"
    originals = "its original" if articles == 1 else "their originals"
    return f"{plural(articles, 'article')} checked against {originals}: no findings"


def _where(report: Report) -> str:
    checked = {article.path for article in report.articles if not article.language}
    faulty = {finding.target.place.path for finding in report.findings}
    if faulty <= checked:
        return f"{len(faulty)} of {plural(len(checked), 'article')}"
    return f"{plural(len(faulty), 'file')}, {plural(len(checked), 'article')} checked"


def _not_shown(report: Report) -> list[str]:
    parts = []
    if report.suppressed:
        parts.append(f"{report.suppressed} suppressed")
    if report.hidden:
        parts.append(f"{report.hidden} below --min-confidence not shown")
    if report.minor:
        parts.append(f"{report.minor} below --min-severity not shown")
    if report.unchanged:
        parts.append(f"{report.unchanged} in unchanged blocks not shown")
    if report.baselined:
        parts.append(f"{report.baselined} baselined")
    fixes = [finding.fix for finding in report.findings if finding.fix]
    clauses = [", ".join(parts)] if parts else []
    if fixes:
        safe = sum(fix.safe for fix in fixes)
        clauses.append(f"{len(fixes)} can be fixed " + ("safely" if safe == len(fixes) else f"({safe} safely)"))
    if report.problems:
        clauses.append(plural(len(report.problems), "problem"))
    return clauses
