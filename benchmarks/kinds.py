"""What the memory of a run is made of, by kind; rows of `speed.py --kinds`."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from bilint import settings
from bilint.commands.printing import cleaned
from bilint.discover import Target
from bilint.evidence import Evidence
from bilint.kept import Kept
from bilint.pipeline import Plan, run_with_baseline
from bilint.recall import Made, Recall
from bilint.report import Style, pieces


class _Weighed(Recall):
    """Knows nothing of earlier runs, and weighs what it is told."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(None, plan)
        self.kept: dict[str, Made] = {}
        self.evidence = Evidence()

    def note(self, path: str, made: Made) -> None:
        """Take down what is kept of an article; judged again, it replaces what was kept before."""
        self.kept[path] = made

    def settle(self, project: Evidence, number: int, *, has_asked: bool) -> None:
        """Take down what all articles came to."""
        self.evidence = project


def table(pairs: Sequence[tuple[Path, Path]], folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield the rows: bytes for each article, of what lies in memory until the report is made, and of the report."""
    plan = Plan.of(settings.load(folder), {str(target): str(source) for target, source in pairs})
    recall = _Weighed(plan)
    report, _ = run_with_baseline([Target(str(target)) for target, _ in pairs], plan, recall=recall)
    sizes = Counter({f"counted: {name.rpartition('.')[2]}": size for name, size in _counted(recall.evidence)})
    for made in recall.kept.values():
        for name in Kept.__struct_fields__:
            sizes[f"kept: {name}"] += sys.getsizeof(getattr(made.kept, name))
    sizes["report: findings"] = _size(report, set())
    written = cleaned(pieces(report, "json", style=Style(color=False, width=100)))
    sizes["report: JSON"] = sum(map(sys.getsizeof, written))
    yield "kind", "bytes an article"
    for name, size in sorted(sizes.items(), key=lambda row: (row[0].partition(":")[0], -row[1], row[0])):
        yield name, f"{size / len(pairs):,.0f}"
    yield "all", f"{sizes.total() / len(pairs):,.0f}"


def _counted(evidence: Evidence) -> Iterator[tuple[str, int]]:
    seen: set[int] = set()
    for name, counted in evidence.sums.items():
        yield name, _size(counted, seen)


def _size(value: object, seen: set[int]) -> int:
    """Return the bytes of a value and everything in it that was not seen before."""
    total, waiting = 0, [value]
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, (type, ModuleType, FunctionType)):
            continue
        seen.add(id(each))
        total += sys.getsizeof(each)
        waiting += _parts(each)
    return total


def _parts(value: Any) -> Iterable[object]:
    fields = getattr(type(value), "__struct_fields__", None)  # some are unknown to the collector
    return gc.get_referents(value) if fields is None else [getattr(value, name) for name in fields]
