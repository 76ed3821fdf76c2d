"""Where the front matter of a file ends: YAML between `---` lines or TOML between `+++` lines at its start."""

from __future__ import annotations

import re

YAML = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)


def body_start(text: str) -> int:
    """Return the offset at which the body starts: 0 where there is no front matter."""
    found = YAML.match(text) or TOML.match(text)
    return found.end() if found else 0
