"""changed-component: a component is gone or has another name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from bilint.model import Bitext, Confidence, Document, Finding, Inline, InlineKind, Severity
from bilint.reading.losses import losses
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import changed
from bilint.text.scripts import HAN, has_han

_KINDS = frozenset({InlineKind.COMPONENT})
_KEPT = 0.5
"""A translation that has fewer of the components than this share of them is of another edition, or of another site."""
_ATTRIBUTE = re.compile(r"""(?<![\w:.@#-])([\w:.@#-]++)=(?:"[^"]*"|'[^']*')?""")
_WORD = re.compile(r"((?<=[a-z])[A-Z])")
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
    lost = list(losses(bitext, _KINDS, cache(lambda component: _identity(component, readable))))
    if not lost:
        return
    there, here = (Counter(_names(document)) for document in (bitext.source, bitext.target))
    is_alike = (there & here).total() >= _KEPT * there.total() or _TRANSLATED.search(bitext.target.text) is not None
    for loss in lost:
        name = loss.gone[0].name.lstrip("/")
        is_open = here[name] > 0 and here[name] != here["/" + name] and there[name] == there["/" + name]
        found = replace(changed(context, loss), key=name)
        yield found if is_alike or is_open else replace(found, confidence=Confidence.LOW)


def _names(document: Document) -> Iterator[str]:
    inlines = (inline for block in document.blocks for inline in block.inlines)
    return (inline.name for inline in (*inlines, *document.marks) if inline.kind is InlineKind.COMPONENT)


def _identity(component: Inline, readable: frozenset[str]) -> tuple[str, ...]:
    """The name of a component, and of its attributes those that are Chinese or say something Chinese to no reader."""
    attributes = [found[1] for found in _ATTRIBUTE.finditer(component.content) if has_han(found[0])]
    return component.name, *(name for name in attributes if readable.isdisjoint(_words(name)))


def _words(attribute: str) -> list[str]:
    """The attribute and the words that it consists of: `titleText` is a title."""
    return [attribute, *_WORD.sub(r" \1", attribute).lower().split()]
