"""missing-sentence: a sentence left out of a paragraph that is translated."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bilint.model import Bitext, Confidence, Finding, Role, Severity, Span
from bilint.reading.unsaid import Unsaid, unsaid
from bilint.rules import Context, Options, rule

_SURE = 1.5
"""Of what is told with this weight, 27 of 30 that were read are left out; with 1, 28 of 34."""
_NAMED = 6
"""Words that are named in a message."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/omission",
    yields_to="other-edition",
    roles=frozenset({Role.BODY, Role.CITATION}),
    messages={
        "one": "sentence {numbers} of {count} of the original is not said here: nothing stands for {words}",
        "several": "sentences {numbers} of {count} of the original are not said here: nothing stands for {words}",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A sentence of the original is left out of a paragraph that is otherwise translated.

    ## Why
    """
    for _, group in groupby(unsaid(bitext, context.pairs), key=lambda each: id(each.pair)):
        yield _finding(list(group), context)


def _finding(left: list[Unsaid], context: Context[Options]) -> Finding:
    pair = left[0].pair
    end = pair.target[-1].span.end
    text = " ".join(each.segment.text for each in left)
    spans = [each.segment.block.prose.span(*each.segment.span) for each in left]
    named = {x.text: None for each in left for x in each.said.unsaid_exact}
    named |= {x.text: None for each in left for x in sorted(each.said.unsaid, key=lambda t: t.base - t.hit)}
    return context.finding(
        "several" if len(left) > 1 else "one",
        Span(pair.target[0].span.start, end),
        source=Span(spans[0].start, spans[-1].end),
        numbers="",
        count=0,
        words=", ".join(f"`{w}`" for w in list(named)[:_NAMED]),
        evidence=(("english", text), ("weight", round(max(e.weight for e in left), 2)), ("ratio", round(min(e.said.ratio for e in left), 2))),
    )
