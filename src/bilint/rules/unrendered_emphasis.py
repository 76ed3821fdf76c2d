"""unrendered-emphasis: asterisks, underscores and tildes the reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import EVERYTHING, Confidence, Document, Finding, Kind, Renderer, Severity
from bilint.reading.mended import mended_emphasis
from bilint.reading.shown_emphasis import shown_emphasis, sureness
from bilint.rules import Context, Options, rule
from bilint.text.width import shortened

_SIGNS = re.compile(r"\*|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|~~")
_NOT_READ = (Kind.CODE, Kind.HTML, Kind.FIELD)
_SHOWN = 24
"""Characters between the marks that a message shows."""


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
    fixes=("safe",),
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
        for shown in shown_emphasis(text, pair):
            inner, at = shown.inner.strip(), block.prose.span(shown.start, shown.end)
            sure = sureness(shown, context.options.renderer)
            is_read = any(map(str.isalpha, inner)) and "\\" not in document.text[at.start - 1 : at.end]
            if is_read and sure is not None:
                said, fix = shortened(inner, _SHOWN), mended_emphasis(shown, at, document.text)
                key = f"{shown.message} {shown.mark} {sure}"
                yield context.finding(shown.message, at, mark=shown.mark, text=said, confidence=sure, fix=fix, key=key)
