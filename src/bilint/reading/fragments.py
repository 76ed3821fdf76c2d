"""Which fragments lead somewhere in a page, by the generators that may make it, and in the other pages of a project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Self

import msgspec
from msgspec import Struct, field

from bilint.evidence import Evidence, Question
from bilint.model import PLACEHOLDER, Block, Document, Format, InlineKind, Kind
from bilint.reading.reading import Reading
from bilint.text.fragments import Named, page_key
from bilint.text.slugs import Generator, guesses, may_be, slugs

_NAMING = ("id", "name", "anchor", "slug", "label", "ID", "NAME")
_SET = re.compile(r"=(?<=[degrlDE\s]=)")
_FAR = 40
"""What sets an attribute stands behind the last letter of its name, or behind fewer blanks than this."""
_VALUE = re.compile(r"""=\s*\\?["'{`]*([^\s"'`<>}\\]+)""")
"""The attributes that name a place, in whole or at their end, and what one is set to."""
_BRACED = re.compile(r"\{[^{}\n#]{0,80}#([^\s{}#]++)[^{}\n]*+\}|\{/\*\s*#?([^\s*]+)\s*\*/\}")
_LABELS = (
    (")=", re.compile(r"^\(([^()\s]+)\)=\s*$", re.M)),
    ("[[", re.compile(r"\[\[([\w.-]+)\]\]")),
    (".. _", re.compile(r"^\.\.\s+_([^:\n]+):", re.M)),
    (":name:", re.compile(r":name:\s*(\S+)")),
    (":label:", re.compile(r":label:\s*(\S+)")),
)
"""What a label has in it, and the labels of MyST, Asciidoctor and Sphinx."""
# One that is never closed reaches to the end of the file: it would be tried again at each later one.
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->|(?P<open>\Z))")
_NO_LETTER = re.compile(r"[\W_]+")
_HEADING_TAG = re.compile(r"<h[1-6]\b", re.I)
_UNALIKE = tuple(g for g in Generator if g not in (Generator.DOCUSAURUS, Generator.ASTRO))
"""One of each group of generators with the same fragments."""


class Heading(Struct, frozen=True, array_like=True):
    """A heading as its generator sees it: the text as shown, and the id that it states."""

    text: str
    anchor: str = ""


class Page(Struct, frozen=True, array_like=True):
    """What a page can be entered by: its headings in order, and ids of anything else."""

    headings: tuple[Heading, ...] = ()
    ids: frozenset[str] = frozenset()


_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_DECODER = msgspec.msgpack.Decoder(tuple[Page, Page | None])


def headings(document: Document) -> Iterator[Block]:
    """Yield the headings of a document, those in HTML and the title in the front matter included."""
    for block in document.blocks:
        kind = block.kind
        is_title = kind is Kind.TITLE or (kind is Kind.FIELD and block.info == "title")
        if kind is Kind.HEADING or is_title or (kind is Kind.HTML and _HEADING_TAG.match(block.content)):
            yield block


@lru_cache(maxsize=8)
def page_of(document: Document) -> Page:
    """Return what a document can be entered by."""
    found = tuple(Heading(shown(block), block.anchor) for block in headings(document))
    return Page(found, frozenset(_ids(document)))


def shown(heading: Block) -> str:
    """Return the text of a heading as readers see it: code without backticks, no pictures and footnotes."""
    text = heading.prose.text
    if PLACEHOLDER not in text:
        return text.strip()
    code = {i.text.start: i.content for i in heading.inlines if i.kind in (InlineKind.CODE, InlineKind.MATH)}
    return "".join(code.get(at, "") if char == PLACEHOLDER else char for at, char in enumerate(text)).strip()


def _ids(document: Document) -> Iterator[str]:
    """The ids that a text states: in attributes, braces and labels; in comments it states none."""
    text = document.text
    if "<!--" in text:
        text = _COMMENT.sub(lambda found: "" if found["open"] is None else found[0], text)
    yield from (mark.name for mark in document.marks if mark.kind is InlineKind.ANCHOR)
    yield from _attributes(text)
    if "{" in text:
        yield from (match[1] or match[2] for match in _BRACED.finditer(text))
    for sign, label in _LABELS:
        if sign in text:
            yield from label.findall(text)


def _attributes(text: str) -> Iterator[str]:
    """The ids in attributes. A search for the names would stop at every third letter: it is for what sets them."""
    end = 0
    for sign in _SET.finditer(text):
        at = sign.start()
        is_set = at >= end and text[max(end, at - _FAR) : at].rstrip().endswith(_NAMING)
        if is_set and (found := _VALUE.match(text, at)):
            yield found[1]
            end = found.end()


def leads(fragment: str, page: Page) -> bool:
    """Return whether a fragment leads somewhere in a page; letters of another case are forgiven, as by GitHub."""
    if fragment in page.ids:
        return True
    alike = _by_letters(page).get(_letters(fragment), ())
    if any(fragment == each.anchor if each.anchor else may_be(fragment, each.text) for each in alike):
        return True
    known = fragments(page)
    return fragment in known or fragment.lower() in known


@lru_cache(maxsize=64)
def _by_letters(page: Page) -> dict[str, list[Heading]]:
    """The headings by their letters: those of a fragment are mostly the same, and no other need be looked at."""
    found: dict[str, list[Heading]] = {}
    for heading in page.headings:
        found.setdefault(_letters(heading.anchor or heading.text), []).append(heading)
    return found


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).lower()


@lru_cache(maxsize=512)
def made(page: Page, generator: Generator) -> tuple[str, ...]:
    """Return the fragments of a page's headings: the id where one is stated, else what the generator makes of it."""
    stated = page.ids | {heading.anchor for heading in page.headings if heading.anchor}
    others = iter(slugs([heading.text for heading in page.headings if not heading.anchor], generator, stated))
    return tuple(heading.anchor or next(others) for heading in page.headings)


@lru_cache(maxsize=256)
def fragments(page: Page) -> frozenset[str]:
    """Return every fragment that leads somewhere in a page with one generator or another."""
    plain = (slug for heading in page.headings if not heading.anchor for slug in guesses(heading.text))
    return page.ids.union(plain, *(made(page, generator) for generator in _UNALIKE)) - {""}


def heading_of(page: Page, fragment: str) -> int | None:
    """Return the number of the heading that a fragment leads to with one generator or another; None for none."""
    by_one = (made(page, generator) for generator in _UNALIKE)
    return next((found.index(fragment) for found in by_one if fragment in found), None)


class Pages(Struct):
    """What the pages of a project can be entered by: by key and path of the translation, it and its original, packed.

    Packed they take a quarter of the memory, and few are ever asked for.
    """

    by_key: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def __add__(self, other: Pages) -> Pages:
        return Pages({key: dict(by_path) for key, by_path in self.by_key.items()}).__iadd__(other)

    def __iadd__(self, other: Pages) -> Self:
        for key, by_path in other.by_key.items():
            self.by_key.setdefault(key, {}).update(by_path)
        return self

    def __sub__(self, other: Pages) -> Pages:
        taken = {path for by_path in other.by_key.values() for path in by_path}
        left = (
            (key, {path: page for path, page in by_path.items() if path not in taken})
            for key, by_path in self.by_key.items()
        )
        return Pages({key: by_path for key, by_path in left if by_path})


def pages(reading: Reading) -> Pages:
    """Count the page: what it, and its original, can be entered by."""
    article = reading.article
    source = article.bitext.source if article.bitext else None
    there = page_of(source) if source and source.format is Format.MARKDOWN else None  # web pages link to the web
    path = article.target.path
    return Pages({page_key(path): {path: pack(page_of(article.target), there)}})


def pack(target: Page, source: Page | None) -> bytes:
    """Return the page of a translation and that of its original as bytes, the same for the same."""
    return _ENCODER.encode((target, source))


@lru_cache(maxsize=256)
def _unpacked(data: bytes) -> tuple[Page, Page | None]:
    return _DECODER.decode(data)


class Entered(Struct, frozen=True):
    """What the project says of a link to another of its pages: the page's key, and whether the fragments lead anywhere.

    `source` is for the fragment of the original, in the original of that page; None where that was not read.
    """

    key: str
    target: bool
    source: bool | None
    suggestion: str = ""


class Leads(Question[Entered | None], frozen=True):
    """Where a link to what is `named`, likeliest first, leads; `original` is the fragment of the original's link."""

    named: tuple[Named, ...]
    fragment: str
    original: str = ""

    def verdict(self, project: Evidence) -> Entered | None:
        """Return it for the first of the files that was read; None when none was."""
        known = project.of(pages).by_key
        key = next((key for named in self.named for key in named.files() if key in known), None)
        if key is None:
            return None
        target, source = _unpacked(known[key][min(known[key])])
        there = leads(self.original, source) if source and self.original else None
        return Entered(key, leads(self.fragment, target), there, counterpart(source, target, self.original))


def counterpart(source: Page | None, target: Page, fragment: str) -> str:
    """Return the fragment in a translation of the heading that `fragment` leads to in its original; empty for none.

    Only where both have as many headings of their own: then they are the same, in the same order.
    """
    if source is None or not fragment or len(source.headings) != len(target.headings):
        return ""
    number = heading_of(source, fragment)
    return "" if number is None else made(target, Generator.GITHUB)[number]
