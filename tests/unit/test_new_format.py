"""A new format of reports or exports is one new file, and nothing else has to be edited."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REPORT = '''"""Only how many."""
from __future__ import annotations


def render(report, style):
    return f"{len(report.articles)} and {len(report.findings)}\\n"
'''
EXPORT = '''"""Only how many."""
from __future__ import annotations

SUFFIX = ".count"


def render(articles):
    return f"{sum(len(article.rows) for article in articles)} rows\\n"
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src/bilint", tmp_path / "src/bilint", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "src/bilint/report/number.py").write_text(REPORT)
    (tmp_path / "src/bilint/export/number.py").write_text(EXPORT)
    (tmp_path / "zh.md").write_text("# 水壶\n\n请看[](https://example.com/kettle)。\n")
    (tmp_path / "en.md").write_text("# The kettle\n\nSee the [kettle](https://example.com/kettle).\n")
    return tmp_path


def bilint(project: Path, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(project / "src")}
    command = [sys.executable, "-c", "from bilint.cli import main; main()", *words]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert not done.stderr
    return done.stdout


def test_a_report(project: Path) -> None:
    assert "number" in bilint(project, "check", "--help")
    assert bilint(project, "check", "zh.md", "--source", "en.md", "--format", "number") == "1 and 1\n"


def test_an_export(project: Path) -> None:
    assert "number" in bilint(project, "align", "--help")
    assert (
        bilint(project, "align", "zh.md", "--source", "en.md", "--format", "number", "--level", "block") == "2 rows\n"
    )
    bilint(project, "align", "zh.md", "--source", "en.md", "--format", "number", "--output-dir", "out")
    assert (project / "out/zh.md.count").read_text() == "4 rows\n"
