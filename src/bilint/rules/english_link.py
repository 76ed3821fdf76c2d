"""english-link: a link to the English page where the project has the Chinese one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Article, Confidence, Finding, Inline, KnownBy, Role, Severity
from bilint.reading.fragments import Leads, pages
from bilint.rules import Context, Options, rule
from bilint.text.fragments import local
from bilint.text.fragments import pages as pages_named
from bilint.text.locales import ENGLISH, in_chinese, locale_of

_ON_PURPOSE = re.compile(r"english|\ben\b|英文|英语|英語|原文|原版", re.I | re.ASCII)


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/link",
    counts=(pages,),
    messages={"english": "`{link}` leads to the English page, although there is a Chinese one"},
    help={"english": "link to the Chinese page"},
    known_by=KnownBy.TARGET,
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A link within the project leads to the English page although its translation exists.

    ## Why
    Links are copied with the text, and `/en-US/` or `/en/` is easily left in them: readers land in the English pages.
    Only links whose Chinese page is checked in the same run are reported, and none whose text says that it is in
    English.

    ## Bad
    ```en
    See [how to start](/en/guide/start).
    ```
    ```zh guide/fill.md
    请看[如何开始](/en/guide/start)。
    ```
    ```zh guide/start.md
    先装水，再打开开关。
    ```

    ## Good
    ```en
    See [how to start](/en/guide/start).
    ```
    ```zh
    请看[如何开始](/zh/guide/start)和[如何停止](/en/guide/stop)。
    ```

    ## Source
    MQM 2.0, Design and markup / Link.
    """
    target = article.target
    for block in context.document.blocks:
        for link in block.links() if block.inlines else ():
            if ENGLISH.search(link.destination) is None or (place := local(link.destination)) is None:
                continue
            english = ENGLISH.search(place.path)
            label = block.prose.text[link.text.start : link.text.end]
            if english is None or _ON_PURPOSE.search(label) or context.reading.role(block) is Role.LANGUAGES:
                continue
            chinese = locale_of(target)
            paths = in_chinese(place.path, english, chinese)
            named = dict.fromkeys(page for path in paths for page in pages_named(path, target.path))
            if context.ask(Leads(tuple(named), "")) is not None:
                yield _finding(link, chinese, context)


def _finding(link: Inline, chinese: str, context: Context[Options]) -> Finding:
    span = context.article.target.address(link)
    page = ENGLISH.sub(chinese, link.destination, count=1)
    return context.finding("english", span, link=link.destination, suggestions=(page,), key=link.destination)
