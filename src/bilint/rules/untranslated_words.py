"""untranslated-words: English words left standing inside a Chinese sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from bilint.glossary import Glossary, Term
from bilint.model import AlignedPair, Article, Confidence, Document, Finding, Severity
from bilint.reading.counts import KeptOnPurpose, word_uses
from bilint.reading.english import MARKED, Run, english_runs, place_of, tokens
from bilint.reading.half_names import half_name
from bilint.reading.half_terms import half_term, without_noun
from bilint.reading.kept import in_script_of, spellings, term_of
from bilint.reading.leftover import Leftover, is_within, kept_terms, leftovers, may_be_left
from bilint.reading.meant import is_overlooked
from bilint.reading.oversight import confidence, is_own_habit
from bilint.rules import Context, Options, rule

_MOST = 3
"""More words in a row are no words but a clause, for `untranslated-clause`."""


class WordOptions(Options, frozen=True):
    """Options of untranslated-words."""

    allow: tuple[str, ...] = ()
    """Words that may stay in English, also several in a row, in any number and case."""
    kept_share: float = 0.2
    """Report a word only when at most this share (0 to 1) of published translations keep it in English."""


@rule(
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    mqm="accuracy/untranslated",
    options=WordOptions,
    counts=(word_uses,),
    messages={"left": "`{text}` is left in English"},
    help={"left": "published translations keep `{word}` in English {kept} times in {uses}"},
)
def check(article: Article, context: Context[WordOptions]) -> Iterator[Finding]:
    """English words left standing in a Chinese sentence.

    ## Why
    A leftover such as `uncertainty` in the middle of a Chinese sentence is what readers see first. Much English
    in Chinese text is there on purpose, though: names, commands, terms of art, glosses in brackets. So a word
    is reported only when the aligned English uses it as an ordinary word, published translations nearly always
    render it in Chinese, and nothing around it (quotes, brackets, a following 命令 or 函数) says that it is
    mentioned or named. Words that translators keep more often are reported when the same article says them in
    Chinese elsewhere; else with low confidence. A word that even the same passage says in Chinese is reported however
    often others keep it. Two or three words that are a term are judged by how translators treat the term (`stack
    trace`, `pull request`), and so is one word whose noun is said behind it (`hash 值`, where all say 哈希值).
    What the glossary keeps (`keep = yes`) may stay. More than three words in a row are reported by
    `untranslated-clause`.

    ## Bad
    ```en
    These factors have led to uncertainty about the future of the industry.
    ```
    ```zh
    这些因素导致了对行业未来的 uncertainty。
    ```

    ## Good
    ```en
    These factors have led to uncertainty about the future of the industry.
    ```
    ```zh
    这些因素导致了对行业未来的不确定性（uncertainty）。
    ```

    ## Options
    - `allow`: words that may stay in English, also several in a row, in any number and case.
    - `kept-share`: report a word only when at most this share of published translations keep it (default 0.2), or the
      same passage says it in Chinese as well.

    ## Source
    Counts over 8,458 published human translations (`bilint/data/kept.tsv`, `lexicon.tsv`); MQM 2.0, Accuracy /
    Untranslated.
    """

    def is_wanted(run: str) -> bool:
        found = tokens(run)
        if len(found) > _MOST or not any(may_be_left(token, context.options.kept_share) for token in found):
            return False
        return not half_name(run)  # names with their nouns are for `untranslated-noun`

    for run in english_runs(context.document, is_wanted, labels=MARKED):
        pair = article.pair_of(run.block)
        found = leftovers(run, pair, article.target, context.options.kept_share)
        kept = kept_terms(run.block.prose.text, context.glossary) if found else ()
        left = [item for item in found if not is_within((item.start, item.end), kept)]
        items = [item for item in left if not is_own_habit(run, item, article, context.own.of(word_uses))]
        if not items or _is_allowed(run, context):
            continue
        is_left = partial(is_overlooked, run, pair=pair, kept=kept, article=article)
        if len(items) > 1 or is_left(items):  # else the project need not be asked
            items = [item for item in items if not context.ask(KeptOnPurpose(spellings(item.head)))]
            if is_left(items):
                yield _finding(run, items, pair, context)


def _finding(run: Run, items: Sequence[Leftover], pair: AlignedPair, context: Context[WordOptions]) -> Finding:
    start, end = items[0].start, items[-1].end
    prose = run.block.prose
    text = prose.text[start:end]
    worst = max(items, key=lambda item: item.usage.share)
    half = half_term(run, worst, pair, context.article.target)
    rendering = _rendering(half or text.lower(), context.article.target)
    if half:
        rendering = without_noun(rendering, prose.text[end:])
    return context.finding(
        "left",
        prose.span(start, end),
        text=text,
        word=worst.word,
        kept=worst.usage.kept,
        uses=worst.usage.uses,
        source=place_of([prose.text[item.start : item.end] for item in items], pair.source),
        confidence=confidence(run, items, context.article, context.own.of(word_uses)),
        key=text.lower(),
        evidence=(("uses", worst.usage.uses), ("kept_in_english", worst.usage.kept)),
        suggestions=(rendering,) if rendering else (),
    )


def _rendering(text: str, target: Document) -> str:
    """The usual rendering of a word or of two together; empty when none is known."""
    term = term_of(text)
    return in_script_of(target, term.rendering) if term and term.rendering else ""


def _is_allowed(run: Run, context: Context[WordOptions]) -> bool:
    """Whether the team allows words of the run, in this case, number and order."""
    return any(_allowed(context.options.allow).in_source(run.block.prose.text[run.start : run.end]))


@lru_cache(maxsize=8)
def _allowed(words_: tuple[str, ...]) -> Glossary:
    return Glossary(tuple(map(Term, words_)))
