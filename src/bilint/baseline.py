"""Known findings: a file that says which ones a team has decided to live with, so that only new ones are reported."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec

from bilint.files import read_bytes
from bilint.messages import phrase
from bilint.model import Placed, UserError
from bilint.text.escapes import in_json
from bilint.text.width import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

FILE_NAME = "bilint-baseline.json"
SCHEMA_VERSION = 1
_LARGEST = 500_000_000
"""Bytes; an entry is about 200, and a million of them can still be read."""
_MOST = 10**9
"""Equal places in one article; no file is large enough for more."""
_WRITE = phrase("`bilint baseline write` makes it")


class Entry(msgspec.Struct, frozen=True, order=True, omit_defaults=True, forbid_unknown_fields=True):
    """What stands in the file of one known place, or of `count` equal ones; `path` is relative to the file's folder."""

    path: str
    rule: str
    excerpt: str
    fingerprint: str
    count: Annotated[int, msgspec.Meta(ge=1, le=_MOST)] = 1


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema_version: int
    findings: tuple[Entry, ...]


class Baseline(msgspec.Struct, frozen=True):
    """The known findings; `folder` is what their paths are relative to."""

    folder: Path
    entries: tuple[Entry, ...] = ()

    def path_of(self, path: str) -> str:
        """Return how the file calls the article at `path`."""
        full = os.path.abspath(path)
        try:
            return Path(os.path.relpath(full, os.path.abspath(self.folder))).as_posix()
        except ValueError:  # another drive
            return Path(full).as_posix()

    def is_gone(self, path: str) -> bool:
        """Return whether there is nothing any more that the file calls `path`; outside its folder nobody looks."""
        return not path.startswith(("/", "../")) and not os.path.lexists(self.folder / path)


class Looked(NamedTuple):
    """What was found in an article; `unseen` are fingerprints of what is there and not shown.

    `able` are the rules that could have found something.
    """

    path: str
    findings: tuple[Placed, ...]
    unseen: tuple[str, ...]
    able: Collection[str]


class Outcome(NamedTuple):
    """The new findings, how many are known, which entries have expired, and those that have not, as they are now."""

    findings: tuple[Placed, ...]
    known: int
    expired: tuple[Entry, ...]
    entries: tuple[Entry, ...]


def load(file: Path) -> Baseline:
    """Return the baseline in a file. Raises UserError when it is not there or is none."""
    try:
        found = msgspec.json.decode(read_bytes(file, _LARGEST), type=_File)
    except msgspec.DecodeError as error:  # ValidationError is one
        raise UserError("{file}: is no baseline: {error}", _WRITE, file=file, error=error) from error
    except UserError as error:
        raise UserError("the baseline {what}", error.hint or _WRITE, what=error.message) from error
    if found.schema_version != SCHEMA_VERSION:
        raise UserError("{file}: is a baseline of another version of bilint", _WRITE, file=file)
    return Baseline(file.parent, found.findings)


def text(entries: Iterable[Entry]) -> str:
    """Return the file: sorted, one line for each entry, so that a difference can be read and merged."""
    lines = ",\n".join(f"  {_json(msgspec.to_builtins(entry))}" for entry in sorted(entries))
    return f'{{\n "schema_version": {SCHEMA_VERSION},\n "findings": [\n{lines}\n ]\n}}\n'


def _json(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return in_json(shown.encode("utf-8", "backslashreplace").decode())


def entries_of(findings: Iterable[Placed], baseline: Baseline) -> tuple[Entry, ...]:
    """Return the entries for findings, equal ones counted."""
    counts: Counter[tuple[str, str, str]] = Counter()
    words: dict[tuple[str, str, str], str] = {}
    for finding in findings:
        path = baseline.path_of(finding.target.place.path)
        for each in finding.prints:
            key = (path, finding.rule, each.digest)
            counts[key] += 1
            words.setdefault(key, one_line(" ".join(each.words.split())))
    return tuple(sorted(Entry(key[0], key[1], words[key], key[2], count) for key, count in counts.items()))


def apply(baseline: Baseline, looked: Sequence[Looked]) -> Outcome:
    """Return what of the findings is new: of equal ones as many are known as the file says.

    An entry is for its path first; what is left of it where its article was looked at, or is gone, is for any other.
    """
    return _Matching(baseline, looked).outcome()


class _Matching:
    """Entries and findings on the way to each other."""

    def __init__(self, baseline: Baseline, looked: Sequence[Looked]) -> None:
        self._baseline = baseline
        self._looked = [(baseline.path_of(each.path), each) for each in looked]
        self._able = {path: each.able for path, each in self._looked}
        self._entries: dict[tuple[str, str], Entry] = {}
        self._left: Counter[tuple[str, str]] = Counter()
        for entry in baseline.entries:
            self._entries.setdefault((entry.path, entry.fingerprint), entry)
            self._left[entry.path, entry.fingerprint] += entry.count
        self._matched: Counter[tuple[str, str, str]] = Counter()

    def outcome(self) -> Outcome:
        unseen = [(path, print_) for path, each in self._looked for print_ in each.unseen]
        unseen = [place for place in unseen if not self._take(*place, place[0])]
        new = [self._unknown(path, each.findings) for path, each in self._looked]
        movable = self._movable()
        for path, print_ in unseen:
            self._move(movable, path, print_)
        shown: list[Placed] = []
        known = 0
        for (path, _), findings in zip(self._looked, new, strict=True):
            for finding, numbers in findings:
                left = [n for n in numbers if not self._move(movable, path, finding.prints[n].digest)]
                shown += [finding.at(left)] if left else []
                known += not left
        return Outcome(tuple(shown), known, tuple(sorted(self._expired())), tuple(sorted(self._current())))

    def _unknown(self, path: str, findings: Iterable[Placed]) -> list[tuple[Placed, list[int]]]:
        """Return the findings with the numbers of those of their places that their path has no entry for."""
        return [
            (finding, [n for n, print_ in enumerate(finding.prints) if not self._take(path, print_.digest, path)])
            for finding in findings
        ]

    def _take(self, path: str, print_: str, to: str) -> bool:
        if not self._left[path, print_]:
            return False
        self._left[path, print_] -= 1
        self._matched[to, path, print_] += 1
        return True

    def _move(self, movable: dict[str, list[str]], path: str, print_: str) -> bool:
        return any(self._take(place, print_, path) for place in movable.get(print_, ()))

    def _movable(self) -> dict[str, list[str]]:
        """The paths of entries that nothing was found for where it should have been, by fingerprint."""
        places: defaultdict[str, list[str]] = defaultdict(list)
        for path, print_ in self._over():
            places[print_].append(path)
        return places

    def _over(self) -> Iterator[tuple[str, str]]:
        gone: dict[str, bool] = {}
        for (path, print_), count in self._left.items():
            if count and path in self._able:
                if self._entries[path, print_].rule in self._able[path]:
                    yield path, print_
            elif count:
                if path not in gone:
                    gone[path] = self._baseline.is_gone(path)
                if gone[path]:
                    yield path, print_

    def _expired(self) -> Iterator[Entry]:
        for path, print_ in self._over():
            yield msgspec.structs.replace(self._entries[path, print_], count=self._left[path, print_])

    def _current(self) -> Iterator[Entry]:
        over = set(self._over())
        counts = Counter({key: count for key, count in self._left.items() if count and key not in over})
        now: Counter[tuple[str, str]] = Counter(counts)
        origin = {key: key for key in counts}
        for (to, path, print_), count in self._matched.items():
            now[to, print_] += count
            origin.setdefault((to, print_), (path, print_))
        for key, count in now.items():
            yield msgspec.structs.replace(self._entries[origin[key]], path=key[0], count=count)
