"""`python -m bilint` is the command `bilint`."""

from __future__ import annotations

import subprocess
import sys

import pytest
from runs import PROGRAM

MODULE = (sys.executable, "-m", "bilint")


@pytest.mark.parametrize("words", [("--version",), ("check", "nowhere.md"), ("chek",)])
def test_the_module_does_what_the_command_does(words: tuple[str, ...]) -> None:
    as_module, as_command = (
        subprocess.run([*program, *words], capture_output=True, text=True, check=False) for program in (MODULE, PROGRAM)
    )
    assert as_module.returncode == as_command.returncode
    assert as_module.stdout == as_command.stdout
    assert as_module.stderr == as_command.stderr.replace("-c", "bilint")
