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
COUNTING = '''"""outnumbered-dash: a dash that most of the project writes otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.evidence import Evidence, Question, Tally
from bilint.model import WRITTEN, Confidence, Document, Finding, Severity
from bilint.reading import Reading
from bilint.rules import Context, Options, rule

_DASHES = ("——", "--")


def dashes(reading: Reading) -> Tally[str]:
    """Count the dashes of an article by how they are written."""
    texts = [block.prose.text for block in reading.target(WRITTEN).blocks]
    return Tally({dash: sum(text.count(dash) for text in texts) for dash in _DASHES})


class Usual(Question[str], frozen=True):
    """How a dash is written."""

    def verdict(self, project: Evidence) -> str:
        """Return the commoner form."""
        return max(_DASHES, key=lambda dash: project.of(dashes)[dash])


@rule(
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/punctuation",
    messages={"other": "`{dash}` where the project writes `{usual}`"},
    counts=(dashes,),
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """A dash is written otherwise than in the rest of the project.

    ## Why
    One project has one dash.

    ## Bad
    ```zh
    水壶--老水壶——比房子——老。
    ```

    ## Good
    ```zh
    水壶——老水壶——比房子老。
    ```

    ## Source
    GB/T 15834—2011, General rules for punctuation.
    """
    usual = context.ask(Usual())
    for block in document.blocks:
        for dash in _DASHES:
            at = block.prose.text.find(dash)
            if at >= 0 and dash != usual:
                yield context.finding("other", block.prose.span(at, at + 2), dash=dash, usual=usual)
'''
OVERVIEW = '''"""doubled-title: two articles of one title."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.evidence import Project, Tally
from bilint.model import Confidence, Finding, Kind, Severity, Span
from bilint.reading import Reading
from bilint.rules import Context, Options, rule


def titles(reading: Reading) -> Tally[tuple[str, str, Span]]:
    """Count the titles with where they stand."""
    target = reading.article.target
    heads = (block for block in target.blocks if block.kind is Kind.HEADING and block.level == 1)
    return Tally((block.prose.text, target.path, block.span) for block in heads)


@rule(
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    mqm="style/other",
    messages={"again": "`{title}` is the title of {other} as well"},
    counts=(titles,),
)
def check(project: Project, context: Context[Options]) -> Iterator[tuple[str, Finding]]:
    """Two articles have the same title.

    ## Why
    Readers who search for one find the other.

    ## Bad
    ```zh
    # 老水壶

    # 老水壶
    ```

    ## Good
    ```zh
    # 老水壶

    # 新水壶
    ```

    ## Source
    bilint.
    """
    first: dict[str, str] = {}
    for title, path, span in sorted(project.of(titles)):
        if title in first:
            name = first[title].rpartition("/")[2]
            yield path, context.finding("again", span, title=title, other=name)
        first.setdefault(title, path)
'''


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


@pytest.fixture(scope="module")
def counting(project: Path) -> Path:
    """The same, with two rules more that look beyond one article."""
    (project / "src/bilint/rules/outnumbered_dash.py").write_text(COUNTING, encoding="utf-8")
    (project / "src/bilint/rules/doubled_title.py").write_text(OVERVIEW, encoding="utf-8")
    folder = project / "counted"
    folder.mkdir()
    for name, text in (
        ("a.md", "# 老水壶\n\n水壶——很老。\n"),
        ("b.md", "# 新水壶\n\n水壶——很新——很贵。\n"),
        ("c.md", "译者：某某\n\n# 老水壶\n\n水壶--很老。\n\n译者：某--某\n"),
        ("d.md", "<!-- bilint-disable-file doubled-title: the same on purpose -->\n\n# 老水壶\n"),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return project


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


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_rule_counts_over_the_project_without_an_edit(counting: Path, jobs: str) -> None:
    words = ("--select", "outnumbered-dash", "--select", "doubled-title", "--format", "json", "--jobs", jobs)
    found = json.loads(bilint(counting, "check", "counted", *words).stdout)["findings"]
    assert [(f["path"], f["line"], f["message"]) for f in found] == [
        ("counted/c.md", 3, "`老水壶` is the title of a.md as well"),
        ("counted/c.md", 5, "`--` where the project writes `——`"),
    ]


def test_alone_an_article_is_its_own_project(counting: Path) -> None:
    words = ("--select", "outnumbered-dash", "--select", "doubled-title", "--format", "json")
    assert json.loads(bilint(counting, "check", "counted/c.md", *words).stdout)["findings"] == []
