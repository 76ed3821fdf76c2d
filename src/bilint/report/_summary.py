"""What was found and what was not looked at: the last lines of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint.model import Checked, Placed, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


def counts(report: Report) -> dict[str, int]:
    """Return the numbers of the report by name, in the order of the JSON summary."""
    return {
        "articles": len(report.articles),
        "findings": len(report.findings),
        **{severity.value: _of(report.findings, severity) for severity in reversed(Severity)},
        "suppressed": report.suppressed,
        "hidden": report.hidden,
        "problems": len(report.problems),
    }


def statements(report: Report) -> list[str]:
    """Return one or two lines: what was found where and what is not shown; which articles were checked alone."""
    clauses = [_found(report), *_not_shown(report)]
    alone = sum(map(is_alone, report.articles))
    if not alone:
        return ["; ".join(clauses)]
    have = "article has" if alone == 1 else "articles have"
    return ["; ".join(clauses), f"{alone} {have} no original at hand: checked alone (bilint show originals)"]


def is_alone(article: Checked) -> bool:
    """Return whether the article was checked without its original."""
    return article.original is None or bool(article.why)


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
    articles = len(report.articles)
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
    checked = {article.path for article in report.articles}
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
    fixes = [finding.fix for finding in report.findings if finding.fix]
    clauses = [", ".join(parts)] if parts else []
    if fixes:
        safe = sum(fix.safe for fix in fixes)
        clauses.append(f"{len(fixes)} can be fixed " + ("safely" if safe == len(fixes) else f"({safe} safely)"))
    if report.problems:
        clauses.append(plural(len(report.problems), "problem"))
    return clauses
