"""internal-error: a rule broke."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Confidence, Failure, Finding, Severity, Span
from bilint.rules import Context, Options, rule


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="meta",
    messages={
        "failed": "rule `{rule}` failed: {error}",
    },
    help={
        "failed": "this is a bug in bilint: report it",
    },
)
def check(failure: Failure, context: Context[Options]) -> Iterator[Finding]:
    """A rule broke on this article; the other rules and articles were still checked.

    ## Why
    A crash must not pass as a clean run: the exit code is 2. Please report it with the article.

    ## Source
    bilint.
    """
    yield context.finding("failed", Span(0, 0), rule=failure.rule, error=failure.error)
