"""What the command-line tests share: a run's outcome, a folder to write in, a sound article and a fault."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIXTURES = Path(__file__).parents[2] / "fixtures"
ENGLISH = "# The kettle\n\nFill the kettle with cold water and wait until it boils.\n"
CHINESE = "# 水壶\n\n把水壶装满冷水，然后等水烧开。\n"
FAULT = "请看[](https://example.com/kettle)。\n"
"""One `empty-link`, a warning."""
PROGRAM = (sys.executable, "-c", "from bilint.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Done:
    """A finished run."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The report in JSON."""
        made: dict[str, Any] = json.loads(self.out)
        return made

    @property
    def rules(self) -> list[str]:
        """The rules of the findings in order."""
        return [finding["rule"] for finding in self.report["findings"]]

    @property
    def checked(self) -> list[str]:
        """The paths of the articles that were checked."""
        return [article["path"] for article in self.report["articles"]]


class Folder:
    """The working directory of a test."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, content: str | bytes) -> str:
        """Write a file as it is given, and return its name."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return name


def finish(words: Sequence[str], stdin: bytes = b"", changes: Mapping[str, str] | None = None) -> Done:
    """Run the command line in a process of its own, in this environment with changes."""
    done = subprocess.run(
        [*PROGRAM, *words],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **(changes or {})},
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())
