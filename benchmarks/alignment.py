"""Precision, recall and F1 of block and sentence alignment, calibration of its scores, and its speed: one table.

    python benchmarks/alignment.py                    # data in ../shared
    python benchmarks/alignment.py --markdown         # the table of docs/alignment.md
    python benchmarks/alignment.py --only sentences   # scenarios whose name has this word
    python benchmarks/alignment.py --semantic         # sentences, with the encoder of bilint[semantic]

Gold comes from strictly parallel human translations, with faults planted at seeded random places (seeds 1, 2, 3); see
alignment_gold.py, which asks neither the aligner nor the splitter under test. The articles are not part of the project;
point --shared at a folder that holds `corpus/manifest.jsonl`.

strict: a pair counts when both sides are exactly those of the gold. lax: when it shares an item with the same gold pair
on both sides. As in Vecalign's scorer (Thompson and Koehn 2019), what is left alone counts for precision, right where
the gold leaves it alone too, and not for recall. The last row of blocks is of articles that are not parallel, as they
are: counted are the blocks whose counterpart is known without a doubt. Sentences are given to the aligner as the gold
cuts them. ECE is the expected calibration error of the scores over ten bins of equal width; a pair is right when it is
strictly right.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle
from pathlib import Path
from typing import TypeVar

from msgspec import structs

import alignment_gold as gold
from alignment_encoder import Asked
from alignment_gold import Article, Bead
from bilint.align import align
from bilint.align.semantic import Encoder, load_encoder
from bilint.align.sentences import align_segments, align_sentences
from bilint.model import AlignedPair, Block, Document, Segment, SegmentPair

SEEDS = (1, 2, 3)
HERE = Path(__file__).resolve().parent
ISLANDS = "blocks: pairs that are not parallel", 0.995
LONG = (2.5, 5.0)
T = TypeVar("T", Block, Segment)
Ids = frozenset[int]


@dataclass(slots=True)
class Tally:
    """Counts over articles; `scores` are (score, whether the pair is strictly right) of pairs with two sides."""

    predicted: int = 0
    predicted_strict: int = 0
    predicted_lax: int = 0
    expected: int = 0
    expected_strict: int = 0
    expected_lax: int = 0
    scores: list[tuple[float, bool]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, beads: Sequence[Bead[T]], pairs: Iterable[AlignedPair | SegmentPair], name: str) -> None:
        """Count the pairs of one article against its gold."""
        pairs = list(pairs)
        gold_pairs = [(_ids(bead.source), _ids(bead.target)) for bead in beads]
        found = [(_ids(pair.source), _ids(pair.target)) for pair in pairs]
        right, near = _matches(found, gold_pairs)
        self.predicted += len(found)
        self.predicted_strict += sum(right)
        self.predicted_lax += sum(near)
        for pair, is_right in zip(pairs, right, strict=True):
            if pair.source and pair.target:
                self.scores.append((pair.score, is_right))
            if not is_right:
                self.wrong.append(f"{name}: {pair.score:.3f} {_shown(pair.source)} = {_shown(pair.target)}")
        self._add_recall([bead for bead in beads if bead.source and bead.target], found, name)

    def _add_recall(self, beads: Sequence[Bead[T]], found: Sequence[tuple[Ids, Ids]], name: str) -> None:
        """Recall is precision with both sides exchanged, and without what is left alone."""
        gold_pairs = [(_ids(bead.source), _ids(bead.target)) for bead in beads]
        right, near = _matches(gold_pairs, [pair for pair in found if all(pair)])
        self.expected += len(beads)
        self.expected_strict += sum(right)
        self.expected_lax += sum(near)
        lost = (bead for bead, is_near in zip(beads, near, strict=True) if not is_near)
        self.wrong += [f"{name}: lost {_shown(bead.source)} = {_shown(bead.target)}" for bead in lost]

    def figures(self) -> tuple[float, float, float, float, float]:
        """Return strict precision, recall and F1, lax F1, and ECE."""
        precision = _share(self.predicted_strict, self.predicted)
        recall = _share(self.expected_strict, self.expected)
        lax = _f1(_share(self.predicted_lax, self.predicted), _share(self.expected_lax, self.expected))
        return precision, recall, _f1(precision, recall), lax, calibration_error(self.scores)


def _matches(pairs: Sequence[tuple[Ids, Ids]], known: Sequence[tuple[Ids, Ids]]) -> tuple[list[bool], list[bool]]:
    """Return of each pair whether it is one of the known ones, and whether it shares an item with one on both sides.

    Both as Vecalign's scorer has it: what is strictly right is near, too, although a side may be empty.
    """
    exact = set(known)
    beside: dict[int, set[int]] = {}
    for source, target in known:
        for item in source:
            beside.setdefault(item, set()).update(target)
    right = [pair in exact for pair in pairs]
    near = [
        is_right or any(beside.get(item, set()) & target for item in source)
        for is_right, (source, target) in zip(right, pairs, strict=True)
    ]
    return right, near


def _ids(items: Iterable[object]) -> Ids:
    return frozenset(map(id, items))


def _shown(items: Sequence[Block | Segment]) -> str:
    texts = [i.text if isinstance(i, Segment) else f"{i.kind[:4]} {i.prose.text or i.content}" for i in items]
    return " + ".join(" ".join(text.split())[:90] for text in texts)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def bins(scores: Sequence[tuple[float, bool]]) -> Iterator[tuple[int, int, float, float]]:
    """Yield per tenth of the scores that occurs: its number, pairs, mean score, share of right pairs."""
    for number in range(10):
        inside = [(s, right) for s, right in scores if min(int(s * 10), 9) == number]
        if inside:
            count = len(inside)
            yield number, count, sum(s for s, _ in inside) / count, sum(right for _, right in inside) / count


def calibration_error(scores: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error: the mean distance of score and truth, weighted by pairs."""
    return sum(count * abs(score - right) for _, count, score, right in bins(scores)) / max(len(scores), 1)


BlockPlan = Callable[[Article, Sequence[Block], random.Random], gold.Planted | None]
SentencePlan = Callable[[list[Bead[Segment]], random.Random], list[Bead[Segment]]]


def faults(deleted: float, inserted: float, *, bare: bool = False) -> BlockPlan:
    """Return what deletes and inserts these shares of targets, on request of bare prose."""

    def plan(article: Article, strange: Sequence[Block], chance: random.Random) -> gold.Planted:
        beads = gold.prose_only(article.beads) if bare else list(article.beads)
        beads = gold.insert(gold.drop(beads, deleted, chance), inserted, strange, chance)
        return gold.in_order(beads)

    return plan


def joints(share: float, dropped: float) -> BlockPlan:
    """Return what merges and splits this share of paragraphs and list items, on either side, and deletes targets."""

    def plan(article: Article, strange: Sequence[Block], chance: random.Random) -> gold.Planted:
        beads = gold.merge(article.beads, share / 2, gold.join_blocks, chance)
        beads = gold.split(beads, share / 2, gold.cut_block, chance)
        beads = gold.drop(beads, dropped, chance)
        return gold.in_order(beads)

    return plan


def moved(*, only: bool) -> BlockPlan:
    """Return what moves one section; counted are all blocks or `only` those of the section."""

    def plan(article: Article, strange: Sequence[Block], chance: random.Random) -> gold.Planted | None:
        return gold.move(article.beads, chance, only=only)

    return plan


def joined_sentences(share: float, dropped: float) -> SentencePlan:
    """Return what merges and splits this share of sentences, and drops some, on either side."""

    def plan(beads: list[Bead[Segment]], chance: random.Random) -> list[Bead[Segment]]:
        beads = gold.merge(beads, share / 2, gold.join_sentences, chance)
        beads = gold.split(beads, share / 2, gold.cut_sentence, chance)
        return gold.drop_either(beads, dropped, chance)

    return plan


BLOCKS: tuple[tuple[str, BlockPlan, float], ...] = (
    ("blocks: clean", faults(0, 0), 0.9995),
    ("blocks: 5 % deleted", faults(0.05, 0), 0.999),
    ("blocks: 10 % deleted, 5 % inserted", faults(0.1, 0.05), 0.998),
    ("blocks: 20 % deleted, 10 % inserted", faults(0.2, 0.1), 0.995),
    ("blocks: prose only, no links or code, 10 % deleted, 5 % inserted", faults(0.1, 0.05, bare=True), 0.98),
    ("blocks: one section moved", moved(only=False), 0.99),
    ("blocks: of these, in the moved section", moved(only=True), 0.98),
    ("blocks: 10 % merged or split, 5 % deleted", joints(0.1, 0.05), 0.98),
)
SENTENCES: tuple[tuple[str, SentencePlan, float], ...] = (
    ("sentences: one to one", joined_sentences(0, 0), 0.99),
    ("sentences: 15 % merged or split, 5 % dropped", joined_sentences(0.15, 0.05), 0.97),
)


def planted_blocks(
    articles: Sequence[Article], plan: BlockPlan, seeds: Iterable[int]
) -> Iterator[tuple[Article, gold.Planted]]:
    """Yield the articles with faults planted, once per seed."""
    for seed in seeds:
        for number, article in enumerate(articles):
            chance = random.Random(f"{seed} {article.path}")
            stranger = articles[(number + chance.randrange(1, len(articles))) % len(articles)]
            strange = [block for bead in stranger.beads for block in bead.target if block.kind in gold.PROSE]
            planted = plan(article, strange or [b for bead in stranger.beads for b in bead.target], chance)
            if planted is not None:
                yield article, planted


def planted_sentences(
    articles: Sequence[Article], plan: SentencePlan, seeds: Iterable[int]
) -> Iterator[tuple[Article, list[Bead[Segment]], list[Segment], list[Segment]]]:
    """Yield per paragraph and seed its beads and sentences with faults planted."""
    for seed in seeds:
        for article in articles:
            chance = random.Random(f"{seed} {article.path}")
            for clean in gold.sentence_beads(article):
                beads = plan(clean, chance)
                source = [s for bead in beads for s in bead.source]
                yield article, beads, source, [s for bead in beads for s in bead.target]


def measure_blocks(articles: Sequence[Article], plan: BlockPlan, seeds: Iterable[int]) -> Tally:
    """Return the tally of block alignment over all articles and seeds."""
    tally = Tally()
    for article, planted in planted_blocks(articles, plan, seeds):
        bitext = align(_with_blocks(article.source, planted.source), _with_blocks(article.target, planted.target))
        counted = {id(block) for bead in planted.counted for block in (*bead.source, *bead.target)}
        pairs = (p for p in bitext.pairs if any(id(block) in counted for block in (*p.source, *p.target)))
        tally.add(planted.counted, pairs, article.path)
    return tally


def measure_islands(articles: Sequence[Article]) -> Tally:
    """Return the tally of the blocks that are known in articles as they are."""
    tally = Tally()
    for article in articles:
        counted = {id(block) for bead in article.beads for block in (*bead.source, *bead.target)}
        pairs = align(article.source, article.target).pairs
        touched = (p for p in pairs if any(id(block) in counted for block in (*p.source, *p.target)))
        tally.add(article.beads, touched, article.path)
    return tally


def _with_blocks(document: Document, blocks: Iterable[Block]) -> Document:
    return replace(document, blocks=tuple(blocks))


def measure_sentences(
    articles: Sequence[Article], plan: SentencePlan, seeds: Iterable[int], encoder: Asked | None = None
) -> Tally:
    """Return the tally of sentence alignment over all paragraphs and seeds."""
    tally = Tally()
    for article, beads, source, target in planted_sentences(articles, plan, seeds):
        tally.add(beads, align_segments(source, target, encoder), article.path)
        if encoder:
            encoder.count((*source, *target))
    return tally


def measure_semantic(
    articles: Sequence[Article], seeds: Sequence[int], only: str, encoder: Encoder
) -> Iterator[tuple[str, Tally, float]]:
    """Yield the sentence scenarios without and with the encoder, which must reach .98 and may not make them worse."""
    for name, plan, bar in SENTENCES:
        if only in name:
            without = measure_sentences(articles, plan, seeds)
            asked = Asked(encoder)
            with_it = measure_sentences(articles, plan, seeds, asked)
            yield name, without, bar
            yield f"{name}, with the encoder ({asked.share})", with_it, max(0.98, without.figures()[2])


def semantic_speed(articles: Sequence[Article], encoder: Encoder) -> tuple[float, Asked]:
    """Return MB of both texts per CPU second for the articles as they are, and what was asked about."""
    encoder(["The weights are read when they are first needed."])
    asked = Asked(encoder)
    start = time.process_time()
    for article in articles:
        for pair in align(article.source, article.target).pairs:
            found = align_sentences(pair, asked)
            asked.count(segment for each in found for segment in (*each.source, *each.target))
    return _megabytes(articles) / (time.process_time() - start), asked


def _megabytes(articles: Sequence[Article]) -> float:
    return sum(len(document.text.encode()) for a in articles for document in (a.source, a.target)) / 1e6


def speed(articles: Sequence[Article]) -> tuple[float, float]:
    """Return MB of both texts per CPU second for blocks alone, and for blocks with their sentences; best of three.

    Without the garbage collector, as in `bilint check`: documents are many small objects without cycles.
    """
    size = _megabytes(articles)
    best = [0.0, 0.0]
    gc.disable()
    for _ in range(3):
        start = time.process_time()
        bitexts = [align(a.source, a.target) for a in articles]
        blocks = time.process_time() - start
        for bitext in bitexts:
            for pair in bitext.pairs:
                align_sentences(pair)
        best = [max(best[0], size / blocks), max(best[1], size / (time.process_time() - start))]
    gc.enable()
    return best[0], best[1]


def long_article(articles: Sequence[Article], megabytes: float) -> tuple[float, float]:
    """Return CPU seconds and peak MB of aligning all articles one after the other as one, cut at this size."""
    import tracemalloc

    beads, size = [], 0
    for article in cycle(articles):
        beads += [
            Bead(tuple(map(structs.replace, bead.source)), tuple(map(structs.replace, bead.target)))
            for bead in article.beads
        ]
        size += len(article.source.text.encode()) + len(article.target.text.encode())
        if size > megabytes * 1e6:
            break
    chance = random.Random(1)
    beads = gold.drop(beads, 0.1, chance)
    source = _with_blocks(articles[0].source, [b for bead in beads for b in bead.source])
    target = _with_blocks(articles[0].target, [b for bead in beads for b in bead.target])
    start = time.process_time()
    align(source, target)
    seconds = time.process_time() - start
    tracemalloc.start()
    align(source, target)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return seconds, peak


def main() -> int:
    """Print the table; return 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--only", default="", help="run the scenarios whose name has these words")
    parser.add_argument("--wrong", action="store_true", help="list the pairs that are wrong or lost")
    parser.add_argument("--semantic", action="store_true", help="sentences, without and with the encoder")
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--megabytes", type=float, nargs="+", default=LONG, help="of the long articles, without --only")
    args = parser.parse_args()
    if not (args.shared / "corpus" / "manifest.jsonl").is_file():
        sys.exit(f"{args.shared}: no such data; name the folder that holds corpus/ with --shared")
    articles = gold.articles(args.shared / "corpus")
    rows: list[tuple[str, ...]] = [("gold", "pairs", "precision", "recall", "F1", "bar", "lax F1", "ECE")]
    tallies: list[tuple[str, Tally]] = []
    missed = 0
    encoder = load_encoder() if args.semantic else None
    for name, tally, bar in _scenarios(articles, gold.islands(args.shared / "corpus"), args, encoder):
        tallies.append((name, tally))
        precision, recall, f1, lax, error = tally.figures()
        missed += f1 < bar
        shown = (f"{precision:.4f}", f"{recall:.4f}", f"{f1:.4f}", f"{bar:.4g}", f"{lax:.4f}", f"{error:.4f}")
        rows.append((name, str(tally.expected), *shown))
        if args.wrong:
            print("\n".join(tally.wrong))
    _print_table(rows, markdown=args.markdown)
    for unit in ("blocks", "sentences"):
        _print_reliability(unit, [s for name, tally in tallies if name.startswith(unit) for s in tally.scores], args)
    if encoder:
        with_it, asked = semantic_speed(articles, encoder)
        print(f"\nMB per CPU second, with sentences and the encoder: {with_it:.1f}; {asked.share}")
    elif not args.only:
        alone, both = speed(articles)
        print(f"\nMB per CPU second: blocks {alone:.1f}, with sentences {both:.1f}")
        for size in args.megabytes:
            seconds, peak = long_article(articles, size)
            print(f"one article of {size:g} MB, 10 % deleted: {seconds:.1f} CPU seconds, {peak:.0f} MB at most")
    return 1 if missed else 0


def _scenarios(
    articles: Sequence[Article], islands: Sequence[Article], args: argparse.Namespace, encoder: Encoder | None
) -> Iterator[tuple[str, Tally, float]]:
    if encoder:
        yield from measure_semantic(articles, args.seeds, args.only, encoder)
        return
    for name, plan, bar in BLOCKS:
        if args.only in name:
            yield name, measure_blocks(articles, plan, args.seeds), bar
    if args.only in ISLANDS[0]:
        yield ISLANDS[0], measure_islands(islands), ISLANDS[1]
    for name, sentence_plan, bar in SENTENCES:
        if args.only in name:
            yield name, measure_sentences(articles, sentence_plan, args.seeds), bar


def _print_table(rows: Sequence[tuple[str, ...]], *, markdown: bool) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [f"{c:{w}}" if not n else f"{c:>{w}}" for n, (c, w) in enumerate(zip(row, widths, strict=True))]
        print(f"| {' | '.join(cells)} |" if markdown else "  ".join(cells).rstrip())
        if markdown and not number:
            print("|" + "|".join(["---"] + ["--:"] * (len(widths) - 1)) + "|")


def _print_reliability(unit: str, scores: Sequence[tuple[float, bool]], args: argparse.Namespace) -> None:
    if scores:
        print(f"\nscores of {unit}, all scenarios: ECE {calibration_error(scores):.4f}\n")
        rows: list[tuple[str, ...]] = [("score", "pairs", "mean score", "right")]
        for number, count, score, right in bins(scores):
            rows.append((f"{number / 10:.1f}–{(number + 1) / 10:.1f}", str(count), f"{score:.3f}", f"{right:.3f}"))
        _print_table(rows, markdown=args.markdown)


if __name__ == "__main__":
    sys.exit(main())
