"""untranslated-clause: a part of a sentence left in English."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model import AlignedPair, Article, Confidence, Finding, Severity
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
    for run in english_runs(context.document, lambda text: len(tokens(text)) >= least):
        if _is_clause(run):
            yield from _finding(run, article.pair_of(run.block), context)


def _is_clause(run: Run) -> bool:
    written = [match[0] for match in run.words]
    lower = [word for word in written if word.islower()]
    ends = run.block.prose.text[run.end : run.end + 1] in (".", "!", "?")
    share, fewest = (_LOWER_AT_END, _FEWEST_AT_END) if ends else (_LOWER, _FEWEST)
    return _function_words(lower) > 0 and len(lower) >= max(fewest, share * len(written))


def _function_words(lower: list[str]) -> int:
    return sum(word in FUNCTION_WORDS for word in lower)


def _finding(run: Run, pair: AlignedPair, context: Context[ClauseOptions]) -> Iterator[Finding]:
    written = [match[0] for match in run.words]
    source = place_of(written, pair.source)
    sure = source is not None and _function_words(written) >= _SURE
    if source is None and context.article.bitext is not None:
        source = place_of(written, context.article.bitext.source.blocks)
        if source is None:
            return  # the original does not say it: it is the translator's own
    yield context.finding(
        "left",
        run.block.prose.span(run.start, run.end),
        words=len(written),
        source=source,
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
    )
