"""wrong-term: a rendering the glossary forbids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilint.glossary import Term
from bilint.model import AlignedPair, Block, Confidence, Finding, Severity, Span
from bilint.rules import Context, Options, rule


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    mqm="terminology/inconsistent-with-resource",
    messages={
        "wrong": "`{form}` is not the agreed rendering of `{term}`",
    },
    help={
        "wrong": "{note}",
    },
)
def check(pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
    """A term is not rendered the way the glossary says.

    ## Why
    The team has agreed on a rendering. A forbidden rendering is reported where the aligned English has the term (or,
    in an article without its original, wherever it stands). Chinese is matched without word boundaries, English with
    its inflections.

    ## Bad
    ```glossary
    term,approved,forbidden
    generative,生成式,生成型
    ```
    ```en
    The generative model is fast.
    ```
    ```zh
    这个生成型模型速度很快。
    ```

    ## Good
    ```glossary
    term,approved,forbidden
    generative,生成式,生成型
    ```
    ```en
    The generative model is fast.
    ```
    ```zh
    这个生成式模型速度很快。
    ```

    ## Source
    MQM 2.0, Terminology / Inconsistent with terminology resource.
    """
    if not context.glossary.terms:
        return
    places = {term: span for block in pair.source for term, span in _terms_in(block, context)}
    for block in pair.target:
        found = context.glossary.forbidden_in(block.prose.text)
        for term, form, start, end in found if pair.source else _plainest(found):
            if pair.source and term not in places:
                continue
            yield context.finding(
                "wrong",
                block.prose.span(start, end),
                form=form,
                term=term.source,
                note=term.note,
                source=places.get(term),
                key=f"{term.source} {form}",
                confidence=Confidence.HIGH if pair.source else Confidence.MEDIUM,
                evidence=(("glossary", term.origin),),
                suggestions=term.approved or ((term.source,) if term.keep else ()),
            )


def _plainest(found: Iterable[tuple[Term, str, int, int]]) -> Iterator[tuple[Term, str, int, int]]:
    """Of the terms that forbid a form at one place, the shortest: only the English says which one is meant."""
    by_place: dict[int, tuple[Term, str, int, int]] = {}
    for item in found:
        known = by_place.get(item[2])
        if known is None or len(item[0].source) < len(known[0].source):
            by_place[item[2]] = item
    return iter(by_place.values())


def _terms_in(block: Block, context: Context[Options]) -> Iterator[tuple[Term, Span]]:
    for term, start, end in context.glossary.in_source(block.prose.text):
        yield term, block.prose.span(start, end)
