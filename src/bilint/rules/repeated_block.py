"""repeated-block: the same text twice in a row or far apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bilint.model import (
    AlignedPair,
    Article,
    Confidence,
    Finding,
    Place,
    Severity,
    Span,
)
from bilint.reading.lines import Line, lines_of, repeats
from bilint.rules import Context, Options, rule
from bilint.text.words import words

_ALIKE = 85
"""From this similarity (0 to 100, Indel ratio) on, one Chinese sentence may translate two English ones."""
_MUCH = 0.2
"""From this share of the article on, a repeat is no accident of wording, as those of reference manuals are."""
_MOST_COMPARED = 200_000
"""Texts of the original that are compared for one article: half a second's work. With more, repeats are no accident."""


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
    source = _Source(article, lines)
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


class _Said(NamedTuple):
    """The words of the English of a pair: line by line, and together; a line break where there are none."""

    lines: list[str]
    whole: str


def _said_by(pair: AlignedPair) -> _Said:
    lines = [" ".join(words(line)) for block in pair.source for line in block.prose.text.split("\n")]
    return _Said([line or "\n" for line in lines], " ".join(filter(None, lines)) or "\n")


class _Source:
    """How often the original says what a line of the translation says."""

    def __init__(self, article: Article, lines: list[Line]) -> None:
        self._article = article
        self._lines = lines
        self._compared = 0
        self._said: dict[str, tuple[int, float]] = {}
        self._often: dict[str, float] = {}
        self._doubled: dict[str, bool] = {}

    @cached_property
    def _texts(self) -> list[str]:
        blocks = self._article.bitext.source.blocks if self._article.bitext else ()
        texts = [block.prose.text for block in blocks if block.prose.text]
        lines = (line for text in texts if "\n" in text for line in text.split("\n"))
        return [" ".join(words(text)) for text in (*texts, *lines)]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(self._texts)

    @cached_property
    def _neighbours(self) -> dict[tuple[str, str], None]:
        return dict.fromkeys(pairwise(self._texts))

    @cached_property
    def _uses(self) -> dict[str, list[int]]:
        """The lines that say a text, by their number."""
        uses: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self._lines):
            uses[line.text].append(number)
        return uses

    @cached_property
    def _behind(self) -> list[str]:
        """The English aligned with each line, or with its block; a text nobody says where there is none."""
        blocks = {id(line.block): line.block for line in self._lines}
        said: dict[int, _Said] = {}
        english: dict[int, list[str]] = {}
        for key, block in blocks.items():
            pair = self._article.pair_of(block)
            if id(pair) not in said:  # many blocks may share a long one
                said[id(pair)] = _said_by(pair)
            lines, whole = said[id(pair)]
            here = block.prose.text.count("\n") + 1
            english[key] = lines if len(lines) == here else [whole] * here
        return [english[id(line.block)][line.block.prose.text.count("\n", 0, line.start)] for line in self._lines]

    def repeats_most(self, first: int, end: int, least: int) -> bool:
        """Whether the original repeats a run of lines as well, but for fewer than `least` Han characters."""
        own = (self._lines[number].han for number in range(first, end) if not self.repeats(number, adjacent=False))
        return sum(own) < least

    def repeats(self, number: int, *, adjacent: bool) -> bool:
        """Whether the original repeats the text of a line as often as the translation up to here, and as close by."""
        if adjacent and not self._is_doubled(self._behind[number]):
            return False
        text = self._lines[number].text
        uses = self._uses[text]
        times, most = self._said.get(text, (0, 0.0))
        while times < len(uses) and uses[times] <= number:
            most = max(most, self._alike(self._behind[uses[times]]))
            times += 1
        self._said[text] = times, most
        return most >= times

    def _alike(self, text: str) -> float:
        """How many texts of the original say `text`, or nearly so; without end when too many were compared already."""
        from rapidfuzz import fuzz, process

        if text not in self._often:
            self._compared += len(self._counts)
            if self._compared > _MOST_COMPARED:
                return float("inf")
            alike = process.extract_iter(text, self._counts.keys(), scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE)
            self._often[text] = max(self._counts[text], sum(self._counts[other] for other, _, _ in alike))
        return self._often[text]

    def _is_doubled(self, text: str) -> bool:
        """Whether the original says `text`, or nearly so, twice in a row; so it is when too many were compared."""
        if text not in self._doubled:
            self._compared += len(self._neighbours)
            self._doubled[text] = self._compared > _MOST_COMPARED or any(
                _is_alike(text, one) and _is_alike(text, other) for one, other in self._neighbours
            )
        return self._doubled[text]


def _is_alike(text: str, other: str) -> bool:
    """Whether two English passages differ by a few words at most: one translation may do for both."""
    from rapidfuzz import fuzz

    return fuzz.ratio(text, other) >= _ALIKE
