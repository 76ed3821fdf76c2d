"""Articles that could not be compared, and their folders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bilint.evidence import Tally
from bilint.model import Span
from bilint.reading import Reading


def reasons(reading: Reading) -> Tally[tuple[str, str, Span]]:
    """Count the articles by path, why it could not be compared (empty if it was), and where its first line stands."""
    article = reading.article
    alone = article.bitext is None and article.pairing is None
    line = article.target.line(1) if article.target.text else ""
    top = (article.target.path, article.why if alone else "", Span(0, len(line)))
    return Tally([] if article.language else [top])


def alone_by_folder(told: Mapping[str, tuple[str, Span]]) -> Mapping[str, Sequence[str]]:
    """Return the articles that stand alone by the topmost folder with no other article; all others under ``."""
    compared = {folder for path, (why, _) in told.items() if not why for folder in _above(path)}
    alone: dict[str, list[str]] = defaultdict(list)
    for path in sorted(path for path, (why, _) in told.items() if why):
        alone[next((folder for folder in _above(path) if folder not in compared), "")].append(path)
    return alone


def _above(path: str) -> Sequence[str]:
    """Return the folders that a path lies in, the topmost first."""
    folders = path.split("/")[:-1]
    return ["/".join(folders[:count]) or "." for count in range(len(folders) + 1)]
