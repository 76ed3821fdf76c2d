"""typo: words that are often mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.model import AlignedPair, Article, Block, Confidence, Finding, Fix, Kind, KnownBy, Severity, Span
from bilint.reading import blocks_with, prose_of
from bilint.reading.parted import is_parted
from bilint.rules import Context, Options, rule
from bilint.text.pronouns import ALONE, HE, IT, misplaced
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
    interrupts, 他 where it speaks of things only; these have medium confidence. Traditional Chinese is left alone.

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
    original = article.bitext.source.text.lower() if article.bitext else ""
    known = [typo for typo in typos_in(text) if typo.wrong not in context.options.allow and typo.may_be_in(original)]
    he = article.bitext is not None and HE not in context.options.allow and ALONE.search(text)
    if not (known or he) or is_traditional(text):
        return
    for typo in known:
        for block in blocks_with(re.compile(typo.wrong), document):
            pair = _pair(block, article)
            for start in typo.places(block.prose.text, _english(pair)) if block.kind is not Kind.HTML else ():
                if is_parted(block.prose.text, start, start + len(typo.wrong)):
                    continue
                span = block.prose.span(start, start + len(typo.wrong))
                if not typo.is_word:
                    yield _finding("mistyped", span, (typo.wrong, typo.right), context)
                elif pair and not any(typo.right in other.prose.text for other in pair.target):
                    yield _finding("confused", span, (typo.wrong, typo.right), context, pair)
    for block in blocks_with(ALONE, document) if he else ():
        pair = _pair(block, article)
        for start in misplaced(block.prose.text, _english(pair) or "") if block.kind is not Kind.HTML else ():
            yield _finding("confused", block.prose.span(start, start + len(HE)), (HE, IT), context, pair)


def _finding(
    message: str, span: Span, word: tuple[str, str], context: Context[TypoOptions], pair: AlignedPair | None = None
) -> Finding:
    """Return what is found; of a word that sounds alike the original belongs to it, which tells it."""
    wrong, right = word
    return context.finding(
        message,
        span,
        word=wrong,
        right=right,
        source=pair.source[0].span if pair else None,
        suggestions=(right,),
        key=wrong,
        confidence=Confidence.MEDIUM if pair else Confidence.HIGH,
        fix=Fix.of(context.document.edits([span], wrong, right), safe=pair is None),
    )


def _pair(block: Block, article: Article) -> AlignedPair | None:
    """The pair of a block; None where it is not known what it translates."""
    pair = article.bitext.pair_of(block) if article.bitext else None
    return pair if pair and pair.is_likely else None


def _english(pair: AlignedPair | None) -> str | None:
    return " ".join(block.prose.text for block in pair.source) if pair else None
