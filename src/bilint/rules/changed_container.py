"""changed-container: the keyword or the end of an admonition is gone."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from bilint.model import Bitext, Confidence, Finding, InlineKind, Severity
from bilint.reading.losses import losses
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import changed

_KINDS = frozenset({InlineKind.CONTAINER})


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="design-and-markup/markup-tag",
    fixes=("safe", "unsafe"),
    messages={
        "gone": "container {gone} of the original is missing",
        "changed": "container {here} stands for {gone}",
    },
    help={
        "gone": "keep the keyword and the closing mark as they are; a title may be translated",
        "changed": "keep the keyword and the closing mark as they are; a title may be translated",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """The keyword of a container, or the mark that closes it, is not that of the original.

    ## Why
    `:::note`, `> [!WARNING]`, `/// tip` and `!!! danger` are read by a program, which knows English keywords only. A
    translated one is shown as text, and a container that is not closed swallows the rest of the page. The title
    behind a keyword is for readers and may be Chinese.

    ## Bad
    ```en
    > [!WARNING]
    > Save your work before you press the button.
    ```
    ```zh
    > [!警告]
    > 按下按钮之前请先保存你的工作。
    ```

    ## Good
    ```en
    > [!WARNING]
    > Save your work before you press the button.
    ```
    ```zh
    > [!WARNING]
    > 按下按钮之前请先保存你的工作。
    ```

    ## Source
    The manuals of GitHub, Docusaurus, VitePress, PyMdown and Material for MkDocs.
    """
    for loss in losses(bitext, _KINDS, attrgetter("name")):
        yield changed(context, loss)
