"""repeated-block: the same text twice in a row or far apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bilint.model import Article, Confidence, Document, Finding, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.text.credits import is_credit
from bilint.text.scripts import han_count
from bilint.text.words import words

_NOISE = re.compile(r"[\s，。、；：？！,.;:?!“”\"'（）()]+")


class RepeatOptions(Options, frozen=True):
    """Options of repeated-block."""

    min_han: int = 20
    """A repeated line with fewer Chinese characters counts only as part of a longer run."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of prose: its text without blanks and punctuation, and where it stands."""

    text: str
    span: Span
    han: int


@rule(severity=Severity.ERROR, confidence=Confidence.HIGH, mqm="accuracy/addition", options=RepeatOptions)
def check(article: Article, context: Context[RepeatOptions]) -> Iterator[Finding]:
    """A paragraph, or a run of paragraphs, stands twice in the article.

    ## Why
    Copy and paste, or a merge gone wrong, leaves a passage twice. Lines that repeat in the same order are one finding that names
    both ranges. A passage that the original repeats as well is no fault.

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
    lines = list(_lines(article.target))
    in_source = _repeats_in_source(article)
    for earlier, later, length in _repeats(lines):
        block = lines[later : later + length]
        if sum(line.han for line in block) < context.options.min_han or _source_lines(article, block) & in_source:
            continue
        first = Span(lines[earlier].span.start, lines[earlier + length - 1].span.end)
        span = Span(block[0].span.start, block[-1].span.end)
        here, there = article.target.place(span), article.target.place(first)
        yield context.finding(
            f"{_lines_text(here.line, here.end_line)} repeat{'s' if here.line == here.end_line else ''} "
            f"{_lines_text(there.line, there.end_line)}",
            span,
            evidence=(("repeats_line", there.line), ("lines", length)),
            advice="delete one of the two",
        )


def _lines_text(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}–{last}"


def _lines(document: Document) -> Iterator[_Line]:
    for block in document.blocks:
        if block.kind in (Kind.CODE, Kind.FIELD, Kind.TITLE, Kind.HTML, Kind.CELL) or is_credit(block.prose.text):
            continue
        start = 0
        for line in block.prose.text.split("\n"):
            if line.strip():
                text = _NOISE.sub("", line)
                yield _Line(text, block.prose.span(start, start + len(line)), han_count(line))
            start += len(line) + 1


def _repeats(lines: list[_Line]) -> Iterator[tuple[int, int, int]]:
    """(earlier, later, number of lines) of maximal runs that repeat an earlier run, in the order of the later one."""
    last_seen: dict[str, int] = {}
    number = 0
    while number < len(lines):
        earlier = last_seen.get(lines[number].text) if lines[number].han >= 12 else None
        length = 1
        if earlier is not None:
            while (
                number + length < len(lines)
                and earlier + length < number
                and lines[earlier + length].text == lines[number + length].text
            ):
                length += 1
            yield earlier, number, length
        for line in range(number, number + length):
            last_seen.setdefault(lines[line].text, line)
        number += length


def _repeats_in_source(article: Article) -> set[str]:
    """English texts that the original itself has more than once."""
    if article.bitext is None:
        return set()
    seen: set[str] = set()
    twice: set[str] = set()
    for block in article.bitext.source.blocks:
        text = " ".join(words(block.prose.text))
        (twice if text in seen else seen).add(text)
    return twice


def _source_lines(article: Article, lines: list[_Line]) -> set[str]:
    """The English aligned with the blocks these lines stand in."""
    out: set[str] = set()
    if article.bitext is None:
        return out
    for pair in article.bitext.pairs:
        for block in pair.target:
            if any(block.span.start <= line.span.start < block.span.end for line in lines):
                out.update(" ".join(words(english.prose.text)) for english in pair.source)
    return out
