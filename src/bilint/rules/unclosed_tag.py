"""unclosed-tag: an HTML element that is not closed, or not opened."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Confidence, Document, Finding, Format, Severity
from bilint.reading.elements import unbalanced
from bilint.rules import Context, Options, rule


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    messages={
        "open": "`{tag}` is not closed",
        "close": "`{tag}` closes nothing",
        "comment": "the comment is not closed: what follows is hidden",
    },
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """An HTML element is opened and not closed, or closed and not opened, unlike in the original.

    ## Why
    An element that is not closed goes on to the end of the block or page: everything behind it is bold, a key, or
    hidden. A comment that is not closed hides the rest of the page. Elements that the original does not close either
    are not reported.

    ## Bad
    ```zh
    按 <kbd>Ctrl</kbd> + <kbd>K，然后输入名称。
    ```

    ## Good
    ```zh
    按 <kbd>Ctrl</kbd> + <kbd>K</kbd>，然后输入名称。
    ```

    ## Source
    HTML, Living Standard, 13.1.2.4 (optional tags).
    """
    if "<" not in document.text:
        return
    bitext = context.article.bitext
    found = dict(unbalanced(context.article.target))
    if found and bitext and bitext.source.format is Format.MARKDOWN:
        found = {name: span for name, span in found.items() if name not in dict(unbalanced(bitext.source))}
    for name, span in found.items():
        tag = document.text[span.start : span.end]
        message = "comment" if name == "!--" else "close" if tag.startswith("</") else "open"
        yield context.finding(message, span, tag=tag)
