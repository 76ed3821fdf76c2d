"""Identities for programs that keep one finding for each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bilint.model import Placed


def numbered(findings: Iterable[Placed]) -> Iterator[tuple[Placed, str]]:
    """Yield the findings in their order, each with `fingerprint:n`: equal ones are counted from 1, not merged."""
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.fingerprint] += 1
        yield finding, f"{finding.fingerprint}:{seen[finding.fingerprint]}"
