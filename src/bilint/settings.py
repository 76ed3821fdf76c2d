"""Settings: find `bilint.toml` or `[tool.bilint]`, validate it, merge it with the command line.

An unknown key is an error with a suggestion, never ignored: a mistyped setting must not pass as a clean run.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import msgspec

from bilint.files import LARGEST, read_bytes
from bilint.messages import phrase
from bilint.misfits import explain, place
from bilint.model import Confidence, Problem, Renderer, Severity, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE_NAMES = ("bilint.toml", ".bilint.toml")
T = TypeVar("T", bound=msgspec.Struct)
_Weight = Annotated[float, msgspec.Meta(ge=0, le=1e6)]
INCLUDE = ("*.md", "*.mdx", "*.markdown")


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """A table of the settings file: kebab-case keys, unknown keys refused."""


class PathMap(_Table, frozen=True):
    """Two path patterns with the same `{path}`: where a translation lies and where its original does."""

    target: str
    source: str


_CHINESE = (
    "zh",
    "zh-cn",
    "zh-CN",
    "zh_CN",
    "zh-Hans",
    "zh-hans",
    "zh-tw",
    "zh-TW",
    "zh_TW",
    "zh-Hant",
    "zh-hant",
    "zh-HK",
)
MIRRORED_PATHS = (
    *(
        PathMap(f"{{root}}{zh}/{{path}}", f"{{root}}{en}/{{path}}")
        for zh in _CHINESE
        for en in ("en", "en-US", "en-us")
    ),
    PathMap("{root}zh-cn/{path}", "{root}en-snapshot/{path}"),
    *(PathMap(f"{{root}}translations/{zh}/{{path}}", "{root}{path}") for zh in (*_CHINESE, "hk", "tw", "mo")),
    *(PathMap(f"{{root}}{zh}/{{path}}", "{root}{path}") for zh in _CHINESE),
    *(PathMap(f"{{path}}.{zh}.{{ext}}", f"{{path}}{en}.{{ext}}") for zh in _CHINESE for en in (".en", "")),
    PathMap("{path}/zh.{ext}", "{path}/en.{ext}"),
)


class Originals(_Table, frozen=True):
    """`[originals]`: where the English originals are."""

    folder: str = "originals"
    """Folder that holds the originals, relative to the settings file."""
    index: str = ""
    """File of lines `URL<TAB>file` in `folder`; default: `index.tsv` there, when it exists."""
    front_matter: tuple[str, ...] = ("source", "source_url", "original", "original_url", "originalUrl", "via")
    """Front-matter keys that name the original by URL or path."""
    paths: tuple[PathMap, ...] = MIRRORED_PATHS
    """Mirrored paths, tried in order: the first whose original exists is taken."""
    cache: str = ".bilint/originals"
    """Folder that `bilint fetch` keeps pages in, relative to the settings file."""
    lock: str = "bilint.lock"
    """File that says which version of each page was fetched, relative to the settings file."""
    allow_private: bool = False
    """Fetch from private and loopback addresses too."""
    max_bytes: Annotated[int, msgspec.Meta(ge=1)] = 20_000_000
    """The largest page that is fetched, in bytes after decompression."""
    on_failure: Literal["error", "warn"] = "error"
    """What a page that cannot be fetched is: an error, or a warning that leaves the exit code as it was."""
    stores: tuple[str, ...] = ()
    """Where to look first: folders of saved pages, WARC files, `git:PATH@REVISION`, relative to the settings file."""
    as_translated: bool = True
    """Compare with the original at a mirrored path as it was at the last commit of the translation: then what is stale
    is told from what is wrong. Not in a shallow clone, nor for a translation that is not as it was committed."""
    revision_keys: tuple[str, ...] = (
        "sourceCommit",
        "source_commit",
        "source-commit",
        "original_commit",
        "default_lang_commit",
        "source_revision",
        "original_revision",
    )
    """Front-matter keys that name the commit an article was translated from: a Git store is read at it, or the
    repository around the articles."""


class Override(_Table, frozen=True):
    """`[[overrides]]`: other settings for some paths; later tables win."""

    paths: tuple[str, ...]
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    rules: dict[str, dict[str, Any]] = {}


class Check(_Table, frozen=True):
    """`[[checks]]`: a check of the project's own, reported as `project/NAME`; patterns are regular expressions."""

    name: str
    """Small letters, digits and hyphens."""
    message: str
    """The fact, as it is reported."""
    english: str = ""
    """Only blocks are looked at whose English has this; empty: all, with or without an original."""
    require: str = ""
    """What the Chinese of such a block must have."""
    forbid: str = ""
    """What it must not have."""
    severity: Severity = Severity.WARNING
    confidence: Confidence = Confidence.HIGH
    help: str = ""
    """What to do about it."""
    mqm: str = "style/organizational-style"
    """The category of MQM."""


class Weights(_Table, frozen=True):
    """`[score]`: what findings weigh in `bilint score`."""

    error: _Weight = 5
    warning: _Weight = 1
    info: _Weight = 0.1
    most: _Weight | None = None
    """The highest penalty of the project per 1,000 English words that passes; default: any."""


class Settings(_Table, frozen=True):
    """The whole settings file, after the command line has been merged in."""

    include: tuple[str, ...] = INCLUDE
    """File patterns (as in .gitignore) that count as articles when a folder is given."""
    exclude: tuple[str, ...] = ()
    """File patterns to leave out."""
    respect_gitignore: bool = True
    """Leave out what .gitignore names."""
    max_file_bytes: Annotated[int, msgspec.Meta(ge=1)] = LARGEST
    """The largest article or original that is read, in bytes."""
    select: tuple[str, ...] = ("all",)
    """Rules to run: names, or `all`."""
    ignore: tuple[str, ...] = ()
    """Rules not to run."""
    renderer: Renderer | None = None
    """What turns the articles into pages: it decides which asterisks make text bold. Default: guessed by the files."""
    fail_on: Severity | None = Severity.WARNING
    """The lowest severity that makes the exit code 1; `"never"` on the command line for none."""
    min_confidence: Confidence = Confidence.MEDIUM
    """The lowest confidence that is shown and counted."""
    min_severity: Severity = Severity.INFO
    """The lowest severity that is shown and counted."""
    baseline: str = ""
    """File of known findings (`bilint baseline write`), which are not shown; default: none."""
    max_seconds: Annotated[float, msgspec.Meta(ge=0)] = 60
    """CPU time that one article may take; one that takes more is left out and named (exit code 2). 0: any."""
    cache: bool = True
    """Keep results in `.bilint/cache` beside the settings, for articles that have not changed the next time."""
    glossaries: tuple[str, ...] = ()
    """Glossary files (CSV, TSV, TOML, TBX, TMX), or names of shipped ones; a later one has the last word."""
    originals: Originals = Originals()
    rules: dict[str, dict[str, Any]] = {}
    """`[rules.NAME]`: `severity`, `confidence`, and the rule's own options."""
    score: Weights = Weights()
    checks: tuple[Check, ...] = ()
    """`[[checks]]`: the project's own checks, declared as patterns."""
    overrides: tuple[Override, ...] = ()


class Loaded(msgspec.Struct, frozen=True):
    """Settings and where they came from; `root` is what their paths are relative to."""

    settings: Settings
    root: Path
    file: Path | None = None
    trusted: tuple[str, ...] = ()
    """Folders of Git stores that the command line calls trustworthy."""
    problems: tuple[Problem, ...] = ()
    """Files that might hold settings but cannot be read; the run goes on without them and says so."""


def here() -> Path:
    """Return the working directory. Raises UserError when it has been deleted."""
    try:
        return Path.cwd()
    except OSError as error:
        raise UserError("the working directory does not exist any more", "go to another one") from error


def load(start: Path, file: Path | None = None, paths: Iterable[str] = ()) -> Loaded:
    """Return the settings of `file`, or of the nearest file in or above `paths`, else `start`, or the defaults.

    Raises UserError when a file cannot be read, is not TOML, or has an unknown key or a wrong value, and when two paths
    have different settings files.
    """
    problems: list[Problem] = []
    found = file or _of_paths(start, paths, problems)
    if found is None:
        return Loaded(Settings(), start, problems=tuple(problems))
    table = _read(found)
    return Loaded(_validate(table, found), found.parent, found, problems=tuple(problems))


def _of_paths(start: Path, paths: Iterable[str], problems: list[Problem]) -> Path | None:
    """Return the one settings file of all paths; a path without one has that of `start`."""
    known: dict[Path, Path | None] = {}
    named: dict[Path, str] = {}
    for path in paths:
        full = Path(os.path.abspath(path))
        folder = full if full.is_dir() else full.parent
        if folder not in known:
            known[folder] = _find(folder, problems)
        if settings := known[folder]:
            named.setdefault(settings, path)
    otherwise = _find(start, problems) if not known or None in known.values() else None
    if otherwise:
        here = phrase("the working directory")
        named.setdefault(otherwise, next((p for p in paths if p not in named.values()), here))
    if len(named) > 1:
        (one, first), (other, second) = sorted(named.items())[:2]
        said = {"one": place(one), "first": first, "other": place(other), "second": second}
        what = phrase("{one} is the settings file of {first}, {other} that of {second}", **said)
        raise UserError(what, "check them in two runs, or name one file with --config")
    return next(iter(named), None)


def _find(start: Path, problems: list[Problem]) -> Path | None:
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            if os.path.lexists(folder / name):  # what is no file is said when it is read, not passed over
                return folder / name
        project = folder / "pyproject.toml"
        if os.path.lexists(project) and _has_our_table(project, problems):
            return project
    return None


def _has_our_table(project: Path, problems: list[Problem]) -> bool:
    """Return whether a pyproject.toml speaks of bilint; one that cannot be read is a problem, named once."""
    import tomllib

    shown = place(project)
    try:
        data = read_bytes(project, shown=shown)
    except UserError as error:
        if shown not in {problem.path for problem in problems}:
            problems.append(Problem(shown, error.message, error.hint))
        return False
    if b"bilint" not in data:
        return False
    try:
        tool = tomllib.loads(data.decode("utf-8-sig")).get("tool")
    except ValueError:  # of encoding or of form
        return b"[tool.bilint" in data
    return isinstance(tool, dict) and "bilint" in tool


def _read(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        table = tomllib.loads(read_bytes(file, shown=place(file)).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UserError("{where}: is not UTF-8", "save the file as UTF-8", where=place(file)) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{place(file)}:{line[1]}" if line else place(file)
        raise UserError("{where}: is not valid TOML: {error}", where=where, error=error) from error
    except RecursionError as error:
        raise UserError("{where}: is nested too deeply", where=place(file)) from error
    except ValueError as error:  # Python refuses numbers of more than 4,300 digits
        raise UserError("{where}: has a number that is too long", where=place(file)) from error
    if file.name == "pyproject.toml":
        tool = table.get("tool", {})
        inner = tool.get("bilint", {}) if isinstance(tool, dict) else {}
        if not isinstance(inner, dict):
            hint = phrase("write settings under `[tool.bilint]`")
            raise UserError("{where}: `tool.bilint` is not a table", hint, where=place(file))
        return inner
    return table


def _validate(table: dict[str, Any], file: Path) -> Settings:
    for path, text in _strings(table):
        if "\0" in path + text:
            raise UserError("{where}: has a NUL character", where=place(file, path.partition("[")[0]))
    try:
        return msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise explain(error, Settings, file) from None


def _strings(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the strings in a table with their dotted paths."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _strings(inner, f"{path}[{number}]")


def convert_options(
    table: dict[str, Any], kind: type[T], rule: str, file: Path | None, beside: Iterable[str] = ()
) -> T:
    """Return `[rules.NAME]` as the rule's own options; `beside` are other keys the table may have.

    Raises UserError like `load`.
    """
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        raise explain(error, kind, file, f"rules.{rule}", beside) from None
