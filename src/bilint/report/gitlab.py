"""GitLab's Code Quality report: findings beside the lines of a merge request.

Fields: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from bilint.messages import say
from bilint.model import Placed, Problem, Report, Severity
from bilint.report._identity import numbered
from bilint.report._phrases import advice, encodable, last_line, message, use
from bilint.text.escapes import to_json
from bilint.text.width import one_line

if TYPE_CHECKING:
    from bilint.report._style import Style

WORDS = "asked"
ENDINGS = ("codequality.json", "code-quality.json", "code-quality-report.json")
_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, style: Style) -> str:
    """Return a JSON array of findings by place; problems come first, as blockers.

    GitLab shows one issue for each fingerprint, so equal ones are numbered.
    """
    issues = [_of_problem(each) for each in report.problems]
    return to_json(issues + [_issue(*each) for each in numbered(sorted(report.findings, key=Placed.order))])


def _issue(finding: Placed, identity: str) -> dict[str, object]:
    what_to_do = say("; ").join(part for part in (use(finding), advice(finding)) if part)
    description = one_line(message(finding)) + (f" ({one_line(what_to_do)})" if what_to_do else "")
    place = finding.target.place
    return _object(
        description,
        finding.rule,
        identity,
        severity=_SEVERITIES[finding.severity],
        path=place.path,
        lines=(place.line, last_line(place)),
    )


def _of_problem(each: Problem) -> dict[str, object]:
    hint = f" ({one_line(say(each.hint))})" if each.hint else ""
    return _object(
        one_line(say(each.message)) + hint,
        "bilint",
        f"{each.path}:{each.message}",
        severity="blocker",
        path=each.path,
        lines=(1, 1),
    )


def _object(
    description: str, rule: str, identity: str, *, severity: str, path: str, lines: tuple[int, int]
) -> dict[str, object]:
    return {
        "description": description,
        "check_name": rule,
        "fingerprint": sha256(encodable(f"{rule}:{identity}").encode()).hexdigest(),
        "severity": severity,
        "location": {"path": path or ".", "lines": {"begin": lines[0], "end": lines[1]}},
    }
