"""mixed-quotes: quotation marks the wrong way round, of two kinds, or not those of the project."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from bilint.model import Block, Confidence, Document, Edit, Finding, Fix, Severity, Span
from bilint.reading.typography import Feature, Habit, IsUsual, quotation_places, typography
from bilint.rules import Context, Options, rule
from bilint.text.quotes import Quotation, Shape

_STRING = re.compile(r'"(?![0-9]+")[a-z0-9_.:/-]+"')
"""What stands in straight marks because it is code: a key, a value."""
_WRONG: tuple[Shape, ...] = ("reversed", "uneven")
_MARKS = {"curly": "“”", "corner": "「」"}
_SINGLE_MARKS, _SINGLE = {"curly": "‘’", "corner": "『』"}, tuple("‘’'")
_SHOWN: dict[Shape, str] = {"reversed": "”…“", "uneven": '“…"', "straight": '"…"', "corner": "「…」", "curly": "“…”"}


@rule(
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/punctuation",
    counts=(typography,),
    fixes=("safe", "unsafe"),
    messages={
        "reversed": "quotation marks are the wrong way round: `{text}`",
        "uneven": "two kinds of quotation marks in one pair: `{text}`",
        "straight": "straight quotation marks, where this project has {usual}: `{text}`",
        "corner": "`「」`, where this project has {usual}: `{text}`",
        "curly": "`“”`, where this project has {usual}: `{text}`",
        "several": "quotation marks are wrong in more than one way: `{text}`",
    },
)
def check(document: Document, context: Context[Options]) -> Iterator[Finding]:
    """Quotation marks are the wrong way round, of two kinds in one pair, or not those that the project uses.

    ## Why
    Input methods and machine translation leave ” before the word and “ behind it, or a straight mark on one side.
    Whether “” or 「」 are right is told by the project: what the median article has throughout in the innermost
    folder with five articles to tell. All places in an article are one finding, 「」 another. English quotations, code
    and inches are left alone.

    ## Bad
    ```zh
    按下”保留“按钮，图钉就会变成蓝色。
    ```

    ## Good
    ```zh
    按下“保留”按钮，图钉就会变成蓝色。
    ```

    ## Source
    GB/T 15834—2011, 4.8.
    """
    quotations = list(quotation_places(document))
    usual = _usual({quotation.shape for block, quotation in quotations if not _is_string(block, quotation)}, context)
    found: dict[Shape, list[tuple[str, Span]]] = defaultdict(list)
    for block, quotation in quotations:
        shape = quotation.shape
        if shape in _WRONG or (usual and shape != usual and not _is_string(block, quotation)):
            text = block.prose.text[quotation.start : quotation.end]
            found[shape].append((text, block.prose.span(quotation.start, quotation.end)))
    # Who writes 「」 may mean them: for a title, or what is quoted from another script.
    corners: dict[Shape, list[tuple[str, Span]]] = {"corner": found.pop("corner")} if "corner" in found else {}
    yield from (_finding(alike, usual, context) for alike in (found, corners) if alike)


def _finding(found: Mapping[Shape, Sequence[tuple[str, Span]]], usual: str, context: Context[Options]) -> Finding:
    """One finding: whoever does not mind the marks gets them wrong in every way."""
    places = sorted((place for each in found.values() for place in each), key=lambda place: place[1])
    (text, span), *more = places
    document = context.article.target
    shape: Shape | Literal["several"] = next(iter(found)) if len(found) == 1 else "several"
    fix = Fix.of(_edits(places, usual or "curly", document), safe="corner" not in found)
    return context.finding(
        shape,
        span,
        text=_short(text),
        usual=_MARKS.get(usual, ""),
        more=tuple(place for _, place in more),
        suggestions=() if more else (_mended(text, usual or "curly"),),
        evidence=tuple((_SHOWN[each], len(found[each])) for each in found) if len(found) > 1 else (),
        fix=fix,
    )


def _is_string(block: Block, quotation: Quotation) -> bool:
    """Whether it stands in straight marks because it is code; an article with no other marks need not ask."""
    return _STRING.fullmatch(block.prose.text, quotation.start, quotation.end) is not None


def _usual(shapes: Collection[Shape], context: Context[Options]) -> str:
    """The kind of marks that the project has throughout, where an article has others too; empty for none."""
    asked: list[Feature] = [kind for kind in ("curly", "corner") if set(shapes) - {kind}]
    habits = ((kind, Habit.around(kind, context.document)) for kind in asked)
    return next((kind for kind, habit in habits if context.ask(IsUsual(habit, "always"))), "")


def _edits(places: Sequence[tuple[str, Span]], kind: str, document: Document) -> Iterator[Edit]:
    """Yield for each quotation its two marks, with the blanks inside of them left out."""
    for quotation, span in places:
        text = document.text[span.start : span.end]
        if text != quotation:
            continue  # with marks or references inside, the blanks may be part of these
        inner = text[1:-1]
        before, behind = len(inner) - len(inner.lstrip(" ")), len(inner) - len(inner.rstrip(" "))
        marks = _marks(text, kind)
        yield Edit(Span(span.start, span.start + 1 + before), marks[0])
        yield Edit(Span(span.end - 1 - behind, span.end), marks[1])


def _marks(text: str, kind: str) -> str:
    return (_SINGLE_MARKS if text.startswith(_SINGLE) else _MARKS)[kind]


def _mended(text: str, kind: str) -> str:
    marks = _marks(text, kind)
    return f"{marks[0]}{text[1:-1].strip()}{marks[1]}"


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:20]}…{text[-1]}"
