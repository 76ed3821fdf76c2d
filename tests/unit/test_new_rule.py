"""The stranger's test: a new rule is two new files, and nothing else has to be edited."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GENERATE = Path("scripts/generate.py")
RULE = '''"""doubled-question-mark: two question marks where one is enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Confidence, Document, Finding, Severity
from bilint.rules import Context, Options, rule


class MarkOptions(Options, frozen=True):
    """Options of doubled-question-mark."""

    most: int = 1
    """How many question marks may stand in a row."""


@rule(
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    mqm="style/tone",
    options=MarkOptions,
    messages={"row": "{marks} question marks in a row"},
)
def check(document: Document, context: Context[MarkOptions]) -> Iterator[Finding]:
    """Question marks stand in a row.

    ## Why
    One question mark asks loudly enough.

    ## Bad
    ```zh
    你准备好了吗？？
    ```

    ## Good
    ```zh
    你准备好了吗？
    ```

    ## Options
    - `most`: how many question marks may stand in a row (default 1).

    ## Source
    GB/T 15834—2011, General rules for punctuation.
    """
    for block in document.blocks:
        for match in re.finditer("？+", block.prose.text):
            if len(match[0]) > context.options.most:
                yield context.finding("row", block.prose.span(*match.span()), marks=len(match[0]))
'''
CASES = """# doubled-question-mark

## two in a row

```zh
你准备好了吗？？
```
```report
1:7-9 info/high 2 question marks in a row
```

## one

```zh
你准备好了吗？
```
```report
```

## two that stand apart

```zh
你准备好了吗？真的吗？
```
```report
```

## two where the team allows two

```zh
你准备好了吗？？
```
```settings
[rules.doubled-question-mark]
most = 2
```
```report
```
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the repository holds of rules and their tests, with one rule more."""
    root = tmp_path_factory.mktemp("project")
    for name in ("src/bilint", "tests/cases", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "docs").mkdir()
    for name in ("tests/rule_cases.py", "tests/test_rules.py", "pyproject.toml", "docs/accuracy.md"):
        shutil.copy(ROOT / name, root / name)
    (root / "src/bilint/rules/doubled_question_mark.py").write_text(RULE, encoding="utf-8")
    (root / "tests/cases/doubled-question-mark.md").write_text(CASES, encoding="utf-8")
    return root


def python(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(project / "src"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *words], cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def bilint(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return python(project, "-c", "from bilint.cli import main; main()", *words)


def test_it_is_listed_with_its_manual(project: Path) -> None:
    assert "doubled-question-mark" in bilint(project, "rule").stdout
    assert "One question mark asks loudly enough." in bilint(project, "rule", "doubled-question-mark").stdout


def test_it_runs_beside_the_others_and_can_be_configured(project: Path) -> None:
    (project / "zh.md").write_text("你准备好了吗？？？\n", encoding="utf-8")
    found = json.loads(bilint(project, "check", "zh.md", "--format", "json").stdout)["findings"]
    assert ("doubled-question-mark", 1, 7) in [(f["rule"], f["line"], f["column"]) for f in found]
    (project / "few.toml").write_text("[rules.doubled-question-mark]\nmsot = 2\n", encoding="utf-8")
    mistyped = bilint(project, "check", "zh.md", "--config", "few.toml")
    assert mistyped.returncode == 2
    assert "did you mean `most`?" in mistyped.stderr


def test_it_is_held_to_the_promises_of_rules(project: Path) -> None:
    tested = python(
        project, "-m", "pytest", "tests/test_rules.py", "-k", "doubled-question-mark", "-p", "no:cacheprovider"
    )
    assert tested.returncode == 0, tested.stdout


@pytest.mark.skipif(not (ROOT / GENERATE).exists(), reason="no pages are generated yet")
def test_it_is_in_the_generated_pages(project: Path) -> None:
    generated = python(project, str(GENERATE))
    assert generated.returncode == 0, generated.stderr
    page = (project / "docs/rules/doubled-question-mark.md").read_text(encoding="utf-8")
    assert "Question marks stand in a row." in page
    assert '"doubled-question-mark"' in (project / "docs/settings.schema.json").read_text(encoding="utf-8")
