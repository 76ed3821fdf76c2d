"""Whether the score of articles improves when they are proofread.

    python benchmarks/score.py                # drafts and finals in ../shared/gold, bilint beside this Python
    python benchmarks/score.py --show 10      # the articles that became worse, with what is found in either text
    python benchmarks/score.py --sample 100   # fewer, drawn with a fixed seed

Each draft and the text after a proofreader went through it are scored as projects of their own (`bilint score`). A
score that is the same before and after says nothing of him: he changed what bilint does not look at.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
_SEED = 7


class Scored(NamedTuple):
    """The penalty per 1,000 words of all articles together, and of each by its folder."""

    all: float
    articles: dict[Path, float]


def main() -> int:
    """Print how many articles have a better score after proofreading, and the penalty of all before and after."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--bilint", default=str(Path(sys.executable).parent / "bilint"))
    parser.add_argument("--sample", type=int, metavar="N", help="so many, drawn with a fixed seed")
    parser.add_argument("--jobs", default="0")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="name so many that became worse")
    args = parser.parse_args()
    folders = sorted(file.parent.resolve() for file in (args.shared / "gold" / "review").glob("*/final.md"))
    if not folders:
        print(f"no reviewed drafts in {args.shared / 'gold'}: nothing measured", file=sys.stderr)
        return 0
    chosen = sorted(random.Random(_SEED).sample(folders, min(args.sample or len(folders), len(folders))))
    before, after = (_scored(args.bilint, chosen, name, args.jobs) for name in ("draft.md", "final.md"))
    both = sorted({*before.articles} & {*after.articles})
    changes = {folder: after.articles[folder] - before.articles[folder] for folder in both}
    better, worse = ([folder for folder in both if sign * changes[folder] > 0] for sign in (-1, 1))
    changed = len(better) + len(worse)
    clean = sum(before.articles[folder] == 0 for folder in both if changes[folder] == 0)
    print(f"{len(both)} articles scored before and after, {changed} of them otherwise: {len(better)} improve", end="")
    print(f" = {len(better) / changed:.1%}, {len(worse)} become worse" if changed else "")
    print(f"{len(both) - changed} stay as they were, {clean} of them at 0")
    print(f"penalty per 1,000 words of all: {before.all:.2f} before, {after.all:.2f} after")
    for folder in sorted(worse, key=lambda folder: (-changes[folder], folder))[: args.show]:
        print(f"{folder.name}: {before.articles[folder]:.2f} → {after.articles[folder]:.2f}")
    return 0


def _scored(bilint: str, folders: list[Path], name: str, jobs: str) -> Scored:
    """Return the penalties per 1,000 words of the articles of this name, by folder, and that of all together."""
    with tempfile.TemporaryDirectory() as temporary:
        table = Path(temporary, "pairs.tsv")
        pairs = ((folder / name, folder / "en.md") for folder in folders)
        table.write_text("".join(f"{target}\t{source}\n" for target, source in pairs), encoding="utf-8")
        command = [bilint, "score", "--pairs", str(table), "--format", "json", "--jobs", jobs, "--no-cache"]
        done = subprocess.run(command, capture_output=True, check=False)
    if not done.stdout:
        sys.exit(done.stderr.decode())
    result = json.loads(done.stdout)
    articles = {Path(each["path"]).parent: each["penalty_per_1000_words"] for each in result["articles"]}
    return Scored(result["project"]["penalty_per_1000_words"], articles)


if __name__ == "__main__":
    sys.exit(main())
