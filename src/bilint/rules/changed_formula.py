"""changed-formula: a formula is gone or altered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Bitext, Confidence, Finding, Inline, InlineKind, Severity
from bilint.reading.losses import losses
from bilint.rules import Context, Options, rule
from bilint.rules.kinds import changed

_KINDS = frozenset({InlineKind.MATH})
_WORDS = re.compile(r"\\(?:text|mathrm|textbf|textit|operatorname|mbox)\s*\{[^{}]*\}|[,.;:，。；：]$")
_TEXT = re.compile(r"\*\*|`|(?<![\\A-Za-z])[A-Za-z]{2,} [A-Za-z]{2,}|^\s|\s$|\]\s?[(\[]")
"""What two dollar signs that mean money or variables have between them."""
_BLANK = re.compile(r"\s+")


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="design-and-markup/markup-tag",
    messages={
        "gone": "formula {gone} of the original is missing",
        "changed": "formula {here} stands for {gone}",
    },
    help={
        "gone": "keep formulas to the letter; words in `\\text{{…}}` may be translated",
        "changed": "keep formulas to the letter; words in `\\text{{…}}` may be translated",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A formula of the original is missing or is not the same.

    ## Why
    A formula says the same in every language. One of which a dollar sign is lost is shown as TeX, often with the words
    up to the next formula in italics.

    ## Bad
    ```en
    One copy takes $n/r$ seconds, where $r$ is the speed of the disk.
    ```
    ```zh
    生成一份备份需要 $n/r 秒，其中 $r$ 是磁盘的速度。
    ```

    ## Good
    ```en
    One copy takes $n/r$ seconds, where $r$ is the speed of the disk.
    ```
    ```zh
    生成一份备份需要 $n/r$ 秒，其中 $r$ 是磁盘的速度。
    ```

    ## Source
    MQM 2.0, Design and markup / Markup tag.
    """
    for loss in losses(bitext, _KINDS, _identity, _is_formula):
        yield changed(context, loss)


def _identity(formula: Inline) -> str:
    """The formula without blanks, words, and punctuation at its end."""
    return _WORDS.sub("", _BLANK.sub("", formula.content))


def _is_formula(formula: Inline) -> bool:
    content = formula.content.strip() if "\n" in formula.content else formula.content
    return not _TEXT.search(_WORDS.sub("", content))
