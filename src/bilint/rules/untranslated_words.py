"""untranslated-words: English words left standing inside a Chinese sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bilint.evidence import Rendering, priors
from bilint.model import AlignedPair, Article, Confidence, Document, Finding, Severity
from bilint.reading.counts import OFTEN, KeptOnPurpose, word_uses
from bilint.reading.english import Run, english_runs, identifiers, is_in_lower_case, is_said, place_of, tokens
from bilint.rules import Context, Options, rule
from bilint.text.mentions import is_named
from bilint.text.scripts import converted, is_traditional
from bilint.text.words import FUNCTION_WORDS, words

_MOST = 3
"""More words in a row are no words but a clause, for `untranslated-clause`."""
_SHORTEST = 3
"""Two letters are a unit, a variable or an abbreviation."""
_NAMES = 60
"""A word that the English of published translations capitalises in more than this percentage of its uses is a name."""
_HARDLY_KEPT = 0.04
"""A word that published translations keep in so small a share of its uses was overlooked for certain."""
_NEVER_A_NAME = 0.005
"""Words kept less often than this are not names of commands or options, whatever follows them."""
_ENOUGH = 20
"""A word of which no rendering is known has to have so many uses to be judged by how often it is kept."""
_OWN_HABIT = 3
"""A word that an article leaves in English so many times, and often, is left so on purpose."""


class WordOptions(Options, frozen=True):
    """Options of untranslated-words."""

    allow: tuple[str, ...] = ()
    """Words that may stay in English."""
    kept_share: float = 0.2
    """Report a word only when at most this share (0 to 1) of published translations keep it in English."""


class _Leftover(NamedTuple):
    """A word that ought to be Chinese, with the reasons."""

    word: str
    uses: int
    kept: int
    rendering: Rendering | None

    @property
    def share(self) -> float:
        return self.kept / self.uses


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
    More than three words in a row are reported by `untranslated-clause`.

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
    - `allow`: words that may stay in English.
    - `kept-share`: report a word only when at most this share of published translations keep it (default 0.2).

    ## Source
    Counts over 8,458 published human translations (`bilint/data/kept.tsv`); MQM 2.0, Accuracy / Untranslated.
    """

    def is_wanted(run: str) -> bool:
        return len(tokens(run)) <= _MOST and any(_is_ordinary(word, context.options) for word in words(run))

    for run in english_runs(context.document, is_wanted):
        yield from _words(run, article.pair_of(run.block), context)


def _is_ordinary(word: str, options: WordOptions) -> bool:
    """Whether published translations render a lower-cased word, and it is not a name."""
    known = priors().kept(word)
    if known is None or len(word) < _SHORTEST:
        return False
    uses, kept, capitalised = known
    return kept <= options.kept_share * uses and capitalised <= _NAMES


def _words(run: Run, pair: AlignedPair, context: Context[WordOptions]) -> Iterator[Finding]:
    """A lone word, two ordinary words, or an ordinary word beside a name (`Linux kernel`)."""
    prose, found = run.block.prose, run.words
    left = [_leftover(match[0], pair, context) for match in found]
    ordinary = [(match, item) for match, item in zip(found, left, strict=True) if item is not None]
    names = [match for match in found if not match[0].islower()]
    if not ordinary or len(ordinary) > 2 or len(ordinary) + len(names) < len(found):
        return
    if names and any(item.word in FUNCTION_WORDS for _, item in ordinary):
        return
    if is_named(prose.text, run.start, run.end) and not all(item.share <= _NEVER_A_NAME for _, item in ordinary):
        return
    first, last = ordinary[0][0], ordinary[-1][0]
    text = prose.text[first.start() : last.end()]
    items = [item for _, item in ordinary]
    rendered = items[0].rendering if len(items) == 1 else priors().rendering(text.lower())
    worst = max(items, key=lambda item: item.share)
    sure = bool(pair.source) and worst.share <= _HARDLY_KEPT and bool(rendered) and not names
    yield context.finding(
        "left",
        prose.span(first.start(), last.end()),
        text=text,
        word=worst.word,
        kept=worst.kept,
        uses=worst.uses,
        source=place_of([match[0] for match, _ in ordinary], pair.source),
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
        key=text,
        evidence=(("uses", worst.uses), ("kept_in_english", worst.kept)),
        suggestions=_suggestions(rendered, context.article.target),
    )


def _suggestions(rendered: Rendering | None, target: Document) -> tuple[str, ...]:
    """The usual renderings, in the script of the article."""
    forms = rendered.usual if rendered else ()
    return tuple(converted(form, "s2t") for form in forms) if forms and _is_traditional(target) else forms


@lru_cache(maxsize=8)
def _is_traditional(document: Document) -> bool:
    return is_traditional(document.text)


def _leftover(token: str, pair: AlignedPair, context: Context[WordOptions]) -> _Leftover | None:
    """The evidence that `token` ought to be Chinese; None when it may stay.

    A capitalised word counts only where the English writes it in lower case: there the capital is the translator's.
    """
    word = token.split("'", maxsplit=1)[0].lower()
    known = priors()
    kept = known.kept(word)
    if kept is None or not _is_ordinary(word, context.options) or word in context.options.allow:
        return None
    uses, kept_uses, _ = kept
    rendering = known.rendering(known.fold(word))
    if rendering is None and (not pair.source or uses < _ENOUGH):
        return None
    if not token.islower() and not (pair.source and is_in_lower_case(token, pair.source)):
        return None
    if _is_kept_on_purpose(word, context) or not identifiers(context.article.target).isdisjoint(_with_singular(word)):
        return None
    if pair.source and not is_said(word, pair.source):
        return None
    return _Leftover(word, uses, kept_uses, rendering)


def _is_kept_on_purpose(word: str, context: Context[WordOptions]) -> bool:
    """A word that this article or this project keeps most of the time is a decision, not an oversight."""
    own = context.own.of(word_uses)
    kept, said = own.kept[word], own.source[word]
    return (kept >= _OWN_HABIT and kept >= OFTEN * said) or context.ask(KeptOnPurpose(word))


def _with_singular(word: str) -> tuple[str, ...]:
    """The word and its singular: the `refs` of an article about `ref()` are named after it."""
    return (word, word.removesuffix("s"))
