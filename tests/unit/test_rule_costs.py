"""The benchmark of rules: what several ask for is a row of its own, and a rule's row what it costs itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "rules.py"


def _shown(folder: Path, *rules: str) -> dict[str, float]:
    (folder / "zh.md").write_text("# 灯\n\n这盏灯有 3 个灯泡。夜里它一直亮着。\n", encoding="utf-8")
    (folder / "en.md").write_text("# Lamp\n\nThe lamp has 3 lights. It is on at night.\n", encoding="utf-8")
    (folder / "pairs.tsv").write_text(f"{folder / 'zh.md'}\t{folder / 'en.md'}\n", encoding="utf-8")
    command = [sys.executable, str(BENCHMARK), "--pairs", str(folder / "pairs.tsv"), "--runs", "1", *rules]
    out = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    return {row: float(cost) for cost, row in re.findall(r"^ *([\d.]+)  (.+?)(?:  above the bar)?$", out, re.MULTILINE)}


def test_what_several_ask_for_is_a_row_of_its_own(tmp_path: Path) -> None:
    rows = _shown(tmp_path, "mixed-spacing", "missing-sentence")
    assert "shared: typography.shares (counted: typography.typography, mixed-spacing)" in rows
    assert not any("left_out" in row for row in rows), "one rule asks: it is what the rule costs"


def test_sums_are_those_of_the_rows(tmp_path: Path) -> None:
    rows = list(_shown(tmp_path, "mixed-spacing", "missing-sentence").items())
    end = [row for row, _ in rows].index("rules, each by itself")
    own, counted, shared, together = [cost for _, cost in rows[end : end + 4]]
    for kind, cost in (("counted: ", counted), ("shared: ", shared)):
        assert abs(sum(cost for row, cost in rows[:end] if row.startswith(kind)) - cost) < 0.1
    assert abs(own + counted + shared - together) < 0.1
    assert {row for row, _ in rows[:end] if ": " not in row} == {"mixed-spacing", "missing-sentence"}
