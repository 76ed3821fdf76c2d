"""Evidence and verdicts as bytes and back: data only, each kind by the schema that its class or function declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Raw

from bilint.evidence import Evidence, Question, Tally, name_of
from bilint.plain import packed, unpacked

Told = tuple[str, bytes, bytes]
"""A question by name, its fields, and its verdict, both packed."""
_AT_HAND = 1 << 12
"""Questions of which it is kept in mind whether the verdict holds: the articles of a folder ask the same."""


class Sums:
    """Evidence ↔ bytes, for what `counts` are counted."""

    def __init__(self, counts: Iterable[Callable[[Any], Any]]) -> None:
        self._decoders = {
            name_of(count): msgspec.msgpack.Decoder(get_type_hints(count)["return"], dec_hook=_tally)
            for count in counts
        }
        self._parts = msgspec.msgpack.Decoder(dict[str, Raw])

    @property
    def names(self) -> Iterable[str]:
        """What is counted."""
        return self._decoders.keys()

    def encoded(self, evidence: Evidence) -> bytes:
        """Return the bytes. Raises ValueError, TypeError or OverflowError for what is no plain data."""
        return packed({name: Raw(part) for name, part in self.parts(evidence).items()})

    def decoded(self, data: bytes) -> Evidence:
        """Return the evidence. Raises ValueError (of msgspec) or LookupError for bytes that are none."""
        return self.joined({name: memoryview(part) for name, part in unpacked(data, self._parts).items()})

    def parts(self, evidence: Evidence) -> dict[str, bytes]:
        """Return the bytes of each count, by name. Raises like `encoded`."""
        return {name: packed(counted) for name, counted in evidence.sums.items()}

    def joined(self, parts: Mapping[str, memoryview]) -> Evidence:
        """Return the evidence of parts. Raises like `decoded`."""
        return Evidence({name: unpacked(part, self._decoders[name]) for name, part in parts.items()})


def _tally(kind: Any, found: Any) -> Any:
    if get_origin(kind) is Tally:
        return Tally(msgspec.convert(found, dict[get_args(kind)[0], int]))  # type: ignore[misc]
    raise NotImplementedError(f"no schema for {kind}")


def told(verdicts: Mapping[Question[Any], Any]) -> tuple[Told, ...]:
    """Return questions and verdicts as records. Raises like `Sums.encoded`."""
    return tuple((_name(type(q)), packed(q), packed(verdict)) for q, verdict in verdicts.items())


def verdicts(records: Iterable[Told]) -> dict[Question[Any], Any]:
    """Return the questions and verdicts of records. Raises like `Sums.decoded`."""
    return dict(map(_opened, records))


def _opened(record: Told) -> tuple[Question[Any], Any]:
    name, asked, said = record
    question, verdict = _decoders(name)
    return unpacked(asked, question), unpacked(said, verdict)


class Verdicts:
    """What a project says now to what it was asked before."""

    def __init__(self, project: Evidence) -> None:
        self.project = project
        self._is_same = lru_cache(maxsize=_AT_HAND)(partial(_is_same, project))  # holds no `self`: that were a cycle

    def hold(self, records: Iterable[Told]) -> bool:
        """Return whether every verdict is the same. Raises like `Sums.decoded`."""
        return all(map(self._is_same, records))


def _is_same(project: Evidence, record: Told) -> bool:
    question, verdict = _opened(record)
    return bool(question.verdict(project) == verdict)


@cache
def _decoders(name: str) -> tuple[msgspec.msgpack.Decoder[Question[Any]], msgspec.msgpack.Decoder[Any]]:
    kind = next((each for each in _questions(Question) if _name(each) == name), None)
    if kind is None:
        raise LookupError(f"no question {name}")
    return msgspec.msgpack.Decoder(kind), msgspec.msgpack.Decoder(get_type_hints(kind.verdict)["return"])


def _questions(kind: type[Question[Any]]) -> Iterator[type[Question[Any]]]:
    for each in kind.__subclasses__():
        yield each
        yield from _questions(each)


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
