"""What was concluded before and still holds: the cache, seen from the pipeline.

An article is taken over when the files that it was made of are the same, its original is found where it was (the finder
looks again, with the clues that the article gave), and every answer of the checked tree is as before. Whether what its
rules were told of the project still holds is asked where the project has changed at all.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from bilint.cache import Cache, Far, OddError, Total, digest_of, stamp_of
from bilint.discover import Target
from bilint.evidence import Evidence, Sum, merge
from bilint.files import Files, read_bytes, seal
from bilint.kept import UNFIT, Kept, Reviewed
from bilint.model import UserError
from bilint.originals import Search
from bilint.plain import packed, unpacked
from bilint.plan import Plan
from bilint.reading.counts import originals
from bilint.sums import Sums

_LEVEL = 1
"""Of zlib."""


class Inputs(Struct, frozen=True, array_like=True):
    """What an article was made of: files by path with their seals, how its original was found, answers of the tree."""

    files: dict[str, str]
    searches: tuple[Search, ...]
    there: dict[str, bool]
    within: dict[str, bool]


class Made(Struct, frozen=True):
    """What became of an article in this run; `inputs` are None where it must be made again the next time."""

    kept: Kept | Reviewed
    evidence: Evidence
    inputs: Inputs | None = None


class Same(Struct, frozen=True):
    """What the project has in common with that of the last run: `counts` by name, and the articles that it held for.

    `told` is what the others of the last run were told then, by path.
    """

    counts: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()
    told: Mapping[str, bytes] = {}


_INPUTS = msgspec.msgpack.Decoder(Inputs)


class _Change(Struct):
    """What the project has lost and gained since the last run, and in which articles nothing has changed."""

    lost: Evidence
    gained: Sum
    paths: frozenset[str]
    told: Mapping[str, bytes]


class Recall:
    """The results of earlier runs for the articles of this one; without a cache there are none.

    What is odd about the cache is never an error here: from then on there is none, and `trouble` says why.
    """

    def __init__(self, cache: Cache | None, plan: Plan) -> None:
        self.trouble: OddError | None = None
        self._cache = cache
        self._plan = plan
        self._files = Files(plan.grounds)
        self._sums = Sums((originals, *plan.selection.counts))
        self._seals: dict[str, str | None] = {}
        self._far: dict[str, bytes] = {}
        self._stamps: dict[str, bytes] = {}
        self._members: dict[str, bytes] = {}
        self._unkept: dict[str, Evidence] = {}
        self._change: _Change | None = None
        self._has_news = False

    @property
    def is_used(self) -> bool:
        """Whether there is a cache."""
        return self._cache is not None

    def known(self, targets: Sequence[Target]) -> tuple[dict[int, Kept], Sum | None]:
        """Return what is known of the targets, by number, and the evidence of these; None when nothing has changed.

        The evidence is not theirs alone any more where another run has written meanwhile: then nothing is known.
        """
        try:
            found = {n: self._kept(target.path) for n, target in enumerate(targets) if target.problem is None}
            known = {number: kept for number, kept in found.items() if kept}
            before = self._cache.total() if self._cache and known else None
            is_settled = bool(before and before.settled and before.settled == self._settled())
            return known, None if is_settled and len(known) == len(targets) else self._sum(before)
        except (OddError, *UNFIT) as error:
            self.give_up(error)
            return {}, Sum()

    def whole(self, kept: Kept | Reviewed) -> Kept | Reviewed | None:
        """Return what is kept of an article with what its rules found; None when that is not known any more."""
        if isinstance(kept, Reviewed) or kept.found:
            return kept
        try:
            far = self._cache.far(kept.path, self._far[kept.path]) if self._cache else None
        except OddError as error:
            self.give_up(error)
            return None
        return msgspec.structs.replace(kept, found=far.found) if far else None

    def note(self, path: str, made: Made) -> None:
        """Keep what became of an article for later runs."""
        self._has_news = True
        if self._cache is None:
            return
        if self._change:
            self._change.gained.add(made.evidence)
        self._members.pop(path, None)
        self._stamps.pop(path, None)
        try:
            if isinstance(made.kept, Reviewed) or made.inputs is None:
                self._unkept[path] = made.evidence
                return
            kept, evidence = made.kept, self._sums.encoded(made.evidence)
            inputs = packed(made.inputs)
            far = Far(kept.found, zlib.compress(evidence, _LEVEL))
            digest = digest_of(evidence)
            self._stamps[path] = self._cache.put(path, (inputs, kept.shown, kept.told), far, digest)
            self._members[path] = digest
        except OddError as error:
            self.give_up(error)
        except UNFIT:
            self._unkept[path] = made.evidence

    def same(self) -> Same:
        """Return what is as it was in the last run, once every article that has changed is noted."""
        change, self._change = self._change, None
        if change is None:
            return Same()
        lost, gained = change.lost.sums, change.gained.evidence.sums
        counts = frozenset(name for name in self._sums.names if lost.get(name) == gained.get(name))
        return Same(counts, change.paths, change.told)

    def settle(self, project: Evidence, number: int, *, has_asked: bool) -> None:
        """Keep what all articles came to; `has_asked`: rules over all of them have asked the checked tree, too."""
        if self._cache is None or not self._has_news:
            return
        settled = self._settled() if len(self._stamps) == number and not has_asked else b""
        try:
            evidence = self._sums.parts(project - merge(self._unkept.values()) if self._unkept else project)
            self._cache.settle(settled, self._members, evidence)
        except OddError as error:
            self.give_up(error)
        except UNFIT:
            pass  # what is no plain data is not kept

    def give_up(self, error: Exception) -> None:
        """Go on as if there were no cache."""
        self.trouble = error if isinstance(error, OddError) else OddError(str(error))
        self._cache = None
        self._change = None
        for known in (self._stamps, self._members, self._far):
            known.clear()

    def _settled(self) -> bytes:
        return stamp_of(list(self._stamps.items()))

    def _kept(self, path: str) -> Kept | None:
        found = self._cache.near(path) if self._cache else None
        if found is None:
            return None
        near, stamp = found
        if not self._holds(unpacked(near.inputs, _INPUTS)):
            return None
        self._stamps[path], self._members[path], self._far[path] = stamp, near.evidence, near.far
        return Kept(path, near.shown, near.told, b"")

    def _holds(self, inputs: Inputs) -> bool:
        if any(self._seal(path) != digest for path, digest in inputs.files.items()):
            return False
        finder = self._plan.finder
        try:
            for clues, *found in inputs.searches:
                if not finder.fits(clues) or [*finder.found(clues)] != found:
                    return False
        except UserError:
            return False
        return all(self._files.has(path) is answer for path, answer in inputs.there.items()) and all(
            self._files.holds(path) is answer for path, answer in inputs.within.items()
        )

    def _seal(self, path: str) -> str | None:
        if path not in self._seals:
            try:
                self._seals[path] = seal(read_bytes(path, self._plan.loaded.settings.max_file_bytes))
            except UserError:
                self._seals[path] = None
        return self._seals[path]

    def _sum(self, before: Total | None) -> Sum:
        """Return the evidence of what is known: that of the last run, corrected, or added up anew."""
        total = Sum()
        if not self._members:
            return total
        then = before.members if before else {}
        gone = [path for path, digest in then.items() if self._members.get(path) != digest]
        new = [path for path, digest in self._members.items() if then.get(path) != digest]
        if before and 2 * (len(gone) + len(new)) < len(self._members):
            left = self._without(before, gone)
            if left is not None:
                total.add(left)
                for path in new:
                    evidence = self._evidence(path)
                    total.add(evidence)
                    if self._change:
                        self._change.gained.add(evidence)
                return total
        for path in self._members:
            total.add(self._evidence(path))
        return total

    def _without(self, before: Total, gone: Sequence[str]) -> Evidence | None:
        """The evidence of the last run without that of some articles; None when that is not known any more."""
        lost, stamps, told = Sum(), dict(self._stamps), {}
        for path in gone:
            found = self._cache.near(path) if self._cache else None
            far = self._cache.far(path, found[0].far) if self._cache and found else None
            if far is None or found is None or digest_of(data := zlib.decompress(far.evidence)) != before.members[path]:
                return None
            lost.add(self._sums.decoded(data))
            stamps[path], told[path] = found[1], found[0].told
        try:
            left = self._sums.joined(before.evidence) - lost.evidence
        except TypeError:  # a count of a package that cannot be taken away
            return None
        if before.settled and before.settled == stamp_of([(path, stamps[path]) for path in before.members]):
            # What was kept of each article is what held then: of that which is as it was, it still does.
            self._change = _Change(lost.evidence, Sum(), frozenset(before.members.keys() - set(gone)), told)
        return left

    def _evidence(self, path: str) -> Evidence:
        far = self._cache.far(path, self._far[path]) if self._cache else None
        if far is None:
            raise OddError("another run has written to it")
        return self._sums.decoded(zlib.decompress(far.evidence))
