"""What each rule costs: milliseconds of CPU per 1,000 Chinese characters, the dearest first.

    python benchmarks/rules.py                 # data in ../shared
    python benchmarks/rules.py --pairs pairs.tsv --runs 5
    python benchmarks/rules.py unclosed-tag    # some rules

Articles are read and aligned, everything is counted, and every rule judges every article, as in a run. The row of a
rule is what it costs itself: what several ask for and is kept for all of them is a row of its own, with those who ask
in a sample of the articles. The least of --runs is shown; what is above the bar of .1 ms is marked. Below stand the
sums, and what they are measured by. The articles are not part of the project: --pairs takes a file with a translation
and its original per line, --shared a folder that holds `corpus/pairs/*/*/{zh,en}.md`.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from bilint import pipeline, settings
from bilint.discover import Target
from bilint.evidence import Answers, Evidence, Sum
from bilint.files import Files
from bilint.judging import context_of, found_by
from bilint.model import Article
from bilint.plan import Plan
from bilint.reading import Reading
from bilint.reading.counts import originals
from bilint.rules import all_rules
from bilint.selection import Active
from bilint.text.scripts import han_count
from clock import ALIGNMENT, READ, SHARED, Clock, Spent

HERE = Path(__file__).resolve().parent
BAR = 0.1
"""Milliseconds per 1,000 Chinese characters that a rule may take."""
SAMPLE = 10
"""One article in so many is looked at to see who asks for what is kept."""
NAMED = 4
"""So many of those who ask are named."""
COUNTED = "counted: "
LEFT_OUT = {"missing-sentence", f"{SHARED}unsaid.left_out"}
TERMS = LEFT_OUT | {"mixed-term", "wrong-term"}
"""The rows of what is said of sentences left out, and of what looks at sentences and terms at all."""


def pairs_in(shared: Path) -> Iterator[tuple[Path, Path]]:
    """Yield translation and original of the pairs of the corpus, sorted by path."""
    for chinese in sorted(shared.glob("corpus/pairs/*/*/zh.md")):
        english = chinese.with_name("en.md")
        if english.is_file():
            yield chinese, english


def listed(file: Path) -> Iterator[tuple[Path, Path]]:
    """Yield translation and original of each line of a table."""
    for line in file.read_text(encoding="utf-8").splitlines():
        target, source = line.split("\t")[:2]
        yield Path(target), Path(source)


class Judge:
    """Counts in articles and judges them, on a clock."""

    def __init__(self, plan: Plan, names: Sequence[str], clock: Clock) -> None:
        self._plan, self._names, self._clock = plan, names, clock
        self._files = Files(plan.grounds)

    def read(self, paths: Iterable[str]) -> list[Article]:
        """Return the articles at these paths."""
        return [self._clock(READ, pipeline.prepare, Target(path), self._plan) for path in paths]

    def judge(self, articles: Sequence[Article], *, forgets: bool = False) -> None:
        """Judge articles with what is counted over all; `forgets` before each rule what was worked out."""
        counts, total = (originals, *self._plan.selection.counts), Sum()
        for article in articles:
            self._clock(f"{COUNTED}added up", total.add, Evidence.counted(Reading(article), counts))
        self._clock.forget()  # each article is counted and judged at once, in a run
        for article in articles:
            reading, own = Reading(article), Evidence()
            for count in counts:
                name = f"{COUNTED}{count.__module__.rsplit('.', 1)[-1]}.{count.__name__}"
                reading = self._fresh(reading) if forgets else reading
                own.sums.update(self._clock(name, Evidence.counted, reading, (count,)).sums)
            for active in self._plan.selection.for_path(article.target.path):
                if not self._names or active.rule.name in self._names:
                    seen = self._fresh(reading) if forgets else reading
                    self._clock(active.rule.name, self._found, active, seen, own, total.evidence)

    def _fresh(self, reading: Reading) -> Reading:
        self._clock.forget()
        return Reading(reading.article)

    def _found(self, active: Active, reading: Reading, own: Evidence, project: Evidence) -> None:
        answers = Answers(project.only(active.rule.counts))
        context = context_of(active, reading, self._plan.glossary, own, answers, files=self._files)
        for _ in found_by(active, context):
            pass


def least(runs: Iterable[Spent]) -> Spent:
    """Return the least of each figure."""
    out: Spent = {}
    for run in runs:
        out |= {name: min(seconds, out.get(name, seconds)) for name, seconds in run.items()}
    return out


def measured(paths: Sequence[str], judge: Judge, clock: Clock, runs: int) -> Spent:
    """Return the seconds of each row, the least of some runs."""
    judge.judge(judge.read(paths[::SAMPLE]))  # modules that are loaded when they are needed
    clock.wind_up()
    judge.judge(judge.read(paths[::SAMPLE]), forgets=True)

    def run() -> Spent:
        clock.restart()
        judge.judge(judge.read(paths))
        return clock.spent

    clock.settle()
    return least(run() for _ in range(runs))


def rows(cost: Mapping[str, float], asked: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield a line for each row, and the sums."""
    apart = {ALIGNMENT: cost[ALIGNMENT], READ: cost[READ]}
    judged = {name: each for name, each in cost.items() if name not in apart}
    for name, each in sorted(judged.items(), key=lambda item: (-item[1], item[0])):
        who = f" ({_listed(sorted(asked[name]))})" if name.startswith(SHARED) else ""
        yield f"{each:8.4f}  {name}{who}{'  above the bar' if each > BAR else ''}"
    kinds = {"counted": COUNTED, "shared": SHARED}
    sums = {kind: sum(each for name, each in judged.items() if name.startswith(kinds[kind])) for kind in kinds}
    together = sum(judged.values())
    yield f"{together - sum(sums.values()):8.4f}  rules, each by itself"
    yield from (f"{each:8.4f}  {kind}" for kind, each in sums.items())
    yield f"{together:8.4f}  all of these; block alignment takes {apart[ALIGNMENT]:.4f}, to read {apart[READ]:.4f}"
    terms, sentences = (sum(judged.get(name, 0) for name in each) for each in (TERMS, LEFT_OUT))
    yield f"{terms:8.4f}  sentences and terms; the bar is block alignment, {apart[ALIGNMENT]:.4f}"
    yield f"{sentences:8.4f}  sentences left out; the bar is half of a cold run, {sum(cost.values()) / 2:.4f}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rules", nargs="*", metavar="RULE", help="these only, with what they alone ask for")
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--pairs", type=Path, help="a table of translations and originals, instead of the corpus")
    parser.add_argument("--articles", type=int, default=200, help="at most so many")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    if unknown := set(args.rules) - set(all_rules()):
        parser.error(f"no such rule: {', '.join(sorted(unknown))}")
    files = listed(args.pairs) if args.pairs else pairs_in(args.shared)
    given = {str(target): str(source) for target, source in islice(files, args.articles)}
    plan = Plan.of(settings.Loaded(settings.Settings(), HERE), given, "pairs")
    if not given:
        print(f"no pairs under {args.shared}: give --shared or --pairs", file=sys.stderr)
        return 2
    thousands = sum(han_count(Path(path).read_text(encoding="utf-8")) for path in given) / 1000
    gc.disable()
    clock = Clock()
    spent = measured(list(given), Judge(plan, args.rules, clock), clock, args.runs)
    cost = {name: 1000 * seconds / thousands for name, seconds in spent.items()}
    print(f"{len(given)} articles, {thousands:.0f},000 Chinese characters; ms per 1,000 of them")
    print(*rows(cost, clock.asked), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
