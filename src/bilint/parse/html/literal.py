"""What is read letter by letter: `<pre>`, inline code, formulas in TeX."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bilint.model import InlineKind

_SPACES = re.compile("[ \t\n\f\r]+")
_TEX_MARKS = re.compile(r"^(?:\\[(\[]|\$\$?) ?| ?(?:\\[)\]]|\$\$?)$")


@dataclass(slots=True)
class Literal:
    """A `<pre>` or inline being read: `parts` stand at `at` to `end` of the file."""

    depth: int
    at: int
    end: int
    info: str = ""
    kind: InlineKind = InlineKind.CODE
    parts: list[str] = field(default_factory=list)
    _line: int = 0  # number of parts before the line that an element began last
    _line_depth: int = 0

    def begin_line(self, depth: int) -> None:
        """Begin a line with an element at `depth`; highlighters end lines by a line feed or by the element alone."""
        same = depth > self._line_depth and len(self.parts) == self._line
        if not same and not any("\n" in part for part in self.parts[self._line :]):
            self.parts.append("\n")
        self._line, self._line_depth = len(self.parts), depth

    def block(self) -> str:
        """Return the content of a code block, which ends with a line feed; empty when there is none."""
        content = "".join(self.parts).replace("\r\n", "\n").removeprefix("\n").rstrip()
        return content + "\n" if content else ""

    def inline(self) -> str:
        """Return the content of inline code, or of a formula without its delimiters."""
        content = _SPACES.sub(" ", "".join(self.parts)).strip(" ")
        return _TEX_MARKS.sub("", content) if self.kind is InlineKind.MATH else content
