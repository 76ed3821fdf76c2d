"""Whether what was left out is told from what stands beside it: planted omissions, and judged findings.

    python benchmarks/said.py                 # data in ../shared
    python benchmarks/said.py --articles 100  # fewer articles
    python benchmarks/said.py --list          # the judged findings with what was computed

Planted: in strictly parallel human translations every seventh block of eight words and more loses its counterpart, one
at a time; told is the share with `said_beside` under each threshold. Judged: the findings of `missing-block` and
`extra-block` in gold/judged.jsonl, by verdict; kept are those with `said_beside` under 0, and with `gain` under 4. The
articles are not part of the project; point --shared at a folder that holds `corpus/` and `gold/`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import alignment_gold
from bilint.align import align
from bilint.lexicon import gain, said_beside
from bilint.model import AlignedPair, Bitext
from bilint.parse.markdown import parse
from bilint.text.words import words

HERE = Path(__file__).resolve().parent
THRESHOLDS = (0, -2, -3, -5)
LEAST_WORDS, LONG = 8, 15
STEP = 7
SAID, GAIN = 0.0, 4.0


def planted(articles: list[alignment_gold.Article]) -> Iterator[tuple[int, float]]:
    """Yield (words, said_beside) of blocks whose counterpart was taken away."""
    for article in articles:
        pairs = [AlignedPair(bead.source, bead.target, 1.0) for bead in article.beads]
        wanted = [n for n, pair in enumerate(pairs) if pair.source[0].kind in alignment_gold.PROSE]
        wanted = [n for n in wanted if len(words(pairs[n].source[0].prose.text)) >= LEAST_WORDS]
        for number in wanted[::STEP]:
            gap = AlignedPair(pairs[number].source, ())
            bitext = Bitext(article.source, article.target, (*pairs[:number], gap, *pairs[number + 1 :]))
            yield len(words(gap.source[0].prose.text)), said_beside(bitext, number, number + 1)


def report_planted(articles: list[alignment_gold.Article]) -> None:
    """Print which share of the planted omissions is told."""
    start = time.process_time()
    found = list(planted(articles))
    spent = time.process_time() - start
    for least in (LEAST_WORDS, LONG):
        ratios = [ratio for count, ratio in found if count >= least]
        shares = (f"under {t}: {sum(ratio < t for ratio in ratios) / max(len(ratios), 1):.3f}" for t in THRESHOLDS)
        print(f"planted, {len(ratios)} blocks of {least} words and more: {', '.join(shares)}")
    print(f"{1000 * spent / max(len(found), 1):.2f} ms of CPU for each")


def judged(shared: Path) -> Iterator[tuple[dict[str, str], float]]:
    """Yield the judged rows that are still found, and the ratio or gain of their gap."""
    rows = map(json.loads, (shared / "gold" / "judged.jsonl").read_text(encoding="utf-8").splitlines())
    articles: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if row["rule"] in ("missing-block", "extra-block") and row["confidence"] != "low":
            articles[f"{row['collection']}/{row['id']}"].append(row)
    for name, found in sorted(articles.items()):
        english, chinese = (shared / "corpus" / "pairs" / name / file for file in ("en.md", "zh.md"))
        sides = (parse(path.read_text(encoding="utf-8"), str(path)) for path in (english, chinese))
        bitext = align(*sides)
        for row in found:
            value = _value(bitext, row)
            if value is not None:
                yield row, value


def _value(bitext: Bitext, row: dict[str, str]) -> float | None:
    of_source = row["rule"] == "missing-block"
    for first, end in _runs(bitext, of_source=of_source):
        blocks = [b for pair in bitext.pairs[first:end] for b in (pair.source if of_source else pair.target)]
        document = bitext.source if of_source else bitext.target
        lines = document.place(blocks[0].span).line, document.place(blocks[-1].span).end_line
        if lines[0] <= int(row["source_line" if of_source else "line"]) <= lines[1]:
            return said_beside(bitext, first, end) if of_source else gain(bitext, first, end)
    return None


def _runs(bitext: Bitext, *, of_source: bool) -> Iterator[tuple[int, int]]:
    first: int | None = None
    for number, pair in enumerate((*bitext.pairs, None)):
        alone = pair is not None and not (pair.target if of_source else pair.source)
        if alone and first is None:
            first = number
        elif not alone and first is not None:
            yield first, number
            first = None


def report_judged(shared: Path, *, listed: bool) -> None:
    """Print how many findings of each verdict are kept."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row, value in judged(shared):
        is_kept = value < (SAID if row["rule"] == "missing-block" else GAIN)
        counts[row["rule"], row["verdict"]][0] += is_kept
        counts[row["rule"], row["verdict"]][1] += 1
        if listed:
            print(f"{value:8.1f} {row['rule']} {row['verdict']} ({row['class']}) {row['collection']}/{row['id']}")
    for (rule, verdict), (kept, every) in sorted(counts.items()):
        print(f"{rule}, {verdict}: {kept} of {every} kept")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--articles", type=int, default=None)
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    if not (args.shared / "corpus" / "manifest.jsonl").is_file():
        sys.exit(f"{args.shared}: no such data; name the folder that holds corpus/ with --shared")
    report_planted(alignment_gold.articles(args.shared / "corpus")[: args.articles])
    report_judged(args.shared, listed=args.list)


if __name__ == "__main__":
    main()
