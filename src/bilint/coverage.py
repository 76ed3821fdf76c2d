"""Which originals of mirrored trees have a translation, and which translations have lost their original."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bilint.discover import discover
from bilint.files import is_file
from bilint.messages import phrase
from bilint.model import Problem
from bilint.originals.paths import bound, sources
from bilint.settings import PathMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bilint.settings import Loaded

_LANGUAGES = (
    "ar az be bg bn bs ca cs da de el es et fa fi fr he hi hr hu hy id it ja ka kk km ko lt lv mk mn ms my nb nl no "
    "pl pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh"
).replace(" ", "|")
_OTHER_LANGUAGE = re.compile(rf"(?:^|[/.])(?:i18n|translations|(?:{_LANGUAGES})(?:[-_][A-Za-z]{{2,4}})?)[/.]")
"""Folders and names of a further translation, where originals lie above their translations or beside them."""
_ANY_NAME = re.compile(r"\{path\}\.\{ext\}|\{path\}\.md")


class Counterpart(Struct, frozen=True):
    """A translation and its original, of which one may not exist; paths from the settings' folder."""

    source: str
    target: str


class Tree(Struct, frozen=True):
    """Translations that lie by one pattern; all sorted by path. `gone` have no original, `missing` no translation."""

    target: str
    source: str
    translated: tuple[Counterpart, ...]
    missing: tuple[Counterpart, ...]
    gone: tuple[Counterpart, ...]


def coverage(paths: Sequence[str], loaded: Loaded) -> tuple[list[Tree], list[Problem]]:
    """Return the mirrored trees in use below `paths`, sorted, and what could not be looked at.

    A tree is in use when one of its translations has its original. Where several patterns lead from the same
    translations to originals, the one that leads to most is taken.
    """
    found = discover(paths, loaded.settings, loaded.root)
    problems = [target.problem for target in found if target.problem]
    problems += [_no_such(target.path) for target in found if not target.problem and not os.path.lexists(target.path)]
    inside = [path for target in found if (path := _relative(target.path, loaded.root))]
    maps = _in_use(inside, loaded)
    roots = [Path(os.path.abspath(path)) for path in paths]
    trees = [_tree(map_, maps, inside, loaded) for map_ in maps]
    limited = (_within(tree, roots, loaded.root) for tree in trees)
    return [tree for tree in limited if tree.translated or tree.missing or tree.gone], problems


def _no_such(path: str) -> Problem:
    return Problem(path, phrase("{path}: no such file or folder", path=path))


def _relative(path: str, root: Path) -> str | None:
    full, top = Path(os.path.abspath(path)), Path(os.path.abspath(root))
    return full.relative_to(top).as_posix() if full.is_relative_to(top) else None


def _in_use(paths: Iterable[str], loaded: Loaded) -> list[PathMap]:
    """Return the patterns by which translations have originals, one for each place of translations."""
    counts: Counter[PathMap] = Counter()
    for path in paths:
        for pattern in loaded.settings.originals.paths:
            for map_ in set(bound(pattern, path)):
                counts[map_] += any(source != path and is_file(loaded.root / source) for source in sources(map_, path))
    best: dict[str, PathMap] = {}
    for map_, count in counts.items():  # in the order of the settings, which decides between equals
        if count and count > counts[best.get(map_.target, PathMap("", ""))]:
            best[map_.target] = map_
    return [best[target] for target in sorted(best)]


def _tree(map_: PathMap, maps: Sequence[PathMap], inside: Iterable[str], loaded: Loaded) -> Tree:
    targets = sorted(path for path in inside if sources(map_, path))
    pairs = [Counterpart(source, path) for path in targets for source in sources(map_, path)[:1]]
    gone = [pair for pair in pairs if not is_file(loaded.root / pair.source) and not _elsewhere(pair.target, loaded)]
    wanted = [Counterpart(source, target) for source, target in _wanted(map_, maps, targets, loaded)]
    translated = [pair for pair in wanted if is_file(loaded.root / pair.target)]
    missing = [pair for pair in wanted if not is_file(loaded.root / pair.target)]
    return Tree(map_.target, map_.source, tuple(translated), tuple(missing), tuple(gone))


def _elsewhere(target: str, loaded: Loaded) -> bool:
    """Whether another pattern leads to an original: then it lies in another place, and is not gone."""
    patterns = loaded.settings.originals.paths
    return any(is_file(loaded.root / source) for pattern in patterns for source in sources(pattern, target))


def _wanted(
    map_: PathMap, maps: Sequence[PathMap], targets: Sequence[str], loaded: Loaded
) -> Iterator[tuple[str, str]]:
    """Yield each original of a tree and where its translation lies or would lie."""
    folder = map_.source.partition("{")[0].rpartition("/")[0]
    folders = {os.path.dirname(source) for path in targets for source in sources(map_, path)}
    back = PathMap(map_.source, map_.target)
    for found in discover([os.path.relpath(loaded.root / folder)], loaded.settings, loaded.root):
        path = _relative(found.path, loaded.root)
        if found.problem or path is None or any(sources(other, path) for other in maps):
            continue
        if _OTHER_LANGUAGE.search(path[len(folder) :].lstrip("/")):
            continue
        # Originals beside their translations: other folders of the repository are not meant to be translated.
        if _ANY_NAME.fullmatch(map_.source) and os.path.dirname(path) not in folders:
            continue
        for target in sources(back, path)[:1]:
            yield path, target


def _within(tree: Tree, roots: Sequence[Path], root: Path) -> Tree:
    """The tree without what lies outside the paths that were asked about."""

    def kept(pairs: Iterable[Counterpart]) -> tuple[Counterpart, ...]:
        return tuple(pair for pair in pairs if _is_below(pair.source) or _is_below(pair.target))

    def _is_below(path: str) -> bool:
        full = Path(os.path.abspath(root / path))
        return any(full.is_relative_to(asked) for asked in roots)

    return Tree(tree.target, tree.source, kept(tree.translated), kept(tree.missing), kept(tree.gone))
