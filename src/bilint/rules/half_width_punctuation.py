"""half-width-punctuation: ASCII marks in Chinese sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from bilint.evidence import Evidence, Question, Tally
from bilint.model import WRITTEN, Confidence, Document, Edit, Finding, Fix, Kind, Role, Severity, Span
from bilint.reading import Reading, blocks_with
from bilint.rules import Context, Options, rule
from bilint.text.scripts import HAN, has_han, is_han

_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "(": "（", ")": "）"}
_BRACKETED = re.compile(r"\(([^()]*)\)")
_CLOSERS = "”’」』）》\ufffc"
_CANDIDATE = re.compile(rf"[,;:!?.()](?:(?<=\()|(?<=[{HAN}{_CLOSERS}].))")
"""A bracket that opens, or a mark behind Chinese or behind what may close it: most ASCII marks are neither."""

_ROLES = WRITTEN - {Role.CITATION}
_BRACKETS = "()"
_REFERENCE = re.compile(r"\[(?:[A-Z]|EB/OL|[A-Z]/OL)\]")
"""The kind of a publication in a list of references (GB/T 7714), which has half-width marks."""
_PAIR = re.compile(r"（[^（）\n]*）")
_BLANKS = re.compile(r" +(?=[^\s])")
_BEFORE = re.compile(r"(?<=[^\s]) +$")
_MOST_BLANKS = 8
_OTHER = re.compile(r"[\n`\]<]|://")
"""What brackets in Chinese may not hold to be written full-width: other lines, code, a link, an address."""
_MANY = 20
_HARDLY = 0.05
"""A project that has this many half-width ones of a mark, and at most this share of full-width ones, means them."""


class MarkOptions(Options, frozen=True):
    """Options of half-width-punctuation."""

    marks: str = ",;:!?.()"
    """The half-width marks that count."""


def used_marks(reading: Reading) -> Tally[str]:
    """Count the half-width marks in the Chinese sentences of an article, and all full-width ones."""
    document = reading.target(_ROLES)
    half = {mark: len(places) for mark, places in misplaced(document).items()}
    full = {mark: count for mark in _FULL.values() if (count := document.text.count(mark))}
    return Tally({**half, **full})


class Habit(Question[bool], frozen=True):
    """Whether a project writes a mark half-width in its Chinese sentences, as a rule."""

    mark: str

    def verdict(self, project: Evidence) -> bool:
        """Return whether there are many half-width ones, and hardly a full-width one."""
        uses = project.of(used_marks)
        full = uses[_FULL[self.mark[0]]]
        return uses[self.mark] >= _MANY and full <= _HARDLY * (full + uses[self.mark])


@rule(
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/punctuation",
    options=MarkOptions,
    roles=_ROLES,
    counts=(used_marks,),
    fixes=("safe",),
    messages={
        "half-width": "half-width `{mark}` in a Chinese sentence",
        "several": "half-width marks in Chinese sentences",
    },
)
def check(document: Document, context: Context[MarkOptions]) -> Iterator[Finding]:
    """Half-width (ASCII) punctuation in a Chinese sentence.

    ## Why
    Chinese text uses full-width marks: ，。；：！？（）. All places in an article are one finding. Marks
    inside code, links, numbers and English are left alone, and so are credits and references. What a team does as a
    rule is no fault: brackets are reported in articles that have a full-width pair as well, and no mark of which the
    project has twenty half-width ones and hardly a full-width one.

    ## Bad
    ```zh
    技术仍在进步,我们希望它成熟.
    ```

    ## Good
    ```zh
    技术仍在进步，我们希望它成熟，例如 v1.2, v1.3 这样的版本。
    ```

    ## Options
    - `marks`: the half-width marks that count (default `,;:!?.()`).

    ## Source
    GB/T 15834—2011, General rules for punctuation; W3C, Requirements for Chinese Text Layout, 3.1.
    """
    found: dict[str, tuple[Span, ...]] = {}
    for marks, places in sorted(misplaced(document).items(), key=lambda item: item[1][0]):
        counted = [mark for mark in marks if mark in context.options.marks]
        if counted and not _is_habit(marks, document, context):
            found[marks] = places
    if found:
        yield _finding(found, context)


def _finding(found: Mapping[str, Sequence[Span]], context: Context[MarkOptions]) -> Finding:
    """One finding for an article: whoever forgets to switch the input method does it with every mark."""
    first, *more = sorted(span for places in found.values() for span in places)
    full = {marks: "".join(map(_FULL.__getitem__, marks)) for marks in found}
    fix = Fix.of(_edits(found, context.article.target.text), safe=True)
    make = partial(context.finding, span=first, more=tuple(more), key="half-width", fix=fix)
    if len(found) == 1:
        return make("half-width", mark=next(iter(found)), suggestions=tuple(full.values()))
    return make(
        "several",
        evidence=tuple((f"{marks} → {full[marks]}", len(places)) for marks, places in found.items()),
    )


def _edits(found: Mapping[str, Sequence[Span]], text: str) -> Iterator[Edit]:
    """Yield full-width marks for the half-width ones, without the blanks beside these; brackets in pairs."""
    last = 0
    for edit in sorted((edit for marks in found for edit in _widened(marks, found, text)), key=lambda edit: edit.span):
        start = max(edit.span.start, last)  # two marks with one blank between them
        yield Edit(Span(start, edit.span.end), edit.new)
        last = edit.span.end


def _widened(marks: str, found: Mapping[str, Sequence[Span]], text: str) -> Iterator[Edit]:
    places = {span.start for spans in found.values() for span in spans}
    for start, end in found[marks]:
        pair = _BRACKETED.match(text, start)
        if text[start] == marks:
            yield Edit(Span(start, _behind_blanks(text, end)), _FULL[marks])
        elif pair and not _OTHER.search(pair[0]) and _is_one(range(start + 1, pair.end() - 1), places, pair.end() - 1):
            yield Edit(Span(_before_blanks(text, start), _behind_blanks(text, end)), "（")
            yield Edit(Span(_before_blanks(text, pair.end() - 1), _behind_blanks(text, pair.end())), "）")


def _is_one(inside: range, places: Collection[int], closing: int) -> bool:
    """Whether a closing bracket is a place of its own, or belongs to that of the opening one: no other lies between."""
    return closing in places or not any(place in inside for place in places)


def _before_blanks(text: str, start: int) -> int:
    """Return where the blanks before `start` begin; `start` where they begin a line."""
    blanks = _BEFORE.search(text, max(start - _MOST_BLANKS, 0), start)
    return blanks.start() if blanks else start


def _behind_blanks(text: str, end: int) -> int:
    """Return where text goes on behind the blanks at `end`; `end` where the line ends."""
    rest = _BLANKS.match(text, end)
    return rest.end() if rest else end


def _is_habit(marks: str, document: Document, context: Context[MarkOptions]) -> bool:
    """Whether an article, for brackets, or the project writes nothing but the half-width marks."""
    if marks == _BRACKETS and not _PAIR.search(document.text):
        return True
    return context.ask(Habit(marks))


@lru_cache(maxsize=8)
def misplaced(document: Document) -> dict[str, tuple[Span, ...]]:
    """Return where half-width marks stand in Chinese sentences, both brackets as one mark."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for block in blocks_with(_CANDIDATE, document):
        text = block.prose.text
        if block.kind in (Kind.CODE, Kind.HTML) or _REFERENCE.search(text):
            continue
        for at in [at for found in _CANDIDATE.finditer(text) if _is_misplaced(text, at := found.start())]:
            mark = _BRACKETS if text[at] in _BRACKETS else text[at]
            spans[mark].append(block.prose.span(at, at + 1))
    return {mark: tuple(places) for mark, places in spans.items()}


def _is_misplaced(text: str, at: int) -> bool:
    """Whether the ASCII mark at `at` belongs to Chinese: by the characters beside it, or those between brackets."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "(":
        bracketed = _BRACKETED.match(text, at)
        return bracketed is not None and has_han(bracketed[1])
    if not is_han(before):
        return mark in ",;!?" and is_han(after)
    if mark == ")" or not after or after.isspace() or is_han(after):
        return True
    return (mark in ",;!?" and after in _CLOSERS) or (mark == ":" and after == "“")
