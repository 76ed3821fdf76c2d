"""heading-level: a heading one level too high or too low."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bilint.model import Bitext, Confidence, Finding, Format, Kind, Severity
from bilint.reading.headings import are_two_headings, usual_level
from bilint.reading.restored import levelled
from bilint.rules import Context, Options, rule


@rule(
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    mqm="design-and-markup/structure",
    yields_to="other-edition",
    fixes=("unsafe",),
    messages={
        "shifted": "all {headings} headings are shifted by {by:+d} against the original",
        "differs": "this heading has level {level}; headings beside it in the original have {expected} here",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A heading has another level than the original gives it.

    ## Why
    A wrong level breaks the table of contents. Sites shift all headings of an article by one, so levels are compared
    after the article's own shift is known: a constant shift is one finding of low confidence, a heading that breaks
    the pattern is one. The title of the article may have the first level.

    ## Bad
    ```en
    # Guide
    ## Install
    ## Configure
    ## Run
    ## Update
    ```
    ```zh
    # 指南
    ## 安装
    ## 配置
    ### 运行
    ## 更新
    ```

    ## Good
    ```en
    # Guide
    ## Install
    ## Run
    ```
    ```zh
    ## 指南
    ### 安装
    ### 运行
    ```

    ## Source
    WCAG 2.2, technique H42.
    """
    headings = [(pair.source[0], pair.target[0]) for pair in bitext.pairs if pair.is_likely and are_two_headings(pair)]
    if all(source.level == target.level for source, target in headings):
        return
    usual = {level: usual_level(headings, level) for level in {source.level for source, _ in headings}}
    shift = Counter(target.level - source.level for source, target in headings)
    if len(shift) == 1 and 0 not in shift:
        source, target = headings[0]
        yield context.finding(
            "shifted",
            target.span,
            headings=len(headings),
            by=next(iter(shift)),
            source=source.span,
            confidence=Confidence.LOW,
        )
    title = next((block for block in bitext.target.blocks if block.kind is Kind.HEADING), None)
    for source, target in headings:
        expected = usual[source.level]
        if target is title and target.level == 1:
            continue  # pages converted for the translators have their title anywhere
        if expected is not None and target.level not in (expected, source.level):
            yield context.finding(
                "differs",
                target.span,
                level=target.level,
                expected=expected,
                source=source.span,
                fix=levelled(target, expected, bitext.target.text),
                # A page's levels are its template's, not the article's.
                confidence=Confidence.LOW if bitext.source.format is Format.HTML else None,
            )
