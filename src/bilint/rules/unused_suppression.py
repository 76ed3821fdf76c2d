"""unused-suppression: a comment that silences nothing."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from bilint.model import Confidence, Finding, Severity, Suppression
from bilint.rules import Context, Options, all_rules, rule


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="meta",
    messages={
        "rules": "this comment for {rules} suppresses nothing",
        "all": "this comment for all rules suppresses nothing",
        "unknown": "this comment names `{rule}`, and there is no such rule",
    },
    help={
        "rules": "delete it",
        "all": "delete it",
        "unknown": "`bilint rule` lists them",
    },
)
def check(suppression: Suppression, context: Context[Options]) -> Iterator[Finding]:
    """A suppression comment silences nothing.

    ## Why
    The fault it excused has been mended, or the rule's name is mistyped. Left standing, it would hide the next fault.

    ## Bad
    ```zh
    <!-- bilint-disable-next-line empty-link: kept for the layout -->
    这一行没有任何问题。
    ```

    ## Good
    ```zh
    <!-- bilint-disable-next-line empty-link: kept for the layout -->
    作者是[](https://example.com/ada)一位工程师。
    ```

    ## Source
    bilint.
    """
    unknown = next((name for name in suppression.rules if not _is_rule(name)), None)
    if unknown is None:
        yield context.finding("rules" if suppression.rules else "all", suppression.span, rules=suppression.rules)
        return
    meant = get_close_matches(unknown, all_rules(), n=1, cutoff=0.5)
    yield context.finding(
        "unknown",
        suppression.span,
        rule=unknown,
        suggestions=tuple(meant),
    )


def _is_rule(name: str) -> bool:
    """Whether there is or may be such a rule: the settings name a project's own."""
    return name in all_rules() or name.startswith("project/")
