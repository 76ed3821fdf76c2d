"""No pattern takes more than linear time: four times the text takes at most eight times as long.

Each compiled pattern of the package is tried on texts made of what it is made of: every character it names, and pairs
of them, repeated, behind each other one. How a pattern is used is read from the code: one that is only matched at a
given place is tried at one place. As in test_growth.py, CPU times of one process are compared, again before a failure.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections import deque
from functools import cache
from itertools import product
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

import pytest

import bilint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Use = Callable[[str], object]

SIZE = 1000
NOTICED = 0.004
"""CPU seconds for `SIZE` characters from which a text is tried four times as long: a hundred times what is usual."""
MOST = 8
TRIES = 3
SAMPLES = 14
"""Characters and words of a pattern that are tried; more say the same."""
MOST_STARTS = 60
CATEGORIES = {codes.CATEGORY_DIGIT: "7", codes.CATEGORY_SPACE: " "}


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """All patterns of the package that modules hold, by the name of the module and theirs."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(bilint.__path__, "bilint."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    found.setdefault(f"{module.name}.{name}", value)
    return found


@cache
def code(module: str) -> str:
    """The source of a module; of all modules without a name."""
    package = Path(bilint.__path__[0])
    files = [
        package.parent / f"{module.replace('.', '/')}.py",
        package.parent / module.replace(".", "/") / "__init__.py",
    ]
    return "\n".join(
        file.read_text(encoding="utf-8") for file in (files if module else package.rglob("*.py")) if file.exists()
    )


def use(name: str, pattern: re.Pattern[str]) -> Use:
    """How the package uses a pattern: at one place, or anywhere in a text."""
    module, _, short = name.rpartition(".")
    used = set(re.findall(rf"\b{short}\.(\w+)", code(module if short.startswith("_") else "")))
    if used <= {"match"}:
        return pattern.match
    if used <= {"match", "fullmatch"}:
        return pattern.fullmatch
    return lambda text: deque(pattern.finditer(text), maxlen=0)


def samples(parts: Iterable[Any]) -> Iterator[str]:
    """Yield what the parts of a parsed pattern consist of: words, and a character of each class."""
    word = ""
    for code_, value in parts:
        if code_ is codes.LITERAL:
            word += chr(value)
            continue
        yield word
        word = ""
        if code_ is codes.IN:
            yield from _of_class(value)
        elif code_ in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield from samples(value[2])
        elif code_ is codes.SUBPATTERN:
            yield from samples(value[3])
        elif code_ is codes.ATOMIC_GROUP:
            yield from samples(value)
        elif code_ is codes.BRANCH:
            for branch in value[1]:
                yield from samples(branch)
        elif code_ in (codes.ASSERT, codes.ASSERT_NOT):
            yield from samples(value[1])
    yield word


def _of_class(parts: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    for code_, value in parts:
        if code_ is codes.LITERAL:
            yield chr(value)
        elif code_ is codes.RANGE:
            yield chr(value[0])
        elif code_ is codes.CATEGORY:
            yield CATEGORIES.get(value, "a")


def texts(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield beginnings, and what is repeated behind them."""
    parts = [part for part in samples(parser.parse(pattern.pattern, pattern.flags)) if part]
    known = dict.fromkeys(("a", " ", "7", "字", ".", *parts))
    short = sorted(known, key=len)
    some = list(dict.fromkeys((*short[:SAMPLES], *short[:: max(len(short) // SAMPLES, 1)])))
    pairs = ("".join(pair) for pair in product(some[:5], repeat=2))
    yield from product(("", *some), dict.fromkeys((*some, *pairs)))
    # Where a pattern begins with several things, one behind the other.
    starts = dict.fromkeys("".join(parts[at : at + count]) for at in range(len(parts)) for count in (2, 3))
    yield from product(list(starts)[:MOST_STARTS], some)


def seconds(used: Use, start: str, repeated: str, size: int) -> float:
    text = start + (repeated * size)[:size]
    before = time.process_time()
    used(text)
    return time.process_time() - before


def is_linear(used: Use, start: str, repeated: str) -> bool:
    if seconds(used, start, repeated, SIZE) < NOTICED:
        return True
    return any(
        seconds(used, start, repeated, 4 * SIZE) <= MOST * seconds(used, start, repeated, SIZE) for _ in range(TRIES)
    )


@pytest.mark.parametrize("name", sorted(patterns()))
def test_takes_time_in_proportion(name: str) -> None:
    pattern = patterns()[name]
    used = use(name, pattern)
    assert next((pair for pair in texts(pattern) if not is_linear(used, *pair)), None) is None
