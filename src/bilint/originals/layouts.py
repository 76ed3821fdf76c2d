"""How the translations of a tree mirror its originals: path patterns, learnt from the paths alone.

No list of site generators: two files of one name say which folders stand for each other (`i18n/zh-CN/…/current` and
`docs`, `translations/zh-CN` and the top, this repository and the one beside it), two in one folder which endings do
(`guide_cn.md` and `guide.md`). The pattern that most files agree on is the layout.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from bilint.originals.paths import sources
from bilint.settings import PathMap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence, Set

_CHINESE = re.compile(r"(.+?)([._-](?:zh|cn|chs|cht|chinese|tw|hk|sc|tc)(?:[._-]?(?:hans|hant|cn|tw|hk|sg|mo))?)", re.I)
_ENGLISH = ("", ".en", "-en", "_en", ".EN", "-EN", "_EN", ".en-US", "_english", "-english")
_NAMESAKES = 50
"""A name that more files have (`README.md`, `index.md`) does not tell folders apart; what others say covers it."""
_TRIED = 60
"""Of the patterns that paths speak for, how many are tried, the commonest first."""
_MOST = 8
"""More patterns are no layout, but folders that were filled by hand: their articles name their originals better."""
_SHARE = 3
"""A pattern counts when it leads to an original for one in three of the files that it fits: with less it is chance."""


def layout(
    targets: Sequence[str], originals: Set[str], known: Sequence[PathMap], accepts: Callable[[Mapping[str, str]], bool]
) -> list[PathMap]:
    """Return the fewest patterns that lead from targets to originals, those that lead to most first.

    Paths are relative to one folder, with forward slashes; those of originals may begin with `../`. Between equals,
    patterns of `known` are taken. `accepts` is asked about each pattern, with its targets and their originals.
    """
    learnt = [pattern for pattern, _ in sorted(_votes(targets, originals).most_common(_TRIED), key=_by_votes)]
    patterns = dict.fromkeys((*known, *sorted(learnt, key=_is_general)))
    covers = {pattern: covered(pattern, targets, originals) for pattern in patterns}
    fits = {pattern: {path for path in targets if sources(pattern, path)} for pattern in patterns if covers[pattern]}
    left, chosen = set(targets), list[PathMap]()
    while fits and len(chosen) < _MOST:
        best = max(fits, key=lambda pattern: len(left & covers[pattern].keys()))  # the first of equals
        gain, fitting = left & covers[best].keys(), left & fits.pop(best)
        if not gain:
            break
        if len(gain) * _SHARE >= len(fitting) and accepts({path: covers[best][path] for path in gain}):
            chosen.append(best)
            left -= gain
    return chosen


def covered(pattern: PathMap, targets: Sequence[str], originals: Set[str]) -> dict[str, str]:
    """Return the targets that a pattern leads from to originals, with these."""
    found: dict[str, str] = {}
    for target in targets:
        led = (posixpath.normpath(source) for source in sources(pattern, target))
        if source := next((source for source in led if source in originals and source != target), ""):
            found[target] = source
    return found


def _by_votes(item: tuple[PathMap, int]) -> tuple[int, str, str]:
    return -item[1], item[0].target, item[0].source


def _is_general(pattern: PathMap) -> bool:
    """Between equals the pattern is taken that says where its folder is."""
    return "{root}" in pattern.target


def _votes(targets: Sequence[str], originals: Set[str]) -> Counter[PathMap]:
    """Return how many pairs of files speak for each pattern."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for original in sorted(originals):
        by_name[posixpath.basename(original)].append(original)
    votes: Counter[PathMap] = Counter()
    for target in targets:
        if "{" in target:  # a placeholder to be
            continue
        namesakes = by_name[posixpath.basename(target)]
        for original in namesakes if len(namesakes) <= _NAMESAKES else ():
            votes.update(_of_folders(target.split("/"), original.split("/")))
        votes.update(_of_endings(target, originals))
    return votes


def _of_folders(target: Sequence[str], original: Sequence[str]) -> Iterator[PathMap]:
    """Yield the patterns by which two files of one name mirror each other: where they lie, and anywhere."""
    same = _common(target[::-1], original[::-1])
    here, there = target[: len(target) - same], original[: len(original) - same]
    yield PathMap(_pattern("", here), _pattern("", there))
    root = _common(here, there)
    if root and len(here) > root:
        yield PathMap(_pattern("{root}", here[root:]), _pattern("{root}", there[root:]))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many parts two paths have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def _pattern(root: str, folders: Sequence[str]) -> str:
    return root + "".join(f"{folder}/" for folder in folders) + "{path}"


def _of_endings(target: str, originals: Set[str]) -> Iterator[PathMap]:
    """Yield the patterns by which a file mirrors one beside it, named alike but for the language."""
    stem, extension = posixpath.splitext(target)
    if named := _CHINESE.fullmatch(stem):
        for english in _ENGLISH:
            if f"{named[1]}{english}{extension}" in originals:
                yield PathMap(f"{{path}}{named[2]}.{{ext}}", f"{{path}}{english}.{{ext}}")
