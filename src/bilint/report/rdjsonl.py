"""reviewdog's Diagnostic Format, one object a line.

Fields: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bilint.report._reviewdog import SOURCE, diagnostics
from bilint.text.escapes import in_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilint.model import Report
    from bilint.report._style import Style

WORDS = "asked"
ENDINGS = (".rdjsonl",)


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield a JSON object a line, problems first, then findings by place; columns are bytes."""
    lines = (json.dumps({**each, "source": SOURCE}, ensure_ascii=False) for each in diagnostics(report))
    return (f"{in_json(line)}\n" for line in lines)
