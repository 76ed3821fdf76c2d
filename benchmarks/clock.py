"""A clock with a row for each thing that takes time: what one calls of another counts for the other alone.

What is worked out once and kept (`lru_cache`, `cached_property`, `Reading.pairs`) is a row of its own where several ask
for it. Who asks is found out by forgetting everything before each of them.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper, cached_property, lru_cache, wraps
from types import ModuleType
from typing import Any

from bilint import pipeline
from bilint.align import align
from bilint.reading import Reading

Spent = dict[str, float]
SHARED = "shared: "
ALIGNMENT = "block alignment"
READ = "read and parsed"
_HELD = (Reading.target, Reading.pairs, Reading.said)
"""What a reading keeps by hand."""


class Clock:
    """Seconds of CPU by row, and who asked for what is kept."""

    def __init__(self) -> None:
        self.spent: Spent = defaultdict(float)
        self.asked: dict[str, set[str]] = defaultdict(set)
        """Row → those of rules, counts and alignment that ask for it, until it is settled."""
        self._rows: list[str] = []
        self._since = 0.0
        self._memos: list[_lru_cache_wrapper[Any]] = []
        self._apart: set[str] | None = None

    def __call__(self, row: str, work: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Return what `work` returns; the time it takes goes to `row`."""
        self._note()
        self._rows.append(row)
        try:
            return work(*args, **named)
        finally:
            self._note()
            self._rows.pop()

    def forget(self) -> None:
        """Forget what functions have kept, but for the tables that are read once per process."""
        for memo in self._memos:
            memo.cache_clear()

    def settle(self) -> None:
        """From now on only what several have asked for until now has a row of its own."""
        self._apart = {ALIGNMENT} | {name for name, rows in self.asked.items() if len(rows) > 1}

    def restart(self) -> None:
        """Begin anew: nothing is spent, nothing is kept."""
        self.spent = defaultdict(float)
        self.forget()

    def wind_up(self) -> None:
        """Put the clock around what is kept in the modules that are loaded, and around block alignment."""
        vars(pipeline)["align"] = self._around(ALIGNMENT, align)
        for function in _HELD:
            setattr(Reading, function.__name__, self._around(_name_of(function), function))
        modules = [module for name, module in sorted(sys.modules.items()) if name.startswith("bilint.")]
        for each in {each for module in modules for each in vars(module).values() if isinstance(each, type)}:
            for value in vars(each).values():
                if isinstance(value, cached_property):
                    value.func = self._around(_name_of(value.func), value.func)
        timed = {each: self._memo(each) for module in modules for each in _memos_of(module)}
        for module in modules:
            for name, value in vars(module).items():
                if isinstance(value, _lru_cache_wrapper) and value in timed:
                    setattr(module, name, timed[value])

    def _memo(self, memo: _lru_cache_wrapper[Any]) -> _lru_cache_wrapper[Any]:
        timed = lru_cache(**memo.cache_parameters())(self._around(_name_of(memo.__wrapped__), memo.__wrapped__))
        self._memos.append(timed)
        return timed

    def _around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def kept(*args: Any, **named: Any) -> Any:
            within = self._rows[-1] if self._rows else READ
            if within in (READ, ALIGNMENT) and name != ALIGNMENT:
                return function(*args, **named)
            if self._apart is None:
                self.asked[name].add(within)
            elif name in self._apart:
                return self(name, function, *args, **named)
            return function(*args, **named)

        return kept

    def _note(self) -> None:
        now = time.process_time()
        if self._rows:
            self.spent[self._rows[-1]] += now - self._since
        self._since = time.process_time()


def _memos_of(module: ModuleType) -> Iterator[_lru_cache_wrapper[Any]]:
    """The functions of a module that keep a limited number of results."""
    for value in vars(module).values():
        if isinstance(value, _lru_cache_wrapper) and value.cache_parameters()["maxsize"] is not None:
            yield value


def _name_of(function: Callable[..., Any]) -> str:
    return f"{SHARED}{function.__module__.rsplit('.', 1)[-1]}.{function.__qualname__}"
