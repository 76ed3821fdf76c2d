"""cut-off-sentence: a paragraph that ends in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilint.model import BODY, AlignedPair, Article, Confidence, Finding, Kind, Severity, Span
from bilint.reading import held_pairs
from bilint.reading.broken_off import COMMA, broken_off, goes_on
from bilint.rules import Context, Options, rule
from bilint.text.scripts import is_han

_FULL = re.compile(r"[.!?][\"')\]”’*_]*$")
_OPEN = re.compile("[\\w，、（(“「]$")
_TAIL = 12
"""Characters at the end of a page that are shown."""
_PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM})


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="accuracy/omission",
    messages={
        "comma": "this ends with `{mark}`, and the sentence of the original goes on",
        "mark": "this ends with `{mark}` where the original ends with a full stop",
        "page": "the translation ends in the middle of a sentence: `{text}`",
    },
)
def check(article: Article, context: Context[Options]) -> Iterator[Finding]:
    """A paragraph ends at a comma, or the page in mid-sentence, where the original ends with a full stop.

    ## Why
    A translation that was cut off, or of which a line was deleted, ends like this. Reported are a comma at the end of
    any paragraph, and a last paragraph without a mark at its end that is far shorter than the English. Where another
    paragraph has no full stop either, that is how the article is set.

    ## Bad
    ```en
    Every night the server copies all notes to another disk.

    Older copies are removed in the morning, unless you have marked them as permanent in the list.

    Only owners may remove a copy, and nobody can bring it back.
    ```
    ```zh
    服务器每晚会把全部笔记复制到另一块磁盘。

    更早的备份会在早上删除，

    只有所有者才能删除备份，谁也无法恢复。
    ```

    ## Good
    ```en
    Every night the server copies all notes to another disk.

    Older copies are removed in the morning, unless you have marked them as permanent in the list.

    Only owners may remove a copy, and nobody can bring it back.
    ```
    ```zh
    服务器每晚会把全部笔记复制到另一块磁盘。

    更早的备份会在早上删除，除非你在列表中把它们标记为永久。

    只有所有者才能删除备份，谁也无法恢复。
    ```

    ## Source
    MQM 2.0, Accuracy / Omission.
    """
    if article.bitext is None:
        return
    end = len(article.target.text.rstrip())
    held = {id(pair) for pair in held_pairs(article.bitext)}
    for pair in article.bitext.pairs:
        if not pair.source or not pair.target or pair.target[-1].kind not in _PROSE:
            continue
        last = pair.target[-1]
        text = last.prose.text.rstrip()
        if not _OPEN.search(text) or not _FULL.search(pair.source[-1].prose.text.rstrip()):
            continue
        if not (pair.is_likely or id(pair) in held) or context.reading.role(last) not in BODY:
            continue
        message = broken_off(pair, text, is_last=last.span.end >= end)
        if message == "page" and _is_habit(article.bitext.pairs, pair):
            continue
        if message and not (COMMA.search(text) and goes_on(last, article.bitext)):
            yield context.finding(
                message,
                last.prose.span(len(text) - 1, len(text)),
                source=Span(pair.source[0].span.start, pair.source[-1].span.end),
                severity=Severity.WARNING if message == "mark" else None,
                confidence=None if message == "comma" else Confidence.MEDIUM,
                mark=text[-1],
                text=text[-_TAIL:],
                is_gap=message != "mark",
            )


def _is_habit(pairs: Sequence[AlignedPair], last: AlignedPair) -> bool:
    """Whether another paragraph of the article has no mark at its end where the original ends with a full stop."""
    return any(
        pair is not last
        and pair.is_likely
        and pair.target[-1].kind is Kind.PARAGRAPH
        and is_han(pair.target[-1].prose.text.rstrip()[-1:])
        and _FULL.search(pair.source[-1].prose.text.rstrip())
        for pair in pairs
    )
