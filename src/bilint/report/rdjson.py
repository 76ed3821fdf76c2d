"""reviewdog's Diagnostic Format as one object.

Fields: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint.report._reviewdog import SOURCE, diagnostics
from bilint.text.escapes import to_json

if TYPE_CHECKING:
    from bilint.model import Report
    from bilint.report._style import Style

WORDS = "asked"
ENDINGS = (".rdjson", "rdjson.json")


def render(report: Report, style: Style) -> str:
    """Return one JSON object with all diagnostics, problems first, then findings by place; columns are bytes."""
    return to_json({"source": SOURCE, "diagnostics": list(diagnostics(report))})
