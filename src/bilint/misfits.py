"""What is wrong with settings, and where: unknown keys, wrong values, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from bilint.files import read_bytes
from bilint.messages import phrase
from bilint.model import UserError


def explain(
    error: msgspec.ValidationError,
    kind: type[msgspec.Struct],
    file: Path | None,
    table: str = "",
    beside: Iterable[str] = (),
) -> UserError:
    """Return the error in our words: where it is, and what would be right."""
    message = str(error)
    unknown = re.search(r"unknown field `([^`]*)`", message)
    at = re.search(r"at `\$\.?([^`]*)`", message)
    inner = ".".join(part for part in (table, at[1] if at else "") if part)
    if not unknown:
        wrong = re.match(r"Invalid enum value '([^']*)'", message)
        hint = near(wrong[1], _values(kind, inner.rsplit(".", 1)[-1])) if wrong else ""
        said = {"inner": inner, "text": _said(re.sub(r" - at `[^`]*`", "", message))}
        return UserError("{where}: `{inner}`: {text}", hint, where=place(file, inner), **said)
    key = unknown[1]
    keys = [*beside, *(name for name, _ in _fields(kind))]
    where = place(file, f"{inner}.{key}")
    if not inner:
        return UserError("{where}: unknown key `{key}`", near(key, keys), where=where, key=key)
    return UserError("{where}: unknown key `{key}` in `[{inner}]`", near(key, keys), where=where, key=key, inner=inner)


def _said(message: str) -> str:
    """What msgspec says is wrong; the commonest in words of the catalogue."""
    if wrong := re.fullmatch(r"Expected `([^`]*)`, got `([^`]*)`", message):
        return phrase("expected `{wanted}`, got `{given}`", wanted=wrong[1], given=wrong[2])
    if wrong := re.fullmatch(r"Invalid enum value '([^']*)'", message):
        return phrase("invalid enum value '{value}'", value=wrong[1])
    if wrong := re.fullmatch(r"Object missing required field `([^`]*)`", message):
        return phrase("object missing required field `{key}`", key=wrong[1])
    return f"{message[0].lower()}{message[1:]}"


def near(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint at the known word that was probably meant, else `otherwise`, else all of them."""
    import difflib

    names = sorted(set(known))
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    if close:
        return phrase("did you mean `{name}`?", name=close[0])
    return otherwise or phrase("known are {names}", names=", ".join(names))


def _fields(kind: type[msgspec.Struct]) -> Iterator[tuple[str, Any]]:
    """Keys and types of a table and of the tables inside it: a mistyped key may belong to any of them."""
    todo: list[Any] = [kind]
    while todo:
        item = todo.pop()
        if isinstance(item, type) and issubclass(item, msgspec.Struct):
            found = [(field.encode_name, field.type) for field in msgspec.structs.fields(item)]
            yield from found
            todo.extend(kinds for _, kinds in found)
        else:
            todo.extend(getattr(item, "__args__", ()))


def _values(kind: type[msgspec.Struct], key: str) -> list[str]:
    """Return the words that may stand for `key`."""
    types = [
        inner for name, kinds in _fields(kind) if name == key for inner in (kinds, *getattr(kinds, "__args__", ()))
    ]
    return [word.value for inner in types if isinstance(inner, type) and issubclass(inner, StrEnum) for word in inner]


def place(file: Path | None, path: str = "") -> str:
    """Return `file:line` of a dotted path such as `overrides[1].ignore.empty-link`; the last part may be a value.

    Each part is looked for from where the one before it was found; the line is that of the last one found. The file is
    shown relative to the working directory where possible; without one, the settings come from the command line.
    """
    if file is None:
        return phrase("command line")
    here = Path.cwd()
    shown = str(file.relative_to(here)) if file.is_relative_to(here) else str(file)
    if not path:
        return shown
    lines = read_bytes(file).decode("utf-8-sig", "replace").split("\n")
    start = -1
    for part in (["tool", "bilint"] if file.name == "pyproject.toml" else []) + path.strip(".").split("."):
        name, _, index = part.rstrip("]").partition("[")
        key = re.escape(name)
        pattern = re.compile(rf"[^#]*(?:[\"']{key}[\"']|(?<![\w\"'-]){key}\s*(?:=|\]|\.))")
        hits = [number for number in range(max(start, 0), len(lines)) if pattern.match(lines[number])]
        if hits:
            start = hits[: int(index or 0) + 1][-1]
    return f"{shown}:{start + 1}" if start >= 0 else shown
