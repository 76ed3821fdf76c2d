"""mixed-script: traditional characters in a simplified article, or the reverse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from bilint.model import EVERYTHING, Confidence, Document, Finding, Kind, Severity, Span
from bilint.reading import blocks_with
from bilint.rules import Context, Options, rule
from bilint.text.scripts import beyond_ascii, converted, in_big5, in_gb2312, is_han
from bilint.text.width import shortened

_REFERENCE = re.compile(rb"&#(\d+);")
_KANA = re.compile("[\u3040-\u30ff]")
_NAMES = re.compile("日本語|繁體中文|正體中文|繁體|简体中文|简体")
"""Languages called by their own names."""
_TITLE = re.compile("《[^《》]*》")
_QUOTED = re.compile("[「『][^「」『』]*[」』]")
"""Marks of traditional Chinese: what stands between them in simplified text is quoted as it is written."""
_GLOSS = re.compile("[（(]([^（()）]{1,12})[)）]")
"""How a name is written where it comes from: 东京（東京）."""
_SHOWN = 20
_SUGGESTED = 60
"""Characters of a place that a message shows; of a longer one than the second, the conversion helps nobody."""
_REPORT_AS_ONE = 12
"""Strange characters at most this far apart are one place."""


class ScriptOptions(Options, frozen=True):
    """Options of mixed-script."""

    allow: str = "昇镕喆堃珺赟犇翀淼着"
    """Characters that may stand in either script: those of names, and `着`, which Hong Kong writes too."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/character-encoding",
    roles=EVERYTHING,
    options=ScriptOptions,
    messages={
        "traditional": "traditional characters in simplified text: `{text}`",
        "simplified": "simplified characters in traditional text: `{text}`",
    },
)
def check(document: Document, context: Context[ScriptOptions]) -> Iterator[Finding]:
    """Traditional characters in an article in Simplified Chinese, or simplified ones in Traditional Chinese.

    ## Why
    A sentence pasted from another edition, or an input method in the wrong mode. Only characters that the article's
    own character set lacks are reported (GB 2312 for Simplified, Big5 for Traditional), because conversion tables
    alone call many correct characters wrong. Titles in 《》, quotations in 「」 in simplified text, and a name in
    brackets behind the same name (东京（東京）) are left alone.

    ## Bad
    ```zh
    这个函数会在每次请求时执行，并返回结果。感謝您的閱讀。
    ```

    ## Good
    ```zh
    这个函数会在每次请求时执行，并返回结果。感谢您的阅读。
    ```

    ## Options
    - `allow`: characters that may stand in either script.

    ## Source
    GB/T 2312—1980; Unicode Standard Annex #38; OpenCC's conversion tables.
    """
    traditional = set(filter(_is_traditional, _not_in_gb2312(document.text))).difference(context.options.allow)
    if not traditional:
        return
    uses = Counter(beyond_ascii(document.text))
    simplified = set(filter(_is_simplified, uses)).difference(context.options.allow)
    more_simplified = sum(map(uses.__getitem__, simplified)) >= sum(map(uses.__getitem__, traditional))
    strange, table, word = (traditional, "t2s", "traditional") if more_simplified else (simplified, "s2t", "simplified")
    spans = list(_places(document, strange)) if strange else []
    if spans:
        text = document.text[spans[0].start : spans[0].end]
        yield context.finding(
            word,
            spans[0],
            text=shortened(text, _SHOWN),
            more=tuple(spans[1:]),
            suggestions=(converted(text, table),) if len(text) <= _SUGGESTED else (),
        )


def _not_in_gb2312(text: str) -> set[str]:
    """The characters that GB 2312 lacks: few, and found faster by encoding than by looking at each character."""
    encoded = text.replace("&", "").encode("gb2312", "xmlcharrefreplace")
    return {chr(int(number)) for number in set(_REFERENCE.findall(encoded))}


@cache
def _is_traditional(char: str) -> bool:
    return is_han(char) and not in_gb2312(char) and converted(char, "t2s") != char


@cache
def _is_simplified(char: str) -> bool:
    return is_han(char) and in_gb2312(char) and not in_big5(char)


def _places(document: Document, strange: set[str]) -> Iterator[Span]:
    """Stretches of prose that hold strange characters, near ones joined, in file order."""
    pattern = re.compile(f"[{''.join(sorted(strange))}]")
    for block in blocks_with(pattern, document):
        if block.kind is Kind.CODE or _KANA.search(block.prose.text):
            continue
        open_span: tuple[int, int] | None = None
        named = list(_as_written(block.prose.text))
        for match in pattern.finditer(block.prose.text):
            if any(start <= match.start() < end for start, end in named):
                continue
            if open_span and match.start() - open_span[1] <= _REPORT_AS_ONE:
                open_span = (open_span[0], match.end())
                continue
            if open_span:
                yield block.prose.span(*open_span)
            open_span = match.span()
        if open_span:
            yield block.prose.span(*open_span)


def _as_written(text: str) -> Iterator[tuple[int, int]]:
    """Where names, titles and quotations stand in the script that they have at home."""
    for pattern in (_NAMES, _TITLE, _QUOTED) if _is_written_simply(text) else (_NAMES, _TITLE):
        yield from (match.span() for match in pattern.finditer(text))
    for match in _GLOSS.finditer(text):
        before = text[max(match.start() - len(match[1]), 0) : match.start()]
        if converted(before, "t2s") == converted(match[1], "t2s"):
            yield match.span()


def _is_written_simply(text: str) -> bool:
    """Whether a text is in simplified Chinese outside of what may be quoted."""
    outside = text
    for pattern in (_QUOTED, _TITLE, _GLOSS):
        outside = pattern.sub("", outside)
    return converted(outside, "t2s") == outside
