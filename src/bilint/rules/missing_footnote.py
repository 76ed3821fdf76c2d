"""missing-footnote: a footnote lost its mark or its text."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Bitext, Confidence, Finding, Inline, InlineKind, Severity
from bilint.reading.losses import losses
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import changed

_KINDS = frozenset({InlineKind.FOOTNOTE, InlineKind.FOOTNOTE_TEXT})


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    messages={
        "gone": "footnote {gone} of the original has no mark or no text here",
        "changed": "footnote {here} stands for {gone}",
    },
    help={
        "gone": "the mark is `[^1]` in the text and `[^1]:` before what it says",
        "changed": "the mark is `[^1]` in the text and `[^1]:` before what it says",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A footnote of the original has no mark or no text in the translation.

    ## Why
    A mark without a text is shown as it is written, a text without a mark is not shown at all.

    ## Bad
    ```en
    The network must be fast.[^net] A slow one stops the copies.

    [^net]: At least ten megabits per second.
    ```
    ```zh
    网络必须够快。【^net】网络太慢会使备份停止。

    [^net]: 至少每秒十兆比特。
    ```

    ## Good
    ```en
    The network must be fast.[^net] A slow one stops the copies.

    [^net]: At least ten megabits per second.
    ```
    ```zh
    网络必须够快。[^net]网络太慢会使备份停止。

    [^net]: 至少每秒十兆比特。
    ```

    ## Source
    The manual of GitHub Flavored Markdown.
    """
    for loss in losses(bitext, _KINDS, _identity):
        yield changed(context, loss)


def _identity(footnote: Inline) -> tuple[str, str]:
    return footnote.kind, footnote.name
