"""What a tree of translations looks like, and the settings that say so: for a repository that has none yet."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bilint.align import align
from bilint.discover import discover
from bilint.files import is_file, read_head
from bilint.library import git_directory
from bilint.model import Document, Kind, UserError
from bilint.originals import Finder
from bilint.originals.layouts import layout
from bilint.originals.locators import locators
from bilint.parse import read
from bilint.reading.pairing import pairing
from bilint.settings import MIRRORED_PATHS, Originals, PathMap, Settings
from bilint.text.language import foreign, language
from bilint.text.scripts import han_count, latin_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_HEAD = 16_000
"""Bytes of a file that tell its language."""
_NOT_PROSE = re.compile(r"^---\n.*?^---$|^(`{3,}|~{3,}).*?(?:^\1`*~*$|\Z)|\]\([^)\s]*\)|<[^>\n]*>", re.M | re.S)
_LATIN_PER_HAN = 8
"""A page with more Latin letters to a Han character speaks English, though it may name 中文 in a menu."""
_SAMPLE = 5
"""So many articles tell whether two files belong together by more than their names."""
_ASKED = 40
"""So many articles are looked for in the folders beside."""
_KEY = re.compile(
    r"orig|source|src|upstream|english|translated|translation_?of|原文|来源|來源|出处|出處", re.IGNORECASE
)
_NOT_KEY = re.compile(r"author|image|img|licen[cs]e|translator|commit|revision|hash|name|title", re.IGNORECASE)


class Survey(Struct, frozen=True):
    """The Chinese files below a folder, from there and sorted, and what the settings must say to find their originals.

    Empty fields: the defaults do. `trees` are the patterns in use, of the defaults or not.
    """

    articles: tuple[str, ...]
    others: int
    """How many Markdown files there are besides."""
    trees: tuple[PathMap, ...] = ()
    paths: tuple[PathMap, ...] = ()
    stores: tuple[str, ...] = ()
    front_matter: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    """Folders at the top that have Markdown, none of it Chinese."""


def survey(root: Path, beside: Sequence[str]) -> Survey:
    """Return what is below a folder; `beside` are folders of originals elsewhere, else those around it are asked.

    Raises UserError when a folder in `beside` is none.
    """
    top = _shown(root)
    files = [target.path for target in discover([top], Settings(), root) if not target.problem]
    names = {os.path.relpath(path, root).replace(os.sep, "/"): path for path in files}
    chinese = sorted(name for name, path in names.items() if is_chinese(path))
    tops = {name.split("/")[0] for name in names.keys() - set(chinese) if "/" in name}
    english = tuple(sorted(tops - {name.split("/")[0] for name in chinese}))
    found = Survey(tuple(chinese), len(names) - len(chinese), english=english)
    if not chinese:
        return found
    lonely, keys = _named(chinese, root)
    originals = names.keys() - set(chinese) | set(_elsewhere(chinese, root, beside))
    trees = layout(lonely, originals, MIRRORED_PATHS, lambda pairs: _belong(pairs, root))
    paths = () if set(trees) <= set(MIRRORED_PATHS) else trees
    mirrored = any(trees)
    stores = () if mirrored or not lonely else _stores(lonely, root)
    return Survey(found.articles, found.others, tuple(trees), tuple(paths), tuple(stores), tuple(keys), english)


def _shown(folder: Path) -> str:
    return os.path.relpath(folder)


def _text(path: str | Path) -> str:
    try:
        return _NOT_PROSE.sub("", read_head(path, _HEAD).decode("utf-8", "ignore").replace("\r\n", "\n"))
    except UserError:
        return ""


def is_chinese(path: str | Path) -> bool:
    """Return whether the beginning of a file is Chinese, by its script; False when it cannot be read."""
    text = _text(path)
    return han_count(text) * _LATIN_PER_HAN > latin_count(text) and not foreign(text) and language(text) != "ja"


def _named(articles: Iterable[str], root: Path) -> tuple[list[str], list[str]]:
    """Return the articles whose original is not at hand by what they say, and front-matter keys that should be read."""
    finder = Finder(Originals(paths=()), root)
    lonely: list[str] = []
    keys: Counter[str] = Counter()
    known = Originals().front_matter
    for name in articles:
        try:
            document = read(os.path.join(_shown(root), name))
            original, _ = finder.find(document)
        except UserError:
            continue  # `bilint check` says what is wrong with it
        if original is None or original.path is None:
            lonely.append(name)
            says_nothing = original is None
            keys.update({key for key in _keys(document, root) if says_nothing and key not in known})
    return lonely, [*known, *sorted(keys)] if keys else []


def _keys(document: Document, root: Path) -> Iterator[str]:
    """Yield the fields that name a page as the original, by their names, or an English file, whatever their names."""
    for field in (block for block in document.blocks if block.kind is Kind.FIELD):
        whole = field.content.strip()
        found = next(locators(whole, ""), None)
        if found is None or (found.span.start, found.span.end) != (0, len(whole)):
            continue
        if found.uri and _KEY.search(field.info) and not _NOT_KEY.search(field.info):
            yield field.info
        places = (base / (found.path or "") for base in (root, Path(document.path).parent))
        if found.path and any(is_file(place) and not is_chinese(place) for place in places):
            yield field.info


def _elsewhere(articles: Sequence[str], root: Path, beside: Sequence[str]) -> Iterator[str]:
    """Yield the Markdown files of other folders, from `root`: of those named, or that have what is here, in English."""
    for folder in beside or [os.path.relpath(place) for place in _namesakes(articles, root)]:
        if not os.path.isdir(folder):
            raise UserError("{folder}: no such folder", "name the folder of the English originals", folder=folder)
        for target in discover([folder], Settings(), Path(folder)):
            if not target.problem:
                yield os.path.relpath(target.path, root).replace(os.sep, "/")


def _beside(root: Path) -> Iterator[Path]:
    here = Path(os.path.abspath(root))
    try:
        with os.scandir(here.parent) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir())
    except OSError:
        return
    yield from (here.parent / name for name in names if here.parent / name != here)


def _namesakes(articles: Sequence[str], root: Path) -> Iterator[Path]:
    """Yield the folders beside this one that have many of its articles at the same paths, in another language."""
    asked = articles[:: max(len(articles) // _ASKED, 1)]
    for folder in _beside(root):
        same = [folder / name for name in asked if is_file(folder / name)]
        if len(same) * 3 >= len(asked) and not all(map(is_chinese, same[:_SAMPLE])):
            yield folder


def _stores(articles: Sequence[str], root: Path) -> Iterator[str]:
    """Yield the bare repository beside this folder that has most of its articles at the same paths, if one has any."""
    asked = articles[:: max(len(articles) // _ASKED, 1)]
    counts: dict[str, int] = {}
    for folder in _beside(root):
        place = git_directory.find(folder)
        if place and place.top is None and place.directory == Path(os.path.realpath(folder)):
            name = f"git:../{folder.name}@HEAD"
            try:
                finder = Finder(Originals(stores=(name,)), root)
                found = [finder.find(read(os.path.join(_shown(root), path)))[0] for path in asked]
            except UserError:
                continue  # one without a commit, or not ours to read
            counts[name] = sum(original is not None and original.path is not None for original in found)
    best = max(counts, key=lambda name: counts[name], default="")
    if best and counts[best] * 3 >= len(asked):
        yield best


def _belong(pairs: Mapping[str, str], root: Path) -> bool:
    """Whether most of the files belong together by their texts: English on one side, and saying the same."""
    names = sorted(pairs)
    asked = names[:: max(len(names) // _SAMPLE, 1)][:_SAMPLE]
    fits = 0
    for name in asked:
        try:
            source, target = (read(os.path.join(_shown(root), path)) for path in (pairs[name], name))
        except UserError:
            continue
        fits += pairing(align(source, target)).fits
    return fits * 2 > len(asked) or fits == len(asked) == 0
