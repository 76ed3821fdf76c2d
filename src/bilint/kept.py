"""What a run keeps of an article: its outcome and what that rests on, as bytes; everything else is dropped."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from bilint import sums
from bilint.align.numbered import Numbered
from bilint.evidence import Evidence, Project, hold, name_of
from bilint.judging import Basis, Judged, OverAll, Overview, Ruled
from bilint.model import Failure, Finding
from bilint.plain import packed, unpacked
from bilint.reading.counts import originals
from bilint.records import Found, Records, Shown
from bilint.rules import Rule
from bilint.sieve import Sifted

_ORIGINALS = name_of(originals)
_NO_DATA = (ValueError, TypeError, OverflowError)
"""What is raised for what is no plain data: half a character, an object of a package's rule."""
UNFIT = (*_NO_DATA, LookupError, zlib.error)
"""What is raised for bytes that are not what was written, besides."""
_LEVEL = 1
"""Of zlib: half of the size at a tenth of the time of the usual level."""


class Reviewed(Struct, frozen=True):
    """What became of an article: its outcome, as far as the project is known, and its evidence."""

    path: str
    judged: Judged
    evidence: Evidence = Evidence()


class Kept(Struct, frozen=True):
    """An outcome as compressed bytes: what the report takes, what was asked and told, and what each rule found."""

    path: str
    shown: bytes
    told: bytes
    found: bytes


def is_original(path: str, project: Evidence) -> bool:
    """Return whether a file is the original of an article of the project."""
    return project.of(originals)[path] > 0


class _Told(Struct, frozen=True, array_like=True):
    """`ran` are the numbers of the rules that did not break, `rules` those of them that asked something."""

    ran: tuple[int, ...]
    rules: dict[int, tuple[sums.Told, ...]]
    is_original: bool
    overview: tuple[Found, ...]
    failures: tuple[Failure, ...]


class _Found(Struct, frozen=True, array_like=True):
    by_rule: dict[int, tuple[Found, ...]]
    there: dict[str, bool]
    within: dict[str, bool]
    aligned: Numbered | None


_SHOWN = msgspec.msgpack.Decoder(Shown)
_TOLD = msgspec.msgpack.Decoder(_Told)
_FOUND = msgspec.msgpack.Decoder(_Found)


class Keeper:
    """Outcomes → bytes and back; `rules` are those of the project, by name.

    What cannot be bytes is kept as it is. Reading back raises what `UNFIT` lists for bytes that nobody here has made.
    """

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._records = Records(rules)
        self._names = tuple(rules)
        self._numbers = {name: number for number, name in enumerate(self._names)}
        self._counts = tuple(frozenset(map(name_of, rule.counts)) for rule in rules.values())
        over_all = (counts for rule, counts in zip(rules.values(), self._counts, strict=True) if rule.scope is Project)
        self._over_all: frozenset[str] = frozenset().union(*over_all)
        self._able: dict[tuple[int, ...], tuple[str, ...]] = {}

    def keep(self, reviewed: Reviewed) -> Kept | Reviewed:
        """Return what is kept of an article, without its evidence."""
        basis = reviewed.judged.basis
        try:
            return Kept(
                reviewed.path,
                zlib.compress(packed(self._shown(reviewed.path, reviewed.judged)), _LEVEL),
                zlib.compress(packed(self._told(basis)), _LEVEL),
                zlib.compress(packed(self._found(basis)), _LEVEL),
            )
        except _NO_DATA:
            return Reviewed(reviewed.path, reviewed.judged)

    def judged(self, kept: Kept | Reviewed) -> Judged:
        """Return the outcome, of bytes without what it rests on."""
        if isinstance(kept, Reviewed):
            return kept.judged
        record = unpacked(zlib.decompress(kept.shown), _SHOWN)
        found = tuple(self._records.placed(each, record.path, record.source) for each in record.found)
        if record.able not in self._able:
            self._able[record.able] = tuple(self._names[number] for number in record.able)
        return Judged(
            record.checked,
            Sifted(found, record.hidden, record.minor, record.unchanged, record.unseen),
            record.suppressed,
            record.problems,
            self._able[record.able],
            record.is_source,
        )

    def holds(
        self, kept: Kept | Reviewed, verdicts: sums.Verdicts, over_all: OverAll, same: frozenset[str] = frozenset()
    ) -> bool:
        """Return whether the outcome would be the same in the project that gives these verdicts.

        It has held in a project where these counts were the `same`: a rule sees what it counts, and nothing else.
        """
        if isinstance(kept, Reviewed):
            now = is_original(kept.path, verdicts.project), over_all(kept.path)
            basis = kept.judged.basis
            asked = (ruled.verdicts for ruled in basis.rules.values())
            return now == (basis.is_original, basis.overview) and all(hold(each, verdicts.project) for each in asked)
        record = unpacked(zlib.decompress(kept.told), _TOLD)
        in_doubt = (told for number, told in record.rules.items() if not self._counts[number] <= same)
        return (
            (_ORIGINALS in same or is_original(kept.path, verdicts.project) == record.is_original)
            and (self._over_all <= same or over_all(kept.path) == self._overview(record))
            and all(map(verdicts.hold, in_doubt))
        )

    def overviews(self, told: Mapping[str, bytes], same: frozenset[str]) -> Mapping[str, Overview]:
        """Return what was found over all articles in some of them, by path, if that is the same with these counts."""
        if not self._over_all <= same:
            return {}
        return {path: self._overview(unpacked(zlib.decompress(data), _TOLD)) for path, data in told.items()}

    def still(self, kept: Kept | Reviewed, project: Evidence) -> Basis:
        """Return what of its basis is the same in this project."""
        if isinstance(kept, Reviewed):
            basis = kept.judged.basis
            same = {name: ruled for name, ruled in basis.rules.items() if hold(ruled.verdicts, project)}
            return Basis(same, there=basis.there, within=basis.within, aligned=basis.aligned)
        told, found = unpacked(zlib.decompress(kept.told), _TOLD), unpacked(zlib.decompress(kept.found), _FOUND)
        given = ((number, sums.verdicts(told.rules.get(number, ()))) for number in told.ran)
        rules = {
            self._names[number]: Ruled(tuple(map(self._records.finding, found.by_rule.get(number, ()))), verdicts)
            for number, verdicts in given
            if hold(verdicts, project)
        }
        return Basis(rules, there=found.there, within=found.within, aligned=found.aligned)

    def _overview(self, record: _Told) -> Overview:
        return Overview(tuple(map(self._records.finding, record.overview)), record.failures)

    def _shown(self, path: str, judged: Judged) -> Shown:
        sifted = judged.sifted
        source = next((finding.source.place.path for finding in sifted.shown if finding.source), "")
        return Shown(
            path,
            source,
            judged.checked,
            self._of(sifted.shown, path, source),
            sifted.hidden,
            sifted.minor,
            sifted.unchanged,
            sifted.unseen,
            judged.suppressed,
            judged.problems,
            tuple(self._numbers[name] for name in judged.able),
            judged.is_source,
        )

    def _told(self, basis: Basis) -> _Told:
        ran = tuple(map(self._numbers.__getitem__, basis.rules))
        asked = {number: ruled.verdicts for number, ruled in zip(ran, basis.rules.values(), strict=True)}
        told = {number: sums.told(verdicts) for number, verdicts in asked.items() if verdicts}
        return _Told(ran, told, basis.is_original, self._of(basis.overview.found), basis.overview.failures)

    def _found(self, basis: Basis) -> _Found:
        rules = {self._numbers[name]: self._of(ruled.found) for name, ruled in basis.rules.items() if ruled.found}
        return _Found(rules, dict(basis.there), dict(basis.within), basis.aligned)

    def _of(self, findings: Iterable[Finding], path: str = "", source: str = "") -> tuple[Found, ...]:
        return tuple(self._records.of(finding, path, source) for finding in findings)
