"""Four times the text takes at most six times as long: whatever a stranger sends, no gate hangs.

The one exception to "no timed asserts": a ratio of CPU times inside one process, measured again before it fails. One
shape in `STRIDE` is run here, others in each place; `python tests/test_growth.py` runs all.
"""

from __future__ import annotations

import contextlib
import gc
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from bilint import lint_text
from bilint.report import Style, render
from shapes import Shape, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

STRIDE = 47
ALWAYS = (
    "common word, lines, same order",
    "quoted behind code, one line, same order",
    "words of terms left",
    "a torn name",
)
"""Shapes that once grew with their square and are run in every place."""
SMALLEST, LARGEST = 64, 2048
ENOUGH = 0.2
"""A run that takes less, in seconds, says nothing of growth."""
MOST = 6
TRIES = 3


def cpu_seconds(shape: Shape, size: int) -> float:
    """CPU seconds to read, align, check and report an article of a shape, by the public door."""
    article = shape.make(size)
    source = "en.html" if article.html else "en.md"
    Path(source).write_text(article.source, encoding="utf-8")
    gc.collect()
    gc.disable()
    before = time.process_time()
    report = lint_text(article.target, "zh.md", source=source)
    render(report, "full", style=Style(color=False, width=100))
    taken = time.process_time() - before
    gc.enable()
    return taken


def growth(shape: Shape) -> float:
    """How many times as long four times the text takes, at the first size that takes long enough; 0 when none does."""
    cpu_seconds(shape, 1)  # what is loaded once does not grow
    size = SMALLEST
    while size <= LARGEST:
        taken = cpu_seconds(shape, size)
        if taken > ENOUGH:
            return min(ratios(shape, size, taken))
        size *= 2
    return 0.0


def ratios(shape: Shape, size: int, taken: float) -> Iterator[float]:
    """How many times as long as a quarter of it a size takes, until that is no longer too many."""
    for _ in range(TRIES):
        ratio = taken / cpu_seconds(shape, size // 4)
        yield ratio
        if ratio <= MOST:
            return
        taken = cpu_seconds(shape, size)


def _chosen() -> list[Shape]:
    known = list(shapes())
    return known[::STRIDE] + [shape for shape in known if shape.name in ALWAYS]


@pytest.mark.parametrize("shape", _chosen(), ids=lambda shape: shape.name)
def test_grows_with_the_text(shape: Shape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert growth(shape) <= MOST


if __name__ == "__main__":
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        for each in shapes():
            if (factor := growth(each)) > MOST:
                print(f"{factor:5.1f}  {each.name}")
