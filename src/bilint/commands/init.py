"""`bilint init`: settings for a tree that has none, and whether settings find the originals."""

from __future__ import annotations

import json
import os
import re
import tomllib
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from bilint import settings
from bilint.commands.asked import Asked, plan_of
from bilint.commands.found import lines, named, outcome, record, row
from bilint.commands.nothing import why_nothing
from bilint.commands.printing import FAILED, FOUND, NOTHING, append, cleaned, tell, tell_error, write, write_file
from bilint.discover import Target, discover
from bilint.files import is_file, read_bytes
from bilint.library.tables import shown
from bilint.messages import phrase, say, say_number
from bilint.messages.system import reason
from bilint.model import UserError
from bilint.originals.paths import sources
from bilint.pipeline import Plan
from bilint.survey import Survey, survey
from bilint.text.escapes import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilint.settings import Loaded, PathMap

_SPECIAL = re.compile(r"([\\*?\[\]!#])")


def chosen(asked: Asked, beside: Sequence[str], format_: str | None, *, is_check: bool, is_listing: bool) -> int:
    """Write settings, or check those in force, and return the exit code. Raises UserError for words that don't fit."""
    here = asked if asked.paths or asked.pairs else replace(asked, paths=(".",))
    if is_check:
        if beside or is_listing:
            raise UserError("--originals and --list-saved go without --check", "the settings say where originals are")
        return run_check(here, format_ or "text")
    if format_:
        raise UserError("--format goes with --check")
    if is_listing:
        return run_list(here)
    if asked.config or asked.pairs or asked.trust_store:
        raise UserError("--config, --pairs and --trust-store go with --check")
    if len(asked.paths) > 1:
        raise UserError("one folder gets one settings file", "name the folder that holds all translations")
    return run(asked.paths[0] if asked.paths else ".", beside)


def run_check(asked: Asked, format_: str) -> int:
    """Say whether the settings in force find the originals, and return the exit code."""
    targets, plan = plan_of(asked, {}, of_today=True)
    found = outcome(targets, plan)
    tell(found.problems)
    if format_ == "json":
        write(to_json(record(found)))
    elif found.total or found.problems:
        write("".join(lines(found, asked.paths)))
    if found.problems:
        return FAILED
    if not found.total:
        tell_error(*_why_none(asked, targets, plan))
        return NOTHING
    return FOUND if found.lacks else 0


def run_list(asked: Asked) -> int:
    """Add saved originals that look like those of articles to the list, and return the exit code."""
    targets, plan = plan_of(asked, {}, of_today=True)
    found = outcome(targets, plan)
    tell(found.problems)
    if found.to_list:
        _append(plan.finder.index.listing, [row(each, found.folder) for each in found.to_list])
    added = say_number("{number} line added", "{number} lines added", len(found.to_list))
    write(f"{found.listing}: {added}\n")
    write("".join(f"  {each.article} ← {shown(each.file)}\n" for each in found.to_list))
    if found.problems:
        return FAILED
    return 0 if found.total else NOTHING


def _append(listing: Path, rows: Sequence[str]) -> None:
    """Add lines to the list. A list that is a link, or lies behind one, may be any file: it is left alone."""
    if os.path.realpath(listing) != os.path.join(os.path.realpath(listing.parent.parent), *listing.parts[-2:]):
        raise UserError("{listing}: is a link, or lies behind one", "add the lines by hand", listing=shown(listing))
    is_ended = not is_file(listing) or read_bytes(listing)[-1:] in (b"", b"\n")
    append(os.fspath(listing), cleaned(("" if is_ended else "\n", *(f"{each}\n" for each in rows))))


def _why_none(asked: Asked, targets: Sequence[Target], plan: Plan) -> tuple[str, str]:
    if targets:
        return phrase("no articles found: nothing here is Chinese"), phrase("name the folder of the translations")
    return why_nothing(asked.paths, plan.loaded)


def run(folder: str, beside: Sequence[str]) -> int:
    """Write bilint.toml into a folder and say what it finds; return the exit code."""
    root = Path(folder)
    if not root.is_dir():
        raise UserError("{folder}: no such folder", "name the folder that the settings are for", folder=folder)
    _refuse_existing(root)
    found = survey(root, beside)
    if not found.articles:
        tell_error("no Chinese Markdown found", "run it at the top of the repository that holds the translations")
        return NOTHING
    text = "".join(_toml(found))
    loaded = settings.Loaded(msgspec.convert(tomllib.loads(text), settings.Settings), root)
    top = os.path.relpath(root)
    targets = discover([top], loaded.settings, loaded.root)
    seen = outcome(targets, Plan.of(_of_today(loaded), {}))
    place = root / settings.FILE_NAMES[0]
    try:
        with place.open("xb"):  # another run may have been quicker
            pass
    except FileExistsError:
        _refuse_existing(root)
    except OSError as error:
        raise UserError("{place}: cannot be written: {why}", place=place, why=reason(error)) from error
    write_file(os.fspath(place), text)
    written = say("wrote {file}", file=place.as_posix())
    write(f"{written}\n\n" + "".join(lines(seen, [top])) + "".join(_left_out(found, targets, root)))
    note = say("in CI: exit code 1 when one is lost")
    write(f"\n{say('next:')}\n  bilint check {top}\n  bilint init --check {top}    # {note}\n")
    tell(seen.problems)
    return FAILED if seen.problems else 0


def _of_today(loaded: Loaded) -> Loaded:
    originals = msgspec.structs.replace(loaded.settings.originals, as_translated=False)
    return msgspec.structs.replace(loaded, settings=msgspec.structs.replace(loaded.settings, originals=originals))


def _refuse_existing(root: Path) -> None:
    for name in settings.FILE_NAMES:
        if os.path.lexists(root / name):
            what = phrase("{path}: is there already; it is left as it is", path=(root / name).as_posix())
            raise UserError(
                what, "`bilint init --check {root}` says whether it finds the originals", root=root.as_posix()
            )
    project = root / "pyproject.toml"
    if is_file(project) and settings.load(root, paths=[os.fspath(root)]).file == project.absolute():
        raise UserError(
            "{project}: has settings already (`[tool.bilint]`)", "keep them in one place", project=project.as_posix()
        )


def _left_out(found: Survey, targets: Sequence[Target], root: Path) -> Iterator[str]:
    """Name Chinese files that the written `include` leaves out."""
    kept = {os.path.abspath(target.path) for target in targets}
    out = [name for name in found.articles if os.path.abspath(root / name) not in kept]
    if out:
        said = phrase("Chinese, but not among the translations; add them to `include` to have them checked")
        yield f"\n{len(out)}: {say(said)}\n"
        yield from named(out)


def _toml(found: Survey) -> Iterator[str]:
    """Yield the settings file, with only what differs from the defaults."""
    yield _comment(phrase("Settings of bilint, written by `bilint init`. What stands here differs from the defaults;"))
    yield _comment(phrase("`bilint show settings` prints all that is in force."))
    if include := _include(found):
        yield "\n" + _comment(phrase("The translations: other Markdown here is no article."))
        yield f"include = {_list(include)}\n"
    elif found.english:
        yield "\n" + _comment(phrase("Nothing in there is Chinese."))
        yield f"exclude = {_list([f'/{_escaped(folder)}/' for folder in found.english])}\n"
    if not (found.paths or found.stores or found.front_matter):
        return
    yield "\n[originals]\n"
    if found.front_matter:
        yield _comment(phrase("Keys of the front matter that name the original, by URL or path."))
        yield f"front-matter = {_list(found.front_matter)}\n"
    if found.paths:
        yield _comment(phrase("Where a translation lies, and where its original does; the first that is there counts."))
        yield "paths = [\n"
        yield from (
            f"    {{ target = {_string(each.target)}, source = {_string(each.source)} }},\n" for each in found.paths
        )
        yield "]\n"
    if found.stores:
        yield _comment(phrase("The repository beside this one: originals lie at the paths of their translations."))
        yield _comment(phrase("A tag or commit instead of HEAD keeps the English as it was translated."))
        yield f"stores = {_list(found.stores)}\n"


def _comment(words: str) -> str:
    return f"# {say(words)}\n"


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
