"""The whole tool, top-down: the only file that knows the order of the stages.

for each article:  read target → find source → parse both → align → count evidence → judge → fold → suppress → sift
add up the evidence of all articles
for each article that another verdict of the project would change:  all of it but the alignment again, with the
    project's evidence
leave out what is known, sort and report

An article is judged right after it is read, and dropped: what is kept is what was found, what was counted, and what
its rules asked the project (`Basis`). Few ask, and most get the answer that was expected: 17 % of 628 articles in
many small folders were judged again, each because something else was found.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from bilint.align import align
from bilint.align.numbered import Numbered, aligned_as, numbered
from bilint.baseline import Baseline, Looked, Outcome, apply
from bilint.discover import Target, read_target
from bilint.evidence import Evidence, Project, Sum, name_of
from bilint.files import watched
from bilint.guard import attempt
from bilint.judging import Basis, Judged, OverAll, Overview, checked, judge
from bilint.kept import UNFIT, Keeper, Kept, Reviewed, is_original
from bilint.messages import phrase
from bilint.model import (
    Article,
    Bitext,
    Document,
    Kind,
    Original,
    Placed,
    Problem,
    Report,
    UserError,
)
from bilint.originals import GIVEN, own_address, sought
from bilint.parallel import Engine, Step, spread
from bilint.parse import interleaved, parse, read
from bilint.plan import Plan, signature
from bilint.reading import Reading, opening, pairing
from bilint.reading.counts import originals
from bilint.recall import Inputs, Made, Recall
from bilint.sums import Verdicts
from bilint.text.language import foreign
from bilint.version import __version__

R = TypeVar("R")
_Item = tuple[Target, Kept | Reviewed | None]
"""An article to judge, and what was kept of it when it was judged before."""


class _Known(NamedTuple):
    """What is known when an article is judged: its own evidence, the project's, what is found over all articles."""

    own: Evidence
    project: Evidence
    over_all: Callable[[str], Overview]
    news: Evidence
    """What of its own is to be noted."""


_Knows = Callable[[Reading], _Known]


def run(
    targets: Sequence[Target], plan: Plan, jobs: int | Engine = 1, tick: Callable[[], None] = lambda: None
) -> Report:
    """Return the report on all targets, sorted by path, line, column, rule. The same input gives the same report."""
    return run_with_baseline(targets, plan, jobs, tick)[0]


def run_with_baseline(
    targets: Sequence[Target],
    plan: Plan,
    jobs: int | Engine = 1,
    tick: Callable[[], None] = lambda: None,
    recall: Recall | None = None,
) -> tuple[Report, Outcome]:
    """Return the report, as `run` does, and what became of the plan's baseline.

    What `recall` knows of earlier runs is taken over where it holds: the report is the same with or without it.
    """
    judged = outcomes(targets, plan, jobs, tick, recall or Recall(None, plan), use=_all_judged)
    outcome = without_known(judged, plan.baseline)
    return report_of(judged, outcome, signature(plan, list(revisions(judged)))), outcome


def outcomes(
    targets: Sequence[Target],
    plan: Plan,
    jobs: int | Engine,
    tick: Callable[[], None],
    recall: Recall,
    *,
    use: Callable[[Keeper, dict[int, Kept | Reviewed]], R],
) -> R:
    """Return what `use` makes of the outcomes, which are its own: what is kept of each target, by number.

    It is called again where what was kept of an earlier run turns out to be odd (`UNFIT`).
    """
    run = _Run(targets, plan, jobs, tick, recall, Keeper(plan.selection.rules))
    with _without_collector():
        try:
            return use(run.keeper, run.kept())
        except UNFIT as error:
            if not recall.is_used:
                raise
            recall.give_up(error)  # what was read is what somebody else has written: its digests are right
            return use(run.keeper, run.kept())


def _all_judged(keeper: Keeper, kept: dict[int, Kept | Reviewed]) -> list[Judged]:
    return [keeper.judged(kept.pop(number)) for number in range(len(kept))]


def report_of(judged: Sequence[Judged], outcome: Outcome, made_by: str) -> Report:
    """Return the report on these articles; `made_by` is the signature of the run."""
    return Report(
        articles=tuple(j.checked for j in judged if j.checked),
        findings=tuple(sorted(outcome.findings, key=Placed.order)),
        suppressed=sum(j.suppressed for j in judged),
        hidden=sum(j.sifted.hidden for j in judged),
        problems=tuple(problem for j in judged for problem in j.problems),
        signature=made_by,
        version=__version__,
        minor=sum(j.sifted.minor for j in judged),
        unchanged=sum(j.sifted.unchanged for j in judged),
        baselined=outcome.known,
        expired=sum(entry.count for entry in outcome.expired),
        sources=sum(j.is_source for j in judged),
    )


def revisions(judged: Iterable[Judged]) -> Iterator[str]:
    """Yield the originals that were not read as they lie there, but from a revision."""
    for each in judged:
        original = each.checked.original if each.checked else None
        if original and original.file and original.path:
            yield original.path


def without_known(judged: Sequence[Judged], baseline: Baseline | None) -> Outcome:
    """Return what became of a baseline, and what of the findings is left to report."""
    if baseline is None:
        return Outcome(tuple(f for j in judged for f in j.sifted.shown), 0, (), ())
    looked = (Looked(j.checked.path, j.sifted.shown, j.sifted.unseen, j.able) for j in judged if j.checked)
    return apply(baseline, tuple(looked))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Documents are many small objects without cycles: by default the collector walks them over and over."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def prepare(target: Target, plan: Plan, known: Numbered | None = None) -> Article:
    """Return the article of a target: parsed, with its original found, parsed and aligned where it is at hand.

    They are aligned as is `known`, unless a text is another one by now. Raises UserError when the target or its
    original cannot be read.
    """
    document = read_target(target)
    if code := foreign(opening(document)):
        return Article(document, why=f"not Chinese (language code {code}): skipped", language=code)
    most = plan.loaded.settings.max_file_bytes
    original, why = plan.finder.find(document)
    is_given = original is not None and original.found_by in GIVEN
    if not is_given and (halves := _halves(document)):
        return Article(halves[1], Original(None, target.path, "interleaved"), bitext=_aligned(*halves, known))
    if original is None or original.path is None or original.opened is None:
        return Article(document, original, why)
    source = read(original.opened, original.uri or "", original.charset, most, original.path)
    if not _says_something(source) and _says_something(document):
        raise UserError(
            "{path}: the original of {article} has no text",
            "fetch or save it again",
            path=original.path,
            article=target.path,
        )
    bitext = _aligned(source, document, known)
    match = pairing(bitext)
    if not match.fits:
        why = phrase("{path} does not match the article", path=original.path)
        return Article(document, original, why, pairing=match)
    newer = read(original.latest, original.uri or "", original.charset, most) if original.latest else None
    return Article(document, original, why, bitext, match, own_address(source) if original.uri else None, newer)


def _aligned(source: Document, target: Document, known: Numbered | None) -> Bitext:
    return (known and aligned_as(source, target, known)) or align(source, target)


def _says_something(document: Document) -> bool:
    """Whether there is text besides the front matter: the page of a section may have none."""
    return any(block.prose.text.strip() for block in document.blocks if block.kind not in (Kind.TITLE, Kind.FIELD))


def _halves(document: Document) -> tuple[Document, Document] | None:
    """Return the English and the Chinese of an article that holds both."""
    if halves := interleaved.split(document):
        return halves
    english = interleaved.commented(document)
    if english is None:
        return None
    source = replace(parse(english, document.path), text=document.text)
    return source, document


class _Run(Struct, frozen=True):
    """A run over articles. What is known of the project is gone when it is through."""

    targets: Sequence[Target]
    plan: Plan
    jobs: int | Engine
    tick: Callable[[], None]
    recall: Recall
    keeper: Keeper

    def kept(self) -> dict[int, Kept | Reviewed]:
        """Return what is kept of each target, by its number."""
        known, project = self.recall.known(self.targets)
        return dict(known) if project is None else self._added(known, project)

    def _added(self, known: Mapping[int, Kept], project: Sum) -> dict[int, Kept | Reviewed]:
        """Return what is kept where not all is known; `project` is the evidence of what is."""
        kept: dict[int, Kept | Reviewed] = dict(known)
        fresh = [number for number in range(len(self.targets)) if number not in known]
        first = _First(self.plan, self.keeper, project.evidence)
        for number, made in self._each(fresh, [None] * len(fresh), first):
            kept[number] = made.kept
            project.add(made.evidence)  # it has been added to others before, under its guard
        whole = project.evidence
        over_all, again = self._outdated(kept, whole)
        review = _Again(self.plan, self.keeper, whole, over_all, self.recall.is_used)
        for number, made in self._each(again, [self.recall.whole(kept[n]) for n in again], review):
            kept[number] = made.kept
        for _ in range(2 * len(self.targets) - len(fresh) - len(again)):
            self.tick()
        self.recall.settle(whole, len(self.targets), has_asked=over_all.has_asked)
        return kept

    def _outdated(self, kept: Mapping[int, Kept | Reviewed], project: Evidence) -> tuple[OverAll, list[int]]:
        """Return what is found over all articles, and those whose outcome is another one in this project."""
        same = self.recall.same()
        over_all = OverAll(self.plan, project, self.keeper.overviews(same.told, same.counts))
        holds = partial(self.keeper.holds, verdicts=Verdicts(project), over_all=over_all)
        return over_all, [
            number
            for number, one in kept.items()
            if not holds(one, same=same.counts if one.path in same.paths else frozenset())
        ]

    def _each(
        self, numbers: Sequence[int], known: Sequence[Kept | Reviewed | None], review: Callable[[_Item], Made]
    ) -> Iterator[tuple[int, Made]]:
        items = [(self.targets[number], one) for number, one in zip(numbers, known, strict=True)]
        for at, made in spread(items, Step(review, _lost), self.jobs):
            self.recall.note(items[at][0].path, made)
            self.tick()
            yield numbers[at], made


class _First:
    """Looks at articles one after the other, with the evidence of those before: the best guess at the project's."""

    def __init__(self, plan: Plan, keeper: Keeper, known: Evidence) -> None:
        self._plan, self._keeper = plan, keeper
        self._sum = Sum()
        rules = plan.selection.rules.values()
        counts = {originals, *(count for rule in rules if rule.scope is not Project for count in rule.counts)}
        self._asked = frozenset(map(name_of, counts))
        self._add(known)

    def __call__(self, item: _Item) -> Made:
        return _review(self._plan, self._keeper, self._with, item[0], Basis)

    def _with(self, reading: Reading) -> _Known:
        own = Evidence.counted(reading, _counts(self._plan))
        self._add(own)
        return _Known(own, self._sum.evidence, _nothing, own)

    def _add(self, part: Evidence) -> None:
        self._sum.add(Evidence({name: counted for name, counted in part.sums.items() if name in self._asked}))


class _Again(Struct, frozen=True):
    """Looks at articles again, with what all came to: their own evidence is in it."""

    plan: Plan
    keeper: Keeper
    project: Evidence
    over_all: OverAll
    is_noted: bool
    """Whether the articles are noted with their evidence once more; else only what is asked for is counted again."""

    def __call__(self, item: _Item) -> Made:
        return _review(self.plan, self.keeper, self._with, item[0], partial(self._still, item[1]))

    def _with(self, reading: Reading) -> _Known:
        counted = Evidence.counted if self.is_noted else Evidence.when_asked
        own = counted(reading, _counts(self.plan))
        return _Known(own, self.project, self.over_all, own if self.is_noted else Evidence())

    def _still(self, kept: Kept | Reviewed | None) -> Basis:
        try:
            return self.keeper.still(kept, self.project) if kept else Basis()
        except UNFIT:  # somebody else has written it: all is found out anew
            return Basis()


def _counts(plan: Plan) -> Iterator[Callable[[Reading], Any]]:
    return chain((originals,), plan.selection.counts)


def _nothing(path: str) -> Overview:
    """Nothing is found over all articles as long as not all are known."""
    return Overview()


def _review(plan: Plan, keeper: Keeper, knows: _Knows, target: Target, still: Callable[[], Basis]) -> Made:
    """Read and judge one article; what else is known depends on what is read, and `still` is what holds of before."""
    work = partial(_made, plan, keeper, knows, target, still)
    made = attempt(target.path, work, seconds=plan.loaded.settings.max_seconds)
    if isinstance(made, Made):
        return made
    return Made(Reviewed(target.path, Judged(None, problems=(made,))), Evidence())


def _made(plan: Plan, keeper: Keeper, knows: _Knows, target: Target, still: Callable[[], Basis]) -> Made:
    before = still()
    with watched() as files, sought() as searches:
        reviewed = _reviewed(plan, knows, target, before)
    basis = reviewed.judged.basis
    inputs = Inputs(files, tuple(searches), dict(basis.there), dict(basis.within))
    return Made(keeper.keep(reviewed), reviewed.evidence, None if reviewed.judged.problems else inputs)


def _reviewed(plan: Plan, knows: _Knows, target: Target, still: Basis) -> Reviewed:
    article = prepare(target, plan, still.aligned)
    reading, path = Reading(article), target.path
    own, project, over_all, news = knows(reading)
    if article.bitext is None and is_original(path, project):
        return Reviewed(path, Judged(None, is_source=True, basis=Basis(is_original=True)), news)
    if article.language:
        return Reviewed(path, Judged(checked(article)), news)
    aligned = numbered(article.bitext) if article.bitext else None
    known = msgspec.structs.replace(still, overview=over_all(path), aligned=aligned)
    return Reviewed(path, judge(reading, plan, own, project, known), news)


def _lost(item: _Item) -> Made:
    path = item[0].path
    what = f"{path}: the worker process died on this article twice"
    problem = Problem(path, what, "was memory short? exclude it, or give it to --jobs 1")
    return Made(Reviewed(path, Judged(None, problems=(problem,))), Evidence())


__all__ = ["Plan", "judge", "outcomes", "prepare", "report_of", "run", "run_with_baseline", "signature"]
