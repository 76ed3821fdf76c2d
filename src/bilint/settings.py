"""Settings: find `bilint.toml` or `[tool.bilint]`, validate it, merge it with the command line.

An unknown key is an error with a suggestion, never ignored: a mistyped setting must not pass as a clean run.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from bilint.model import Confidence, Severity, UserError

FILE_NAMES = ("bilint.toml", ".bilint.toml")
T = TypeVar("T", bound=msgspec.Struct)
INCLUDE = ("*.md", "*.mdx", "*.markdown")


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """A table of the settings file: kebab-case keys, unknown keys refused."""


class PathMap(_Table):
    """Two path patterns with the same `{path}`: where a translation lies and where its original does."""

    target: str
    source: str


_CHINESE = ("zh", "zh-cn", "zh-CN", "zh_CN", "zh-Hans", "zh-hans", "zh-tw", "zh-TW", "zh_TW", "zh-Hant", "zh-hant", "zh-HK")
MIRRORED_PATHS = (
    *(PathMap(f"{{root}}{zh}/{{path}}", f"{{root}}{en}/{{path}}") for zh in _CHINESE for en in ("en", "en-US", "en-us")),
    PathMap("{root}zh-cn/{path}", "{root}en-snapshot/{path}"),
    *(PathMap(f"{{root}}translations/{zh}/{{path}}", "{root}{path}") for zh in (*_CHINESE, "hk", "tw", "mo")),
    *(PathMap(f"{{root}}{zh}/{{path}}", "{root}{path}") for zh in _CHINESE),
    *(PathMap(f"{{path}}.{zh}.{{ext}}", f"{{path}}{en}.{{ext}}") for zh in _CHINESE for en in (".en", "")),
    PathMap("{path}/zh.{ext}", "{path}/en.{ext}"),
)


class Originals(_Table):
    """`[originals]`: where the English originals are."""

    folder: str = "originals"
    """Folder that holds the originals, relative to the settings file."""
    index: str = ""
    """File of lines `URL<TAB>file` in `folder`; default: `index.tsv` there, when it exists."""
    front_matter: tuple[str, ...] = ("source", "source_url", "original", "original_url", "originalUrl", "via")
    """Front-matter keys that name the original by URL or path."""
    paths: tuple[PathMap, ...] = MIRRORED_PATHS
    """Mirrored paths, tried in order: the first whose original exists is taken."""


class Override(_Table):
    """`[[overrides]]`: other settings for some paths; later tables win."""

    paths: tuple[str, ...]
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    rules: dict[str, dict[str, Any]] = {}


class Settings(_Table):
    """The whole settings file, after the command line has been merged in."""

    include: tuple[str, ...] = INCLUDE
    """File patterns (as in .gitignore) that count as articles when a folder is given."""
    exclude: tuple[str, ...] = ()
    """File patterns to leave out."""
    respect_gitignore: bool = True
    """Leave out what .gitignore names."""
    select: tuple[str, ...] = ("all",)
    """Rules to run: names, or `all`."""
    ignore: tuple[str, ...] = ()
    """Rules not to run."""
    fail_on: Severity | None = Severity.WARNING
    """The lowest severity that makes the exit code 1; `"never"` on the command line for none."""
    min_confidence: Confidence = Confidence.MEDIUM
    """The lowest confidence that is shown and counted."""
    glossaries: tuple[str, ...] = ()
    """Glossary files (CSV or TOML), or names of shipped ones, such as `ai-ml`."""
    originals: Originals = Originals()
    rules: dict[str, dict[str, Any]] = {}
    """`[rules.NAME]`: `severity`, `confidence`, and the rule's own options."""
    overrides: tuple[Override, ...] = ()


class Loaded(msgspec.Struct, frozen=True):
    """Settings and where they came from; `root` is what their paths are relative to."""

    settings: Settings
    root: Path
    file: Path | None = None


def load(start: Path, file: Path | None = None) -> Loaded:
    """Return the settings of `file`, or of the nearest settings file in `start` or above, or the defaults.

    Raises UserError when a file cannot be read, is not TOML, or has an unknown key or a wrong value.
    """
    found = file or _find(start)
    if found is None:
        return Loaded(Settings(), start)
    table = _read(found)
    return Loaded(_validate(table, found), found.parent, found)


def _find(start: Path) -> Path | None:
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            if (folder / name).is_file():
                return folder / name
        project = folder / "pyproject.toml"
        if project.is_file() and b"[tool.bilint" in project.read_bytes():
            return project
    return None


def _read(file: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{file}: is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{file}:{line[1]}" if line else str(file)
        raise UserError(f"{where}: is not valid TOML: {error}") from error
    if file.name == "pyproject.toml":
        inner = table.get("tool", {}).get("bilint", {})
        return inner if isinstance(inner, dict) else {}
    return table


def _validate(table: dict[str, Any], file: Path) -> Settings:
    try:
        return msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise _explain(error, Settings, file) from None


def convert_options(table: dict[str, Any], kind: type[T], rule: str, file: Path | None) -> T:
    """Return `[rules.NAME]` as the rule's own options. Raises UserError like `load`."""
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        raise _explain(error, kind, file or Path("command line"), f"rules.{rule}") from None


def _explain(error: msgspec.ValidationError, kind: type[msgspec.Struct], file: Path, table: str = "") -> UserError:
    message = str(error)
    unknown = re.search(r"unknown field `([^`]*)`", message)
    at = re.search(r"at `\$\.?([^`]*)`", message)
    inner = ".".join(part for part in (table, at[1] if at else "") if part)
    if not unknown:
        text = re.sub(r" - at `[^`]*`", "", message)
        key = inner.rsplit(".", 1)[-1].split("[")[0]
        return UserError(f"{_where(file, key)}: `{inner}`: {text[0].lower()}{text[1:]}")
    key = unknown[1]
    near = difflib.get_close_matches(key, _keys(kind), n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"keys are {', '.join(sorted(_keys(kind)))}"
    place = f" in `[{inner}]`" if inner else ""
    return UserError(f"{_where(file, key)}: unknown key `{key}`{place}", hint)


def _keys(kind: type[msgspec.Struct]) -> set[str]:
    """All keys of a table and of the tables inside it: a mistyped key may belong to any of them."""
    keys: set[str] = set()
    todo: list[Any] = [kind]
    while todo:
        item = todo.pop()
        if isinstance(item, type) and issubclass(item, msgspec.Struct):
            keys.update(item.__struct_encode_fields__)
            todo.extend(f.type for f in msgspec.structs.fields(item))
        else:
            todo.extend(getattr(item, "__args__", ()))
    return keys


def _where(file: Path, key: str) -> str:
    """`file:line` of the first line that sets or opens `key`; the file alone when it is not found."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except OSError:
        return str(file)
    pattern = re.compile(rf"^\s*(\[+[^\]]*\b)?[\"']?{re.escape(key)}[\"']?\s*(=|\]|\.)")
    for number, line in enumerate(lines, 1):
        if pattern.search(line):
            return f"{file}:{number}"
    return str(file)
