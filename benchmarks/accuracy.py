"""Accuracy on real defects, on planted defects, and against what proofreaders changed: one table.

    python benchmarks/accuracy.py                     # data in ../shared, bilint on PATH or beside this Python
    python benchmarks/accuracy.py --markdown          # the tables of README and docs

Runs the three scorers that come with the data (`tools/score_defects.py`, `score_review.py`, `plant_defects.py`)
unchanged. The data is not part of the project: real articles with their own licences. Point --shared at a folder that
holds `tools/`, `gold/` and `corpus/`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Run the scorers and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--bilint", default=str(Path(sys.executable).parent / "bilint"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=150)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--markdown", action="store_true")
    args = parser.parse_args()
    if not (args.shared / "tools").is_dir():
        sys.exit(f"{args.shared}: no such data; name the folder that holds tools/, gold/ and corpus/ with --shared")
    with tempfile.TemporaryDirectory() as folder:
        planted = Path(folder, "planted")
        score(
            args,
            "plant_defects.py",
            "--corpus",
            args.shared / "corpus",
            "--out",
            planted,
            "--seed",
            args.seed,
            "--pairs",
            args.pairs,
        )
        tables = [
            ("planted defects", defects(args, planted, Path(folder, "planted.json"))),
            ("real defects", defects(args, args.shared / "gold", Path(folder, "gold.json"))),
            ("proofreaders", review(args, Path(folder, "review.json"))),
        ]
    for title, rows in tables:
        print_table(title, rows, markdown=args.markdown)


def score(args: argparse.Namespace, tool: str, *words: object) -> str:
    """Run one scorer and return what it printed."""
    command = [sys.executable, str(args.shared / "tools" / tool), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{tool} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def defects(args: argparse.Namespace, gold: Path, out: Path) -> list[tuple[str, ...]]:
    """Return rows: recall per kind of defect, then findings per 1,000 source words on the mended articles."""
    printed = score(args, "score_defects.py", "--bilint", args.bilint, "--gold", gold, "--json", out)
    figures: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    rows: list[tuple[str, ...]] = [("defect", "found", "of", "recall")]
    for line in printed.split("\n\n")[0].split("\n")[1:]:
        *name, found, total, recall = line.rsplit(maxsplit=3)
        rows.append(("".join(name), found, total, recall))
    words = figures["source_words"]
    noise = {rule: count for rule, count in figures["noise"].items() if rule != "half-width-punctuation"}
    rows.append(
        (
            f"findings on the mended text ({words} source words)",
            str(sum(noise.values())),
            "",
            f"{1000 * sum(noise.values()) / words:.2f} per 1,000",
        )
    )
    return rows


def review(args: argparse.Namespace, out: Path) -> list[tuple[str, ...]]:
    """Return rows: per rule, how many of the reported places the proofreader changed."""
    score(
        args,
        "score_review.py",
        "--bilint",
        args.bilint,
        "--gold",
        args.shared / "gold",
        "--sample",
        args.sample,
        "--json",
        out,
    )
    figures: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    rows: list[tuple[str, ...]] = [("rule", "places", "changed", "share")]
    for rule, places in sorted(figures["places"].items(), key=lambda item: (-item[1], item[0])):
        changed = figures["changed"].get(rule, 0)
        rows.append((rule, str(places), str(changed), f"{changed / places:.0%}"))
    return rows


def print_table(title: str, rows: list[tuple[str, ...]], *, markdown: bool) -> None:
    """Print rows under a title, as text or as a Markdown table."""
    print(f"\n**{title}**\n" if markdown else f"\n{title}")
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [
            f"{cell:{width}}" if not column else f"{cell:>{width}}"
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print(f"| {' | '.join(cells)} |" if markdown else "  ".join(cells).rstrip())
        if markdown and not number:
            print("|" + "|".join(["---"] + ["--:"] * (len(widths) - 1)) + "|")


if __name__ == "__main__":
    main()
