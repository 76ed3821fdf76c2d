"""typo: words that are often mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import Article, Block, Confidence, Finding, Fix, Kind, KnownBy, Severity
from bilint.reading import blocks_with, prose_of
from bilint.reading.parted import is_parted
from bilint.rules import Context, Options, rule
from bilint.text.scripts import is_traditional
from bilint.text.typos import typos_in


class TypoOptions(Options, frozen=True):
    """Options of typo."""

    allow: tuple[str, ...] = ()
    """Words of the list that the project writes so on purpose."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    mqm="linguistic-conventions/spelling",
    options=TypoOptions,
    fixes=("safe",),
    messages={"mistyped": "`{word}` is written `{right}`"},
    known_by=KnownBy.TARGET,
)
def check(article: Article, context: Context[TypoOptions]) -> Iterator[Finding]:
    """A word is written with a wrong character.

    ## Why
    Input methods offer 取决与 for 取决于 and 登陆 for 登录; a spelling checker sees two words. Only what is on a closed
    list is reported, in contexts where the wrong word cannot be meant: 登陆 only where the original logs in, 必需 only
    before a verb. Traditional Chinese is left alone.

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
    text = prose_of(document).text
    known = [typo for typo in typos_in(text) if typo.wrong not in context.options.allow]
    if not known or is_traditional(text):
        return
    for typo in known:
        for block in blocks_with(re.compile(typo.wrong), document):
            if block.kind is Kind.HTML:
                continue
            for start in typo.places(block.prose.text, _original(block, article)):
                if is_parted(block.prose.text, start, start + len(typo.wrong)):
                    continue
                span = block.prose.span(start, start + len(typo.wrong))
                yield context.finding(
                    "mistyped",
                    span,
                    word=typo.wrong,
                    right=typo.right,
                    suggestions=(typo.right,),
                    key=typo.wrong,
                    fix=Fix.of(document.edits([span], typo.wrong, typo.right), safe=True),
                )


def _original(block: Block, article: Article) -> str | None:
    """The English of a block; None where it is not known."""
    pair = article.bitext.pair_of(block) if article.bitext else None
    return " ".join(b.prose.text for b in pair.source) if pair and pair.is_likely else None
