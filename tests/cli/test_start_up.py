"""What a run has to load before it can begin."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("langdetect", "lxml", "numpy", "opencc", "sacrebleu", "yaml")
_LOADED = "import sys; {}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"


@pytest.mark.parametrize(
    "statement", ["import bilint.cli", "import bilint.pipeline", "from bilint.commands import show"]
)
def test_heavy_modules_are_not_loaded_at_start(statement: str) -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED.format(statement)], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "bilint" in loaded
    assert not loaded.intersection(HEAVY)


def test_a_pair_of_markdown_files_needs_no_heavy_module(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "zh.md").write_text("# 标题\n\n这是一个句子。\n", encoding="utf-8")
    (tmp_path / "en.md").write_text("# Title\n\nThis is a sentence.\n", encoding="utf-8")
    words = ["check", str(tmp_path / "zh.md"), "--source", str(tmp_path / "en.md")]
    statement = f"from bilint.cli import main; main({words!r}, standalone_mode=False)"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, atexit; atexit.register(lambda: print(*sys.modules)); {statement}"],
        capture_output=True,
        text=True,
        check=False,
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split("\n")[-2].split()}
    assert "pyromark" in loaded
    assert not loaded.intersection(HEAVY)
