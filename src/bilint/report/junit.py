"""JUnit's XML, which CI servers show as tests: an article is a suite, a finding a test that failed.

There is no one schema; elements and attributes are those that Jenkins, GitLab and CircleCI read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bilint.messages import say
from bilint.model import Checked, Placed, Problem, Report, Severity
from bilint.report._phrases import advice, encodable, evidence, further, message, use, where
from bilint.report._summary import is_alone
from bilint.text.width import one_line
from bilint.text.xml import document, element

if TYPE_CHECKING:
    from lxml.etree import _Element

    from bilint.report._style import Style

WORDS = "asked"
ENDINGS = ("junit.xml",)
_NO_TIME = "0"
"""Readers ask for a time; the same articles give the same bytes."""


def render(report: Report, style: Style) -> str:
    """Return an XML document with a suite for each article; what is only `info` is a test that passed."""
    findings: defaultdict[str, list[Placed]] = defaultdict(list)
    for finding in sorted(report.findings, key=Placed.order):
        findings[finding.target.place.path].append(finding)
    problems: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in report.problems:
        problems[problem.path].append(problem)
    articles = {article.path: article for article in report.articles}
    suites = [
        _suite(path or "bilint", articles.get(path), findings[path], problems[path])
        for path in sorted({*articles, *findings, *problems})
    ]
    totals = {name: str(sum(int(suite.get(name, "0")) for suite in suites)) for name in ("tests", "failures", "errors")}
    return document(element("testsuites", *suites, attributes={"name": "bilint", **totals, "time": _NO_TIME}))


def _suite(path: str, article: Checked | None, findings: Sequence[Placed], problems: Sequence[Problem]) -> _Element:
    cases = [_broken(path, each) for each in problems] + [_failed(path, each) for each in findings]
    if not cases:
        alone = (
            [element("system-out", say("checked alone: {why}", why=article.why))]
            if article and is_alone(article)
            else []
        )
        cases = [_case(path, "bilint", *alone)]
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(_fails(each) for each in findings)),
        "errors": str(len(problems)),
        "skipped": "0",
        "time": _NO_TIME,
    }
    return element("testsuite", *cases, attributes={"name": encodable(path), **counts})


def _fails(finding: Placed) -> bool:
    return finding.severity is not Severity.INFO


def _failed(path: str, finding: Placed) -> _Element:
    place = finding.target.place
    if _fails(finding):
        attributes = {"message": one_line(message(finding)), "type": f"{finding.severity.value}[{finding.rule}]"}
        outcome = element("failure", _details(finding), attributes=attributes)
    else:
        outcome = element("system-out", _details(finding))
    return _case(path, f"{finding.rule} {place.line}:{place.column}", outcome, line=place.line)


def _broken(path: str, problem: Problem) -> _Element:
    attributes = {"message": one_line(say(problem.message)), "type": "problem"}
    return _case(path, "bilint", element("error", one_line(say(problem.hint)), attributes=attributes))


def _case(path: str, name: str, *outcome: _Element, line: int = 1) -> _Element:
    place = {"file": encodable(path), "line": str(line)}
    return element(
        "testcase",
        *outcome,
        attributes={"classname": encodable(path), "name": name, **place, "time": _NO_TIME},
    )


def _details(finding: Placed) -> str:
    source = ""
    if finding.source:
        source = say("source: {line}", line=f"{where(finding.source.place)} {one_line(finding.source.text)}")
    lines = (
        f"{where(finding.target.place)}: {one_line(message(finding))}",
        further(finding),
        source,
        evidence(finding),
        use(finding),
        one_line(advice(finding)),
    )
    return encodable("\n".join(line for line in lines if line))
