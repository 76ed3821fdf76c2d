"""changed-number: a number that is not the original's, or is not said at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilint.model import AlignedPair, Bitext, Confidence, Finding, Fix, Severity, Span
from bilint.reading.figures import Amiss, Figure, amiss, with_digits
from bilint.reading.unsaid import left_out
from bilint.rules import Context, Options, rule

_PLAIN = re.compile(r"[\d,.]+ [\d,.]+")


@rule(
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/mistranslation",
    fixes=("unsafe",),
    messages={
        "differs": "`{number}` where the original says `{original}`",
        "missing": "not said here, but in the original: {originals}",
    },
)
def check(bitext: Bitext, context: Context[Options]) -> Iterator[Finding]:
    """A number of the translation is not the one of the original, or one of the original is not said.

    ## Why
    Two digits that changed places make another year of it, and nobody who reads the Chinese alone can tell. A number is
    reported when the aligned English lacks it and has another in its stead: one digit or point apart, or of the same
    unit or kind. Numbers are compared by what they mean: 万 and 亿, decades, times of the day, measures that get
    converted and rounded ones are left alone. One of two digits and more, a price or the month of a date that neither
    the paragraph nor what is beside it says is reported too, as a warning; those of a sentence that is left out as a
    whole are told by `missing-sentence`.

    ## Bad
    ```en
    The lighthouse was built in 1892 and is 40 metres high.
    ```
    ```zh
    这座灯塔建于 1982 年，高 40 米。
    ```

    ## Good
    ```en
    In the 1990s, the lighthouse had 53,700 visitors and 1.5 million letters a year.
    ```
    ```zh
    上世纪 90 年代，灯塔每年接待 5.37 万名游客，收到 150 万封信。
    ```

    ## Source
    MQM 2.0, Accuracy / Mistranslation (numbers).
    """
    for pair in with_digits(context.pairs, bitext):
        missing: list[Figure] = []
        for each in amiss(pair, bitext):
            if each.target is None:
                missing.append(each.source)
            else:
                yield _differs(each, each.target, context)
        if missing:
            yield from _missing(missing, pair, context)


def _missing(missing: Sequence[Figure], pair: AlignedPair, context: Context[Options]) -> Iterator[Finding]:
    sentences = _left_out(pair, context)
    told = [figure for figure in missing if not any(_is_in(figure.span, sentence) for sentence in sentences)]
    if told:
        yield context.finding(
            "missing",
            pair.target[0].span,
            originals=tuple(dict.fromkeys(figure.whole for figure in told)),
            source=told[0].span,
            severity=Severity.WARNING,
        )


def _left_out(pair: AlignedPair, context: Context[Options]) -> list[Span]:
    """The sentences of a pair that `missing-sentence` tells."""
    told = (each for each in left_out(context.reading) if each.pair.source[0] is pair.source[0])
    return [each.segment.block.prose.span(*each.segment.span) for each in told]


def _is_in(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _differs(each: Amiss, here: Figure, context: Context[Options]) -> Finding:
    is_plain = not each.in_whole and _PLAIN.fullmatch(f"{here.text} {each.source.digits}")
    edits = context.article.target.edits([here.span] if is_plain else [], here.text, each.source.digits)
    return context.finding(
        "differs",
        here.span,
        number=here.whole if each.in_whole else here.text,
        original=each.source.whole if each.in_whole else each.source.text,
        source=each.source.span,
        suggestions=() if each.in_whole else (each.source.digits,),
        fix=Fix.of(edits, safe=False),
    )
