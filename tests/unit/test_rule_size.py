"""Rules are short: what they know about the article stands in the reading, what they know of languages in the text."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import bilint.rules

MEDIAN = 60
LONGEST = 160
"""Lines of a rule without its manual."""


def _length(path: Path) -> int:
    """Return how many lines a rule has without its manual, the docstring of its check."""
    text = path.read_text(encoding="utf-8")
    checks = (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == "check")
    manuals = [check.body[0] for check in checks]
    return text.count("\n") - sum((manual.end_lineno or 0) - manual.lineno + 1 for manual in manuals)


def test_most_rules_are_short_and_none_is_long() -> None:
    folder = Path(bilint.rules.__file__).parent
    lengths = {path.stem: _length(path) for path in folder.glob("*.py") if path.stem not in ("__init__", "kinds")}
    assert len(lengths) > 50
    assert median(lengths.values()) <= MEDIAN
    assert not {name: length for name, length in lengths.items() if length > LONGEST}
