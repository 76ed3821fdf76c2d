"""untranslated-words: English words left standing inside a Chinese sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bilint.evidence import priors
from bilint.glossary import Glossary, Term
from bilint.model import AlignedPair, Article, Confidence, Document, Finding, Kind, Severity
from bilint.reading import prose_of
from bilint.reading.counts import KeptOnPurpose, SaidInChinese, word_uses
from bilint.reading.english import (
    Run,
    code_word,
    declared,
    english_runs,
    identifiers,
    in_address,
    is_in_lower_case,
    is_only_part,
    is_said,
    place_of,
    tokens,
)
from bilint.reading.kept import Usage, in_script_of, renderings, said_elsewhere, spellings, term_of, usage
from bilint.rules import Context, Options, rule
from bilint.text.naming import (
    is_bracketed,
    is_called,
    is_code,
    is_gloss,
    is_headword,
    is_joined,
    is_listed,
    is_named,
    is_named_in_english,
    is_set,
    is_used,
)
from bilint.text.words import FUNCTION_WORDS, words

_MOST = 3
"""More words in a row are no words but a clause, for `untranslated-clause`."""
_SENTENCE = 2
"""With so many function words around it, a word is a part of a sentence left in English."""
_SHORTEST = 3
"""Two letters are a unit, a variable or an abbreviation."""
_NAMES = 60
"""A word that the English of published translations capitalises in more than this percentage of its uses is a name."""
_OFTEN_KEPT = 0.08
_TWO_OFTEN_KEPT = 0.1
_OFTEN_KEPT_ELSEWHERE = 0.1
"""Most words that published translations keep more often were kept on purpose. The limits are for words that the
project says in Chinese, for two in a row, and for those that the article itself says in Chinese elsewhere."""
_HARDLY_KEPT = 0.04
"""A word that published translations keep in so small a share of its uses was overlooked, whatever others do."""
_NEVER_A_NAME = 0.005
"""Words kept less often than this are used for what they mean, whatever follows them."""
_ORDINARY = 0.02
"""Words kept less often than this are as a rule no names, though a noun of naming follows by chance."""
_SAID_OFTEN = 2
"""A word that the article says in Chinese in so many other places was overlooked."""
_ENOUGH = 20
"""A word of which no rendering is known has to have so many uses to be judged by how often it is kept."""
_OWN_HABIT = 3
_OWN_SHARE = 0.3
"""A word that an article leaves in English so many times, in so large a share of its uses, is left so on purpose."""
_CODE_WORDS = (
    "any array async await bool boolean case catch char class const date default delete dict double else enum export "
    "false float for function get if import int integer interface let list map null number object private promise "
    "public require return set static string struct super switch symbol throw true try tuple type undefined void while "
    "yield"
)
_NAMES_OF_CODE = frozenset(_CODE_WORDS.split(" "))
"""Keywords and types: in tables of parameters they are nothing else, and in prose oftener than other words."""


class WordOptions(Options, frozen=True):
    """Options of untranslated-words."""

    allow: tuple[str, ...] = ()
    """Words that may stay in English, also several in a row, in any number and case."""
    kept_share: float = 0.2
    """Report a word only when at most this share (0 to 1) of published translations keep it in English."""


class _Leftover(NamedTuple):
    """A word that ought to be Chinese, with how published translations treat it."""

    word: str
    usage: Usage
    renderings: tuple[str, ...]


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
    Words that translators keep more often are reported when the same article or the project says them in Chinese
    elsewhere, else with low confidence. What the glossary keeps (`keep = yes`) may stay. More than three words in a row
    are reported by `untranslated-clause`.

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
    found = run.words
    left = [_leftover(match[0], pair, context) for match in found]
    ordinary = [(match, item) for match, item in zip(found, left, strict=True) if item is not None]
    names = [match for match in found if not match[0].islower()]
    if not ordinary or len(ordinary) > 2 or len(ordinary) + len(names) < len(found):
        return
    items = [item for _, item in ordinary]
    if names and any(item.word in FUNCTION_WORDS for item in items):
        return
    if _is_on_purpose(run, items, pair, context):
        return
    first, last = ordinary[0][0], ordinary[-1][0]
    text = run.block.prose.text[first.start() : last.end()]
    worst = max(items, key=lambda item: item.usage.share)
    rendering = _rendering(text.lower(), context.article.target)
    yield context.finding(
        "left",
        run.block.prose.span(first.start(), last.end()),
        text=text,
        word=worst.word,
        kept=worst.usage.kept,
        uses=worst.usage.uses,
        source=place_of([match[0] for match, _ in ordinary], pair.source),
        confidence=_confidence(run, items, pair, context),
        key=text.lower(),
        evidence=(("uses", worst.usage.uses), ("kept_in_english", worst.usage.kept)),
        suggestions=(rendering,) if rendering else (),
    )


def _rendering(text: str, target: Document) -> str:
    """The usual rendering of a word or of two together; empty when none is known."""
    term = term_of(text)
    return in_script_of(target, term.rendering) if term and term.rendering else ""


def _confidence(run: Run, items: list[_Leftover], pair: AlignedPair, context: Context[WordOptions]) -> Confidence:
    """What tells an oversight from a term kept on purpose: that the same word is said in Chinese elsewhere."""
    worst = max(items, key=lambda item: item.usage.share)
    share, bitext = worst.usage.share, context.article.bitext
    in_article = said_elsewhere(worst.word, pair, bitext) if bitext else 0
    elsewhere = in_article > 0 or context.ask(SaidInChinese(spellings(worst.word)))
    if share > _limit(items, in_article=in_article > 0, elsewhere=elsewhere):
        return Confidence.LOW
    if len(items) == 1 and _may_be_kept(run, worst, said=in_article > 0):
        return Confidence.LOW
    if is_joined(run.block.prose.text, run.start, run.end) and share > _ORDINARY:
        return Confidence.LOW
    sure = share <= _NEVER_A_NAME or (share <= _HARDLY_KEPT and in_article >= _SAID_OFTEN)
    return Confidence.HIGH if sure and pair.source and _is_lower(run) else Confidence.MEDIUM


def _is_lower(run: Run) -> bool:
    return all(match[0].islower() for match in run.words)


def _may_be_kept(run: Run, item: _Leftover, *, said: bool) -> bool:
    """Whether a lone word may be a name after all: of code, part of a longer one, a term with no fixed rendering."""
    share, last = item.usage.share, run.words[-1][0]
    is_beside = is_joined(run.block.prose.text, run.start, run.end)
    if item.word in _NAMES_OF_CODE and (share > _ORDINARY or is_beside):
        return True
    if share > _HARDLY_KEPT and not said:
        return True
    if any(match[0].lower() == item.word and not match[0].islower() for match in run.words):
        return True
    return len(run.words) > 1 and (share > _HARDLY_KEPT or last.lower() != item.word)


def _limit(items: list[_Leftover], *, in_article: bool, elsewhere: bool) -> float:
    """The share of uses that translations keep from which on words were kept on purpose as likely as not."""
    if in_article and len(items) == 1:
        return _OFTEN_KEPT_ELSEWHERE
    if len(items) > 1:
        return _TWO_OFTEN_KEPT
    return _OFTEN_KEPT if elsewhere else _HARDLY_KEPT


def _is_on_purpose(run: Run, items: list[_Leftover], pair: AlignedPair, context: Context[WordOptions]) -> bool:
    """Whether what stands around the words says that they are a name, code, a gloss, or a part of something longer."""
    text, start, end = run.block.prose.text, run.start, run.end
    if is_code(text, start, end) or is_bracketed(text, start, end) or is_headword(text, start, end) or in_address(run):
        return True
    if sum(word in FUNCTION_WORDS for word in words(text[slice(*run.around)])) >= _SENTENCE or _is_allowed(
        text[start:end], context
    ):
        return True
    if run.block.kind is Kind.CELL and any(item.word in _NAMES_OF_CODE for item in items):
        return True
    share = max(item.usage.share for item in items)
    if share > _NEVER_A_NAME and (is_listed(text, start, end) or is_set(text, end)):
        return True
    return _is_a_name(run, items, pair, context.article) or _is_called(run, items, pair)


def _is_called(run: Run, items: list[_Leftover], pair: AlignedPair) -> bool:
    """Whether the Chinese around the words calls them something; of ordinary words the English has to do so as well."""
    text, start, end = run.block.prose.text, run.start, run.end
    is_called_here = is_named(text, start, end) or is_used(text, start, end)
    if max(item.usage.share for item in items) > _ORDINARY:
        return is_called_here or is_gloss(text, start, end, [form for item in items for form in item.renderings])
    if is_called_here:
        english = " ".join(block.prose.text for block in pair.source)
        return any(item.word in _NAMES_OF_CODE or is_named_in_english(item.word, english) for item in items)
    return is_gloss(text, start, end, ())


def _is_a_name(run: Run, items: list[_Leftover], pair: AlignedPair, article: Article) -> bool:
    """Whether the article uses a lone word as a name in code, or calls it a command or so, or the English does."""
    if len(items) > 1:
        return False
    word, target = items[0].word, article.target
    if not identifiers(target).isdisjoint(_with_singular(word)) or is_only_part(word, pair.source):
        return True
    if is_called(word, prose_of(target).text):
        return items[0].usage.share > _ORDINARY or (
            article.bitext is not None and is_named_in_english(word, prose_of(article.bitext.source).text)
        )
    in_english = (code_word(inline) for block in pair.source for inline in block.inlines)
    return items[0].usage.share > _ORDINARY and (word in declared(target) or word in in_english)


def _is_allowed(text: str, context: Context[WordOptions]) -> bool:
    """Whether the glossary keeps words of the run, or the team allows them, in this case, number and order."""
    kept = any(term.keep for term, _, _ in context.glossary.in_source(text))
    return kept or any(_allowed(context.options.allow).in_source(text))


@lru_cache(maxsize=8)
def _allowed(words_: tuple[str, ...]) -> Glossary:
    return Glossary(tuple(Term(each, keep=True) for each in words_))


def _leftover(token: str, pair: AlignedPair, context: Context[WordOptions]) -> _Leftover | None:
    """The evidence that `token` ought to be Chinese; None when it may stay.

    A capitalised word counts only where the English writes it in lower case: there the capital is the translator's.
    """
    word = token.split("'", maxsplit=1)[0].lower()
    known = usage(word) if _is_ordinary(word, context.options) else None
    if known is None or known.share > context.options.kept_share:
        return None
    forms = renderings(word, context.article.target)
    if not forms and (not pair.source or known.uses < _ENOUGH):
        return None
    if not token.islower() and not (pair.source and is_in_lower_case(token, pair.source)):
        return None
    if _is_kept_on_purpose(word, context):
        return None
    if pair.source and not is_said(word, pair.source):
        return None
    return _Leftover(word, known, forms)


def _is_kept_on_purpose(word: str, context: Context[WordOptions]) -> bool:
    """A word that this article or this project keeps most of the time is a decision, not an oversight."""
    own = context.own.of(word_uses)
    kept, said = own.kept[word], own.source[word]
    return (kept >= _OWN_HABIT and kept >= _OWN_SHARE * said) or context.ask(KeptOnPurpose(spellings(word)))


def _with_singular(word: str) -> tuple[str, ...]:
    """The word and its singular: the `refs` of an article about `ref()` are named after it."""
    return (word, word.removesuffix("s"))
