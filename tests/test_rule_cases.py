"""The case format itself: several articles, and reports that are written again."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from rule_cases import read_text

SCRIPT = Path(__file__).parents[1] / "scripts/regenerate_cases.py"
CASE = """# half-width-punctuation

## two articles

```zh b.md
水烧开之后,先关火。
```
```zh a.md
这一行没有任何问题。
```
```settings
[rules.half-width-punctuation]
severity = "error"
```
```report
{}```

## known miss: what ought to be reported

```zh
水烧开之后,先关火。
```
```report
1:6-7 error/high this is still to do
```
"""
FOUND = "b.md 1:6-7 error/high half-width `,` in a Chinese sentence\n  use ，\n"


def regenerated(text: str) -> str:
    spec = importlib.util.spec_from_file_location("regenerate_cases", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written: str = module.regenerated(text, "half-width-punctuation")
    return written


@pytest.mark.parametrize("old", ["", FOUND, "1:1-2 info/low what was reported before\n"])
def test_a_report_is_written_again_and_known_misses_are_kept(old: str) -> None:
    assert regenerated(CASE.format(old)) == CASE.format(FOUND)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("```zh a.md", "```zh b.md", "half-width-punctuation.md:3: fence `zh b.md` is doubled"),
        ("```settings", "```setings", "half-width-punctuation.md:3: fence `setings` is unknown"),
        ("```settings", "```settings a.md", "half-width-punctuation.md:3: fence `settings a.md` is unknown"),
        ("```zh\n", "```en\n", "half-width-punctuation.md:18: a case has `zh` and `report`"),
    ],
)
def test_a_case_that_is_not_well_formed_is_refused(old: str, new: str, error: str) -> None:
    with pytest.raises(ValueError, match=error):
        list(read_text(CASE.format("").replace(old, new), "half-width-punctuation"))
