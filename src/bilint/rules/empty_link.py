"""empty-link: a link nobody can see or follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import EVERYTHING, PLACEHOLDER, Confidence, Document, Finding, Severity
from bilint.reading.restored import led_back
from bilint.rules import Context, Options, rule

_DIGITS = re.compile(r"\d+")
"""What differs between the anchors that one converter left: `#5`, `#6`."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/link",
    roles=EVERYTHING,
    fixes=("safe",),
    messages={
        "no-text": "link to `{target}` has no text",
        "nothing": "link without a target has no text",
        "no-target": "link `{text}` has no target",
    },
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """A link has no text, or no target.

    ## Why
    `[](url)` renders as nothing: the reader sees no link, a screen reader reads out the address. It is usually what
    is left of an image or a name. `[text]()` goes nowhere.

    ## Bad
    ```zh
    作者是[](https://example.com/ada)一位工程师。
    ```

    ## Good
    ```zh
    作者是[艾达](https://example.com/ada)，一位工程师。
    ```

    ## Source
    CommonMark 0.31, section 6.3; WCAG 2.2, success criterion 2.4.4.
    """
    for block in document.blocks:
        for link in block.links():
            text = block.prose.text[link.text.start : link.text.end]
            if not document.text.startswith("[", link.span.start):
                continue  # raw HTML: its text may come from a style or a script
            if not text.strip() and PLACEHOLDER not in text:
                what = "no-text" if link.destination else "nothing"
                key = _DIGITS.sub("0", f"{what} {link.destination}")
                yield context.finding(what, link.span, target=link.destination, key=key)
            elif not link.destination and not link.title:
                fix = led_back(link, block, context.article)
                yield context.finding("no-target", link.span, text=text.strip(), fix=fix)
