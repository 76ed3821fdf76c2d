"""unused-suppression: a comment that silences nothing."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Confidence, Finding, Severity, Suppression
from bilint.rules import Context, Options, rule


@rule(severity=Severity.WARNING, confidence=Confidence.HIGH, mqm="meta")
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
    what = ", ".join(f"`{name}`" for name in suppression.rules) or "all rules"
    yield context.finding(f"this comment for {what} suppresses nothing", suppression.span, advice="delete it")
