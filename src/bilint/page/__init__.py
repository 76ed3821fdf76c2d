"""Pages for people: articles as they read, source and target in two columns in step.

One self-contained file: the style sheet, the script and the words lie beside this package as `page.css`, `page.js` and
`words.py`, and nothing is loaded from anywhere. All that stands in articles goes through lxml, which escapes it.
"""

from __future__ import annotations

from bilint.page.prose import Mark, Sentence
from bilint.page.rows import Line, lines, row
from bilint.page.shell import markup, page

__all__ = ["Line", "Mark", "Sentence", "lines", "markup", "page", "row"]
