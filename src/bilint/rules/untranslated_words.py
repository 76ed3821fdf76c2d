"""untranslated-words: English words left standing inside a Chinese sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from bilint.glossary import Glossary, Term
from bilint.model import AlignedPair, Article, Confidence, Document, Finding, Severity
from bilint.reading.counts import KeptOnPurpose, word_uses
from bilint.reading.english import Run, english_runs, place_of, tokens
from bilint.reading.half_names import half_name
from bilint.reading.kept import in_script_of, said_elsewhere, spellings, term_of
from bilint.reading.leftover import Leftover, is_ordinary, is_within, kept_terms, leftovers
from bilint.reading.meant import NEVER_A_NAME, ORDINARY, is_overlooked, may_be_a_name, may_be_code
from bilint.rules import Context, Options, rule
from bilint.text.naming import is_joined
from bilint.text.words import words

_MOST = 3
"""More words in a row are no words but a clause, for `untranslated-clause`."""
_OFTEN_KEPT, _KEPT_BY_SOME, _HARDLY_KEPT = 0.1, 0.05, 0.04
"""Most words that published translations keep more often were kept on purpose: two in a row, one that the article says
in Chinese elsewhere, and any other."""
_KEPT_ONCE = 0.125
"""The same for a word that the article leaves in English here only, and says in Chinese elsewhere."""
_SAID_OFTEN, _SAID_EVERYWHERE = 2, 10
"""A word that the article says in Chinese in so many other places was overlooked; in many more, even beside code."""
_OWN_HABIT = 3
_OWN_SHARE = 0.3
"""A word that an article leaves in English so many times, in so large a share of its uses, is left so on purpose."""
_AGAIN = 2
"""So many times, and it may be: an oversight is seldom made twice."""


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
    A leftover such as `uncertainty` in the middle of a Chinese sentence is what readers see first. Much English in
    Chinese text is there on purpose, though: names, commands, terms of art, glosses in brackets. So a word is
    reported only when the aligned English uses it as an ordinary word, published translations nearly always render it
    in Chinese, and nothing around it (quotes, brackets, a following 命令 or 函数) says that it is mentioned or named.
    Words that translators keep more often are reported when the same article says them in Chinese elsewhere, else with
    low confidence. What the glossary keeps (`keep = yes`) may stay. More than three words in a row are reported by
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
    - `kept-share`: report a word only when at most this share of published translations keep it (default 0.2).

    ## Source
    Counts over 8,458 published human translations (`bilint/data/kept.tsv`, `lexicon.tsv`); MQM 2.0, Accuracy /
    Untranslated.
    """

    def is_wanted(run: str) -> bool:
        if not any(is_ordinary(word, context.options.kept_share) for word in words(run)):
            return False
        return len(tokens(run)) <= _MOST and not half_name(run)  # names with their nouns are for `untranslated-noun`

    for run in english_runs(context.document, is_wanted):
        pair = article.pair_of(run.block)
        found = leftovers(run, pair, article.target, context.options.kept_share)
        kept = kept_terms(run.block.prose.text, context.glossary) if found else ()
        left = [item for item in found if not is_within((item.start, item.end), kept)]
        items = [item for item in left if not _is_own_habit(item.word, context)]
        if not items or _is_allowed(run, context):
            continue
        is_left = partial(is_overlooked, run, pair=pair, kept=kept, article=article)
        if len(items) > 1 or is_left(items):  # else the project need not be asked
            items = [item for item in items if not context.ask(KeptOnPurpose(spellings(item.word)))]
            if is_left(items):
                yield _finding(run, items, pair, context)


def _finding(run: Run, items: Sequence[Leftover], pair: AlignedPair, context: Context[WordOptions]) -> Finding:
    start, end = items[0].start, items[-1].end
    prose = run.block.prose
    text = prose.text[start:end]
    worst = max(items, key=lambda item: item.usage.share)
    rendering = _rendering(text.lower(), context.article.target)
    return context.finding(
        "left",
        prose.span(start, end),
        text=text,
        word=worst.word,
        kept=worst.usage.kept,
        uses=worst.usage.uses,
        source=place_of([prose.text[item.start : item.end] for item in items], pair.source),
        confidence=_confidence(run, items, worst, context),
        key=text.lower(),
        evidence=(("uses", worst.usage.uses), ("kept_in_english", worst.usage.kept)),
        suggestions=(rendering,) if rendering else (),
    )


def _rendering(text: str, target: Document) -> str:
    """The usual rendering of a word or of two together; empty when none is known."""
    term = term_of(text)
    return in_script_of(target, term.rendering) if term and term.rendering else ""


def _confidence(run: Run, items: Sequence[Leftover], worst: Leftover, context: Context[WordOptions]) -> Confidence:
    """What tells an oversight from a term kept on purpose: that the same word is said in Chinese elsewhere."""
    share, bitext = worst.usage.share, context.article.bitext
    pair = context.article.pair_of(run.block)
    times = said_elsewhere(worst.word, pair, bitext) if bitext else 0
    is_beside = is_joined(run.block.prose.text, run.start, run.end)
    if share > _most(items, worst, times, context) or (is_beside and share > ORDINARY):
        return Confidence.LOW
    if len(items) == 1 and may_be_a_name(run, worst, most=_HARDLY_KEPT):
        return Confidence.LOW
    target = context.article.target
    if len(items) == 1 and times < _SAID_EVERYWHERE and may_be_code(run, worst, target, is_beside=is_beside):
        return Confidence.LOW
    if share > ORDINARY and _is_again(run, worst, context):
        return Confidence.LOW
    sure = share <= NEVER_A_NAME or (share <= _HARDLY_KEPT and times >= _SAID_OFTEN)
    return Confidence.HIGH if sure and pair.source and _is_lower(run) else Confidence.MEDIUM


def _most(items: Sequence[Leftover], worst: Leftover, times: int, context: Context[WordOptions]) -> float:
    """The largest share of uses in which published translations keep a word that was overlooked here."""
    if len(items) > 1:
        return _OFTEN_KEPT
    if not times:
        return _HARDLY_KEPT
    return _KEPT_ONCE if context.own.of(word_uses).kept[worst.word] < _AGAIN else _KEPT_BY_SOME


def _is_again(run: Run, item: Leftover, context: Context[WordOptions]) -> bool:
    """Whether the article leaves a word in English again, in this paragraph or in a large share of its uses."""
    own = context.own.of(word_uses)
    here = words(run.block.prose.text).count(item.word)
    return max(own.kept[item.word], here) >= _AGAIN and own.kept[item.word] >= _OWN_SHARE * own.source[item.word]


def _is_lower(run: Run) -> bool:
    return all(match[0].islower() for match in run.words)


def _is_allowed(run: Run, context: Context[WordOptions]) -> bool:
    """Whether the team allows words of the run, in this case, number and order."""
    return any(_allowed(context.options.allow).in_source(run.block.prose.text[run.start : run.end]))


@lru_cache(maxsize=8)
def _allowed(words_: tuple[str, ...]) -> Glossary:
    return Glossary(tuple(map(Term, words_)))


def _is_own_habit(word: str, context: Context[WordOptions]) -> bool:
    """Whether this article keeps a word most of the time: a decision, no oversight."""
    own = context.own.of(word_uses)
    kept, said = own.kept[word], own.source[word]
    return kept >= _OWN_HABIT and kept >= _OWN_SHARE * said
