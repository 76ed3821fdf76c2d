"""changed-component: a component is gone or has another name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from bilint.model import Bitext, Confidence, Finding, InlineKind, Severity
from bilint.reading.components import component_names, identity, is_in_alert
from bilint.reading.losses import losses
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import changed
from bilint.text.scripts import HAN

_KINDS = frozenset({InlineKind.COMPONENT})
_KEPT = 0.5
"""A translation that has fewer of the components than this share of them is of another edition, or of another site."""
_TRANSLATED = re.compile(rf"</?(?=[\w.]*?[{HAN}])[\w.]++[\s/>]")


class ComponentOptions(Options, frozen=True):
    """Options of changed-component."""

    readable: tuple[str, ...] = (
        "alt", "aria-label", "author", "caption", "content", "description", "header", "heading", "label", "message",
        "name", "placeholder", "sub-title", "subtitle", "summary", "text", "title", "tooltip",
    )  # fmt: skip
    """Attributes that readers see: their values may be translated."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="design-and-markup/markup-tag",
    options=ComponentOptions,
    messages={
        "gone": "component {gone} of the original is missing",
        "changed": "component {here} stands for {gone}",
    },
    help={
        "gone": "keep the names of components; what a reader sees of their attributes may be translated",
        "changed": "keep the names of components; what a reader sees of their attributes may be translated",
    },
)
def check(bitext: Bitext, context: Context[ComponentOptions]) -> Iterator[Finding]:
    """A component of the original (JSX, Vue) is missing, not closed, or has another name.

    ## Why
    `<Tabs>` is looked up by its name when the page is built: a translated name, or an end that is missing, stops the
    build of the whole site. So does an attribute that is translated; values that readers see may be Chinese.

    ## Bad
    ```en
    <Tabs>

    Open the editor in your browser and choose a page.

    </Tabs>
    ```
    ```zh
    <标签>

    在浏览器中打开编辑器，然后选择一个页面。

    </标签>
    ```

    ## Good
    ```en
    <Tabs>

    Open the editor in your browser and choose a page.

    </Tabs>
    ```
    ```zh
    <Tabs>

    在浏览器中打开编辑器，然后选择一个页面。

    </Tabs>
    ```

    ## Options
    - `readable`: attributes that readers see; their values may be translated.

    ## Source
    The manuals of MDX and Vue.
    """
    readable = frozenset(context.options.readable)
    lost = list(losses(bitext, _KINDS, cache(lambda component: identity(component, readable))))
    if not lost:
        return
    there, here = (Counter(component_names(document)) for document in (bitext.source, bitext.target))
    is_alike = (there & here).total() >= _KEPT * there.total() or _TRANSLATED.search(bitext.target.text) is not None
    for loss in lost:
        if not loss.instead and is_in_alert(loss.pair.target, bitext.target.text):
            continue
        name = loss.gone[0].name.lstrip("/")
        is_open = here[name] > 0 and here[name] != here["/" + name] and there[name] == there["/" + name]
        found = replace(changed(context, loss), key=name)
        yield found if is_alike or is_open else replace(found, confidence=Confidence.LOW)
