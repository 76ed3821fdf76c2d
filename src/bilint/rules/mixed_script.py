"""mixed-script: traditional characters in a simplified article, or the reverse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bilint.model import Confidence, Document, Finding, Kind, Severity, Span
from bilint.rules import Context, Options, rule
from bilint.text.scripts import beyond_ascii, converted, in_big5, in_gb2312, is_han

_KANA = re.compile("[\u3040-\u30ff]")
_NAMES = re.compile("日本語|繁體中文|正體中文|繁體|简体中文|简体")
"""Languages called by their own names."""
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
    options=ScriptOptions,
)
def check(document: Document, context: Context[ScriptOptions]) -> Iterator[Finding]:
    """Traditional characters in an article in Simplified Chinese, or simplified ones in Traditional Chinese.

    ## Why
    A sentence pasted from another edition, or an input method in the wrong mode. Only characters that the article's
    own character set lacks are reported (GB 2312 for Simplified, Big5 for Traditional), because conversion tables
    alone call many correct characters wrong.

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
    if in_gb2312(document.text):
        return  # half of all articles; it has no traditional characters
    uses = Counter(beyond_ascii(document.text))
    characters = set(uses).difference(context.options.allow)
    _SCRIPTS.classify(characters)
    traditional = characters & _SCRIPTS.traditional
    if not traditional:
        return
    simplified = characters & _SCRIPTS.simplified
    more_simplified = sum(map(uses.__getitem__, simplified)) >= sum(map(uses.__getitem__, traditional))
    strange, table, word = (traditional, "t2s", "traditional") if more_simplified else (simplified, "s2t", "simplified")
    spans = list(_places(document, strange)) if strange else []
    if spans:
        text = document.text[spans[0].start : spans[0].end]
        yield context.finding(
            f"{word} characters in {'simplified' if more_simplified else 'traditional'} text: `{_short(text)}`",
            spans[0],
            more=tuple(spans[1:]),
            suggestions=(converted(text, table),) if len(text) <= 60 else (),
        )


class _Scripts:
    """Which of the characters seen so far belong to one script alone; each is looked up once per process."""

    def __init__(self) -> None:
        self.traditional: set[str] = set()
        self.simplified: set[str] = set()
        self._seen: set[str] = set()

    def classify(self, characters: set[str]) -> None:
        """Sort new characters into the two sets."""
        for char in filter(is_han, characters - self._seen):
            if not in_gb2312(char) and converted(char, "t2s") != char:
                self.traditional.add(char)
            elif in_gb2312(char) and not in_big5(char):
                self.simplified.add(char)
        self._seen |= characters


_SCRIPTS = _Scripts()


def _places(document: Document, strange: set[str]) -> Iterator[Span]:
    """Stretches of prose that hold strange characters, near ones joined, in file order."""
    pattern = re.compile(f"[{''.join(sorted(strange))}]")
    for block in document.blocks:
        if block.kind is Kind.CODE or _KANA.search(block.prose.text):
            continue
        open_span: tuple[int, int] | None = None
        named = [m.span() for m in _NAMES.finditer(block.prose.text)]
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


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"
