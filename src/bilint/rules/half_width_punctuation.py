"""half-width-punctuation: ASCII marks in Chinese sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial

from bilint.evidence import Evidence, Question, Tally
from bilint.model import WRITTEN, Confidence, Document, Finding, Fix, Kind, Role, Severity, Span
from bilint.reading import Reading, blocks_with
from bilint.reading.widened import BRACKETED, BRACKETS, FULL, widened
from bilint.rules import Context, Options, rule
from bilint.text.scripts import HAN, has_han, is_han

_CLOSERS = "”’」』）》\ufffc"
_CANDIDATE = re.compile(rf"[,;:!?.()](?:(?<=\()|(?<=[{HAN}{_CLOSERS}].))")
"""A bracket that opens, or a mark behind Chinese or behind what may close it: most ASCII marks are neither."""

_ROLES = WRITTEN - {Role.CITATION}
_REFERENCE = re.compile(r"\[(?:[A-Z]|EB/OL|[A-Z]/OL)\]")
"""The kind of a publication in a list of references (GB/T 7714), which has half-width marks."""
_ANY_BRACKET = re.compile(r"[()（）]")
_PAIR = re.compile(r"（[^（）\n]*）")
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
    full = {mark: count for mark in FULL.values() if (count := document.text.count(mark))}
    return Tally({**half, **full})


class Habit(Question[bool], frozen=True):
    """Whether a project writes a mark half-width in its Chinese sentences, as a rule."""

    mark: str

    def verdict(self, project: Evidence) -> bool:
        """Return whether there are many half-width ones, and hardly a full-width one."""
        uses = project.of(used_marks)
        full = uses[FULL[self.mark[0]]]
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
    rule is no fault: brackets are reported in articles that have a full-width pair as well, or set them without the
    blank that belongs to half-width ones; and no mark of which the project has twenty half-width ones and hardly a
    full-width one.

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
    full = {marks: "".join(map(FULL.__getitem__, marks)) for marks in found}
    fix = Fix.of(widened(found, context.article.target.text), safe=True)
    make = partial(context.finding, span=first, more=tuple(more), key="half-width", fix=fix)
    if len(found) == 1:
        return make("half-width", mark=next(iter(found)), suggestions=tuple(full.values()))
    return make(
        "several",
        evidence=tuple((f"{marks} → {full[marks]}", len(places)) for marks, places in found.items()),
    )


def _is_habit(marks: str, document: Document, context: Context[MarkOptions]) -> bool:
    """Whether an article, for brackets with blanks, or the project writes nothing but the half-width marks."""
    if marks == BRACKETS and not _PAIR.search(document.text) and not _is_tight(document):
        return True
    return context.ask(Habit(marks))


def _is_tight(document: Document) -> bool:
    """Whether most half-width brackets stand behind Chinese without the blank of a style that means them."""
    opening = [span.start for span in misplaced(document)[BRACKETS] if document.text[span.start] == "("]
    return 2 * sum(is_han(document.text[max(at - 1, 0) : at]) for at in opening) > len(opening)


@lru_cache(maxsize=8)
def misplaced(document: Document) -> dict[str, tuple[Span, ...]]:
    """Return where half-width marks stand in Chinese sentences, both brackets as one mark."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for block in blocks_with(_CANDIDATE, document):
        text = block.prose.text
        if block.kind is Kind.HTML or _REFERENCE.search(text):
            continue
        alone = _unopened(text)
        for at in [at for found in _CANDIDATE.finditer(text) if _is_misplaced(text, at := found.start())]:
            if at in alone:
                continue
            mark = BRACKETS if text[at] in BRACKETS else text[at]
            spans[mark].append(block.prose.span(at, at + 1))
    return {mark: tuple(places) for mark, places in spans.items()}


def _unopened(text: str) -> set[int]:
    """The closing brackets with nothing to close: one too many, where another width mends nothing."""
    opened, alone = 0, set()
    for match in _ANY_BRACKET.finditer(text):
        opened += 1 if match[0] in "(（" else -1
        if opened < 0:
            opened = 0
            alone.add(match.start())
    return alone


def _is_misplaced(text: str, at: int) -> bool:
    """Whether the ASCII mark at `at` belongs to Chinese: by the characters beside it, or those between brackets."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "(":
        bracketed = BRACKETED.match(text, at)
        return bracketed is not None and has_han(bracketed[1])
    if not is_han(before):
        return mark in ",;!?" and is_han(after)
    if mark == ")" or not after or after.isspace() or is_han(after):
        return True
    return (mark in ",;!?" and after in _CLOSERS) or (mark == ":" and after == "“")
