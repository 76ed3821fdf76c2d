"""`bilint init`: settings for a tree that has none, and whether settings find the originals."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from bilint import settings
from bilint.commands.asked import Asked, plan_of
from bilint.commands.nothing import why_nothing
from bilint.commands.printing import FAILED, FOUND, NOTHING, tell, tell_error, write, write_file
from bilint.discover import Target, discover
from bilint.files import is_file
from bilint.guard import attempt
from bilint.model import Article, Problem, UserError
from bilint.originals.paths import sources
from bilint.pipeline import Plan, prepare
from bilint.survey import Survey, survey
from bilint.text.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bilint.settings import Loaded, PathMap

_MOST_NAMED = 5
"""Of the articles without an original, how many are named: the kinds are few, the articles may be hundreds."""
_LEAST_TEXT = 60
_SPECIAL = re.compile(r"([\\*?\[\]!#])")

_FOUND = "compared with the original"
_WRONG = "the original that is named or mirrored does not match"
_FETCH = "the page that is named is not at hand"
_NONE = "no original is known"
_ALONE = "meant to be checked alone (`no-original` is ignored)"
_ADVICE = {
    _WRONG: "`bilint check` says of each why (rule wrong-original)",
    _FETCH: "`bilint fetch {paths}` downloads it; what cannot be fetched is saved by hand in originals/",
    _NONE: "`bilint show originals FILE` says where it was looked for. Put a line `> 原文：<URL>` under the title, or "
    "a key `source: URL` into the front matter, or add a pattern to `originals.paths`. Articles that were written in "
    "Chinese have none: ignore `no-original` for them in `[[overrides]]`",
}


class Outcome(Struct, frozen=True):
    """What became of each article: kinds → paths, in the order they are told in; and what could not be read."""

    kinds: Mapping[str, Sequence[str]]
    by: Mapping[str, int]
    problems: Sequence[Problem]

    @property
    def total(self) -> int:
        """The number of articles."""
        return sum(map(len, self.kinds.values()))

    @property
    def lacks(self) -> bool:
        """Whether articles have no original at hand that should have one."""
        return bool(self.kinds.get(_NONE) or self.kinds.get(_FETCH))


def chosen(asked: Asked, beside: Sequence[str], *, is_check: bool) -> int:
    """Write settings, or check those in force, and return the exit code. Raises UserError for words that don't fit."""
    if is_check:
        if beside:
            raise UserError("--originals goes without --check", "the settings say where the originals are")
        return run_check(asked if asked.paths or asked.pairs else replace(asked, paths=(".",)))
    if asked.config or asked.pairs or asked.trust_store:
        raise UserError("--config, --pairs and --trust-store go with --check")
    if len(asked.paths) > 1:
        raise UserError("one folder gets one settings file", "name the folder that holds all translations")
    return run(asked.paths[0] if asked.paths else ".", beside)


def run_check(asked: Asked) -> int:
    """Say whether the settings in force find the originals, and return the exit code."""
    targets, plan = plan_of(asked, {}, of_today=True)
    outcome = _outcome(targets, plan)
    tell(outcome.problems)
    if outcome.problems:
        write("".join(_lines(outcome, asked.paths)))
        return FAILED
    if not outcome.total:
        tell_error(*_why_none(asked, targets, plan))
        return NOTHING
    write("".join(_lines(outcome, asked.paths)))
    return FOUND if outcome.lacks else 0


def _why_none(asked: Asked, targets: Sequence[Target], plan: Plan) -> tuple[str, str]:
    if targets:
        return "no articles found: nothing here is Chinese", "name the folder of the translations"
    return why_nothing(asked.paths, plan.loaded)


def run(folder: str, beside: Sequence[str]) -> int:
    """Write bilint.toml into a folder and say what it finds; return the exit code."""
    root = Path(folder)
    if not root.is_dir():
        raise UserError(f"{folder}: no such folder", "name the folder that the settings are for")
    _refuse_existing(root)
    found = survey(root, beside)
    if not found.articles:
        tell_error("no Chinese Markdown found", "run it at the top of the repository that holds the translations")
        return NOTHING
    text = "".join(_toml(found))
    loaded = settings.Loaded(msgspec.convert(tomllib.loads(text), settings.Settings), root)
    top = os.path.relpath(root)
    targets = discover([top], loaded.settings, loaded.root)
    outcome = _outcome(targets, Plan.of(_of_today(loaded), {}))
    place = root / settings.FILE_NAMES[0]
    try:
        with place.open("xb"):  # another run may have been quicker
            pass
    except FileExistsError:
        _refuse_existing(root)
    except OSError as error:
        raise UserError(f"{place}: cannot be written: {(error.strerror or str(error)).lower()}") from error
    write_file(os.fspath(place), text)
    write(f"wrote {place.as_posix()}\n\n" + "".join(_lines(outcome, [top])) + "".join(_left_out(found, targets, root)))
    write(f"\nnext: bilint check {top}\n      bilint init --check {top}    # in CI: exit code 1 when one is lost\n")
    tell(outcome.problems)
    return FAILED if outcome.problems else 0


def _of_today(loaded: Loaded) -> Loaded:
    originals = msgspec.structs.replace(loaded.settings.originals, as_translated=False)
    return msgspec.structs.replace(loaded, settings=msgspec.structs.replace(loaded.settings, originals=originals))


def _refuse_existing(root: Path) -> None:
    for name in settings.FILE_NAMES:
        if os.path.lexists(root / name):
            what = f"{(root / name).as_posix()}: is there already; it is left as it is"
            raise UserError(what, f"`bilint init --check {root.as_posix()}` says whether it finds the originals")
    project = root / "pyproject.toml"
    if is_file(project) and settings.load(root, paths=[os.fspath(root)]).file == project.absolute():
        raise UserError(f"{project.as_posix()}: has settings already (`[tool.bilint]`)", "keep them in one place")


def _outcome(targets: Sequence[Target], plan: Plan) -> Outcome:
    kinds: dict[str, list[str]] = defaultdict(list)
    by: Counter[str] = Counter()
    problems = list(plan.problems)
    kind_of: dict[str, str] = {}
    originals: set[str] = set()
    for target in targets:
        limit = plan.loaded.settings.max_seconds
        made = attempt(target.path, partial(prepare, target, plan), seconds=limit)
        if isinstance(made, Problem):
            problems.append(made)
            continue
        if made.original and made.original.opened and made.original.found_by != "interleaved":
            originals.add(os.path.realpath(made.original.opened))
        if kind := _kind(made, plan):
            kind_of[target.path] = kind
            by.update([made.original.found_by] if kind == _FOUND and made.original else [])
    for path, kind in sorted(kind_of.items()):
        if kind == _FOUND or os.path.realpath(path) not in originals:  # an original lies among the articles
            kinds[kind].append(path)
    return Outcome({kind: kinds[kind] for kind in (_FOUND, _WRONG, _ALONE, _FETCH, _NONE) if kinds[kind]}, by, problems)


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


def _lines(outcome: Outcome, paths: Sequence[str]) -> Iterator[str]:
    """Say how many articles have their originals, and what to do for the others."""
    found = len(outcome.kinds.get(_FOUND, ()))
    noun = "article" if outcome.total == 1 else "articles"
    yield f"{found} of {outcome.total} {noun} compared with the original"
    yield f" ({', '.join(f'{count} by {how}' for how, count in sorted(outcome.by.items()))})\n" if found else "\n"
    for kind, articles in outcome.kinds.items():
        if kind == _FOUND:
            continue
        yield f"\n{len(articles)}: {kind}\n"
        yield from (f"  {path}\n" for path in articles[:_MOST_NAMED])
        if len(articles) > _MOST_NAMED:
            yield f"  … and {len(articles) - _MOST_NAMED} more\n"
        if kind in _ADVICE:
            yield f"  → {_ADVICE[kind].format(paths=' '.join(paths) or '.')}\n"


def _left_out(found: Survey, targets: Sequence[Target], root: Path) -> Iterator[str]:
    """Name Chinese files that the written `include` leaves out."""
    kept = {os.path.abspath(target.path) for target in targets}
    out = [name for name in found.articles if os.path.abspath(root / name) not in kept]
    if out:
        yield f"\n{len(out)}: Chinese, but not among the translations; add them to `include` to have them checked\n"
        yield from (f"  {name}\n" for name in out[:_MOST_NAMED])


def _toml(found: Survey) -> Iterator[str]:
    """Yield the settings file, with only what differs from the defaults."""
    yield "# Settings of bilint, written by `bilint init`. What stands here differs from the defaults;\n"
    yield "# `bilint show settings` prints all that is in force.\n"
    if include := _include(found):
        yield "\n# The translations: other Markdown here is no article.\n"
        yield f"include = {_list(include)}\n"
    elif found.english:
        yield "\n# Nothing in there is Chinese.\n"
        yield f"exclude = {_list([f'/{_escaped(folder)}/' for folder in found.english])}\n"
    if not (found.paths or found.stores or found.front_matter):
        return
    yield "\n[originals]\n"
    if found.front_matter:
        yield "# Keys of the front matter that name the original, by URL or path.\n"
        yield f"front-matter = {_list(found.front_matter)}\n"
    if found.paths:
        yield "# Where a translation lies, and where its original does; the first that leads to a file counts.\n"
        yield "paths = [\n"
        yield from (
            f"    {{ target = {_string(each.target)}, source = {_string(each.source)} }},\n" for each in found.paths
        )
        yield "]\n"
    if found.stores:
        yield "# The repository beside this one: originals lie at the paths of their translations.\n"
        yield "# A tag or commit instead of HEAD keeps the English as it was translated.\n"
        yield f"stores = {_list(found.stores)}\n"


def _include(found: Survey) -> list[str]:
    """Return patterns for the translations where other Markdown lies beside them, which is not to be checked."""
    if not found.others or not found.trees:
        return []
    patterns: dict[str, None] = {}
    for tree in found.trees:
        here = [name for name in found.articles if sources(tree, name)]
        for extension in sorted({PurePosixPath(name).suffix for name in here}):
            patterns.update(dict.fromkeys(_globs(tree, here, extension)))
    inside = [name for name in found.articles if any(sources(tree, name) for tree in found.trees)]
    is_whole = "/**/*.md" in patterns or len(found.articles) - len(inside) > len(inside) / 10
    return [] if is_whole else list(patterns)


def _globs(tree: PathMap, names: Sequence[str], extension: str) -> Iterator[str]:
    """Yield a pattern as in .gitignore for the files that a tree's pattern fits."""
    before, _, behind = tree.target.partition("{path}")
    if behind and behind != "/zh.{ext}":
        yield f"*{_escaped(behind.replace('.{ext}', extension))}"
    elif behind:
        yield f"zh{extension}"
    else:
        folder = before.removeprefix("{root}")
        if folder != before:
            roots = {name[: f"/{name}".find(f"/{folder}")] for name in names}
            yield from (f"/{_escaped(root + folder)}**/*{extension}" for root in sorted(roots))
        else:
            yield f"/{_escaped(folder)}**/*{extension}"


def _escaped(path: str) -> str:
    return _SPECIAL.sub(r"\\\1", path)


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_string, values))}]"


def _string(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
