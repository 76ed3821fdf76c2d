"""missing-anchor: the id of a heading is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bilint.model import Bitext, Confidence, Finding, Inline, InlineKind, Severity
from bilint.reading.losses import losses
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import changed

_KINDS = frozenset({InlineKind.ANCHOR})
_MANY = 3
"""From so many on, none of which is left, an article states no ids: it is older, or its site needs none."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="design-and-markup/link",
    fixes=("safe", "unsafe"),
    messages={
        "gone": "anchor {gone} of the original is missing",
        "changed": "anchor {here} stands for {gone}",
    },
    help={
        "gone": "keep the id that the original states: links lead to it",
        "changed": "keep the id that the original states: links lead to it",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """An id that the original states for a heading (`{#id}`) is missing or another one.

    ## Why
    Links to a heading lead to the id that it states, from every page and in every language. Without it the id is made
    of the Chinese title, and they lead nowhere. Where all of several ids are gone, the confidence is low.

    ## Bad
    ```en
    ## Restore a copy {#restore}
    ```
    ```zh
    ## 恢复备份 {#恢复}
    ```

    ## Good
    ```en
    ## Restore a copy {#restore}
    ```
    ```zh
    ## 恢复备份 {#restore}
    ```

    ## Source
    The manuals of Docusaurus, VitePress, Hugo and kramdown.
    """
    found = list(losses(bitext, _KINDS, _identity, _is_kept))
    is_house_style = len(found) >= _MANY and not any(block.anchor for block in bitext.target.blocks)
    for loss in found:
        if is_house_style:
            yield replace(changed(context, loss), confidence=Confidence.LOW, key="all")
        else:
            yield changed(context, loss)


def _identity(anchor: Inline) -> str:
    return anchor.name.replace("_", "")


def _is_kept(anchor: Inline) -> bool:
    """Whether translations keep it: where `[[…]]` is the way to state ids, they are made of the Chinese title."""
    return not anchor.content.startswith("[[")
