"""What each rule costs: milliseconds of CPU per 1,000 Chinese characters, the dearest first.

    python benchmarks/rules.py                 # data in ../shared
    python benchmarks/rules.py --pairs pairs.tsv --runs 5
    python benchmarks/rules.py unclosed-tag    # some rules

Articles are read and aligned first. Then everything is counted, and every rule judges every article, in the order of a
run: what several share counts for the first that needs it, unless RULE says which run. What is counted over all
articles is a row of its own. The least of --runs is shown; what is above the bar of .1 ms is marked. The articles are
not part of the project: --pairs takes a file with a translation and its original per line, --shared a folder that holds
`corpus/pairs/*/*/{zh,en}.md`.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from bilint import pipeline, settings
from bilint.discover import Target
from bilint.evidence import Answers, Evidence, merge
from bilint.files import Files
from bilint.judging import context_of, found_by
from bilint.model import Article
from bilint.plan import Plan
from bilint.reading import Reading
from bilint.reading.counts import originals
from bilint.rules import all_rules
from bilint.text.scripts import han_count

HERE = Path(__file__).resolve().parent
BAR = 0.1
"""Milliseconds per 1,000 Chinese characters that a rule may take."""
Spent = dict[str, float]


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


def spent_on(articles: Sequence[Article], plan: Plan, names: Sequence[str]) -> Spent:
    """Return the seconds that each rule took on all articles, and each function that counts for rules."""
    spent: Spent = defaultdict(float)
    counted: list[tuple[Reading, Evidence]] = []
    for article in articles:
        reading = Reading(article)
        own = Evidence()
        for count in (originals, *plan.selection.counts):
            start = time.process_time()
            own += Evidence.counted(reading, (count,))
            spent[f"counted: {count.__module__.rsplit('.', 1)[-1]}.{count.__name__}"] += time.process_time() - start
        counted.append((reading, own))
    project = merge(own for _, own in counted)
    files, answers = Files(plan.grounds), Answers(project)
    for reading, own in counted:
        for active in plan.selection.for_path(reading.article.target.path):
            if names and active.rule.name not in names:
                continue
            context = context_of(active, reading, plan.glossary, own, answers, files=files)
            start = time.process_time()
            for _ in found_by(active, context):
                pass
            spent[active.rule.name] += time.process_time() - start
    return spent


def least(runs: Iterable[Spent]) -> Spent:
    """Return the least of each figure."""
    out: Spent = {}
    for run in runs:
        out = {name: min(seconds, out.get(name, seconds)) for name, seconds in run.items()}
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rules", nargs="*", metavar="RULE", help="these only; what they share then counts for them")
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
    articles = [pipeline.prepare(Target(path), plan) for path in given]
    if not articles:
        print(f"no pairs under {args.shared}: give --shared or --pairs", file=sys.stderr)
        return 2
    thousands = sum(han_count(article.target.text) for article in articles) / 1000
    gc.disable()
    spent = least(spent_on(articles, plan, args.rules) for _ in range(args.runs))
    print(f"{len(articles)} articles, {thousands:.0f},000 Chinese characters; ms per 1,000 of them")
    for name, seconds in sorted(spent.items(), key=lambda item: (-item[1], item[0])):
        cost = 1000 * seconds / thousands
        print(f"{cost:8.4f}  {name}{'  above the bar' if cost > BAR else ''}")
    print(f"{1000 * sum(spent.values()) / thousands:8.4f}  all")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
