"""untranslated-clause: a part of a sentence left in English."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bilint.model import AlignedPair, Article, Confidence, Finding, Severity, Span
from bilint.reading.english import Run, english_runs, place_of, tokens
from bilint.rules import Context, Options, rule
from bilint.text.words import FUNCTION_WORDS

_LOWER = 0.6
_LOWER_AT_END = 0.5
"""Names and titles are capitalised: a clause has at least this share of words in lower case, less with a full stop."""
_FEWEST = 3
_FEWEST_AT_END = 2
"""And at least so many of them."""
_SURE = 2
"""With so many function words, and the same words in the aligned English, it is a clause for certain."""


class ClauseOptions(Options, frozen=True):
    """Options of untranslated-clause."""

    min_words: int = 4
    """Fewer English words in a row are no clause."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/untranslated",
    options=ClauseOptions,
    messages={"left": "{words} English words are left in a Chinese sentence"},
    help={"left": "translate them, or put them in quotation marks or code when they are quoted"},
)
def check(article: Article, context: Context[ClauseOptions]) -> Iterator[Finding]:
    """Several English words in a row are left standing in a Chinese sentence.

    ## Why
    The end of a sentence is overlooked more easily than a whole one. Titles, names and quotations are English on
    purpose, so words in a row count only when they read like a clause, with function words and most words in lower
    case, and stand in the original too.

    ## Bad
    ```en
    The lamp is on the shelf, and you can take it with you.
    ```
    ```zh
    灯在架子上，and you can take it with you。
    ```

    ## Good
    ```en
    The sign on the shelf says "and you can take it with you".
    ```
    ```zh
    架子上的牌子写着“and you can take it with you”。
    ```

    ## Options
    - `min-words`: fewer English words in a row are no clause (default 4).

    ## Source
    MQM 2.0, Accuracy / Untranslated.
    """
    least = context.options.min_words
    runs = english_runs(context.document, lambda text: len(tokens(text)) >= least)
    for block, left in groupby(filter(_is_clause, runs), key=lambda run: run.block):
        yield from _finding(tuple(left), article.pair_of(block), context)


def _is_clause(run: Run) -> bool:
    written = [match[0] for match in run.words]
    lower = [word for word in written if word.islower()]
    ends = run.block.prose.text[run.end : run.end + 1] in (".", "!", "?")
    share, fewest = (_LOWER_AT_END, _FEWEST_AT_END) if ends else (_LOWER, _FEWEST)
    return _function_words(lower) > 0 and len(lower) >= max(fewest, share * len(written))


def _function_words(lower: list[str]) -> int:
    return sum(word in FUNCTION_WORDS for word in lower)


def _finding(runs: tuple[Run, ...], pair: AlignedPair, context: Context[ClauseOptions]) -> Iterator[Finding]:
    """One finding for all that is left in a block: code and quotation marks part a sentence into many clauses."""
    sources = [_behind(run, pair, context) for run in runs]
    said = [
        (run, source) for run, source in zip(runs, sources, strict=True) if source or context.article.bitext is None
    ]
    if not said:
        return  # the original does not say it: it is the translator's own
    stretches = [tuple(each) for _, each in groupby((run for run, _ in said), key=lambda run: run.around)]
    spans = [runs[0].block.prose.span(each[0].start, each[-1].end) for each in stretches]
    counted = sum(len(tokens(each[0].block.prose.text[each[0].start : each[-1].end])) for each in stretches)
    sure = any(place_of(_written(run), pair.source) and _function_words(_written(run)) >= _SURE for run, _ in said)
    yield context.finding(
        "left",
        spans[0],
        words=counted,
        source=said[0][1],
        more=tuple(spans[1:]),
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
    )


def _behind(run: Run, pair: AlignedPair, context: Context[ClauseOptions]) -> Span | None:
    """Where the English says the same: the aligned blocks, else any."""
    bitext = context.article.bitext
    source = place_of(_written(run), pair.source)
    return source or (place_of(_written(run), bitext.source.blocks) if bitext else None)


def _written(run: Run) -> list[str]:
    return [match[0] for match in run.words]
