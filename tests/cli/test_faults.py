"""Every function that is called for an article raises in turn: that article is named, all others are shown.

The functions are those that a clean run of the command calls under the guard. Many articles alike are given, and each
has another function that raises for it alone, as an exception or as a panic of the parser's Rust side.
"""

from __future__ import annotations

import re
import sys
from functools import cached_property
from itertools import count
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

import pytest
from runs import CHINESE, ENGLISH

from bilint import guard
from bilint.messages import system
from bilint.model import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from runs import Done, Folder

    Run = Callable[..., Done]

AT_ONCE = 60
GUARDS = (guard.__name__, texts.__name__, system.__name__)
"""The guard, and what it puts a fault into words with."""
COMMANDS = [
    "check zh --format full --jobs 1",
    "check zh --format concise --jobs 1",
    "check zh --format json --jobs 1",
    "align zh",
    "align zh --format tmx",
    "align zh --format xliff --output-dir out",
    "show originals zh",
    "show blocks zh",
    "show alignment zh --format json",
    "show terms zh",
    "fetch zh",
]
"""The later ones call little that the first do not."""


class Panic(BaseException):
    """As Rust's arrive in Python."""


class Faults:
    """Functions of bilint made to raise, each for one article."""

    def __init__(self, marks: dict[CodeType, str]) -> None:
        self.marks = marks
        self.raised: set[str] = set()
        self._changed: list[tuple[FunctionType, CodeType]] = []

    def __enter__(self) -> Faults:
        for number, function in enumerate(functions()):
            code = function.__code__
            if code in self.marks and not code.co_freevars:
                original = FunctionType(code, function.__globals__, function.__name__, function.__defaults__)
                original.__kwdefaults__ = function.__kwdefaults__
                self._changed.append((function, code))
                function.__code__ = self._hook(original, self.marks[code], number)
        return self

    def __exit__(self, *_: object) -> None:
        for function, code in self._changed:
            function.__code__ = code
        del sys.made_to_raise  # type: ignore[attr-defined]

    def _hook(self, original: FunctionType, name: str, number: int) -> CodeType:
        def called(*args: Any, **words: Any) -> Any:
            if is_for(name):
                self.raised.add(name)
                raise (Panic if number % 2 else IndexError)(f"{original.__qualname__} was made to raise")
            return original(*args, **words)

        known = vars(sys).setdefault("made_to_raise", {})
        known[name] = called
        made: dict[str, Any] = {}
        exec(f"def hook(*a, **k):\n import sys\n return sys.made_to_raise[{name!r}](*a, **k)", made)
        code: CodeType = made["hook"].__code__
        return code


def functions() -> Iterator[FunctionType]:
    """All functions of bilint that have been loaded, each once."""
    seen = set()
    for name, module in sorted(sys.modules.items()):
        if name.startswith("bilint"):
            for value in vars(module).values():
                holders = (value, *vars(value).values()) if isinstance(value, type) else (value,)
                for function in map(plain, holders):
                    if isinstance(function, FunctionType) and function not in seen:
                        seen.add(function)
                        if function.__module__.startswith("bilint") and function.__module__ not in GUARDS:
                            yield function


def plain(value: Any) -> Any:
    if isinstance(value, property):
        return value.fget
    if isinstance(value, cached_property):
        return value.func
    return getattr(value, "__wrapped__", getattr(value, "__func__", value))


def guarded() -> str | list[str] | None:
    """What the innermost guard guards: an article, or several."""
    frame = sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]
        here = frame.f_locals
        if frame.f_code is guard.attempt.__code__:
            return str(here["path"])
        if frame.f_code is guard.together.__code__:
            return [] if "problems" in here else [here["name"](item) for item in here["items"]]
    return None


def is_for(name: str) -> bool:
    now = guarded()
    return now is not None and any(name in each for each in ([now] if isinstance(now, str) else now))


def called_by(run: Callable[[], object]) -> set[CodeType]:
    """The functions that a run calls under the guard."""
    found: set[CodeType] = set()

    def look(frame: Any, event: str, _: object) -> None:
        if event == "call" and frame.f_code not in found and guarded():
            found.add(frame.f_code)

    sys.setprofile(look)
    try:
        run()
    finally:
        sys.setprofile(None)
    return found


def write_article(folder: Folder, name: str) -> None:
    url = f"https://example.com/{name}"
    folder.write(f"zh/{name}.md", f"---\nsource: {url}\n---\n{CHINESE}\n请先看[](https://example.com/kettle)水壶。\n")
    folder.write(f"originals/{name}.md", f"{ENGLISH}\nSee the [kettle](https://example.com/kettle) first.\n")
    index = folder.path / "originals/index.tsv"
    index.write_text((index.read_text() if index.exists() else "") + f"{url}\t{name}.md\n")


@pytest.mark.parametrize("words", COMMANDS)
def test_a_fault_in_one_article_is_its_own(folder: Folder, bilint: Run, words: str) -> None:
    (folder.path / "zh/kettle.md").unlink()
    folder.write("terms.csv", "term,approved\nkettle,水壶\n")
    folder.write("bilint.toml", 'glossaries = ["terms.csv"]\nfail-on = "error"\n')
    write_article(folder, "sound")
    clean: list[Done] = []
    codes = called_by(lambda: clean.append(bilint(*words.split())))
    assert clean[0].code in (0, 1)
    known = [function.__code__ for function in functions() if function.__code__ in codes]
    numbers = count()
    raised = 0
    for start in range(0, len(known), AT_ONCE):
        some = known[start : start + AT_ONCE]
        marks = {code: f"fault{next(numbers):04}" for code in some}
        for name in marks.values():
            write_article(folder, name)
        with Faults(marks) as faults:
            done = bilint(*words.split())
        for name in marks.values():
            (folder.path / f"zh/{name}.md").unlink()
        named = set(re.findall(r"(fault\d+)[^\n]*(?:internal error|failed)", done.out + done.err))
        assert named >= faults.raised
        assert done.code == (2 if faults.raised else clean[0].code)
        written = "".join(file.read_text() for file in folder.path.glob("out/*"))
        assert "把水壶装满冷水" in done.out + written or "sound" in done.out
        raised += len(faults.raised)
    assert raised > 0.5 * len(known)
