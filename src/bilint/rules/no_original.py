"""no-original: an article that could not be compared."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import commonpath, dirname

from bilint.evidence import Project
from bilint.model import Confidence, Finding, Severity
from bilint.reading.alone import alone_by_folder, reasons
from bilint.reading.counts import originals
from bilint.rules import Context, Options, rule

_FEW = 2
"""So many articles of a folder are told one by one: more are one cause, such as a pattern that does not fit."""


@rule(
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    mqm="meta",
    messages={
        "alone": "checked without its original",
        "folder": "the {articles} articles in `{folder}` are checked without their originals",
    },
    help={
        "alone": "{why}",
        "folder": "{first} {why}",
    },
    counts=(reasons,),
)
def check(project: Project, context: Context[Options]) -> Iterator[tuple[str, Finding]]:
    """The article names no original, or its original is not at hand.

    ## Why
    Without the English only half of the rules can work: nothing missing, added or changed can be seen. The article is
    still checked alone. Where no article of a folder has an original and there are more than two, the folder is named
    once, with what was looked for in vain for the first of them; `bilint show originals` tells it for every article.

    ## Bad
    ```zh
    # 一篇没有写明出处的译文

    正文从这里开始。
    ```

    ## Good
    ```en
    # Title
    ```
    ```zh
    # 标题
    ```

    ## Source
    bilint.
    """
    sources = project.of(originals)
    told = {path: (why, top) for path, why, top in project.of(reasons) if path not in sources}
    for folder, paths in sorted(alone_by_folder(told).items()):
        first, (why, top) = paths[0], told[paths[0]]
        if folder and len(paths) > _FEW:
            shared = f"{commonpath(map(dirname, paths)) or '.'}/"
            yield first, context.finding("folder", top, articles=len(paths), folder=shared, first=first, why=why)
            continue
        for path in paths:
            why, top = told[path]
            yield path, context.finding("alone", top, why=why)
