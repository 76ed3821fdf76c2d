"""typo: words that are often mistyped."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import Article, Confidence, Finding, Fix, KnownBy, Severity
from bilint.reading.mistyped import mistyped
from bilint.rules import Context, Options, rule


class TypoOptions(Options, frozen=True):
    """Options of typo."""

    allow: tuple[str, ...] = ()
    """Words of the list that the project writes so on purpose."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/spelling",
    options=TypoOptions,
    fixes=("safe", "unsafe"),
    messages={
        "mistyped": "`{word}` is written `{right}`",
        "confused": "`{word}` stands where the original speaks of `{right}`",
    },
    known_by=KnownBy.TARGET,
)
def check(article: Article, context: Context[TypoOptions]) -> Iterator[Finding]:
    """A word is written with a wrong character.

    ## Why
    Input methods offer 取决与 for 取决于 and 登陆 for 登录; a spelling checker sees two words. Only what is on a closed
    list is reported, in contexts where the wrong word cannot be meant: 登陆 only where the original logs in, 必需 only
    before a verb. Words that sound alike are told by the original: 中断 where it has a terminal and nothing that
    interrupts, 他 where it speaks of things only, 他们 where `they` are files, functions or the like, 心里 where it has
    `psychological`, and published translations never say 心里 for any of its other words; these have medium confidence.
    Traditional Chinese is left alone.

    ## Bad
    ```zh
    结果取决与天气，你必需有耐心。
    ```

    ## Good
    ```zh
    结果取决于天气，你必须有耐心，也要带上必需品。
    ```

    ## Options
    - `allow`: words of the list that are written so on purpose.

    ## Source
    现代汉语词典, 7th edition; 第一批异形词整理表 (GF 1001—2001).
    """
    document = context.document
    for found in mistyped(document, article.bitext, context.options.allow):
        is_sure = found.source is None
        yield context.finding(
            "mistyped" if is_sure else "confused",
            found.span,
            word=found.wrong,
            right=found.right,
            source=found.source,
            suggestions=(found.right,),
            key=found.wrong,
            confidence=Confidence.HIGH if is_sure else Confidence.MEDIUM,
            fix=Fix.of(document.edits([found.span], found.wrong, found.right), safe=is_sure),
        )
