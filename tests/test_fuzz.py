"""A short seeded run of `benchmarks/fuzz.py`: mutated articles crash nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FUZZ = Path(__file__).resolve().parents[1] / "benchmarks" / "fuzz.py"


def test_mutated_articles_crash_nothing() -> None:
    done = subprocess.run(
        [sys.executable, str(FUZZ), "--documents", "40", "--seed", "1"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == "40 documents, 0 failures\n"
