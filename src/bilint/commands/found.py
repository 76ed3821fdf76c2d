"""What became of each article's original, as `bilint init` and `bilint init --check` tell it."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from bilint.guard import attempt
from bilint.library.index import is_listable
from bilint.library.tables import shown
from bilint.messages import Text, phrase, say, say_number
from bilint.model import Article, Problem
from bilint.pipeline import Plan, prepare
from bilint.text.language import language
from bilint.unlisted import Likeness, Lonely, Unlisted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bilint.discover import Target

MOST_NAMED = 5
"""Of the articles without an original, how many are named: the kinds are few, the articles may be hundreds."""
_LEAST_TEXT = 60

_FOUND = phrase("compared with the original")
_WRONG = phrase("the original that is named or mirrored does not match")
_FETCH = phrase("the page that is named is not at hand")
_NONE = phrase("no original is known")
_ALONE = phrase("meant to be checked alone (`no-original` is ignored)")
_KEYS = {_FOUND: "compared", _WRONG: "wrong", _ALONE: "alone", _FETCH: "not_at_hand", _NONE: "unknown"}
"""The kinds in the order they are told in, and what JSON calls them."""


def _advice(kind: str, **where: str) -> Text | None:
    """What to do about articles of a kind."""
    if kind == _WRONG:
        return phrase("`bilint check` says of each why (rule wrong-original)")
    if kind == _FETCH:
        return phrase(
            "`bilint fetch {paths}` downloads it; what cannot be fetched is saved by hand in {folder}/, and listed in "
            "{listing}. Of pages that are gone for good: ignore `no-original` for them in `[[overrides]]`",
            **where,
        )
    if kind == _NONE:
        return phrase(
            "`bilint show originals FILE` says where it was looked for. Put a line `> 原文：<URL>` under the title, or "
            "a key `source: URL` into the front matter, or add a pattern to `originals.paths`. Articles that were "
            "written in Chinese have none: ignore `no-original` for them in `[[overrides]]`"
        )
    return None


_WAYS = {
    "comment": phrase("by comment"),
    "front matter": phrase("by front matter"),
    "interleaved": phrase("by interleaved"),
    "link": phrase("by link"),
    "named": phrase("by named"),
    "pairs": phrase("by pairs"),
    "path": phrase("by path"),
    "source": phrase("by source"),
    "via": phrase("by via"),
}


def way(found_by: str) -> str:
    """Return how an original was found, as in `by link`."""
    return _WAYS.get(found_by, f"by {found_by}")


class Outcome(Struct, frozen=True):
    """What became of each article: kinds → paths, in the order they are told in; and what could not be read.

    `likely` are saved files that look like the originals of articles without one, `absent` the folders where
    `originals.paths` looks and that are not there.
    """

    kinds: Mapping[str, Sequence[str]]
    by: Mapping[str, int]
    problems: Sequence[Problem]
    likely: Sequence[Likeness]
    absent: Sequence[str]
    folder: str
    listing: str

    @property
    def total(self) -> int:
        """The number of articles."""
        return sum(map(len, self.kinds.values()))

    @property
    def lacks(self) -> bool:
        """Whether articles have no original at hand that should have one."""
        return bool(self.kinds.get(_NONE) or self.kinds.get(_FETCH))

    @property
    def to_list(self) -> list[Likeness]:
        """The likely ones whose article names an address, so that a line of the list leads to them."""
        return [each for each in self.likely if is_listable(each.url, os.path.relpath(each.file, self.folder))]


def outcome(targets: Sequence[Target], plan: Plan) -> Outcome:
    """Return what becomes of the originals of all targets; the last problems are those of single articles."""
    kind_of: dict[str, str] = {}
    by: Counter[str] = Counter()
    problems = list(plan.problems)
    used: set[str] = set()
    lonely: list[Lonely] = []
    for target in targets:
        made = attempt(target.path, partial(prepare, target, plan), seconds=plan.loaded.settings.max_seconds)
        if isinstance(made, Problem):
            problems.append(made)
            continue
        original = made.original
        if original and original.opened and original.found_by != "interleaved":
            used.add(os.path.realpath(original.opened))
        if kind := _kind(made, plan):
            kind_of[target.path] = kind
            by.update([original.found_by] if kind == _FOUND and original else [])
        if kind in (_FETCH, _NONE):
            lonely.append(Lonely(target.path, (original.uri if original else None) or ""))
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for path, kind in sorted(kind_of.items()):
        if kind == _FOUND or os.path.realpath(path) not in used:  # an original lies among the articles
            kinds[kind].append(path)
    index = plan.finder.index
    likely = _likely(lonely, used, plan) if lonely else ()
    ordered: dict[str, list[str]] = {kind: kinds[kind] for kind in _KEYS if kinds[kind]}
    absent = list(_absent(plan)) if lonely else ()
    return Outcome(ordered, by, problems, likely, absent, shown(index.folder), shown(index.listing))


def _absent(plan: Plan) -> Iterator[str]:
    """Yield the folders in front of `{path}` that do not exist, as they stand in the settings."""
    for each in dict.fromkeys(paths.source.split("{")[0] for paths in plan.loaded.settings.originals.paths):
        if each and not (plan.loaded.root / each).exists():
            yield each.rstrip("/")


def _likely(lonely: Sequence[Lonely], used: set[str], plan: Plan) -> list[Likeness]:
    files = [file for file in plan.finder.index.unlisted if os.path.realpath(file) not in used]
    return Unlisted(files, plan.loaded.settings.max_seconds).likenesses(lonely)


def _kind(article: Article, plan: Plan) -> str:
    """Return what an article is; empty for one that is none: in another language, or an original not translated yet."""
    text = article.target.text
    if article.language or (article.original is None and len(text) > _LEAST_TEXT and language(text) == "en"):
        return ""
    if article.bitext is not None:
        return _FOUND
    if article.pairing is not None:
        return _WRONG
    if "no-original" not in {active.rule.name for active in plan.selection.for_path(article.target.path)}:
        return _ALONE
    return _FETCH if article.original and article.original.uri else _NONE


def lines(found: Outcome, paths: Sequence[str]) -> Iterator[str]:
    """Say how many articles have their originals, and what to do for the others."""
    compared = len(found.kinds.get(_FOUND, ()))
    yield say_number(
        "{compared} of {number} article compared with the original",
        "{compared} of {number} articles compared with the original",
        found.total,
        compared=compared,
    )
    by = [say("{number} {way}", number=count, way=say(way(how))) for how, count in sorted(found.by.items())]
    yield say(" ({ways})", ways=say(", ").join(by)) + "\n" if compared else "\n"
    for kind, articles in found.kinds.items():
        if kind == _FOUND:
            continue
        yield f"\n{len(articles)}: {say(kind)}\n"
        yield from named(articles)
        if kind == _NONE and found.absent:
            told = phrase(
                "`originals.paths` leads to {folders}, which does not exist: put it there, in CI with a second "
                "checkout",
                folders=", ".join(found.absent),
            )
            yield f"  → {say(told)}\n"
        elif advice := _advice(kind, paths=" ".join(paths) or ".", folder=found.folder, listing=found.listing):
            yield f"  → {say(advice)}\n"
    yield from _likely_lines(found, paths)


def named(rows: Sequence[str]) -> Iterator[str]:
    """Yield the first of the rows, and how many there are besides."""
    yield from (f"  {row}\n" for row in rows[:MOST_NAMED])
    if len(rows) > MOST_NAMED:
        yield f"  {say('… and {number} more', number=len(rows) - MOST_NAMED)}\n"


def _likely_lines(found: Outcome, paths: Sequence[str]) -> Iterator[str]:
    where = {"folder": found.folder, "listing": found.listing}
    if to_list := found.to_list:
        told = say("saved in {folder}/ by its looks, but not listed in {listing}", **where)
        yield f"\n{len(to_list)}: {told}\n"
        yield from named([f"{each.article} ← {shown(each.file)}" for each in to_list])
        asked = " ".join(paths) or "."
        told = say(
            "`bilint init --list-saved {paths}` adds these lines to {listing}:", paths=asked, listing=found.listing
        )
        yield f"  → {told}\n"
        yield from named([row(each, found.folder) for each in to_list])
    if others := [each for each in found.likely if not each.url]:
        told = say("saved in {folder}/ by its looks, but the article names no address", folder=found.folder)
        yield f"\n{len(others)}: {told}\n"
        yield from named([f"{each.article} ← {shown(each.file)}" for each in others])
        told = phrase(
            "put a line `> 原文：<URL>` under the title, and list the file for that address in {listing}",
            listing=found.listing,
        )
        yield f"  → {say(told)}\n"


def row(each: Likeness, folder: str) -> str:
    """Return the line of the list for a saved file: address, tab, file from the folder of originals."""
    return f"{each.url}\t{os.path.relpath(each.file, folder).replace(os.sep, '/')}"


def record(found: Outcome) -> dict[str, object]:
    """Return the same for programs; no kind is left out."""
    return {
        "schema_version": 1,
        "articles": found.total,
        **{key: list(found.kinds.get(kind, ())) for kind, key in _KEYS.items()},
        "absent": list(found.absent),
        "found_by": dict(sorted(found.by.items())),
        "likely": [{"article": each.article, "url": each.url, "file": shown(each.file)} for each in found.likely],
        "problems": [{"path": each.path, "message": each.message, "hint": each.hint} for each in found.problems],
    }
