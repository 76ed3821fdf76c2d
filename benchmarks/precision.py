"""How much of what is reported is true, from findings that were read side by side with the original.

    python benchmarks/precision.py first.jsonl second.jsonl              # one table
    python benchmarks/precision.py first.jsonl second.jsonl --markdown   # the table of docs/accuracy.md

Each file holds the rows of one reader, one JSON object a line: `rule`, `confidence`, `path`, `line`, `column`, and the
`verdict`: `true`, `debatable`, `false` or `other edition` (the English was revised since). A finding that several read
and judged apart counts as debatable, unless one of them calls it false: then it is false. Precision is true ÷ (true +
false); debatable ones and those of another edition stand beside.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

VERDICTS = ("true", "debatable", "false", "other edition")
Rows = Mapping[tuple[str, str], Counter[str]]


def settled(verdicts: Sequence[str]) -> str:
    """Return what a finding counts as that was given these verdicts."""
    if len(set(verdicts)) == 1:
        return verdicts[0]
    return "false" if "false" in verdicts else "debatable"


def counted(rows: Iterable[Mapping[str, Any]]) -> Rows:
    """Return how many findings of each rule and confidence were judged how."""
    given: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for row in rows:
        place = (row["path"], row["line"], row["column"])
        given[row["rule"], row["confidence"], *place].append(row["verdict"])
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (rule, confidence, *_), verdicts in given.items():
        counts[rule, confidence][settled(verdicts)] += 1
    return counts


def precision(counts: Mapping[str, int]) -> float | None:
    """Return true ÷ (true + false), 0 to 1; None when nothing was judged either."""
    judged = counts.get("true", 0) + counts.get("false", 0)
    return counts.get("true", 0) / judged if judged else None


def lines(rows: Rows) -> Iterator[tuple[str, ...]]:
    """Yield the cells of the table: a line for each rule and confidence, and one for all."""
    yield ("rule", "confidence", "read", *VERDICTS, "precision")
    total: Counter[str] = Counter()
    for (rule, confidence), counts in sorted(rows.items()):
        total += counts
        yield _cells(rule, confidence, counts)
    yield _cells("all", "", total)


def _cells(rule: str, confidence: str, counts: Counter[str]) -> tuple[str, ...]:
    share = precision(counts)
    return (
        rule,
        confidence,
        str(counts.total()),
        *(str(counts[verdict]) for verdict in VERDICTS),
        "" if share is None else f"{share:.2f}",
    )


def read(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield the rows of all files. Raises ValueError for a verdict that there is not."""
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            if not line.strip():
                continue
            row = json.loads(line)
            if row["verdict"] not in VERDICTS:
                raise ValueError(f"{file}:{number}: `{row['verdict']}` is no verdict")
            yield row


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="+", type=Path, metavar="ROWS")
    parser.add_argument("--markdown", action="store_true", help="print a Markdown table")
    asked = parser.parse_args()
    head, *body = lines(counted(read(asked.rows)))
    if asked.markdown:
        print(f"| {' | '.join(head)} |\n|---|---|{'--:|' * (len(head) - 2)}")
        for cells in body:
            print(f"| {' | '.join(cells)} |")
    else:
        for cells in (head, *body):
            print(f"{cells[0]:26}{cells[1]:12}" + "".join(f"{cell:>15}" for cell in cells[2:]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
