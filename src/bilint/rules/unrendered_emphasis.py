"""unrendered-emphasis: asterisks, underscores and tildes the reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bilint.model import EVERYTHING, AlignedPair, Confidence, Document, Finding, InlineKind, Kind, Renderer, Severity
from bilint.rules import Context, Options, rule
from bilint.text import marks
from bilint.text.scripts import has_han
from bilint.text.width import shortened

_LITERAL = re.compile(r"\*\*(?!\*)(?P<inner>[^*\n\ufffc]{1,80}|[^*\n]{1,80})\*\*(?!\*)")

_SIGNS = re.compile(r"\*|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|~~")
_NOT_READ = (Kind.CODE, Kind.HTML, Kind.FIELD)
_EMPHASIS = (InlineKind.EMPHASIS, InlineKind.STRONG)
_MESSAGES = {"**": "unrendered"}
_STRAY = (
    ("**", re.compile(r"(?<!\*)\*\*(?!\*)")),
    ("*", re.compile(r"(?<![*\w)])\*(?![*\s])|(?<![*\s])\*(?![*\w(])")),
    ("_", marks.STRAY_UNDERSCORE),
)
_SHOWN = 24
"""Characters between the marks that a message shows."""
_BESIDE = 8
"""So many characters on both sides show where a single mark stands."""


class EmphasisOptions(Options, frozen=True):
    """Options of unrendered-emphasis."""

    renderer: Renderer | None = None
    """What makes pages of the articles; default: the setting `renderer`, else what the files of the site tell."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="design-and-markup/markup-tag",
    options=EmphasisOptions,
    roles=EVERYTHING,
    messages={
        "unrendered": "`**` around `{text}` is not rendered as bold",
        "marks": "`{mark}` around `{text}` is shown",
        "stray": "a `{mark}` without its counterpart is shown: `{text}`",
    },
    help={
        "unrendered": "put punctuation outside the marks, or a space after them",
        "marks": "use asterisks beside Chinese characters, with punctuation outside the marks",
        "stray": "close the marks, or take the one that is left away",
    },
)
def check(document: Document, context: Context[EmphasisOptions]) -> Iterator[Finding]:
    """Marks of emphasis are shown to readers instead of doing their work.

    ## Why
    CommonMark closes bold only where the marks hug a word. After full-width punctuation and before a Chinese
    character they do not: `**重要：**文字` shows its asterisks. Move the punctuation out of the bold text, or
    put a space after the marks. Underscores never work beside a Chinese character, and one mark alone is always shown.
    kramdown (Jekyll), Python-Markdown (MkDocs) and mdsvex make it bold all the same: which of them renders the articles
    is guessed from the files beside the settings; where nothing tells, the confidence is medium. Blanks inside of the
    marks (`** 重要 **`) show the asterisks everywhere.

    ## Bad
    ```zh
    **注意：**请先备份数据。
    ```

    ## Good
    ```zh
    **注意**：请先备份数据。
    ```

    ## Options
    - `renderer`: `commonmark`, `kramdown`, `python-markdown` or `mdsvex`; by default the setting
      `renderer`, else a guess.

    ## Source
    CommonMark 0.31, section 6.2 (left- and right-flanking delimiter runs).
    """
    bitext = context.article.bitext
    for block in document.blocks:
        text = block.prose.text
        if not _SIGNS.search(text) or block.kind in _NOT_READ:
            continue
        pair = bitext.pair_of(block) if bitext else None
        for shown in _shown(text, pair):
            inner = shown.inner.strip()
            span = block.prose.span(shown.start, shown.end)
            if inner and any(map(str.isalpha, inner)) and "\\" not in document.text[span.start - 1 : span.end]:
                confidence = _confidence(shown, context.options.renderer)
                if confidence is not None:
                    yield context.finding(
                        shown.message, span, mark=shown.mark, text=shortened(inner, _SHOWN), confidence=confidence
                    )


class _Shown(NamedTuple):
    message: str
    start: int
    end: int
    mark: str
    inner: str


def _shown(text: str, pair: AlignedPair | None) -> Iterator[_Shown]:
    """Marks around words, then single ones: those only where the original has emphasis, and shows fewer of them."""
    paired: list[_Shown] = []
    for pattern in (_LITERAL, marks.UNDERSCORES, marks.TILDES) if pair is None or pair.source else (_LITERAL,):
        for found in pattern.finditer(text):
            mark = found[1] if pattern is marks.UNDERSCORES else found[0][:2]
            inner = found[0][len(mark) : -len(mark)]
            if pattern is _LITERAL or has_han(inner):
                paired.append(_Shown(_MESSAGES.get(mark, "marks"), *found.span(), mark, inner))
    yield from paired
    if pair is None or not pair.source or not any(i.kind in _EMPHASIS for b in pair.source for i in b.inlines):
        return
    there = "\n".join(block.prose.text for block in pair.source)
    taken = [range(shown.start, shown.end) for shown in paired]
    for mark, pattern in _STRAY:
        single = [match for match in pattern.finditer(text) if not any(match.start() in span for span in taken)]
        if single and len(single) > sum(1 for _ in pattern.finditer(there)):
            yield _Shown("stray", *single[0].span(), mark, _beside(text, single[0].start()))


def _beside(text: str, at: int) -> str:
    return text[max(at - _BESIDE, 0) : at + _BESIDE].replace("\n", " ")


def _confidence(shown: _Shown, renderer: Renderer | None) -> Confidence | None:
    """How sure it is that readers see the marks; None where their renderer makes bold of them."""
    if shown.mark != "**" or shown.message == "stray":
        return Confidence.HIGH
    is_open, is_closed = shown.inner[:1].isspace(), shown.inner[-1:].isspace()
    if renderer is Renderer.KRAMDOWN:
        is_seen = is_open or is_closed
    else:
        # Python-Markdown and mdsvex close bold behind a blank.
        is_seen = is_open or renderer in (None, Renderer.COMMONMARK)
    if not is_seen:
        return None
    return Confidence.MEDIUM if renderer is None and not is_open and not is_closed else Confidence.HIGH
