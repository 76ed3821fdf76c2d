"""repeated-block: the same text twice in a row or far apart."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Article, Confidence, Finding, Place, Severity, Span
from bilint.reading.echoes import Echoes
from bilint.reading.lines import Line, lines_of, repeats
from bilint.rules import Context, Options, rule

_MUCH = 0.2
"""From this share of the article on, a repeat is no accident of wording, as those of reference manuals are."""


class RepeatOptions(Options, frozen=True):
    """Options of repeated-block."""

    min_han: int = 20
    """A repeated line with fewer Chinese characters counts only as part of a longer run."""


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="accuracy/addition",
    options=RepeatOptions,
    messages={
        "line": "line {first} repeats line {earlier}",
        "line-of-lines": "line {first} repeats lines {earlier}–{earlier_last}",
        "lines-of-line": "lines {first}–{last} repeat line {earlier}",
        "lines": "lines {first}–{last} repeat lines {earlier}–{earlier_last}",
    },
    help=dict.fromkeys(("line", "line-of-lines", "lines-of-line", "lines"), "delete one of the two"),
)
def check(article: Article, context: Context[RepeatOptions]) -> Iterator[Finding]:
    """A paragraph, or a run of paragraphs, stands twice in the article.

    ## Why
    Copy and paste, or a merge gone wrong, leaves a passage twice. Lines that repeat in the same order are one finding
    that names both ranges. A passage that the original repeats as well is no fault; without an original, confidence is
    low unless the passage stands right behind itself or is much of the article.

    ## Bad
    ```zh
    技术仍然在进步，我们希望它能发展出最终的完全体，但市场的狂热已经脱节了。

    人类总是在投机狂热和泡沫破灭之间游走。

    技术仍然在进步，我们希望它能发展出最终的完全体，但市场的狂热已经脱节了。
    ```

    ## Good
    ```zh
    技术仍然在进步，我们希望它能发展出最终的完全体，但市场的狂热已经脱节了。

    人类总是在投机狂热和泡沫破灭之间游走。
    ```

    ## Options
    - `min-han`: a repeated line with fewer Chinese characters counts only as part of a longer run (default 20).

    ## Source
    MQM 2.0, Accuracy / Addition.
    """
    lines = lines_of(context.document, context.options.min_han)
    source = Echoes(article, lines)
    for earlier, later, length in repeats(lines):
        block = lines[later : later + length]
        least, adjacent = context.options.min_han, earlier + length == later
        if sum(line.han for line in block) < least or source.repeats(later, adjacent=adjacent):
            continue
        if not adjacent and source.repeats_most(later, later + length, least):
            continue
        first = Span(lines[earlier].span.start, lines[earlier + length - 1].span.end)
        span = Span(block[0].span.start, block[-1].span.end)
        here, there = article.target.place(span), article.target.place(first)
        yield context.finding(
            _message(here, there),
            span,
            first=here.line,
            last=here.end_line,
            earlier=there.line,
            earlier_last=there.end_line,
            confidence=None if article.bitext or _is_striking(lines, earlier, later, length) else Confidence.LOW,
            evidence=(("repeats_line", there.line), ("lines", length)),
        )


def _is_striking(lines: list[Line], earlier: int, later: int, length: int) -> bool:
    """Whether a repeat is one right behind the first, or of much of the article: no original says that it may be."""
    repeated = sum(line.han for line in lines[later : later + length])
    return earlier + length == later or repeated >= _MUCH * sum(line.han for line in lines)


def _message(here: Place, there: Place) -> str:
    if here.line == here.end_line:
        return "line" if there.line == there.end_line else "line-of-lines"
    return "lines-of-line" if there.line == there.end_line else "lines"
