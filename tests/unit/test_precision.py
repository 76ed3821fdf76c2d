"""The table of what was read: who calls a finding false is heard."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from precision import counted, precision, settled


def test_readers_who_differ() -> None:
    assert settled(["true", "true"]) == "true"
    assert settled(["true", "debatable"]) == "debatable"
    assert settled(["true", "false"]) == "false"
    assert settled(["other edition", "true"]) == "debatable"


def test_a_finding_that_two_read_counts_once() -> None:
    row = {"rule": "changed-link", "confidence": "high", "path": "a.md", "line": 1, "column": 2, "verdict": "true"}
    rows = [row, row | {"verdict": "false"}, row | {"line": 3}]
    assert counted(rows) == {("changed-link", "high"): Counter({"true": 1, "false": 1})}


def test_debatable_ones_are_left_out_of_both() -> None:
    assert precision({"true": 9, "false": 1, "debatable": 5, "other edition": 2}) == 0.9
    assert precision({"debatable": 3}) is None
