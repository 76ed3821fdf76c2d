"""missing-file: a link or image names a file that is not there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from bilint.model import Article, Confidence, Finding, InlineKind, KnownBy, Severity
from bilint.reading.named_files import Named, named_files
from bilint.rules import Context, Options, rule
from bilint.text.fragments import local
from bilint.text.links import is_broken, link_key

_PAGE = re.compile(r"\.(?:mdx?|markdown|ipynb|rst)$", re.I)
_PUBLIC = ("", "static", "public", "assets", "docs", "src", "source", "content")
"""Folders whose files are served from the root of the site."""
_MOST_EDITS = 4
_PART_EDITED = 4
"""What `changed-link` calls a slip: at most so many edits, on at most this part of the address."""
_FALLING_BACK = ("mkdocs.yml", "mkdocs.yaml", "hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml")
"""Generators that take a file of the original where the translation has none."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/link",
    messages={
        "image": "image `{path}` is not there",
        "file": "file `{path}` is not there",
    },
    known_by=KnownBy.TARGET,
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A link or an image of the translation names a file of the repository that does not exist.

    ## Why
    A translation lies in another folder than its original: relative paths that are copied lead nowhere, and the page
    shows a broken image. A file is looked for beside the article, and for a path from the root of the site in the
    folders above it; nothing outside the repository is looked at, and no file is read. What is not there for the
    original either is not reported. Where the site may take the original's file instead (Hugo, MkDocs), and for pages
    that are not translated yet, the confidence is low.

    ## Bad
    ```en
    ![The meter](en.md)
    ```
    ```zh guide/meter.md
    ![仪表](en.md)
    ```

    ## Good
    ```en
    ![The meter](en.md)
    ```
    ```zh
    ![仪表](en.md)
    ```

    ## Source
    MQM 2.0, Design and markup / Link.
    """
    here = article.target.path
    if not context.files.holds(here):
        return
    theirs = article.bitext.source.path if article.bitext else ""
    for named in named_files(article, context.document):
        if _is_there(named.path, here, context):
            continue
        image = named.inline.kind is InlineKind.IMAGE
        confidence = _confidence(named, theirs, context)
        if confidence is not None:
            yield context.finding(
                "image" if image else "file",
                article.target.address(named.inline),
                path=named.path,
                source=named.twin.span if named.twin else None,
                confidence=confidence,
                key=named.path,
            )


def _is_there(path: str, article: str, context: Context[Options]) -> bool:
    """Whether a file is where the site, or the repository, would look for it."""
    if not path.startswith("/"):
        return context.files.has(posixpath.join(posixpath.dirname(article), path))
    inner = path.lstrip("/")
    folders = _above(article, context)
    return any(context.files.has(posixpath.join(each, public, inner)) for each in folders for public in _PUBLIC)


def _above(path: str, context: Context[Options]) -> Iterator[str]:
    """The folders that a file lies in, the nearest first, up to the root of the repository."""
    folder = posixpath.dirname(path)
    while context.files.holds(folder or "."):
        yield folder
        if not folder or folder == posixpath.dirname(folder):
            return
        folder = posixpath.dirname(folder)


def _confidence(named: Named, source: str, context: Context[Options]) -> Confidence | None:
    """How sure it is that readers miss the file; None when it is not there for the original either."""
    if named.twin is None or not source:
        return Confidence.LOW
    there = local(named.twin.destination)
    if there is None or not context.files.holds(source) or not _is_there(there.path, source, context):
        return None
    if named.twin.destination != named.inline.destination:
        return None if _is_slip(named.inline.destination, named.twin.destination) else Confidence.HIGH
    falls_back = any(
        context.files.has(posixpath.join(each, name))
        for each in _above(context.article.target.path, context)
        for name in _FALLING_BACK
    )
    return Confidence.LOW if falls_back or _PAGE.search(named.path) else Confidence.HIGH


def _is_slip(here: str, there: str) -> bool:
    """Whether `changed-link` tells of it."""
    from rapidfuzz.distance import Levenshtein

    return is_broken(here) or (
        link_key(here) != link_key(there)
        and Levenshtein.distance(here, there) <= min(_MOST_EDITS, max(len(here), len(there)) // _PART_EDITED)
    )
