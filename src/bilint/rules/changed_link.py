"""changed-link: a link that leads elsewhere than the original's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from posixpath import dirname, join

from bilint.model import Bitext, Block, Confidence, Document, Finding, Inline, InlineKind, Kind, Severity
from bilint.reading.unmatched import multiset_difference, twins
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import readdressed
from bilint.text.links import is_broken, is_slip, is_translated, link_key, local_path
from bilint.text.scripts import has_han
from bilint.text.slugs import Generator, slugs

_MARKS = re.compile(r"[-_.]")
_RELATIVE = re.compile(r"^(?:\.{1,2}/)+")
_ID = re.compile(r"""(?:\{#|\{/\*\s*|\b(?:id|name)=["'])([^\s"'*}]+)""")
"""Ids that headings and anchors are given in the text: `{#id}`, `{/*id*/}`, `id="id"`."""

_MOST_COMPARED = 100
"""With so many links left of a pair of blocks one is compared: all of them, in any text written by people."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/link",
    fixes=("safe", "unsafe"),
    messages={
        "differs": "link target differs from the original: `{original}`",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """The target of a link was changed by accident.

    ## Why
    One letter lost in a URL sends readers to an error page. Translators also change links on purpose, to the Chinese
    edition of a page, so links are compared after folding scheme, `www`, language folders, `master` and `main`,
    and fragments; a link to quite another page is reported with low confidence only, unless its
    folders became Chinese words or both are pages of the site itself (medium). A fragment that a heading of the
    page has, a page named from the root of the site, and a mended slip of the original are right.

    ## Bad
    ```en
    Read [the manual](https://example.com/manual/install) first.
    ```
    ```zh
    请先阅读[手册](https://example.com/manual/instal)。
    ```

    ## Good
    ```en
    Read [the article](https://en.wikipedia.org/wiki/Compiler) first.
    ```
    ```zh
    请先阅读[这篇文章](https://zh.wikipedia.org/wiki/编译器)。
    ```

    ## Source
    MQM 2.0, Design and markup / Link.
    """
    for pair in context.pairs:
        target = _links(pair.target)
        source = _links(pair.source) if target else target
        if source and [i.destination for i in source] != [i.destination for i in target]:
            yield from _changed(source, target, context)


def _changed(source: list[Inline], target: list[Inline], context: Context[Options]) -> Iterator[Finding]:
    # Most are the same to the letter, and folding them takes long.
    lost, new = multiset_difference(source, target, lambda link: link.destination)
    if new:
        lost, new = multiset_difference(lost, new, lambda link: link_key(link.destination))
    for link, twin in twins(new[:_MOST_COMPARED], lost[:_MOST_COMPARED], lambda link: link.destination):
        confidence = _confidence(link, twin)
        if confidence is None or _leads(link, context):
            continue
        yield context.finding(
            "differs",
            context.article.target.address(link),
            original=twin.destination,
            source=twin.span,
            confidence=confidence,
            key=f"{link.destination} {twin.destination} {confidence}",  # one slip, copied
            suggestions=(twin.destination,),
            fix=readdressed(link, twin.destination, context, safe=confidence is Confidence.HIGH),
        )


def _leads(link: Inline, context: Context[Options]) -> bool:
    """Whether a link leads somewhere after all: to a heading of the page, or to a file beside it."""
    return link.destination[1:] in _fragments(link, context.article.target) or _is_there(link.destination, context)


def _is_there(destination: str, context: Context[Options]) -> bool:
    """Whether a translated name is that of a file beside the article."""
    path = local_path(destination)
    return has_han(path) and context.files.has(join(dirname(context.article.target.path), path))


def _links(blocks: Iterable[Block]) -> list[Inline]:
    """Links and images: both lead somewhere."""
    return [
        inline
        for block in blocks
        if block.inlines
        for inline in block.inlines
        if inline.destination and inline.kind in (InlineKind.LINK, InlineKind.IMAGE)
    ]


def _confidence(link: Inline, twin: Inline) -> Confidence | None:
    """How sure it is that the change was an accident; None when it is how translators change links."""
    here, there = link.destination, twin.destination
    if (is_broken(here) and not is_broken(there)) or is_translated(here, there):
        return Confidence.HIGH
    if is_broken(there) or _is_resolved(here, there) or _is_resolved(there, here) or _is_restyled(here, there):
        return None  # a slip of the original is mended, a page named from the root of the site, fragments made anew
    if _letters(here) == _letters(there):  # versions and dates are updated on purpose
        return Confidence.LOW
    if is_slip(here, there):
        return Confidence.LOW if _is_same_heading(here, there) else Confidence.HIGH
    (host, path, _), (other_host, other_path, _) = link_key(here), link_key(there)
    if link.kind is InlineKind.IMAGE or (host, path) == (other_host, other_path):
        return None  # images are stored under new names, anchors are translated with their headings
    return _of_pages(here, there) if host == other_host and _letters(path) != _letters(other_path) else Confidence.LOW


def _of_pages(here: str, there: str) -> Confidence:
    """How sure it is that the address of another page of the same host was changed by accident."""
    if is_slip(link_key(here)[1], link_key(there)[1]):
        return Confidence.HIGH
    is_own = all(each.startswith("/") and not each.startswith("//") for each in (here, there))
    return Confidence.MEDIUM if is_own else Confidence.LOW  # a site's own pages move with the original's links


def _is_same_heading(here: str, there: str) -> bool:
    """Whether two anchors of another page are made of the same words, more or fewer: its heading may be translated."""
    (page, _, anchor), (other, _, original) = here.partition("#"), there.partition("#")
    words, others = set(anchor.split("-")), set(original.split("-"))
    return page == other != "" and len(words) > 1 and (words < others or others < words)


def _is_restyled(here: str, there: str) -> bool:
    """Whether two fragments of one page differ in their marks and capitals only: `#responseObject`."""
    (page, _, fragment), (other, _, original) = here.partition("#"), there.partition("#")
    return page == other and _MARKS.sub("", fragment).lower() == _MARKS.sub("", original).lower() != ""


def _is_resolved(full: str, relative: str) -> bool:
    """Whether one target is the other one, that is relative to its page, from the root of the site."""
    rest = _RELATIVE.sub("", relative)
    is_relative = "://" not in relative and not relative.startswith(("/", "#")) and rest
    return bool(is_relative) and ("://" in full or full.startswith("/")) and full.endswith(f"/{rest}")


def _fragments(link: Inline, document: Document) -> Set[str]:
    """The fragments of the page itself, if that is where a link leads: by whichever generator may make the page."""
    if not link.destination.startswith("#"):
        return frozenset()
    headings = [block.prose.text for block in document.blocks if block.kind is Kind.HEADING]
    return {*_ID.findall(document.text), *(slug for generator in Generator for slug in slugs(headings, generator))}


def _letters(text: str) -> str:
    return "".join(char for char in text if not char.isdigit())
