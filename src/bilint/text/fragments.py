"""The part of an address behind `#`, and the files of a project that an address within it may name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

_OWN = re.compile(
    r"top|-|L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?|(?:user-content-)?(?:fn|footnote|cite|ref)[a-z_]*+[-:.]?\w*+(?<=\d)|[_.:]?\d+",
    re.I,
)
"""Fragments that no heading has to give: the top of the page, lines of code, footnotes, references, callouts."""
_MADE = re.compile(r"^[/!?:]|[={}<>$|&]|^tabs?[-/]|\s$")
"""Fragments that scripts read (routes, tabs, queries, `:~:text=`), or that are made of a template."""
_TEMPLATE = re.compile(r"[{}<>$\\]|%7B", re.I)
_SCHEME = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")
_PAGE = re.compile(r"(?:\.(?:mdx?|markdown|html?|rst|ipynb))$", re.I)
_INDEX = re.compile(r"(?:^|/)(?:_?index|readme)$", re.I)
_EXTENSIONS = (".md", ".mdx", ".markdown")
_INDEXES = ("index", "_index", "readme")
_ENDINGS = tuple(
    ending for extension in _EXTENSIONS for ending in (extension, *(f"/{index}{extension}" for index in _INDEXES))
)
"""What the name of a page of a site may have in the folder of its sources, the likeliest first."""
_ROUTE = re.compile(r"^(?:docs?|[a-z]{2}(?:-[a-z]{2,4})?)/", re.I)
"""First segments of addresses that folders of sources mostly lack: `/docs/`, `/zh-CN/`."""


class Named(NamedTuple):
    """What a link names, as a key (`page_key`): a file, or a page without the ending of its file."""

    stem: str
    is_file: bool = False

    def files(self) -> Iterator[str]:
        """Yield the keys of the files that it may be, the likeliest first."""
        return iter((self.stem,) if self.is_file else map(self.stem.__add__, _ENDINGS))

    def may_be(self, key: str) -> bool:
        """Return whether it may be the file with this key."""
        return key.startswith(self.stem) and key[len(self.stem) :] in (("",) if self.is_file else _ENDINGS)


class Reference(NamedTuple):
    """An address within a project: the path as written, decoded, without query, and the fragment, decoded."""

    path: str
    fragment: str


def local(destination: str) -> Reference | None:
    """Return the parts of an address within the project; None for one that leads out of it or is a template's."""
    if not destination or _SCHEME.match(destination) or _TEMPLATE.search(destination):
        return None
    address, _, fragment = destination.partition("#")
    return Reference(unquote(address.partition("?")[0]), unquote(fragment))


def names_place(fragment: str) -> bool:
    """Return whether a fragment should be the id of a heading, or of something else that stands in the page."""
    return bool(fragment) and not _OWN.fullmatch(fragment) and not _MADE.search(fragment)


def page_key(path: str) -> str:
    """Return what is equal for two spellings of the path of a file; sites fold case in addresses."""
    return posixpath.normpath(path).casefold()


def pages(path: str, here: str) -> Iterator[Named]:
    """Yield what a link to `path` in the file `here` may name, likeliest first.

    A path from the root of the site is looked for below each folder that `here` lies in, the nearest first.
    """
    folder = posixpath.dirname(here)
    if not path.startswith("/"):
        yield from _forms(posixpath.join(folder, path))
        if not _PAGE.search(path) and not _INDEX.search(posixpath.splitext(here)[0]):
            yield from _forms(posixpath.join(posixpath.splitext(here)[0], path))  # a page is a folder of the site
        return
    inner = path.lstrip("/")
    shorter = _ROUTE.sub("", inner)
    for around in _folders(folder):
        yield from _forms(around + inner)
        if shorter != inner:
            yield from _forms(around + shorter)


@lru_cache(maxsize=8)  # all links of an article ask for the same
def _folders(folder: str) -> tuple[str, ...]:
    """A folder and those around it, as they are written before a path."""
    above = posixpath.dirname(folder)
    if above == folder:
        return (folder,)
    return (f"{folder}/", *_folders(above))


def _forms(path: str) -> Iterator[Named]:
    """What of the sources `path`, a page of a site or a file, may stand for."""
    stem = _PAGE.sub("", path.rstrip("/"))
    is_markdown = stem != path and path[len(stem) :].casefold() in _EXTENSIONS
    if is_markdown:
        yield Named(page_key(path), is_file=True)
        return
    stem = _INDEX.sub("", stem) if stem != path else stem
    if stem.rpartition("/")[2] in ("", ".", ".."):
        yield from (Named(page_key(stem + ending), is_file=True) for ending in _ENDINGS)
    else:  # with any ending it is the same path, which is made only once
        yield Named(page_key(stem))
